"""Checks of where pages stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import translate
from posixpath import dirname, join
from typing import TYPE_CHECKING

from paperloom.cli.checks.facts import PageFacts
from paperloom.cli.checks.overview import Overview
from paperloom.model.calendar import is_period
from paperloom.model.layout import FOLDER_OF_KIND, kind_of_document
from paperloom.model.problems import Problem, Subtype

if TYPE_CHECKING:
    from paperloom.sources.pages import Page


def kinds_and_folders(page: Page) -> Iterator[Problem]:
    """A page whose front matter is missing or does not fit its folder."""
    folder = dirname(page.docname)
    expected = kind_of_document(page.docname, None)
    if page.front.kind and FOLDER_OF_KIND[page.front.kind] != folder:
        message = f"a page with '{page.front.kind}' front matter stands in '{folder or '.'}'"
        remedy = f"move it to {FOLDER_OF_KIND[page.front.kind]}/"
        yield Problem(page.path, 1, message, remedy, Subtype.FILE_NAME)
    elif expected and page.front.kind is None and not _has_broken_front_matter(page):
        message = f"a page in {folder}/ has no '{expected}' front matter"
        remedy = f"start it with '---', '{expected}:', its fields and '---'"
        yield Problem(page.path, 1, message, remedy, Subtype.FRONT_MATTER)


def _has_broken_front_matter(page: Page) -> bool:
    return any(problem.subtype in (Subtype.FRONT_MATTER, Subtype.EMPTY) for problem in page.problems)


def titles(page: Page) -> Iterator[Problem]:
    """A page without a title, or with more than one."""
    found = [heading for heading in page.headings if heading.level == 1]
    if not found and not page.is_empty:
        message = "the page has no title"
        yield Problem(page.path, page.front.body_line, message, "add a line '# Title'", Subtype.TITLE)
    for heading in found[1:]:
        message = f"a second title: '{heading.text}'"
        yield Problem(page.path, heading.line, message, "use '##' below the title", Subtype.TITLE)


def toctrees(base: Overview) -> Iterator[Problem]:
    """A page that no toctree leads to, and a toctree entry that leads nowhere.

    Where some documents are in another markup, their toctrees are not read here, and only Sphinx
    can say which pages are in none.
    """
    entries = _Entries(base)
    reached: set[str] = set()
    open_pages = ["index"]
    while open_pages:
        docname = open_pages.pop()
        if docname not in reached and docname in base.pages:
            reached.add(docname)
            open_pages.extend(entry for entry, _line in entries.of(base.pages[docname]))
    for page in base.pages.values():
        for entry, line in entries.of(page):
            if entry not in base.pages and entry not in base.unread:
                message = f"the toctree names '{entry}', which does not exist"
                yield Problem(page.path, line, message, "correct or remove it", Subtype.TOCTREE)
        if base.unread or page.docname in reached:
            continue
        if page.kind != "paper" and not page.is_orphan:
            yield Problem(page.path, 1, "the page is in no toctree", _where_to_list(base, page), Subtype.TOCTREE)


def _where_to_list(base: Overview, page: PageFacts) -> str:
    parent = join(dirname(page.docname), "index")
    if page.name == "index" or parent not in base.pages:
        parent = "index"
    return f"list it in the toctree of {parent}.md"


class _Entries:
    """The documents that the toctrees of pages name."""

    def __init__(self, base: Overview) -> None:
        self._base = base
        self._matching: dict[str, list[str]] = {}

    def of(self, page: PageFacts) -> Iterator[tuple[str, int]]:
        """Yield the (document name, line) pairs in the toctrees of ``page``."""
        for name, line, kind in page.toctree:
            if kind == "document":
                yield name, line
            elif kind == "glob":
                yield from ((docname, line) for docname in self._matches(name) if docname != page.docname)
            elif name in self._base.papers:
                yield self._base.papers[name].docname, line

    def _matches(self, pattern: str) -> list[str]:
        if pattern not in self._matching:
            depth, matches = pattern.count("/"), re.compile(translate(pattern)).match
            self._matching[pattern] = [
                docname for docname in self._base.pages if docname.count("/") == depth and matches(docname)
            ]
        return self._matching[pattern]


def archive(page: Page) -> Iterator[Problem]:
    """A page of the archive whose period is none, or is not the file's name."""
    written = page.front.fields.get("period")
    if kind_of_document(page.docname, page.front.kind) != "archive" or not isinstance(written, str | int):
        return  # the schema says so
    period = str(written)
    line = page.front.line("period")
    if not is_period(period):
        message = f"'{period}' is neither a year nor a month"
        yield Problem(page.path, line, message, "write it as 2020 or 2020-09", Subtype.FRONT_MATTER)
    elif period != page.name:
        message = f"the file's name '{page.name}' is not its period '{period}'"
        yield Problem(page.path, line, message, f"rename the file to {period}.md", Subtype.FILE_NAME)
