"""What a week page shows besides its prose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paperloom.citing.coins import coins_span
from paperloom.citing.csl import csl_item
from paperloom.citing.slices import week_slice
from paperloom.model.calendar import end_of_week, month_of_week
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Article, Document
from paperloom.weave.pages.cards import (
    Card,
    PageLink,
    any_entry,
    card,
    pick_links,
    topic_links,
    week_link,
)
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class WeekHeader:
    """The head of a week page; ``download`` names the part of the knowledge base that holds its papers."""

    starts: date
    ends: date
    source: str | None
    month: PageLink | None
    previous: PageLink | None
    next: PageLink | None
    picks: tuple[PageLink, ...]
    papers: int
    articles: int
    download: str = ""


@quickly_shown
@dataclass(frozen=True, slots=True)
class WeekCards:
    """Papers of an issue as cards; ``coins`` is markup for reference managers."""

    cards: tuple[Card, ...]
    coins: tuple[str, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """The line below an article's title."""

    article: Article
    topics: tuple[PageLink, ...]
    picked: bool


def week_header(woven: Woven, document: Document, argument: str) -> WeekHeader | None:
    """Return the head of the page of week ``argument``."""
    facts = woven.facts
    week = facts.weeks.get(argument)
    if week is None:
        return None
    ids = list(facts.weeks)
    place = ids.index(argument)
    period = facts.periods.get(month_of_week(week.starts))
    return WeekHeader(
        starts=week.starts,
        ends=end_of_week(week.starts),
        source=week.source,
        month=PageLink(period.docname, period.title) if period else None,
        previous=week_link(woven, ids[place - 1]) if place > 0 else None,
        next=week_link(woven, ids[place + 1]) if place + 1 < len(ids) else None,
        picks=pick_links(woven, week),
        papers=len(week.papers),
        articles=len(week.articles),
        download=week_slice(week.id) if any_entry(woven, week.papers) else "",
    )


def week_cards(woven: Woven, document: Document, argument: str) -> WeekCards | None:
    """Return the cards of the papers named in ``argument`` (keys separated by blanks)."""
    week = document.week
    picks = week.picks if week else ()
    keys = [key for key in argument.split() if key in woven.facts.paper_pages]
    if not keys:
        return None
    references = [woven.facts.references[key] for key in keys if key in woven.facts.references]
    return WeekCards(
        cards=tuple(card(woven, key, picked=key in picks) for key in keys),
        coins=tuple(coins_span(csl_item(reference)) for reference in references),
    )


def article_header(woven: Woven, document: Document, argument: str) -> ArticleHeader | None:
    """Return the line below the title of the article with id ``argument`` on this page."""
    week = document.week
    for article in week.articles if week else ():
        if article.id == argument:
            return ArticleHeader(
                article, topic_links(woven, article.topics), article.id in week.picks if week else False
            )
    return None
