"""Drafts of an earlier import that can be completed now: authors and year have become known."""

from __future__ import annotations

from collections.abc import Callable

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.cli.rename import RenamingError, plan_renaming
from paperloom.editing.bibliography_text import replace_entry
from paperloom.editing.page_text import with_title
from paperloom.editing.transaction import Transaction
from paperloom.importing.entry import Entry
from paperloom.importing.issue import Issue
from paperloom.importing.matching import KnownPapers
from paperloom.importing.naming import is_provisional
from paperloom.importing.plan import key_of_metadata
from paperloom.model.metadata import Metadata
from paperloom.sources.bibliography import lacking_fields


def complete_drafts(
    base: KnowledgeBase,
    known: KnownPapers,
    issue: Issue,
    find: Callable[[Entry], Metadata | None],
    transaction: Transaction,
) -> list[str]:
    """Plan the entries of ``issue`` that were written without authors and year, and say which they are.

    Only entries that say themselves what they lack are touched, and of their pages the heading
    that was made of the old title, as long as the page is a draft. A draft whose key was made
    without an author gets its own; all other keys stay, for people may cite them.

    :raises EditingError: if the bibliography cannot be changed.
    """
    lines: list[str] = []
    for entry in issue.papers:
        key = known.key_of(entry)
        reference = base.references.get(key) if key else None
        if key is None or reference is None or not lacking_fields(reference):
            continue
        metadata = find(entry)
        if metadata is None or not metadata.authors or metadata.year is None:
            continue
        path = base.root / reference.path
        before = transaction.text(path) or ""
        transaction.replace(path, replace_entry(before, metadata.entry(key), reference.path), expected=before)
        page = base.papers.get(key)
        if page is not None and page.is_draft:
            text = transaction.text(base.root / page.path) or ""
            titled = with_title(text, reference.title, metadata.title)
            transaction.replace(base.root / page.path, titled, expected=text)
        named = _named(base, known, key, metadata, transaction)
        lines.append(f"{issue.name}: completed '{key}'{named}")
    return list(dict.fromkeys(lines))


def _named(base: KnowledgeBase, known: KnownPapers, key: str, metadata: Metadata, transaction: Transaction) -> str:
    """Give a draft that was called after nobody the key that its author makes, and say so.

    A page that is no draft any more keeps its key: somebody may cite it.
    """
    name = key_of_metadata(metadata, metadata.title, known) if is_provisional(key) else None
    if name is None:
        return ""
    page = base.papers.get(key)
    if page is None or not page.is_draft:
        return f"; its key was made without an author: run 'paperloom rename {key} {name}'"
    try:
        plan_renaming(base, key, name, transaction)
    except RenamingError as error:
        return f"; its key stays, for {error}"
    known.rename(key, name)
    return f", and renamed it to '{name}'; the old address leads on"
