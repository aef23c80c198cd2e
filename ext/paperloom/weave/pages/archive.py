"""The round-up of a month or a year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from paperloom.citing.slices import period_slice
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import (
    Card,
    PageLink,
    any_entry,
    byline,
    card,
    paper_link,
    pick_links,
    week_link,
)
from paperloom.weave.woven import Woven

MOST_MENTIONED = 10


@quickly_shown
@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of the period with its size."""

    link: PageLink
    papers: int
    articles: int


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A topic and the period's papers about it."""

    topic: PageLink
    papers: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class MostMentioned:
    """A paper that the period's issues name at ``places`` places in ``weeks`` issues."""

    paper: PageLink
    byline: str
    places: int
    weeks: int


@quickly_shown
@dataclass(frozen=True, slots=True)
class Roundup:
    """The generated part of an archive page; ``download`` names the part of the knowledge base with its papers."""

    months: tuple[PageLink, ...]
    year: PageLink | None
    weeks: tuple[WeekRow, ...]
    pick_cards: tuple[Card, ...]
    pick_articles: tuple[PageLink, ...]
    by_topic: tuple[TopicGroup, ...]
    most_mentioned: tuple[MostMentioned, ...]
    download: str = ""


def roundup(woven: Woven, document: Document, argument: str) -> Roundup | None:
    """Return the round-up of the period ``argument``, such as ``2020`` or ``2020-09``."""
    facts = woven.facts
    if argument not in facts.periods:
        return None
    week_ids = woven.weeks_of_period.get(argument, ())
    weeks = [facts.weeks[week_id] for week_id in week_ids]
    months = [period for name, period in facts.periods.items() if name.startswith(f"{argument}-")]
    year = facts.periods.get(argument[:4]) if "-" in argument else None
    picked = dict.fromkeys(
        key for week in weeks for key in week.picks if key in week.papers and key in facts.paper_pages
    )
    articles = [link for week in weeks for link in pick_links(woven, week) if link.anchor]
    keys = list(dict.fromkeys(key for week in weeks for key in week.papers if key in facts.paper_pages))
    return Roundup(
        months=tuple(PageLink(period.docname, period.title) for period in months),
        year=PageLink(year.docname, year.title) if year else None,
        weeks=tuple(WeekRow(week_link(woven, week.id), len(week.papers), len(week.articles)) for week in weeks),
        pick_cards=tuple(card(woven, key, picked=True, with_week=True) for key in picked),
        pick_articles=tuple(articles),
        by_topic=_by_topic(woven, keys),
        most_mentioned=_most_mentioned(woven, set(week_ids)),
        download=period_slice(argument) if any_entry(woven, keys) else "",
    )


def _by_topic(woven: Woven, keys: list[str]) -> tuple[TopicGroup, ...]:
    """Group papers by the upper topic of their first topic, so that each stands once; the largest groups first."""
    facts = woven.facts
    groups: dict[str, list[str]] = {}
    for key in keys:
        slug = next((slug for slug in facts.paper_topics[key] if slug in facts.topics), None)
        if slug:
            parent = facts.topics[slug].parent
            slug = parent if parent and parent in facts.topics else slug
            groups.setdefault(slug, []).append(key)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), facts.topics[item[0]].title.casefold()))
    return tuple(
        TopicGroup(
            PageLink(facts.topics[slug].docname, facts.topics[slug].title),
            tuple(paper_link(woven, key) for key in members),
        )
        for slug, members in ordered
    )


def _most_mentioned(woven: Woven, week_ids: set[str]) -> tuple[MostMentioned, ...]:
    facts = woven.facts
    places: Counter[str] = Counter()
    weeks: dict[str, set[str]] = {}
    for week_id in week_ids:
        for key, number in woven.named_in_week.get(week_id, ()):
            places[key] += number
            weeks.setdefault(key, set()).add(week_id)
    ranked = sorted(places, key=lambda key: (-len(weeks[key]), -places[key], facts.place[key]))[:MOST_MENTIONED]
    return tuple(
        MostMentioned(
            paper_link(woven, key),
            byline(woven, key),
            places[key],
            len(weeks[key]),
        )
        for key in ranked
    )
