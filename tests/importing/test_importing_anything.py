"""Whatever a file holds, it is read to the end, and what is written of it is valid."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import plan_issue
from paperloom.importing.reading import read_issue
from paperloom.sources.front_matter import parse_front_matter
from samples import RENDERERS, SAMPLES

JUNK = st.sampled_from(
    [
        *(
            "[",
            "](",
            "](http://",
            "#",
            "**",
            "*",
            "\n\n",
            "<div>",
            "</a>",
            '<a href="x">',
            "|",
            "---\n",
            "> ",
            "【",
            "】",
        ),
        *("```", "\x00", "-->", "<!--", "{paper}`x`", "http://[::1", "https://%", "- ", "1. ", "http://a b", "&#0;"),
        *("![", "[]", "\t", "$", "\\", "https://arxiv.org/abs/", "10.1000/", "<table><tr><td>", "=====\n", "第99周"),
    ]
)
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), JUNK | st.text(max_size=5)), max_size=12)


@given(st.sampled_from(sorted(SAMPLES)), st.sampled_from(sorted(RENDERERS)), EDITS, st.integers(0, 40))
def test_a_damaged_issue_is_read_and_written_without_an_error(language, form, edits, cut):
    lines = RENDERERS[form](SAMPLES[language]).split("\n")
    del lines[cut : cut + cut % 3]
    for row, column, junk in edits:
        line = lines[row % len(lines)]
        at = column % (len(line) + 1)
        lines[row % len(lines)] = line[:at] + junk + line[at:]
    text = "\n".join(lines).encode("utf-8", errors="replace").decode("utf-8")

    issue = read_issue(text, "issue.md")

    assert json.loads(json.dumps(issue.as_json()))["week"] == issue.week
    assert all(1 <= problem.line <= len(lines) + text.count("\n") for problem in issue.problems)
    if issue.week and issue.entries:
        plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
        assert len(plan.pages) == len(plan.papers) == len(plan.entries)
        for written in (plan.text, *plan.pages.values()):
            assert parse_front_matter(written, "page.md").problems == []


@given(st.text())
def test_any_text_is_read(text):
    issue = read_issue(text, "issue.md")
    assert issue.entries or issue.problems


def _letters(text):
    return "".join(character for character in text if character.isalnum()).casefold()


@pytest.mark.parametrize("form", sorted(RENDERERS))
@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_all_that_an_issue_says_stands_somewhere(language, form):
    """Every address and every clause is in the page of the week, in that of a paper, or in the record."""
    text = RENDERERS[form](SAMPLES[language])
    issue = read_issue(text, "issue.md")
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    record = json.dumps(issue.as_json(), ensure_ascii=False)
    said = _letters("".join([plan.text, *plan.pages.values(), record, *(str(entry.fields) for entry in plan.entries)]))
    sample = SAMPLES[language]
    items = [item for _name, items in sample.sections for item in items]
    told = [value for item in items for value in (item.heading, item.url, item.text, item.title, item.card) if value]
    told += [sample.head, sample.intro, sample.footer]
    lost = [value for value in told if _letters(value) in _letters(text) and _letters(value) not in said]
    assert lost == []


STRAY = [
    "Xyzzy stands here. It belongs nowhere.",
    "Xyzzy",
    "**Xyzzy**",
    "*Xyzzy*",
    "# Xyzzy",
    "- Xyzzy",
    "> Xyzzy. Yes.",
    "<p>Xyzzy</p>",
    "```\nXyzzy\n```",
    "[Xyzzy](https://xyzzy.example.org/)",
    "https://xyzzy.example.org/",
    "[](https://a.example.org) [## Xyzzy\n\na.example.org](https://a.example.org)",
]


@given(st.sampled_from(sorted(SAMPLES)), st.sampled_from(sorted(RENDERERS)), st.sampled_from(STRAY), st.integers(0))
def test_what_stands_between_two_paragraphs_is_found_again_wherever_it_is(language, form, stray, place):
    lines = RENDERERS[form](SAMPLES[language]).split("\n")
    gaps = [*(number for number in range(3, len(lines)) if not lines[number - 1].strip()), len(lines)]
    at = gaps[place % len(gaps)]
    issue = read_issue("\n".join([*lines[:at], "", stray, "", *lines[at:]]), "issue.md")
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    record = json.dumps(issue.as_json(), ensure_ascii=False)
    assert "xyzzy" in "".join([plan.text, *plan.pages.values(), record]).casefold()
