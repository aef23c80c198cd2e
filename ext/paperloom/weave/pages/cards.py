"""Cards, links and rows that several pages share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paperloom.model.quick import quickly_shown
from paperloom.model.records import Article, Document, Week
from paperloom.weave.labels import short_authors, venue_and_year
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a place in a document; ``count`` is shown behind it where it is given."""

    docname: str
    title: str
    anchor: str = ""
    count: int | None = None


@quickly_shown
@dataclass(frozen=True, slots=True)
class Card:
    """A paper as lists show it; ``figure`` is the path of its drawing below the source directory."""

    key: str
    docname: str
    title: str
    byline: str
    tldr: str
    topics: tuple[PageLink, ...]
    picked: bool
    week: PageLink | None
    draft: bool = False
    figure: str | None = None


@quickly_shown
@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it."""

    link: PageLink
    kind: str
    site: str | None
    week: PageLink
    picked: bool


def topic_links(woven: Woven, slugs: tuple[str, ...]) -> tuple[PageLink, ...]:
    """Return links to the topics that have a page."""
    topics = woven.facts.topics
    return tuple(PageLink(topics[slug].docname, topics[slug].title) for slug in slugs if slug in topics)


def any_entry(woven: Woven, keys: Iterable[str]) -> bool:
    """Return whether any of the papers has both a page and an entry, so that there is something to download."""
    return any(key in woven.facts.paper_pages and key in woven.facts.references for key in keys)


def week_link(woven: Woven, week_id: str) -> PageLink:
    """Return a link to a week."""
    return PageLink(*woven.facts.week_pages[week_id])


def paper_link(woven: Woven, key: str, count: int | None = None) -> PageLink:
    """Return a link to the page of a paper."""
    return PageLink(*woven.facts.paper_pages[key], count=count)


def byline(woven: Woven, key: str) -> str:
    """Return ``Liu et al. · NeurIPS 2020``, or what of it is known."""
    reference = woven.facts.references.get(key)
    if not reference:
        return ""
    return " · ".join(part for part in (short_authors(reference.authors), venue_and_year(reference)) if part)


def card(woven: Woven, key: str, *, picked: bool = False, with_week: bool = False) -> Card:
    """Return the card of the paper ``key``."""
    return woven.shared(f"card/{key}/{picked:d}/{with_week:d}", lambda: _card(woven, key, picked, with_week))


def _card(woven: Woven, key: str, picked: bool, with_week: bool) -> Card:
    paper = woven.facts.papers[key]
    weeks = woven.facts.featuring.get(key, ())
    return Card(
        key=key,
        docname=paper.docname,
        title=paper.title,
        byline=byline(woven, key),
        tldr=paper.tldr,
        topics=topic_links(woven, paper.topics),
        picked=picked,
        week=week_link(woven, weeks[0]) if with_week and weeks else None,
        draft=paper.draft,
        figure=paper.figure,
    )


def preview_of(woven: Woven, document: Document) -> Card | None:
    """Return the card that links to the page ``document`` show, None where it is not the page of a paper."""
    paper = document.paper
    if not paper or woven.facts.paper_pages.get(paper.key, ("",))[0] != document.docname:
        return None
    return card(woven, paper.key, with_week=True)


def article_row(woven: Woven, article: Article, *, picked: bool) -> ArticleRow:
    """Return the row of an article."""
    week = week_link(woven, article.week)
    return ArticleRow(
        link=PageLink(week.docname, article.title, article.id),
        kind=article.kind,
        site=article.site,
        week=week,
        picked=picked,
    )


def pick_links(woven: Woven, week: Week) -> tuple[PageLink, ...]:
    """Return links to the editor's picks of a week, in the editor's order."""
    articles = {article.id: article for article in week.articles}
    links = []
    for pick in week.picks:
        if pick in woven.facts.paper_pages:
            links.append(paper_link(woven, pick))
        elif pick in articles:
            links.append(PageLink(week.docname, articles[pick].title, pick))
    return tuple(links)
