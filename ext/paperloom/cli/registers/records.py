"""What arXiv and Crossref know of a paper, as far as it matters here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paperloom.model.identifiers import normalize_doi

#: Crossref's types of updates that take a work back, and those that doubt it or change it.
#: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
TAKEN_BACK = frozenset({"retraction", "withdrawal", "removal", "partial_retraction"})
DOUBTED = frozenset({"expression_of_concern"})
CORRECTED = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification"})
#: What publishers write in front of the title of a work that was taken back.
_TITLE_TAKEN_BACK = re.compile(
    r"\W*(?:retracted|withdrawn|retraction|withdrawal|removed)\b\W*(?:article|paper)?\W*[:\]–—-]", re.I
)
#: arXiv has no field for a withdrawal: the comment says it, or the abstract in place of one.
_WITHDRAWN_COMMENT = re.compile(r"\bwithdrawn\b|\bwithdraw(?:al)? (?:by|of|due|from|this|the)\b|\bretracted\b", re.I)
_WITHDRAWN_ABSTRACT = re.compile(r"(?:this|the) (?:\w+ ){0,3}(?:has|have|is|was) (?:been )?(?:now )?withdrawn\b", re.I)
#: Types of works at Crossref that are a publication, and not a preprint or a part of something else.
PUBLISHED = frozenset({"journal-article", "proceedings-article", "book-chapter", "book", "monograph", "edited-book"})


@dataclass(frozen=True, slots=True)
class Preprint:
    """A paper at arXiv: its newest version, the day of it, and what its authors say of it."""

    arxiv: str
    title: str
    version: int
    updated: str
    comment: str = ""
    journal_ref: str = ""
    doi: str | None = None
    abstract: str = ""

    @property
    def withdrawn(self) -> bool:
        """Whether its authors or arXiv took it back."""
        return bool(_WITHDRAWN_COMMENT.search(self.comment) or _WITHDRAWN_ABSTRACT.search(self.abstract[:400]))


@dataclass(frozen=True, slots=True, order=True)
class Update:
    """A notice about a work: its type at Crossref, the DOI of the notice, and its day."""

    kind: str
    notice: str
    day: str


@dataclass(frozen=True, slots=True)
class Work:
    """A work at Crossref."""

    doi: str
    title: str
    kind: str
    family: str
    container: str
    year: int | None
    updates: tuple[Update, ...] = ()

    @property
    def taken_back(self) -> bool:
        """Whether its title says that it was taken back, which older records say nowhere else."""
        return bool(_TITLE_TAKEN_BACK.match(self.title))


def work_of(message: object) -> Work | None:
    """Return the work that a ``message`` of Crossref's API describes, None where it describes none."""
    if not isinstance(message, Mapping) or not (doi := normalize_doi(_text(message.get("DOI")))):
        return None
    authors = [author for author in _list(message.get("author")) if isinstance(author, Mapping)]
    published = _list(_mapping(message.get("published") or message.get("issued")).get("date-parts"))
    parts = _list(published[0]) if published else []
    updates = [update for row in _list(message.get("updated-by")) if (update := _update(row))]
    return Work(
        doi=doi,
        title=_first(message.get("title")),
        kind=_text(message.get("type")),
        family=_text(authors[0].get("family") or authors[0].get("name")) if authors else "",
        container=_first(message.get("container-title")),
        year=parts[0] if parts and isinstance(parts[0], int) else None,
        updates=tuple(sorted(set(updates))),
    )


def notices_of(messages: Iterable[object]) -> dict[str, tuple[Update, ...]]:
    """Return the updates that notices announce, by the DOI of the work they are about."""
    found: dict[str, set[Update]] = {}
    for message in messages:
        notice = _mapping(message)
        for row in _list(notice.get("update-to")):
            doi = normalize_doi(_text(_mapping(row).get("DOI")))
            update = _update({**_mapping(row), "DOI": notice.get("DOI")})
            if doi and update:
                found.setdefault(doi, set()).add(update)
    return {doi: tuple(sorted(updates)) for doi, updates in found.items()}


def _update(row: object) -> Update | None:
    fields = _mapping(row)
    kind = re.sub(r"[\s-]+", "_", _text(fields.get("type")).lower())
    parts = _list(_mapping(fields.get("updated")).get("date-parts"))
    day = "-".join(f"{part:02}" for part in _list(parts[0]) if isinstance(part, int)) if parts else ""
    return Update(kind, normalize_doi(_text(fields.get("DOI"))) or "", day) if kind else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _first(value: object) -> str:
    return _text(next(iter(_list(value)), "")) or _text(value)
