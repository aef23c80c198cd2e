"""Drafts: allowed to lack what others must have, and reminded of it."""

from __future__ import annotations

import pytest
from check_support import BIB, MOSS, WEEK, Found, append, assert_finds_exactly, both, problems, replace

DRAFT = replace(MOSS, "paper:\n", "paper:\n  draft: true\n")


def front_matter_of(tiny):
    return (tiny / MOSS).read_text(encoding="utf-8").partition("\n# ")[0]


def test_a_draft_may_be_empty_and_is_listed(tiny):
    title = (tiny / MOSS).read_text(encoding="utf-8").partition("\n# ")[2].partition("\n")[0]
    (tiny / MOSS).write_text(f"---\npaper:\n  draft: true\n---\n# {title}\n\n## Why it matters\n", encoding="utf-8")
    lacking = "lacks topics, a TL;DR, 'Why it matters', 'How it works', 'Results', 'Limits'"
    remedy = "write it, and remove 'draft: true'"
    assert_finds_exactly(tiny, (Found(MOSS, 3, "draft", lacking, remedy, "warning"),))


def test_a_draft_that_is_written_is_read_again(tiny):
    DRAFT(tiny)
    assert_finds_exactly(tiny, (Found(MOSS, 3, "draft", "lacks nothing", "remove 'draft: true'", "warning"),))


def test_a_page_that_is_no_draft_needs_everything(tiny):
    both(DRAFT, replace(MOSS, "draft: true", "draft: false"))(tiny)
    assert_finds_exactly(tiny, ())
    replace(MOSS, "## Results\n", "")(tiny)
    assert_finds_exactly(tiny, (Found(MOSS, 1, "section", "'Results' is missing", "add '## Results'"),))


def test_draft_is_true_or_false(tiny):
    both(DRAFT, replace(MOSS, "draft: true", "draft: soon"))(tiny)
    assert_finds_exactly(tiny, (Found(MOSS, 3, "front-matter", "'paper.draft' is \"soon\"", "write true or false"),))


def without_author(tiny):
    text = (tiny / BIB).read_text(encoding="utf-8")
    start = text.index("@misc{moss2020quiet")
    entry = text[start : text.index("\n}", start)]
    author = next(line for line in entry.splitlines() if line.startswith("  author"))
    changed = entry.replace(f"{author}\n", "") + ",\n  draft = {author}"
    (tiny / BIB).write_text(text.replace(entry, changed), encoding="utf-8")
    return text[:start].count("\n") + 1


def test_the_entry_of_a_draft_may_lack_its_author_and_says_so(tiny):
    DRAFT(tiny)
    line = without_author(tiny)
    remedy = "look it up, add it, and remove the field 'draft'"
    found = [
        Found(MOSS, 3, "draft", "lacks nothing", "remove 'draft: true'", "warning"),
        Found(BIB, line, "draft", "'moss2020quiet' lacks author", remedy, "warning"),
    ]
    assert_finds_exactly(tiny, tuple(found))


def test_the_entry_of_a_finished_page_may_not(tiny):
    line = without_author(tiny)
    remedy = "look it up, add it, and remove the field 'draft'"
    assert_finds_exactly(tiny, (Found(BIB, line, "bibtex-field", "'moss2020quiet' lacks author", remedy),))


@pytest.mark.parametrize("named", ["title", "year", "author, year"])
def test_an_entry_cannot_claim_to_lack_what_it_has_or_needs(tiny, named):
    DRAFT(tiny)
    text = (tiny / BIB).read_text(encoding="utf-8")
    end = text.index("\n}", text.index("@misc{moss2020quiet"))
    (tiny / BIB).write_text(f"{text[:end]},\n  draft = {{{named}}}{text[end:]}", encoding="utf-8")

    messages = [problem.message for problem in problems(tiny) if problem.severity.value == "error"]
    assert messages == [f"entry 'moss2020quiet' says that it lacks '{name}'" for name in sorted(named.split(", "))]


def test_text_of_a_newsletter_left_in_a_week_is_reported_once(tiny):
    comment = "\n<!--\nSource text of the newsletter, lines 1–2. Write …\n\nWords.\n-->\n"
    before = (tiny / WEEK).read_text(encoding="utf-8").count("\n")
    both(append(WEEK, comment), append(WEEK, comment), append(WEEK, "\n<!-- a note of our own -->\n"))(tiny)
    remedy = "write the page in words of your own, and remove each comment"
    assert_finds_exactly(tiny, (Found(WEEK, before + 2, "draft", "stands in 2 comments", remedy, "warning"),))
