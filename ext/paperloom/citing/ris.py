"""Entries in RIS, the exchange format of EndNote, Zotero, Mendeley and others.

Tags and types are those of the specification of Research Information Systems, as its readers
understand them.
"""

from __future__ import annotations

import re

from paperloom.citing.csl import PREPRINT, Item, name_last_first, year_of

_TYPES = {
    "article-journal": "JOUR",
    "paper-conference": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    # RIS has no type for preprints. As a report its number and its place are kept by every reader.
    PREPRINT: "RPRT",
    "manuscript": "UNPB",
}
_LINE_BREAKS = re.compile(r"\s+")


def ris_record(item: Item) -> str:
    """Return an item of CSL-JSON as a record of RIS, without a line break at its end."""
    first, _dash, last = str(item.get("page", "")).partition("-")
    tags: list[tuple[str, object]] = [("TY", _TYPES.get(item["type"], "GEN"))]
    tags += [("AU", _author(name)) for name in item.get("author", ())]
    tags += [("A2", _author(name)) for name in item.get("editor", ())]
    tags += [
        ("TI", item.get("title")),
        ("T2", item.get("container-title")),
        ("T3", item.get("collection-title")),
        ("PY", year_of(item)),
        ("VL", item.get("volume")),
        ("IS", item.get("issue")),
        ("SP", first),
        ("EP", last),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("ET", item.get("edition")),
        ("M3", item.get("genre")),
        ("SN", item.get("number") or item.get("ISBN") or item.get("ISSN")),
        ("DO", item.get("DOI")),
        ("UR", item.get("URL")),
        ("ID", item["id"]),
    ]
    lines = [f"{tag}  - {_LINE_BREAKS.sub(' ', str(value))}" for tag, value in tags if value]
    return "\n".join([*lines, "ER  - "])


def _author(name: dict[str, str]) -> str:
    """Return ``Family, Given, Suffix``; the comma behind an organisation keeps readers from taking it apart."""
    return f"{name['literal']}," if " " in name.get("literal", "") else name_last_first(name)
