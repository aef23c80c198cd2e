"""The records of a knowledge base, as its sources state them.

Every record is immutable and holds plain data, so that it can be pickled with Sphinx's
environment, compared and hashed. Sequences are tuples in the order of the source.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, fields
from datetime import date
from typing import NamedTuple

from paperloom.model.quick import quickly_pickled


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Author:
    """A person, or an organisation whose name stands in ``family`` alone."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name in reading order: ``Guido van Rossum``."""
        if self.given and not self.particle and not self.suffix:
            return f"{self.given} {self.family}"
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def sort_name(self) -> str:
        """The name as an index lists it: ``van Rossum, Guido``."""
        family = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (family, self.suffix, self.given) if part)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliography entry. Text fields are plain Unicode; ``fields`` keeps the BibTeX values.

    Where the entry stands is no part of what it says: entries above it come and go.
    """

    key: str
    entry_type: str
    title: str
    authors: tuple[Author, ...]
    year: int | None
    venue: str | None
    arxiv: str | None
    doi: str | None
    openreview: str | None
    url: str | None
    fields: tuple[tuple[str, str], ...]
    path: str = field(compare=False, repr=False)
    line: int = field(compare=False, repr=False)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Reading:
    """What a summary is based on: ``source`` is ``paper``, ``abstract`` or ``secondary``."""

    on: str
    source: str
    version: str | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Revision:
    """A change of a summary that its readers should hear of: the day ``on`` which, and ``what`` changed."""

    on: str
    what: str


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Paper:
    """The page of a paper.

    ``figure`` is its first drawing, as a path below the source directory; a ``draft`` was made by a
    command and is not written yet.
    """

    key: str
    docname: str
    title: str
    topics: tuple[str, ...]
    tldr: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    relations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    read: Reading | None = None
    figure: str | None = None
    draft: bool = False
    revised: Revision | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Article:
    """An item of a week that is not a paper page: an article, a use case, something else."""

    id: str
    week: str
    kind: str
    title: str
    url: str | None = None
    archived: str | None = None
    site: str | None = None
    author: str | None = None
    date: str | None = None
    topics: tuple[str, ...] = ()


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Week:
    """One issue. ``picks`` holds citation keys or article ids in the editor's order."""

    id: str
    docname: str
    title: str
    starts: date
    picks: tuple[str, ...] = ()
    source: str | None = None
    papers: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Topic:
    """A field of work with a page of its own."""

    slug: str
    docname: str
    title: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Period:
    """A page of the archive: a year (``2020``) or a month (``2020-09``)."""

    id: str
    docname: str
    title: str


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Link:
    """A stretch ``[start, end)`` of a block's text that leads somewhere, or that is code.

    ``kind`` is ``paper``, ``citation``, ``week``, ``topic`` (roles; ``target`` is the key),
    ``document`` (``target`` is a document name), ``url`` (an address), ``reference`` (to anything
    else) or ``code``.
    ``implicit`` is true where the visible text is the bare key and a label replaces it.
    """

    start: int
    end: int
    kind: str
    target: str
    implicit: bool = False


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of running text with its inline markup flattened.

    ``anchor`` is the id of the article or section around it.
    """

    anchor: str
    text: str
    links: tuple[Link, ...] = ()


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Document:
    """Everything that reading one document establishes; the unit that is kept per docname.

    ``views`` are the placeholders in it, as (view name, argument) pairs; ``references`` are
    the cross-references and citations in it, as (kind, target) pairs. ``lead`` is the first paragraph,
    which describes a page that has no TL;DR; ``former`` are the document names that it had before.
    """

    docname: str
    title: str
    paper: Paper | None = None
    week: Week | None = None
    topic: Topic | None = None
    period: Period | None = None
    blocks: tuple[Block, ...] = ()
    views: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    lead: Block | None = None
    former: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A place in a document where a paper is named.

    ``kind`` says how: ``paper`` (role), ``citation`` (role), ``link`` (an identifier of the
    paper), ``document`` (internal link), ``alias`` or ``title`` (unlinked). ``context`` is the
    sentence around the name, and ``name_at`` the stretch of it that is the name.
    """

    key: str
    docname: str
    anchor: str
    week: str | None
    linked: bool
    kind: str
    context: str
    name_at: tuple[int, int] = (0, 0)


def layout_version(*records: type) -> int:
    """Return a number that changes with the fields of ``records``: pickled ones of another layout are stale."""
    layout = [(record.__name__, [(each.name, str(each.type)) for each in fields(record)]) for record in records]
    return zlib.crc32(repr(layout).encode())


#: The layout of everything that is kept with Sphinx's environment.
DOCUMENT_LAYOUT = layout_version(Document, Paper, Reading, Revision, Week, Article, Topic, Period, Block, Link)
