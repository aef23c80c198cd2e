"""Pages as they are written, read back by our own reader and by MyST itself."""

from datetime import date

import pytest
import yaml
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings
from hypothesis import strategies as st
from myst_parser.docutils_ import Parser
from paperloom.editing.errors import EditingError
from paperloom.editing.page_text import (
    add_paper_to_week,
    comment,
    front_matter,
    heading,
    paper_page,
    papers_list,
    week_page,
)
from paperloom.sources.front_matter import parse_front_matter
from paperloom.sources.pages import read_page
from paperloom.sources.text import clean

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
AWKWARD = st.text("\\{}$&%#_~^-–`'\"!?@,=:;+*.| aZ1é漢🙂<>[]()\t\n", max_size=30)
TEXTS = st.one_of(ANY, AWKWARD)
TITLES = TEXTS.filter(clean)

NASTY = [
    'Tea: "hot" \\ {cold} [or](https://example.org) <b>not</b> `now` $x_1$ #1 50% a_b ~~c~~ ^d^ &amp; {{ e }}',
    "{paper}`x` and {cite}`y`",
    "Learning C#",
    "# not a heading #",
    "1. first",
    "- item",
    "> quoted",
    "Title ends with backslash \\",
    "*emphasis* and __strong__",
    "![image](x.png)",
    "<!-- hidden -->",
    "| a | b |",
    "🙂🤖 café 漢字",
    "--- a: [b",
    "x" * 300,
    "'single' and \"double\"",
    "yes",
    "2020-09-13",
    "null",
    "[^1] and [@key]",
    "a\u0000b\u2028c\u200b\ufeffd",
]


