"""An edit has documents read and pages written: those that it changes, and no other."""

from __future__ import annotations

import copy
import os
from unittest.mock import ANY

import pytest

from tests.contract.checkout import Done, Stamp, document_names
from tests.contract.economy import look, preferring, require_only_what_shows_it
from tests.contract.edits import EDITS
from tests.contract.world import PICTURE, World
from tests.site.site_support import stamps

#: Edits for which the first candidates would change nothing.
CHOICES = {"a paper moves to another issue": ("2021-w06",)}

CASES = [pytest.param(name, CHOICES.get(name, ()), id=name) for name in EDITS if name != "a value of the configuration"]
CASES += [
    pytest.param(name, wanted, id=f"{name} ({', '.join(wanted)})")
    for name, wanted in (
        ("a TL;DR", ("lake2019slow",)),
        ("a summary", ("pine2021tall",)),
        ("a mention in a summary", ("pine2021tall", "See SlowRiver.")),
        ("a title and its entry", ("lake2019slow",)),
        ("an alias", ("lake2019slow", "kitchen")),
        ("a paper goes", ("pine2021tall",)),
        ("a paper gets another key", ("pine2021tall",)),
        ("the page of a paper goes, what names it stays", ("lake2019slow",)),
        ("an entry: authors", ("lake2019slow",)),
        ("an entry: year", ("pine2021tall", "2018")),
        ("a paper moves to another issue", ("pine2021tall", "2020-w38")),
        ("an issue goes", ("2021-w06",)),
        ("a topic comes", ("trees",)),
        ("a topic goes, and from its papers too", ("trees",)),
        ("a month or year comes or goes", ("2021-01",)),
        ("the introduction or title of a month or year", ("2020-09",)),
    )
]


@pytest.mark.parametrize(("name", "wanted"), CASES)
def test_an_edit_has_the_pages_that_show_it_written_and_no_other(built, clean, world, name, wanted):
    checkout = built
    if name == "the pages of papers that went come back":
        world.papers["lake2019slow"].page = world.papers["moss2020quiet"].entry = False
        checkout.put(world)
        checkout.do()
    before = look(checkout)
    edited = copy.deepcopy(world)
    EDITS[name](edited, preferring(*wanted))

    changed = checkout.put(edited)
    assert changed, "the edit changed nothing"
    done = checkout.do()

    clean.require(done.build.out, edited)
    require_only_what_shows_it(done, before, changed)


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "shown"])
def test_a_page_that_only_lists_a_new_page_for_the_sidebar_is_not_written_again(checkout, clean, world, hidden):
    """Patterns of toctrees are resolved while their document is read."""
    options = ":hidden:\n:glob:" if hidden else ":glob:"
    world.files |= {
        "lists/index.md": f"---\norphan: true\n---\n# Lists\n\n```{{toctree}}\n{options}\n\n*\n```\n",
        "lists/one.md": "# One\n",
        "lists/two.md": "# Two\n",
    }
    checkout.put(world)
    checkout.do()
    world.files["lists/zoo.md"] = "# Zoo\n"
    checkout.put(world)

    done = checkout.do()

    clean.require(done.build.out, world)
    assert "lists/index" in done.read
    assert ("lists/index" in done.rendered) is not hidden
    # What was spared once is not forgotten.
    assert checkout.do().rendered == set()


#: Edits of which nothing shows: a file with a text in it, and the text in its place.
UNSEEN = {
    "a comment of a writer": ("papers/lake2019slow.md", "## Results\n", "<!-- Look again. -->\n\n## Results\n"),
    "a comment of Markdown": ("notes/terms.md", "(the-word)=", "% Look again.\n\n(the-word)="),
    "blank lines": ("notes/guide.md", "See ", "\n\nSee "),
    "the order of front matter": (
        "papers/lake2019slow.md",
        "  topics: [rivers]\n  tldr: Rivers that flow slowly carry more information.\n",
        "  tldr: Rivers that flow slowly carry more information.\n  topics: [rivers]\n",
    ),
    "quotes in front matter": ("papers/lake2019slow.md", "topics: [rivers]", "topics: ['rivers']"),
    "a comment in an included file": ("parts/shared.md", "A part", "% Look again.\n\nA part"),
    "the end of a file": ("weeks/2021-w06.md", "pine2021tall\n```\n", "pine2021tall\n```\n\n\n"),
}


