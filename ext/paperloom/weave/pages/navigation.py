"""The sidebar and the neighbours of a page: the same small amount of work for every page."""

from __future__ import annotations

from dataclasses import dataclass

from paperloom.model.calendar import month_of_week, year_of_week
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import PageLink, paper_link, week_link
from paperloom.weave.woven import Woven

#: A year with issues in more months than this shows its months, if all of them have pages.
MOST_MONTHS_OF_WEEKS = 6


@quickly_shown
@dataclass(frozen=True, slots=True)
class SidebarYear:
    """A year; the one in view is open and shows its weeks, or its months where these are many."""

    link: PageLink
    open: bool
    weeks: tuple[SidebarWeek, ...]
    months: tuple[SidebarMonth, ...] = ()


@quickly_shown
@dataclass(frozen=True, slots=True)
class SidebarMonth:
    """A month; the one in view is open and shows its weeks."""

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
    in_view = week_id or (document.period.id if document.period else "")
    before, after = woven.neighbours.get(document.docname, (None, None))
    years = woven.shared(f"years/{in_view}", lambda: _years(woven, in_view, week_id))
    return Navigation(years, _document_link(woven, before), _document_link(woven, after))


def _document_link(woven: Woven, docname: str | None) -> PageLink | None:
    return PageLink(docname, woven.facts.titles[docname]) if docname else None


def _years(woven: Woven, in_view: str, week_in_view: str | None) -> tuple[SidebarYear, ...]:
    facts = woven.facts
    year_in_view = year_of_week(in_view)
    month_in_view = month_of_week(facts.weeks[week_in_view].starts) if week_in_view else in_view
    years = sorted({name for name in woven.weeks_of_period if "-" not in name}, reverse=True)
    shown = []
    for year in years:
        opened = year == year_in_view
        months = _months(woven, year, month_in_view, week_in_view) if opened else ()
        shown.append(
            SidebarYear(
                link=PageLink(facts.periods[year].docname if year in facts.periods else "", year),
                open=opened,
                weeks=_weeks(woven, year, week_in_view) if opened and not months else (),
                months=months,
            )
        )
    return tuple(shown)


def _months(woven: Woven, year: str, month_in_view: str, week_in_view: str | None) -> tuple[SidebarMonth, ...]:
    """Return the months of a year, the latest first; none where the year shows its weeks."""
    periods = woven.facts.periods
    months = sorted((name for name in woven.weeks_of_period if name.startswith(f"{year}-")), reverse=True)
    if len(months) <= MOST_MONTHS_OF_WEEKS or any(month not in periods for month in months):
        return ()
    return tuple(
        SidebarMonth(
            link=PageLink(periods[month].docname, periods[month].title),
            open=month == month_in_view,
            weeks=_weeks(woven, month, week_in_view) if month == month_in_view else (),
        )
        for month in months
    )


def _weeks(woven: Woven, period: str, week_in_view: str | None) -> tuple[SidebarWeek, ...]:
    """Return the weeks of a year or a month, the latest first."""
    facts = woven.facts
    rows = []
    for week_id in reversed(woven.weeks_of_period.get(period, ())):
        opened = week_id == week_in_view
        keys = [key for key in facts.weeks[week_id].papers if key in facts.paper_pages] if opened else []
        papers = tuple(paper_link(woven, key) for key in keys)
        rows.append(SidebarWeek(week_link(woven, week_id), opened, papers))
    return tuple(rows)
