"""The agreed form of a BibTeX entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paperloom.model.records import Author, Reference

#: The order of fields in an entry.
FIELD_ORDER = (
    "author", "editor", "title", "booktitle", "journal", "school", "institution", "howpublished",
    "volume", "number", "pages", "publisher", "month", "year", "venue",
    "eprint", "archivePrefix", "primaryClass", "doi", "openreview", "url", "note", "draft",
)  # fmt: skip
#: What an entry may lack as long as its page is a draft; its field ``draft`` says what it lacks.
MAY_LACK = ("author", "year")
_RANK = {name.lower(): rank for rank, name in enumerate(FIELD_ORDER)}


def field_rank(name: str) -> int:
    """Return the place of a field in an entry; unknown fields come last."""
    return _RANK.get(name.lower(), len(_RANK))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to be written, in plain Unicode text.

    ``fields`` are (name, text) pairs without author and editor; ``protected`` are words of the title
    whose capitals matter, besides those that show it themselves, such as BERT; ``comments`` are
    lines that stand above the entry.
    """

    key: str
    entry_type: str
    authors: tuple[Author, ...]
    fields: tuple[tuple[str, str], ...]
    editors: tuple[Author, ...] = ()
    protected: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()


def format_entry(reference: Reference) -> str:
    """Return the BibTeX of ``reference``: one field a line, in the agreed order."""
    return format_fields(reference.entry_type, reference.key, reference.fields)


def format_fields(entry_type: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry of ``fields``, whose values are BibTeX: one field a line, in the agreed order."""
    lines = [f"@{entry_type}{{{key},"]
    ordered = sorted(fields, key=lambda item: (field_rank(item[0]), item[0]))
    lines.extend(f"  {name} = {{{value}}}," for name, value in ordered if value)
    lines[-1] = lines[-1].removesuffix(",")
    return "\n".join([*lines, "}"])
