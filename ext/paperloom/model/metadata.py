"""What a source says about a paper: one record, whatever the source."""

from __future__ import annotations

from dataclasses import dataclass, replace

from paperloom.model.bibtex import Entry
from paperloom.model.identifiers import Identifier, identify
from paperloom.model.records import Author


@dataclass(frozen=True, slots=True)
class Metadata:
    """A paper as arXiv, a registry of DOIs, OpenReview, the ACL Anthology or a BibTeX file states it.

    Texts are plain Unicode on one line. ``entry_type`` is the type of a BibTeX entry, and
    ``fields`` are its further ones (``booktitle``, ``volume``, …). ``first_year`` is the year of the
    first public version where it is known, ``version`` the arXiv version described, such as ``v3``.
    ``abstract`` and ``categories`` help to choose topics and are never published. ``to_verify``
    names what a person should look up.
    """

    entry_type: str
    title: str
    authors: tuple[Author, ...]
    year: int | None
    fields: tuple[tuple[str, str], ...] = ()
    editors: tuple[Author, ...] = ()
    first_year: int | None = None
    venue: str = ""
    arxiv: str | None = None
    version: str | None = None
    primary_class: str = ""
    doi: str | None = None
    openreview: str | None = None
    url: str = ""
    abstract: str = ""
    categories: tuple[str, ...] = ()
    protected: frozenset[str] = frozenset()
    to_verify: tuple[str, ...] = ()

    @property
    def key_year(self) -> int | None:
        """The year that the citation key holds: that of the first public version."""
        years = [year for year in (self.first_year, self.year) if year]
        return min(years) if years else None

    @property
    def identifiers(self) -> frozenset[Identifier]:
        """Every identifier, in normal form, that stands for the paper."""
        found = {identifier for text in (self.arxiv, self.doi, self.url) if text and (identifier := identify(text))}
        if self.openreview:
            found.add(Identifier("openreview", self.openreview))
        return frozenset(found)

    def entry(self, key: str) -> Entry:
        """Return the bibliography entry with ``key``."""
        fields = [
            *self.fields,
            ("title", self.title),
            ("year", str(self.year or "")),
            ("venue", self.venue),
            ("eprint", self.arxiv or ""),
            ("archivePrefix", "arXiv" if self.arxiv else ""),
            ("primaryClass", self.primary_class if self.arxiv else ""),
            ("doi", self.doi or ""),
            ("openreview", self.openreview or ""),
            ("url", self.url),
        ]
        comments = (f"verify: {', '.join(self.to_verify)}",) if self.to_verify else ()
        return Entry(key, self.entry_type, self.authors, tuple(fields), self.editors, self.protected, comments)


def published_as(preprint: Metadata, published: Metadata) -> Metadata:
    """Return the record of the published version, with what only the preprint has."""
    first_years = [year for year in (preprint.first_year, preprint.year, published.first_year) if year]
    return replace(
        published,
        first_year=min(first_years, default=None),
        arxiv=preprint.arxiv or published.arxiv,
        version=preprint.version,
        primary_class=preprint.primary_class or published.primary_class,
        openreview=published.openreview or preprint.openreview,
        abstract=preprint.abstract or published.abstract,
        categories=preprint.categories or published.categories,
        protected=preprint.protected | published.protected,
        to_verify=tuple(dict.fromkeys((*preprint.to_verify, *published.to_verify))),
    )
