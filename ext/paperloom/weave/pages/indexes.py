"""What the index pages and the home page show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import partial

from paperloom.citing.slices import FEWEST_OF_AN_AUTHOR, author_slice
from paperloom.model.calendar import end_of_week, year_of_week
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Author, Document
from paperloom.weave.labels import short_authors
from paperloom.weave.pages.cards import (
    Card,
    PageLink,
    card,
    paper_link,
    pick_links,
    topic_links,
    week_link,
)
from paperloom.weave.pages.topic import newest_first
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table of all papers."""

    paper: PageLink
    authors: str
    all_authors: str
    venue: str
    year: int | None
    week: PageLink | None
    topics: tuple[PageLink, ...]
    mentions: int
    picked: bool


@quickly_shown
@dataclass(frozen=True, slots=True)
class NameEntry:
    """An author or a venue with its papers; ``download`` names the part of the knowledge base that holds them."""

    name: str
    papers: tuple[PageLink, ...]
    download: str = ""


@quickly_shown
@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names under one letter."""

    letter: str
    entries: tuple[NameEntry, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic of the upper level with those below it."""

    link: PageLink
    children: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class WeekEntry:
    """A week in the list of weeks."""

    link: PageLink
    starts: date
    ends: date
    papers: int
    articles: int
    picks: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class YearGroup:
    """The weeks of one year, newest first."""

    year: str
    weeks: tuple[WeekEntry, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class LatestWeek:
    """The newest issue: its picks as cards, the rest by count."""

    week: WeekEntry
    cards: tuple[Card, ...]
    more: int


@quickly_shown
@dataclass(frozen=True, slots=True)
class Statistics:
    """The size of the knowledge base."""

    weeks: int
    papers: int
    background: int
    articles: int
    topics: int
    mentions: int


@quickly_shown
@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year of the archive and its months."""

    year: PageLink
    months: tuple[PageLink, ...]


def paper_table(woven: Woven, document: Document, argument: str) -> tuple[TableRow, ...]:
    """Return a row for every paper: newest week first, background papers last."""
    keys = newest_first(woven, woven.facts.order)
    return tuple([woven.shared(f"row/{key}", partial(_table_row, woven, key)) for key in keys])


def _table_row(woven: Woven, key: str) -> TableRow:
    facts = woven.facts
    reference = facts.references.get(key)
    weeks = facts.featuring.get(key, ())
    return TableRow(
        paper=paper_link(woven, key),
        authors=short_authors(reference.authors, limit=2) if reference else "",
        all_authors=", ".join(author.name for author in reference.authors) if reference else "",
        venue=(reference.venue or "") if reference else "",
        year=reference.year if reference else None,
        week=PageLink(week_link(woven, weeks[0]).docname, weeks[0]) if weeks else None,
        topics=topic_links(woven, facts.paper_topics[key]),
        mentions=woven.mention_counts.get(key, 0),
        picked=bool(woven.picked_in.get(key)),
    )


def sortable(text: str) -> str:
    """Return ``text`` without case and accents, as indexes sort it."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _letter(name: str) -> str:
    first = sortable(name)[:1]
    return first.upper() if first.isalpha() else "#"


def _by_letter(entries: list[NameEntry]) -> tuple[NameGroup, ...]:
    groups: dict[str, list[NameEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (_letter(entry.name), sortable(entry.name), entry.name)):
        groups.setdefault(_letter(entry.name), []).append(entry)
    return tuple(NameGroup(letter, tuple(found)) for letter, found in groups.items())


def author_index(woven: Woven, document: Document, argument: str) -> tuple[NameGroup, ...]:
    """Return every author with their papers, by the first letter of the family name."""
    facts = woven.facts
    papers: dict[Author, list[PageLink]] = {}
    for key in facts.order:
        for author in facts.references[key].authors if key in facts.references else ():
            papers.setdefault(author, []).append(paper_link(woven, key))
    return _by_letter(
        [
            NameEntry(
                author.sort_name,
                tuple(found),
                author_slice(author.name) if len(found) >= FEWEST_OF_AN_AUTHOR else "",
            )
            for author, found in papers.items()
        ]
    )


def venue_index(woven: Woven, document: Document, argument: str) -> tuple[NameEntry, ...]:
    """Return every venue with its papers, by name."""
    facts = woven.facts
    papers: dict[str, list[PageLink]] = {}
    for key in facts.order:
        reference = facts.references.get(key)
        if reference and reference.venue:
            link = paper_link(woven, key, reference.year)
            papers.setdefault(reference.venue, []).append(link)
    entries = [NameEntry(name, tuple(found)) for name, found in papers.items()]
    return tuple(sorted(entries, key=lambda entry: (sortable(entry.name), entry.name)))


def topic_tree(woven: Woven, document: Document, argument: str) -> tuple[TopicNode, ...]:
    """Return the two levels of topics; those of the lower one with the number of their papers and articles."""
    facts = woven.facts

    def link(slug: str) -> PageLink:
        topic = facts.topics[slug]
        size = len(facts.topic_papers.get(slug, ())) + len(woven.topic_articles.get(slug, ()))
        return PageLink(topic.docname, topic.title, count=size)

    roots = [topic for topic in facts.topics.values() if topic.parent not in facts.topics]
    roots.sort(key=lambda topic: (topic.title.casefold(), topic.slug))
    return tuple(
        TopicNode(PageLink(root.docname, root.title), tuple(link(slug) for slug in facts.subtopics[root.slug]))
        for root in roots
    )


def _week_entry(woven: Woven, week_id: str) -> WeekEntry:
    week = woven.facts.weeks[week_id]
    return WeekEntry(
        link=week_link(woven, week_id),
        starts=week.starts,
        ends=end_of_week(week.starts),
        papers=len(week.papers),
        articles=len(week.articles),
        picks=pick_links(woven, week),
    )


def week_list(woven: Woven, document: Document, argument: str) -> tuple[YearGroup, ...]:
    """Return all weeks by year, newest first."""
    years: dict[str, list[WeekEntry]] = {}
    for week_id in list(woven.facts.weeks)[::-1]:
        years.setdefault(year_of_week(week_id), []).append(_week_entry(woven, week_id))
    return tuple(YearGroup(year, tuple(weeks)) for year, weeks in years.items())


def archive_list(woven: Woven, document: Document, argument: str) -> tuple[ArchiveYear, ...]:
    """Return the years of the archive, newest first, each with its months."""
    periods = woven.facts.periods
    sizes = {name: len(ids) for name, ids in woven.weeks_of_period.items()}

    def link(name: str) -> PageLink:
        return PageLink(periods[name].docname, periods[name].title, count=sizes.get(name, 0))

    years = [name for name in sorted(periods, reverse=True) if "-" not in name]
    return tuple(
        ArchiveYear(link(year), tuple(link(name) for name in periods if name.startswith(f"{year}-"))) for year in years
    )


def latest_week(woven: Woven, document: Document, argument: str) -> LatestWeek | None:
    """Return the newest issue; its picks, or its first papers where it has none."""
    facts = woven.facts
    if not facts.weeks:
        return None
    week = list(facts.weeks.values())[-1]
    papers = [key for key in week.papers if key in facts.paper_pages]
    picks = [key for key in week.picks if key in papers]
    shown = picks or papers[:3]
    cards = tuple(card(woven, key, picked=key in picks) for key in shown)
    return LatestWeek(_week_entry(woven, week.id), cards, len(papers) - len(shown))


def statistics(woven: Woven, document: Document, argument: str) -> Statistics:
    """Return the size of the knowledge base."""
    facts = woven.facts
    return Statistics(
        weeks=len(facts.weeks),
        papers=len([key for key in facts.paper_pages if key in facts.featuring]),
        background=len([key for key in facts.paper_pages if key not in facts.featuring]),
        articles=sum(len(week.articles) for week in facts.weeks.values()),
        topics=len(facts.topics),
        mentions=woven.shared("number-of-mentions", lambda: sum(woven.mention_counts.values())),
    )