def read(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("pages") / "page.md"
    path.write_bytes(text.encode())
    return read_page(path, "page.md", "papers/page")


def title_in_myst(text):
    settings_of_myst = {
        "myst_enable_extensions": ["dollarmath", "amsmath", "deflist", "strikethrough", "tasklist", "html_image"],
        "report_level": 5,
        "halt_level": 6,
        "doctitle_xform": False,
    }
    document = publish_doctree(text, parser=Parser(), settings_overrides=settings_of_myst)
    titles = list(document.findall(nodes.title))
    assert len(titles) == 1
    assert all(isinstance(child, nodes.Text) for child in titles[0].children), titles[0]
    return titles[0].astext()


@pytest.mark.parametrize("title", NASTY)
def test_any_title_is_read_back_by_myst_as_plain_text(title):
    assert title_in_myst(heading(title)) == clean(title)


@given(TITLES)
def test_any_title_is_read_back(tmp_path_factory, title):
    page = read(tmp_path_factory, paper_page(title, {"topics": ["tea"], "tldr": "Hot."}))
    assert page.title.text == clean(title)
    assert [each.text for each in page.headings[1:]] == ["Why it matters", "How it works", "Results", "Limits"]
    assert page.html == []
    assert page.roles == []


@settings(max_examples=40)
@given(TITLES)
def test_any_generated_title_is_read_back_by_myst(title):
    assert title_in_myst(heading(title)) == clean(title)


def test_a_blank_title_is_refused():
    with pytest.raises(ValueError, match="a heading needs a text"):
        paper_page(" \n", {})


@given(st.dictionaries(st.sampled_from(["tldr", "code", "x"]), TEXTS), st.lists(TITLES, max_size=4), TITLES)
def test_any_front_matter_is_read_back(fields, aliases, name):
    written = front_matter("paper", {**fields, "aliases": aliases, "links": {name: "https://example.org"}})
    read_back = parse_front_matter(written + "\n", "p.md").fields
    for key, value in fields.items():
        assert read_back[key] == clean(value)
    assert read_back.get("aliases", []) == [clean(alias) for alias in aliases]
    assert read_back["links"] == {clean(name): "https://example.org"}


@pytest.mark.parametrize("text", NASTY)
def test_other_readers_of_yaml_see_the_same_text(text):
    written = front_matter("paper", {"tldr": text, "aliases": [text, "b"], "links": {"talk": text}})
    assert written.count("\n") == 5
    found = yaml.safe_load(written.strip("-"))["paper"]
    assert found == {"tldr": clean(text), "aliases": [clean(text), "b"], "links": {"talk": clean(text)}}


def test_front_matter_looks_as_people_write_it():
    fields = {
        "topics": ["tea", "heat"],
        "tldr": "Hot: very.",
        "aliases": [],
        "code": None,
        "draft": True,
        "read": {"version": "v2", "on": date(2026, 11, 21), "from": "abstract"},
    }
    assert front_matter("paper", fields) == (
        "---\npaper:\n  topics: [tea, heat]\n  tldr: 'Hot: very.'\n  draft: true\n"
        "  read: {version: v2, on: 2026-11-21, from: abstract}\n---"
    )


def test_a_page_of_a_paper_is_valid(tmp_path_factory):
    fields = {"topics": ["tea"], "tldr": "Hot.", "read": {"on": date(2026, 11, 21), "from": "abstract"}}
    page = read(tmp_path_factory, paper_page("A Kettle", fields, notes="read --> this <b>first</b>\n\n# no"))
    assert page.problems == []
    assert page.front.kind == "paper"
    assert page.html == []
    assert [each.text for each in page.headings] == ["A Kettle", "Why it matters", "How it works", "Results", "Limits"]


@given(TEXTS)
def test_a_comment_hides_any_text(text):
    document = publish_doctree(
        f"before\n\n{comment(text)}\n\nafter", parser=Parser(), settings_overrides={"report_level": 5, "halt_level": 6}
    )
    assert [each.astext() for each in document.findall(nodes.paragraph)] == ["before", "after"]
    assert document.astext().count("-->") == 1


def test_a_page_of_a_week_is_valid(tmp_path_factory):
    text = week_page("2021-w06", picks=["a2020b"], source="https://example.org/x", papers=["a2020b", "c2020d"])
    page = read(tmp_path_factory, text)
    assert page.problems == []
    assert page.front.fields == {"starts": "2021-01-31", "picks": ["a2020b"], "source": "https://example.org/x"}
    assert page.title.text == "Week 6, 2021"
    assert [line for line, _number in page.directives[0].content] == ["a2020b", "c2020d"]
    with pytest.raises(ValueError, match="'2021-W06' is no week"):
        week_page("2021-W06")


WEEK = """---
week:
  starts: 2021-01-31
---
# Week 6, 2021

Words.

## Papers

```{papers}
a2020b
c2020d
```

## Other topics

```{papers}
e2020f
```
"""


def test_a_paper_is_added_at_the_end_of_the_first_list():
    assert add_paper_to_week(WEEK, "x2020y") == WEEK.replace("c2020d\n", "c2020d\nx2020y\n")
    assert add_paper_to_week(WEEK, "e2020f") == WEEK


def test_line_ends_indentation_and_other_fences_are_kept():
    windows = WEEK.replace("\n", "\r\n")
    assert add_paper_to_week(windows, "x2020y") == windows.replace("c2020d\r\n", "c2020d\r\nx2020y\r\n")
    colons = WEEK.replace("```", ":::")
    assert add_paper_to_week(colons, "x2020y") == colons.replace("c2020d\n", "c2020d\nx2020y\n")
    empty = WEEK.replace("a2020b\nc2020d\n", "")
    assert add_paper_to_week(empty, "x2020y") == empty.replace("```{papers}\n```", "```{papers}\nx2020y\n```")
    inside_code = "````\n```{papers}\na\n```\n````\n"
    assert add_paper_to_week(inside_code + WEEK, "x2020y").startswith(inside_code)


def test_a_page_without_a_list_gets_one_below_the_introduction():
    bare = "---\nweek:\n  starts: 2021-01-31\n---\n# Week 6, 2021\n\nWords.\n"
    section = "## Papers\n\n" + papers_list(["x2020y"]) + "\n"
    assert add_paper_to_week(bare, "x2020y") == bare + "\n" + section
    more = bare + "\n## Other topics\n\nMore.\n"
    assert add_paper_to_week(more, "x2020y") == more.replace("## Other", section + "\n## Other")
    assert add_paper_to_week(bare.strip(), "x2020y") == bare + "\n" + section


def test_a_list_that_is_not_closed_is_refused_with_its_line():
    with pytest.raises(EditingError, match=r"w\.md:11: the list of papers is not closed"):
        add_paper_to_week(WEEK.split("c2020d", maxsplit=1)[0], "x2020y", "w.md")


KEYS = st.lists(st.from_regex(r"[a-z]{1,3}20[0-9]{2}[a-z]{1,3}", fullmatch=True), unique=True, min_size=1, max_size=5)


@given(KEYS, TITLES)
def test_papers_that_are_added_are_all_read_back(tmp_path_factory, keys, words):
    text = week_page("2020-w38", body=[heading(words, 2)])
    for key in keys:
        text = add_paper_to_week(text, key)
    page = read(tmp_path_factory, text)
    listed = [each for each in page.directives if each.name == "papers"]
    assert [line for each in listed for line, _number in each.content] == keys
    assert page.headings[2].text == clean(words)
