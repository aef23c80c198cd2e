"""An invented knowledge base as records, before it is written in the format of any system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class MentionKind(Enum):
    """How a place in running text names papers."""

    ROLE = "role"
    LINK = "link"  # to the paper's address at arXiv
    ALIAS = "alias"
    CITE_IN_TEXT = "cite in text"
    CITE = "cite"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in running text that names papers by their citation keys."""

    kind: MentionKind
    keys: tuple[str, ...]


#: Running text: words and mentions, which stand beside each other without a blank added.
Text = tuple[str | Mention, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of two columns; the first row is its head."""

    rows: tuple[tuple[str, str], ...]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """A person."""

    family: str
    given: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its entry, and its page. ``venue`` is (short name, name of the proceedings)."""

    key: str
    alias: str
    title: str
    authors: tuple[Author, ...]
    year: int
    venue: tuple[str, str] | None
    arxiv: str
    topics: tuple[str, ...]
    tldr: str
    sections: tuple[Section, ...]
    week: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of an issue."""

    id: str
    title: str
    kind: str
    url: str
    site: str
    topics: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Week:
    """An issue."""

    id: str
    starts: date
    picks: tuple[str, ...]
    introduction: Text
    papers: tuple[str, ...]
    articles: tuple[Article, ...]

    @property
    def title(self) -> str:
        """The heading of its page."""
        return f"Week {int(self.id[-2:])}, {self.id[:4]}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; ``parent`` is the slug of the one above."""

    slug: str
    name: str
    parent: str | None
    introduction: str


@dataclass(frozen=True, slots=True)
class Period:
    """A year (``2020``) or a month (``2020-09``) of the archive, with the ids of its issues."""

    id: str
    title: str
    introduction: str
    weeks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All of it; papers by key in the order of issues."""

    papers: dict[str, Paper]
    weeks: tuple[Week, ...]
    topics: tuple[Topic, ...]
    periods: tuple[Period, ...]
