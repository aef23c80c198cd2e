"""Drafts of an earlier import that can be completed now: authors and year have become known."""

from __future__ import annotations

from collections.abc import Callable

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.editing.bibliography_text import replace_entry
from paperloom.editing.page_text import with_title
from paperloom.editing.transaction import Transaction
from paperloom.importing.entry import Entry
from paperloom.importing.issue import Issue
from paperloom.importing.matching import KnownPapers
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
    that was made of the old title, as long as the page is a draft. Keys stay: others may use them.

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
        lines.append(f"{issue.name}: completed '{key}'{_better_key(key, metadata, known)}")
    return list(dict.fromkeys(lines))


def _better_key(key: str, metadata: Metadata, known: KnownPapers) -> str:
    """Return what to call the paper now that its author is known, where it was called after nobody."""
    name = key_of_metadata(metadata, metadata.title, known) if key.startswith("anonymous") else None
    return f"; rename it to '{name}': the entry, the page and the line in the week together" if name else ""
