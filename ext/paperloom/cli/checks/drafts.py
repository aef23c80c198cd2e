"""Checks of drafts: what a page that a command made still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from paperloom.cli.checks.overview import Overview
from paperloom.cli.checks.papers import SECTIONS
from paperloom.model.layout import SOURCE_COMMENT, kind_of_document
from paperloom.model.problems import Problem, Severity, Subtype
from paperloom.sources.pages import Page


def page(page: Page) -> Iterator[Problem]:
    """A draft: what has to be written before it is none."""
    if page.is_draft and kind_of_document(page.docname, page.front.kind) == "paper":
        lacking = ", ".join(_lacking(page))
        message = f"the page is a draft and lacks {lacking}" if lacking else "the page is a draft and lacks nothing"
        remedy = "write it, and remove 'draft: true'" if lacking else "read it again, and remove 'draft: true'"
        yield Problem(page.path, page.front.line("draft"), message, remedy, Subtype.DRAFT, Severity.WARNING)


def _lacking(page: Page) -> Iterator[str]:
    if not page.front.strings("topics"):
        yield "topics"
    if not page.front.string("tldr"):
        yield "a TL;DR"
    found = {heading.text for heading in page.headings if heading.level == 2}
    for section in SECTIONS:
        if section not in found or section not in page.filled_sections:
            yield f"'{section}'"


def comments(page: Page) -> Iterator[Problem]:
    """Text of a newsletter that an import left for the writer."""
    lines = [line for text, line in page.comments if text.lstrip("<!-\n\t ").startswith(SOURCE_COMMENT)]
    if lines and not page.is_draft:
        places = "a comment" if len(lines) == 1 else f"{len(lines)} comments"
        message = f"text of the newsletter stands in {places}"
        remedy = "write the page in words of your own, and remove each comment"
        yield Problem(page.path, lines[0], message, remedy, Subtype.DRAFT, Severity.WARNING)


def entries(base: Overview) -> Iterator[Problem]:
    """An entry that lacks something: a warning where its page is a draft, an error where it is not."""
    for key, entry in base.entries.items():
        if not entry.lacking:
            continue
        page = base.papers.get(key)
        message = f"the entry '{key}' lacks {' and '.join(entry.lacking)}"
        remedy = "look it up, add it, and remove the field 'draft'"
        if page is not None and page.is_draft:
            yield Problem(entry.path, entry.line, message, remedy, Subtype.DRAFT, Severity.WARNING)
        else:
            yield Problem(entry.path, entry.line, message, remedy, Subtype.BIBTEX_FIELD)
