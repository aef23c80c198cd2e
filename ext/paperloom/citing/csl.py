"""Entries as CSL-JSON, the form that processors of citation styles and reference managers read.

Types and variables follow https://docs.citationstyles.org/en/stable/specification.html (1.0.2). What
other formats say of a paper is made from the same record, so that they agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString

from paperloom.model.records import Author, Reference
from paperloom.sources.bibliography import read_name
from paperloom.sources.latex import to_plain_text

#: A paper as CSL-JSON.
Item = dict[str, Any]

#: What kind of publication an entry of BibTeX describes.
_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
    "unpublished": "manuscript",
}
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
#: The type of a preprint.
PREPRINT = "article"
#: Variables that are copied from fields of BibTeX, in the order in which they stand in an item.
_COPIED = (
    ("collection-title", ("series",)),
    ("publisher", ("publisher", "school", "institution")),
    ("publisher-place", ("address",)),
    ("edition", ("edition",)),
    ("volume", ("volume",)),
    ("issue", ("number",)),
    ("ISBN", ("isbn",)),
    ("ISSN", ("issn",)),
)
_DASHES = re.compile(r"\s*(?:-{1,3}|–|—)\s*")
#: Titles of journals and proceedings that are remembered with what they mean.
_MOST_TITLES = 10_000
_plain = lru_cache(_MOST_TITLES)(to_plain_text)


def csl_item(reference: Reference) -> Item:
    """Return ``reference`` as an item of CSL-JSON; what is not known is left out."""
    fields = {name.lower(): value for name, value in reference.fields}
    kind = _type_of(reference, fields)
    item: Item = {
        "id": reference.key,
        "type": kind,
        "title": reference.title,
        "author": [_name(author) for author in reference.authors] if fields.get("author") else [],
        "editor": [_name(author) for author in _people(fields.get("editor", ""))],
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "genre": _GENRES.get(reference.entry_type),
        "container-title": _plain(fields.get("journal") or fields.get("booktitle") or "") if kind != PREPRINT else None,
    }
    for variable, names in _COPIED:
        item[variable] = next((_plain(fields[name]) for name in names if fields.get(name)), None)
    if kind == "report":
        item["number"] = item.pop("issue")
    item["page"] = _DASHES.sub("-", fields.get("pages", ""))
    item["DOI"] = reference.doi
    item["URL"] = reference.url
    if kind == PREPRINT and reference.arxiv:
        item["number"] = f"arXiv:{reference.arxiv}"
        item["publisher"] = "arXiv"
        item["DOI"] = reference.doi or f"10.48550/arXiv.{reference.arxiv}"
        item["URL"] = f"https://arxiv.org/abs/{reference.arxiv}"
    elif reference.arxiv:
        item["URL"] = reference.url or f"https://arxiv.org/abs/{reference.arxiv}"
        item["custom"] = {"arxiv": reference.arxiv}
    elif reference.openreview:
        item["URL"] = reference.url or f"https://openreview.net/forum?id={reference.openreview}"
    return {name: value for name, value in item.items() if value}


def _type_of(reference: Reference, fields: dict[str, str]) -> str:
    """Return the CSL type; a preprint is what has an arXiv id and no other place of publication."""
    journal = fields.get("journal", "").lower()
    if reference.arxiv and (reference.entry_type in ("misc", "unpublished") or journal.startswith("arxiv")):
        return PREPRINT
    return _TYPES.get(reference.entry_type, "document")


def _people(value: str) -> list[Author]:
    found = []
    for name in split_name_list(value) if value else ():
        try:
            found.append(read_name(name.strip()))
        except InvalidNameString:  # reported where the bibliography is read
            continue
    return [author for author in found if author.name.lower() != "others"]


def _name(author: Author) -> dict[str, str]:
    """Return a name; one without a given name is that of an organisation, or of a person with one name."""
    if not author.given and not author.particle:
        return {"literal": author.name}
    parts = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }
    return {name: value for name, value in parts.items() if value}


def name_last_first(name: dict[str, str]) -> str:
    """Return a name of an item as ``van Rossum, Guido``; an organisation as it is."""
    if "literal" in name:
        return name["literal"]
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    return ", ".join(part for part in (family, name.get("given"), name.get("suffix")) if part)


def year_of(item: Item) -> int | None:
    """Return the year of publication of an item."""
    year: int | None = item.get("issued", {}).get("date-parts", [[None]])[0][0]
    return year
