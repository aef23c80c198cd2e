"""The sidebar and the neighbours of a page: the same small amount of work for every page."""

from __future__ import annotations

from dataclasses import dataclass

from paperloom.model.calendar import year_of_week
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import PageLink, paper_link, week_link
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class SidebarYear:
    """A year; the one in view is open and shows its weeks."""

    link: PageLink
    open: bool
    weeks: tuple[SidebarWeek, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class SidebarWeek:
    """A week; the one in view is open and shows its papers."""

    link: PageLink
    open: bool
    papers: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class Navigation:
    """The years of the sidebar and the pages before and after this one in the order of reading."""

    years: tuple[SidebarYear, ...]
    previous: PageLink | None
    next: PageLink | None


def navigation(woven: Woven, document: Document) -> Navigation:
    """Return the navigation of ``document``."""
    week_id = woven.week_of_document.get(document.docname)
    year = year_of_week(week_id) if week_id else None
    if document.period:
        year = document.period.id[:4]
    before, after = woven.neighbours.get(document.docname, (None, None))
    years = woven.shared(f"years/{year}/{week_id}", lambda: _years(woven, year, week_id))
    return Navigation(years, _document_link(woven, before), _document_link(woven, after))


def _document_link(woven: Woven, docname: str | None) -> PageLink | None:
    return PageLink(docname, woven.facts.titles[docname]) if docname else None


def _years(woven: Woven, year_in_view: str | None, week_in_view: str | None) -> tuple[SidebarYear, ...]:
    facts = woven.facts
    years = sorted({name for name in woven.weeks_of_period if "-" not in name}, reverse=True)
    return tuple(
        SidebarYear(
            link=PageLink(facts.periods[year].docname if year in facts.periods else "", year),
            open=year == year_in_view,
            weeks=_weeks(woven, year, week_in_view) if year == year_in_view else (),
        )
        for year in years
    )


def _weeks(woven: Woven, year: str, week_in_view: str | None) -> tuple[SidebarWeek, ...]:
    facts = woven.facts
    rows = []
    for week_id in reversed(woven.weeks_of_period.get(year, ())):
        opened = week_id == week_in_view
        keys = [key for key in facts.weeks[week_id].papers if key in facts.paper_pages] if opened else []
        papers = tuple(paper_link(woven, key) for key in keys)
        rows.append(SidebarWeek(week_link(woven, week_id), opened, papers))
    return tuple(rows)
