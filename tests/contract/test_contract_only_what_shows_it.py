"""An edit has documents read and pages written: those that it changes, and no other."""

from __future__ import annotations

import copy
import os

import pytest

from tests.contract.checkout import Stamp, digests, document_names
from tests.contract.economy import NEEDED_BY, dependents, preferring, require_only_what_shows_it
from tests.contract.edits import EDITS
from tests.contract.world import World
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
    old, old_stamps = digests(checkout.out), stamps(checkout.out)
    edited = copy.deepcopy(world)
    EDITS[name](edited, preferring(*wanted))

    changed = checkout.put(edited)
    assert changed, "the edit changed nothing"
    done = checkout.do()

    clean.require(done.build.out, edited)
    require_only_what_shows_it(done, old, old_stamps, changed, dependents(world, edited, changed))


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


def test_a_second_build_does_nothing(built):
    old, old_stamps = digests(built.out), stamps(built.out)

    done = built.do()

    require_only_what_shows_it(done, old, old_stamps, set())


@pytest.mark.parametrize("when", ["now", "long ago"])
def test_files_that_were_touched_and_not_changed_have_nothing_done(built, when):
    old, old_stamps = digests(built.out), stamps(built.out)
    for path in built.source.rglob("*"):
        os.utime(path, None if when == "now" else (0, 0))

    done = built.do()

    require_only_what_shows_it(done, old, old_stamps, set())


def test_a_page_that_was_written_anew_with_the_same_text_has_nothing_done(built):
    """Editors and version control replace files by new ones."""
    old, old_stamps = digests(built.out), stamps(built.out)
    for name in ("papers/lake2019slow.md", "notes/guide.md", "references.bib", "conf.py"):
        text = built.text(name)
        built.path(name).unlink()
        built.write(name, text)

    done = built.do()

    require_only_what_shows_it(done, old, old_stamps, set())


def test_a_comment_in_the_configuration_has_nothing_done(built):
    old, old_stamps = digests(built.out), stamps(built.out)
    built.write("conf.py", built.text("conf.py") + "# nothing\n")

    done = built.do()

    require_only_what_shows_it(done, old, old_stamps, set())


def test_a_value_of_the_configuration_has_everything_rendered(built, world):
    """The counterpart: what says that nothing was done can say that something was."""
    world.config["html_title"] = "Another"
    built.put(world)

    done = built.do()

    assert done.rendered == document_names(set(world.sources()))


def test_an_edit_that_was_taken_back_has_nothing_done(built, world):
    old, old_stamps = digests(built.out), stamps(built.out)
    edited = copy.deepcopy(world)
    edited.papers["lake2019slow"].tldr = "Nothing."
    built.put(edited)
    built.put(world)

    done = built.do()

    require_only_what_shows_it(done, old, old_stamps, set())


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
    old, old_stamps = digests(built.out), stamps(built.out)
    text = world.sources()[name]
    edited = text[::-1].replace("t", "T", 1)[::-1] if name.endswith(".md") else text.replace("v1z", "v2z")
    changed = Pinned(world, {name: edited})
    built.put(changed, stamp)

    done = built.do()

    clean.require(done.build.out, changed)
    require_only_what_shows_it(
        done, old, old_stamps, {name} if name.endswith(".md") else set(), NEEDED_BY.get(name, set())
    )


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
