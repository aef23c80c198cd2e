"""The whole at a glance: issues along time, counts by topic over time, and a map of papers and topics.

All three have a greatest size, however many issues and papers there are: time is counted in issues,
months or years, whichever are few enough, and only the largest topics stand by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperloom.model.calendar import month_of_week, year_of_week
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document, Week
from paperloom.weave.pages.cards import PageLink, topic_links, week_link
from paperloom.weave.woven import Woven

#: The most steps of time that a drawing has.
MOST_STEPS = 24
#: The most topics that are told apart in the timeline, and that are counted by themselves.
TIMELINE_TOPICS = 4
COUNTED_TOPICS = 8
#: The id of the step that holds everything before the others.
EARLIER = "earlier"


@quickly_shown
@dataclass(frozen=True, slots=True)
class Step:
    """A step of time: an issue, a month (``2020-09``), a year (``2020``), or :data:`EARLIER`.

    ``link`` leads to its page where there is one.
    """

    id: str
    link: PageLink | None


@quickly_shown
@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A step of the timeline that has issues.

    ``counts`` are the papers of each topic of the timeline and, last, of all others; ``topics``
    are the upper topics of the papers, the most frequent first, each with its number of papers.
    """

    step: Step
    issues: int
    papers: int
    counts: tuple[int, ...]
    topics: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class Timeline:
    """The issues, newest first, with the topics of their papers. Each paper counts once."""

    topics: tuple[PageLink, ...]
    steps: tuple[TimelineStep, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class CountRow:
    """The papers of a topic in each step; ``topic`` is None for the papers of all other topics."""

    topic: PageLink | None
    total: int
    counts: tuple[int, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicCounts:
    """The number of papers by upper topic over time, oldest step first; none is left out in between."""

    steps: tuple[Step, ...]
    rows: tuple[CountRow, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class _Period:
    """A step with the issues in it and their papers, each paper once."""

    step: Step
    issues: int
    papers: tuple[str, ...]


def timeline(woven: Woven, document: Document, argument: str) -> Timeline | None:
    """Return the issues by the finest step of time of which there are few enough."""
    weeks = list(woven.facts.weeks.values())
    if not weeks:
        return None
    by_month: dict[str, list[Week]] = {}
    by_year: dict[str, list[Week]] = {}
    for week in weeks:
        by_month.setdefault(month_of_week(week.starts), []).append(week)
        by_year.setdefault(year_of_week(week.id), []).append(week)
    groups = {week.id: [week] for week in weeks}
    if len(groups) > MOST_STEPS:
        groups = by_month if len(by_month) <= MOST_STEPS else by_year
    periods = _periods(woven, groups)
    upper = _upper_topics(woven)
    counters = [Counter(upper[key][0] for key in period.papers if upper[key]) for period in periods]
    ranked = _ranked(woven, sum(counters, Counter()))
    shown = ranked[:TIMELINE_TOPICS]
    steps = []
    for period, counter in zip(periods, counters, strict=True):
        counts = [counter[slug] for slug in shown]
        present = [slug for slug in _ranked(woven, counter)[:COUNTED_TOPICS] if counter[slug]]
        links = zip(topic_links(woven, tuple(present)), present, strict=True)
        topics = tuple(replace(link, count=counter[slug]) for link, slug in links)
        others = len(period.papers) - sum(counts)
        steps.append(TimelineStep(period.step, period.issues, len(period.papers), (*counts, others), topics))
    return Timeline(topic_links(woven, tuple(shown)), tuple(reversed(steps)))


def topic_counts(woven: Woven, document: Document, argument: str) -> TopicCounts | None:
    """Return the papers of each upper topic by month, or by year where there are too many months."""
    weeks = list(woven.facts.weeks.values())
    if not weeks:
        return None
    months = [month_of_week(week.starts) for week in weeks]
    steps = _months_between(min(months), max(months))
    if len(steps) > MOST_STEPS:
        months = [year_of_week(week.id) for week in weeks]
        steps = [f"{year:04}" for year in range(int(min(months)), int(max(months)) + 1)]
    groups: dict[str, list[Week]] = {step: [] for step in steps}
    for week, step in zip(weeks, months, strict=True):
        groups[step].append(week)
    periods = _periods(woven, groups)
    upper = _upper_topics(woven)
    counters = [Counter(slug for key in period.papers for slug in upper[key]) for period in periods]
    ranked = _ranked(woven, sum(counters, Counter()))
    shown = ranked[:COUNTED_TOPICS]
    rows = []
    for link, slug in zip(topic_links(woven, tuple(shown)), shown, strict=True):
        counts = tuple(counter[slug] for counter in counters)
        rows.append(CountRow(link, sum(counts), counts))
    known = set(shown)
    others = tuple(sum(1 for key in period.papers if known.isdisjoint(upper[key])) for period in periods)
    if any(others):
        rows.append(CountRow(None, sum(others), others))
    # Steps in between are named where they have papers.
    named = [bool(period.papers) for period in periods]
    named[0] = named[-1] = True
    shown_steps = (
        period.step if name else Step(period.step.id, None) for period, name in zip(periods, named, strict=True)
    )
    return TopicCounts(tuple(shown_steps), tuple(rows))


def _months_between(first: str, last: str) -> list[str]:
    """Return all months from ``first`` to ``last``."""
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def _periods(woven: Woven, groups: dict[str, list[Week]]) -> list[_Period]:
    """Return groups of weeks, oldest first, as at most :data:`MOST_STEPS` periods."""
    ids = list(groups)
    merged = ids[: len(ids) - MOST_STEPS + 1] if len(ids) > MOST_STEPS else []
    periods = []
    if merged:
        periods.append(_period(woven, Step(EARLIER, None), [week for step in merged for week in groups[step]]))
    return [*periods, *(_period(woven, _step(woven, step), groups[step]) for step in ids[len(merged) :])]


def _step(woven: Woven, step: str) -> Step:
    if step in woven.facts.week_pages:
        return Step(step, week_link(woven, step))
    period = woven.facts.periods.get(step)
    return Step(step, PageLink(period.docname, period.title) if period else None)


def _period(woven: Woven, step: Step, weeks: Iterable[Week]) -> _Period:
    listed = list(weeks)
    papers = dict.fromkeys(key for week in listed for key in week.papers if key in woven.facts.paper_pages)
    return _Period(step, len(listed), tuple(papers))


def _upper_topics(woven: Woven) -> dict[str, tuple[str, ...]]:
    """Return the upper topics of each paper, in the order of its topics, by citation key."""
    return woven.shared("upper-topics", lambda: _make_upper_topics(woven))


def _make_upper_topics(woven: Woven) -> dict[str, tuple[str, ...]]:
    topics = woven.facts.topics
    upper = {slug: topic.parent if topic.parent in topics else slug for slug, topic in topics.items()}
    return {
        key: tuple(dict.fromkeys(str(upper[slug]) for slug in slugs if slug in upper))
        for key, slugs in woven.facts.paper_topics.items()
    }


def _ranked(woven: Woven, counter: Counter[str]) -> list[str]:
    """Return topics by their count, the largest first, then by title."""
    topics = woven.facts.topics
    return sorted(counter, key=lambda slug: (-counter[slug], topics[slug].title.casefold(), slug))