@pytest.mark.parametrize(("name", "text", "edited"), UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("copies", [True, False], ids=["with copies of sources", "without"])
def test_an_edit_of_which_nothing_shows_has_no_page_written(built, clean, world, name, text, edited, copies):
    world.config["html_copy_source"] = copies
    built.put(world)
    built.do()
    before = look(built)
    assert text in built.text(name)
    changed = Pinned(world, {name: built.text(name).replace(text, edited, 1)})
    built.put(changed)

    done = built.do()

    clean.require(done.build.out, changed)
    require_only_what_shows_it(done, before, {name})
    assert done.read
    assert done.rendered == set()
    # What was spared once is not forgotten.
    assert built.do() == Done(ANY, set(), set())


#: Edits of the page below that leave its words as they are.
WORDLESS = {
    "the address of a link": ("example.org/tea", "example.org/coffee"),
    "the language of code": ("```python", "```text"),
    "a list in a list": ("- black\n- green", "- black\n  - green"),
    "emphasis": ("*warm*", "**warm**"),
    "the level of a heading": ("### Leaves", "## Leaves"),
    "the words for a picture": ("![A kettle]", "![A pot]"),
    "the name of a target": ("(leaves)=", "(the-leaves)="),
    "a description for search engines": ("description: Drinks", "description: Hot drinks"),
}


@pytest.mark.parametrize(("text", "edited"), WORDLESS.values(), ids=WORDLESS)
def test_an_edit_that_changes_no_word_is_seen(checkout, clean, world, text, edited):
    page = (
        "---\norphan: true\nmyst:\n  html_meta:\n    description: Drinks\n---\n"
        "# Tea\n\n## Kinds\n\n- black\n- green\n\n"
        "(leaves)=\n### Leaves\n\nA *warm* [drink](https://example.org/tea).\n\n```python\ntea = 1\n```\n\n"
        "![A kettle](kettle.svg)\n"
    )
    assert text in page
    world.files["notes/tea.md"] = page
    checkout.put(world)
    checkout.do()
    # The counterpart: it would stay if nothing showed.
    world.files["notes/tea.md"] = page = f"{page}\n% Unseen.\n"
    checkout.put(world)
    assert checkout.do() == Done(ANY, {"notes/tea"}, set())
    before = look(checkout)
    world.files["notes/tea.md"] = page.replace(text, edited)
    changed = checkout.put(world)

    done = checkout.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, changed)
    assert "notes/tea" in done.rendered


def test_a_page_that_was_spared_shows_what_changed_elsewhere_since(built, clean, world):
    comment = {"papers/lake2019slow.md": built.text("papers/lake2019slow.md").replace("## R", "% Look.\n\n## R")}
    built.put(Pinned(world, comment))
    built.do()
    world.papers["moss2020quiet"].text = "Unlike SlowRiver in every way."
    built.put(Pinned(world, comment))

    done = built.do()

    clean.require(done.build.out, Pinned(world, comment))
    assert "papers/lake2019slow" in done.rendered - done.read


def test_an_edit_that_does_not_show_and_another_that_does_are_told_apart(built, clean, world):
    """The same page says what it said, and shows something else of another one."""
    world.papers["moss2020quiet"].text = "Unlike SlowRiver in every way."
    comment = {"papers/lake2019slow.md": built.text("papers/lake2019slow.md").replace("## R", "% Look.\n\n## R")}
    before = look(built)
    changed = built.put(Pinned(world, comment))

    done = built.do()

    clean.require(done.build.out, Pinned(world, comment))
    require_only_what_shows_it(done, before, changed)
    assert "papers/lake2019slow" in done.rendered


def test_a_picture_of_a_page_that_stays_is_copied_anew(built, clean, world):
    before = look(built)
    world.files["notes/kettle.svg"] = PICTURE.format(size=7)
    changed = built.put(world)

    done = built.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, changed)
    assert done.rendered == set()


def test_pages_that_many_processes_read_are_told_apart_as_well(checkout, clean, world):
    world.files |= {f"lists/n{number}.md": f"---\norphan: true\n---\n# N {number}\n" for number in range(60)}
    checkout.put(world)
    checkout.do(parallel=2)
    before = look(checkout)
    for number in range(60):
        world.files[f"lists/n{number}.md"] += "\nSeen.\n" if number % 2 else "\n% Unseen.\n"
    changed = checkout.put(world)

    done = checkout.do(parallel=2)

    clean.require(done.build.out, world)
    written = {name for name, stamp in stamps(checkout.out).items() if before.stamps[name] != stamp}
    assert {name for name in written if name.startswith("lists/")} == {f"lists/n{odd}.html" for odd in range(1, 60, 2)}
    assert len(changed) == 60


