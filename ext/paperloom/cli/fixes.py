"""What ``paperloom check --fix`` corrects by itself: everything at once, or nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.editing.bibliography_fixes import fix_bibliography
from paperloom.editing.errors import EditingError
from paperloom.editing.mention_links import link_names
from paperloom.editing.published_addresses import list_as_published
from paperloom.editing.transaction import Transaction
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.pages import Page
from paperloom.sources.published_addresses import ADDRESSES
from paperloom.weave.mentions import Name, NameIndex


@dataclass(frozen=True, slots=True)
class Fixes:
    """The planned changes, and a line about each: ``path:line: what is done``."""

    transaction: Transaction
    notes: tuple[str, ...]


def plan_fixes(base: KnowledgeBase, only: Collection[str] = ()) -> Fixes:
    """Return what can be corrected without doubt in the files of ``base``; nothing is written yet.

    ``only`` are paths relative to its root that may change; all files may, if it is empty.

    :raises EditingError: if a file cannot be read, or if one of ``only`` is no file of the knowledge base.
    """
    files = {*base.bibliography_files, *(page.path for page in base.pages.values())}
    if strange := sorted(path for path in only if path not in files):
        raise EditingError(*(f"{path}: is no page and no bibliography of the knowledge base" for path in strange))
    transaction = Transaction(base.root)
    notes: list[str] = []
    for shown in base.bibliography_files:
        if only and shown not in only:
            continue
        if not _is_text(base.bibliography.problems, shown):
            continue
        text = transaction.text(base.root / shown) or ""
        fixed = fix_bibliography(text, shown)
        transaction.replace(base.root / shown, fixed.text, expected=text)
        notes += [f"{shown}:{line}: {words}" for line, words in fixed.notes]
    notes += _link_names(base, transaction, only)
    if not only:
        new = list_as_published(transaction, base.source, base.pages)
        shown = (base.source / ADDRESSES).relative_to(base.root).as_posix()
        notes += [f"{shown}:1: '{name}' is added" for name in new]
    return Fixes(transaction, tuple(notes))


def _link_names(base: KnowledgeBase, transaction: Transaction, only: Collection[str]) -> list[str]:
    index = _names_of(base)
    titles = {key: page.title.text for key, page in base.papers.items() if page.title and _is_plain(base, page)}
    notes = []
    for page in base.pages.values():
        if page.front.kind is None or not _is_text(page.problems, page.path) or (only and page.path not in only):
            continue
        path = base.root / page.path
        text = transaction.text(path) or ""
        linked, done = link_names(text, page.docname, index, titles)
        transaction.replace(path, linked, expected=text)
        notes += [f"{page.path}:{name.line}: '{name.name}' leads to {name.key}" for name in done]
    return notes


def _names_of(base: KnowledgeBase) -> NameIndex:
    """Return the index of all aliases and titles of papers with a page."""
    names = [Name(alias, key, "alias") for key, page in base.papers.items() for alias in page.front.strings("aliases")]
    names += [Name(page.title.text, key, "title") for key, page in base.papers.items() if page.title]
    return NameIndex(names)


def _is_text(problems: list[Problem], path: str) -> bool:
    """Return whether ``path`` is UTF-8 and holds something; the check names files that are not or do not."""
    return not any(
        problem.path == path and problem.subtype in (Subtype.ENCODING, Subtype.EMPTY) for problem in problems
    )


def _is_plain(base: KnowledgeBase, page: Page) -> bool:
    """Return whether the title of ``page`` is written as it is read, without markup."""
    if page.title is None:
        return False
    lines = (base.root / page.path).read_text(encoding="utf-8", errors="replace").splitlines()
    return page.title.line <= len(lines) and lines[page.title.line - 1].rstrip() == f"# {page.title.text}"
