"""The index pages and the parts of the home page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape

from docutils.nodes import make_id

from paperloom.citing.slices import WHOLE
from paperloom.translation import _, count
from paperloom.views.dates import interval
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.cards import PageLink
from paperloom.weave.pages.indexes import (
    ArchiveYear,
    LatestWeek,
    NameEntry,
    NameGroup,
    Statistics,
    TableRow,
    TopicNode,
    WeekEntry,
    YearGroup,
)

#: Shares of the columns of the table of papers.
_WIDTHS = (40, 20, 12, 6, 10, 24, 6)
#: With this many parts a page begins with links to them.
_MANY_PARTS = 4


def render_paper_table(shown: tuple[TableRow, ...], write: Writer[Piece]) -> list[Piece]:
    """Return all papers as a table; a script of ours makes it sortable and filterable."""
    header = (_("Paper"), _("Authors"), _("Venue"), _("Year"), _("Week"), _("Topics"), _("Mentions"))
    data = escape(_control_labels())
    labels = write.html(f'<div class="loom-labels" hidden="hidden" data-labels="{data}"></div>')
    table = write.table(header, (_table_row(row, write) for row in shown), _WIDTHS, "loom-papers")
    return [*(write.downloads(WHOLE) if shown else []), write.group([labels, table], "loom-table")]


def _control_labels() -> str:
    """Return the texts of the table's controls as JSON, for the script that makes them."""
    return json.dumps(
        {
            "all": _("{number} papers"),
            "clear": _("Clear"),
            "everyTopic": _("all topics"),
            "everyWeek": _("all weeks"),
            "everyYear": _("all years"),
            "filter": _("Filter"),
            "form": _("Filter papers"),
            "hint": _("title, author, venue …"),
            "some": _("{shown} of {number} papers"),
            "topic": _("Topic"),
            "week": _("Week"),
            "year": _("Year"),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _table_row(row: TableRow, write: Writer[Piece]) -> list[list[Piece]]:
    title = [write.link(row.paper)]
    if row.picked:
        title += [write.text(" "), write.text("★", "loom-pick")]
    everyone = write.html(f'<span data-authors="{escape(row.all_authors)}"></span>')
    return [
        title,
        [write.text(row.authors), everyone],
        [write.text(row.venue)],
        [write.text(str(row.year or ""))],
        [write.link(row.week) if row.week else write.text(_("background"), "loom-note")],
        write.separated([write.link(topic) for topic in row.topics], ", "),
        [write.text(str(row.mentions))],
    ]


def render_author_index(shown: tuple[NameGroup, ...], write: Writer[Piece]) -> list[Piece]:
    """Return the authors by letter."""
    if not shown:
        return write.empty(_("No paper has an author yet."))
    letters = [write.local_link(_letter_id(group.letter), group.letter) for group in shown]
    children = [write.paragraph(*write.separated(letters, " "), classes=["loom-letters"])]
    children += write.downloads(WHOLE, _("Download all papers"))
    for group in shown:
        children.append(write.heading(group.letter, _letter_id(group.letter)))
        children.append(write.bullet_list((_named(entry, write) for entry in group.entries), "loom-names"))
    return children


def _letter_id(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isascii() and letter.isalpha() else f"u{ord(letter):x}")


def _named(entry: NameEntry, write: Writer[Piece]) -> list[Piece]:
    papers = write.separated([write.link(paper) for paper in entry.papers], " · ")
    files = write.download_links(entry.download)
    line = [write.text(" "), write.inline(write.separated(files, " "), "loom-downloads")] if files else []
    return [write.paragraph(write.strong(write.text(entry.name)), write.text(" — "), *papers, *line)]


def render_venue_index(shown: tuple[NameEntry, ...], write: Writer[Piece]) -> list[Piece]:
    """Return the venues with their papers."""
    if not shown:
        return write.empty(_("No paper has a venue yet."))
    places = [(entry.name, make_id(f"venue-{entry.name}")) for entry in shown]
    children = _jumps(places, write)
    for entry, (name, place) in zip(shown, places, strict=True):
        children.append(write.heading(name, place))
        rows = ([write.paragraph(write.link(paper), *_year_of(paper, write))] for paper in entry.papers)
        children.append(write.bullet_list(rows, "loom-list"))
    return children


def _jumps(places: Sequence[tuple[str, str]], write: Writer[Piece]) -> list[Piece]:
    """Return links to the parts of a page, by name and id, where there are so many that a reader would scroll."""
    if len(places) < _MANY_PARTS:
        return []
    links = [write.local_link(place, name) for name, place in places]
    return [write.paragraph(*write.separated(links, " · "), classes=["loom-jumps"])]


def _year_of(paper: PageLink, write: Writer[Piece]) -> list[Piece]:
    return [write.text(" "), write.text(f"({paper.count})", "loom-note")] if paper.count else []


def _counted(target: PageLink, write: Writer[Piece]) -> Piece:
    return write.paragraph(write.link(target), write.text(" "), write.text(f"({target.count or 0})", "loom-note"))


def render_topic_tree(shown: tuple[TopicNode, ...], write: Writer[Piece]) -> list[Piece]:
    """Return the topics in two levels."""
    if not shown:
        return write.empty(_("There is no topic yet."))
    return [write.group((_topic(topic, write) for topic in shown), "loom-topic-tree")]


def _topic(topic: TopicNode, write: Writer[Piece]) -> Piece:
    parts = [write.paragraph(write.link(topic.link), classes=["loom-group"])]
    if topic.children:
        parts.append(write.bullet_list(([_counted(child, write)] for child in topic.children), "loom-list"))
    return write.group(parts, "loom-topic")


def _week_facts(week: WeekEntry, write: Writer[Piece]) -> Piece:
    facts = [interval(week.starts, week.ends, write.language), count(week.papers, "{number} paper", "{number} papers")]
    if week.articles:
        facts.append(count(week.articles, "{number} article", "{number} articles"))
    return write.text(" · ".join(facts), "loom-details")


def render_week_list(shown: tuple[YearGroup, ...], write: Writer[Piece]) -> list[Piece]:
    """Return the issues by year."""
    if not shown:
        return write.empty(_("There is no issue yet."))
    children = _jumps([(group.year, f"year-{group.year}") for group in shown], write)
    for group in shown:
        children.append(write.heading(group.year, f"year-{group.year}"))
        children.append(write.bullet_list((_week_item(week, write) for week in group.weeks), "loom-weeks"))
    return children


def _week_item(week: WeekEntry, write: Writer[Piece]) -> list[Piece]:
    parts = [write.paragraph(write.link(week.link), write.text(" — "), _week_facts(week, write))]
    if week.picks:
        picks = write.separated([write.link(pick) for pick in week.picks], " · ")
        parts.append(write.paragraph(write.text("★ ", "loom-pick"), *picks, classes=["loom-note"]))
    return parts


def render_archive_list(shown: tuple[ArchiveYear, ...], write: Writer[Piece]) -> list[Piece]:
    """Return years and months with the number of their issues."""
    if not shown:
        return write.empty(_("The archive is empty."))
    return [write.bullet_list((list(_archive_year(year, write)) for year in shown), "loom-list")]


def _archive_year(year: ArchiveYear, write: Writer[Piece]) -> Iterator[Piece]:
    yield _period(year.year, write)
    if year.months:
        yield write.bullet_list(([_period(month, write)] for month in year.months), "loom-list")


def _period(period: PageLink, write: Writer[Piece]) -> Piece:
    size = count(period.count or 0, "{number} issue", "{number} issues")
    return write.paragraph(write.link(period), write.text(" — "), write.text(size, "loom-details"))


def render_latest_week(shown: LatestWeek, write: Writer[Piece]) -> list[Piece]:
    """Return the newest issue with its picks."""
    title = write.strong(write.link(shown.week.link))
    children = [
        write.paragraph(title, write.text(" — "), _week_facts(shown.week, write)),
        *write.cards(shown.cards),
    ]
    if shown.more > 0:
        label = _("{papers} more in this issue").format(papers=count(shown.more, "{number} paper", "{number} papers"))
        children.append(write.paragraph(write.link(shown.week.link, label=f"{label} →")))
    return children


def render_statistics(shown: Statistics, write: Writer[Piece]) -> list[Piece]:
    """Return the size of the knowledge base in a sentence."""
    parts = (
        count(shown.weeks, "{number} issue", "{number} issues"),
        count(shown.papers, "{number} featured paper", "{number} featured papers"),
        count(shown.background, "{number} background paper", "{number} background papers"),
        count(shown.articles, "{number} article", "{number} articles"),
        count(shown.topics, "{number} topic", "{number} topics"),
        count(shown.mentions, "{number} mention", "{number} mentions"),
    )
    return [write.paragraph(write.text(" · ".join(parts)), classes=["loom-statistics"])]