def test_a_page_whose_numbers_changed_is_written_even_if_its_own_edit_does_not_show(checkout, clean, world):
    """A toctree gives the sections of other pages their numbers."""
    listed = "---\norphan: true\n---\n# Lists\n\n```{{toctree}}\n:numbered:\n\n{}\n{}\n```\n"
    world.files |= {"lists/one.md": "# One\n", "lists/two.md": "# Two\n", "lists/index.md": listed.format("one", "two")}
    checkout.put(world)
    checkout.do()
    before = look(checkout)
    world.files |= {"lists/two.md": "# Two\n\n% Unseen.\n", "lists/index.md": listed.format("two", "one")}
    changed = checkout.put(world)

    done = checkout.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, changed)
    assert {"lists/one", "lists/two"} <= done.rendered


def test_a_second_build_does_nothing(built):
    before = look(built)

    done = built.do()

    require_only_what_shows_it(done, before, set())


@pytest.mark.parametrize("when", ["now", "long ago"])
def test_files_that_were_touched_and_not_changed_have_nothing_done(built, when):
    before = look(built)
    for path in built.source.rglob("*"):
        os.utime(path, None if when == "now" else (0, 0))

    done = built.do()

    require_only_what_shows_it(done, before, set())


def test_a_page_that_was_written_anew_with_the_same_text_has_nothing_done(built):
    """Editors and version control replace files by new ones."""
    before = look(built)
    for name in ("papers/lake2019slow.md", "notes/guide.md", "references.bib", "conf.py"):
        text = built.text(name)
        built.path(name).unlink()
        built.write(name, text)

    done = built.do()

    require_only_what_shows_it(done, before, set())


def test_a_comment_in_the_configuration_has_nothing_done(built):
    before = look(built)
    built.write("conf.py", built.text("conf.py") + "# nothing\n")

    done = built.do()

    require_only_what_shows_it(done, before, set())


def test_a_value_of_the_configuration_has_everything_rendered(built, world):
    """The counterpart: what says that nothing was done can say that something was."""
    world.config["html_title"] = "Another"
    built.put(world)

    done = built.do()

    assert done.rendered == document_names(set(world.sources()))


def test_an_edit_that_was_taken_back_has_nothing_done(built, world):
    before = look(built)
    edited = copy.deepcopy(world)
    edited.papers["lake2019slow"].tldr = "Nothing."
    built.put(edited)
    built.put(world)

    done = built.do()

    require_only_what_shows_it(done, before, set())


@pytest.mark.parametrize("stamp", [Stamp.LONG_AGO, Stamp.UNCHANGED])
@pytest.mark.parametrize(
    "name",
    [
        "papers/lake2019slow.md",
        "weeks/2020-w38.md",
        "topics/heat.md",
        "notes/terms.md",
        "parts/shared.md",
        "notes/kettle.svg",
    ],
)
def test_an_edit_is_seen_whatever_the_time_of_the_file(built, clean, world, name, stamp):
    """Version control, archives and copies set times in the past; the old and the new text are equally long."""
    before = look(built)
    text = world.sources()[name]
    edited = text[::-1].replace("t", "T", 1)[::-1] if name.endswith(".md") else text.replace("v1z", "v2z")
    changed = Pinned(world, {name: edited})
    built.put(changed, stamp)

    done = built.do()

    clean.require(done.build.out, changed)
    require_only_what_shows_it(done, before, {name})


class Pinned:
    """A world with other texts in some of its files."""

    def __init__(self, world: World, texts: dict[str, str]) -> None:
        self._sources = world.sources() | texts

    def sources(self) -> dict[str, str]:
        """Return the text of every source file by its name."""
        return self._sources


@pytest.mark.parametrize("name", ["papers/lake2019slow.md", "references.bib", "parts/shared.md"])
def test_an_edit_during_the_build_is_seen_by_the_next(checkout, clean, world, name):
    """A page saved right after it was read is newer than what was read, whatever the clock says."""
    old = world.sources()[name]
    new = old.replace("Rivers that", "Streams that").replace("Céline", "Cécile").replace("A part", "Parts")
    checkout.do(watch=lambda app: app.connect("write-started", lambda *_: checkout.write(name, new)))

    done = checkout.do()

    clean.require(done.build.out, Pinned(world, {name: new}))
