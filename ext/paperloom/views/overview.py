"""The whole at a glance: timeline, counts by topic, and the map, each as a drawing and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from string import ascii_uppercase

from paperloom.translation import _, count
from paperloom.views.charts import WIDTH, box, chart_start, hit, label, picture
from paperloom.views.dates import month
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.cards import PageLink
from paperloom.weave.pages.overview import EARLIER, CountRow, Step, Timeline, TimelineStep, TopicCounts
from paperloom.weave.pages.topic_map import TopicMap

#: The classes of the topics of a timeline, in their order; the last stands for all others.
_AREAS = ("figure-a", "figure-b", "figure-c", "figure-d", "figure-box")
_LEGEND_ROW, _TIMELINE_ROW, _COUNTS_ROW, _MAP_ROW = 26, 50, 68, 28
#: Where the two sides of the map end: the right edge of topics, the left edge of papers.
_LEFT, _RIGHT = 176, 260


def step_title(step: Step, write: Writer[Piece]) -> str:
    """Return what a step of time is called."""
    if step.link:
        return step.link.title
    if step.id == EARLIER:
        return _("Earlier")
    return month(step.id, write.language) if "-" in step.id else step.id


def _step_link(step: Step, write: Writer[Piece]) -> Piece:
    return write.link(step.link) if step.link else write.text(step_title(step, write))


def _linked(target: PageLink | None, area: str, text: str, write: Writer[Piece]) -> Piece:
    """Return a text of a drawing, which is a link where it leads somewhere."""
    return write.shape_link(target, area + text) if target else write.html(text)


def _papers(number: int) -> str:
    return count(number, "{number} paper", "{number} papers")


def _per_topic(name: str, number: int) -> str:
    return _("{name}: {papers}").format(name=name, papers=_papers(number))


def _topic_names(topics: Sequence[PageLink]) -> list[str]:
    return [*(topic.title for topic in topics), _("Other topics")]


def _as_table(table: Piece, write: Writer[Piece]) -> Piece:
    return write.dropdown(_("As a table"), [table], "loom-more")


def _counted_links(topics: Sequence[PageLink], write: Writer[Piece]) -> list[Piece]:
    return write.separated([write.link(topic, label=f"{topic.title} ({topic.count})") for topic in topics], ", ")


def render_timeline(shown: Timeline, write: Writer[Piece]) -> list[Piece]:
    """Return a bar for each issue, month or year, divided by the topics of its papers."""
    header = (_("Time"), _("Issues"), _("Papers"), _("Topics"))
    rows = (
        [
            [_step_link(step.step, write)],
            [write.text(str(step.issues))],
            [write.text(str(step.papers))],
            _counted_links(step.topics, write),
        ]
        for step in shown.steps
    )
    return [_timeline_chart(shown, write), _as_table(write.table(header, rows, (25, 10, 10, 55), "loom-data"), write)]


def _timeline_chart(shown: Timeline, write: Writer[Piece]) -> Piece:
    names = _topic_names(shown.topics)
    areas = [*_AREAS[: len(shown.topics)], _AREAS[-1]]
    top = len(names) * _LEGEND_ROW + 16
    largest = max((step.papers for step in shown.steps), default=0) or 1
    start = chart_start(_("Issues over time with the topics of their papers"), top + len(shown.steps) * _TIMELINE_ROW)
    pieces = [write.html(start)]
    for index, (name, area) in enumerate(zip(names, areas, strict=True)):
        y = index * _LEGEND_ROW
        text = label(name, 28, y + 18, room=WIDTH - 28)
        topic = shown.topics[index] if index < len(shown.topics) else None
        pieces.append(write.html(box(area, 1, y + 3, (20, 20)) + _letter(index, 11, y + 18)))
        pieces.append(_linked(topic, hit(24, y, WIDTH - 24, _LEGEND_ROW), text, write))
    for index, step in enumerate(shown.steps):
        y = top + index * _TIMELINE_ROW
        title = label(step_title(step.step, write), 0, y + 14, room=280)
        pieces.append(_linked(step.step.link, hit(0, y - 2, 290, 22), title, write))
        pieces.append(write.html(label(_papers(step.papers), WIDTH, y + 14, css_class="figure-muted", anchor="end")))
        if step.papers:
            pieces.append(write.html(_timeline_bar(step, names, areas, (y + 20, largest))))
    return write.chart([*pieces, write.html("</svg>")])


def _letter(index: int, x: int, y: int) -> str:
    return label(ascii_uppercase[index], x, y, anchor="middle")


def _timeline_bar(step: TimelineStep, names: Sequence[str], areas: Sequence[str], place: tuple[int, int]) -> str:
    y, largest = place
    parts, said, before = [], [], 0
    for index, number in enumerate(step.counts):
        if not number:
            continue
        left, right = (WIDTH * papers // largest for papers in (before, before + number))
        before += number
        said.append(_per_topic(names[index], number))
        parts.append(box(areas[index], left + 1, y, (max(right - left - 2, 1), 20), said[-1]))
        if right - left >= 14:
            parts.append(_letter(index, (left + right) // 2, y + 15))
    return picture(", ".join(said), "".join(parts))


def render_counts(shown: TopicCounts, write: Writer[Piece]) -> list[Piece]:
    """Return the papers of each upper topic over time as bars of one scale."""
    header = (_("Topic"), _("Papers"), _("Over time"))
    rows = (
        [[_row_name(row, write)], [write.text(str(row.total))], _counted_steps(shown.steps, row, write)]
        for row in shown.rows
    )
    return [_counts_chart(shown, write), _as_table(write.table(header, rows, (30, 10, 60), "loom-data"), write)]


def _row_name(row: CountRow, write: Writer[Piece]) -> Piece:
    return write.link(row.topic) if row.topic else write.text(_("Other topics"))


def _present(steps: Sequence[Step], row: CountRow, write: Writer[Piece]) -> list[tuple[Step, str]]:
    """Return the steps that have papers, each with what is said of it."""
    counted = zip(steps, row.counts, strict=True)
    return [(step, f"{step_title(step, write)}: {number}") for step, number in counted if number]


def _counted_steps(steps: Sequence[Step], row: CountRow, write: Writer[Piece]) -> list[Piece]:
    present = _present(steps, row, write)
    linked = [write.link(step.link, label=said) if step.link else write.text(said) for step, said in present]
    return write.separated(linked, ", ")


def _over_time(steps: Sequence[Step], row: CountRow, write: Writer[Piece]) -> str:
    return ", ".join(said for _step, said in _present(steps, row, write))


def _counts_chart(shown: TopicCounts, write: Writer[Piece]) -> Piece:
    largest = max((number for row in shown.rows for number in row.counts), default=0) or 1
    start = chart_start(_("Papers by topic over time"), len(shown.rows) * _COUNTS_ROW + 22)
    pieces = [write.html(start)]
    for index, row in enumerate(shown.rows):
        y = index * _COUNTS_ROW
        title = label(row.topic.title if row.topic else _("Other topics"), 0, y + 15, room=300)
        pieces.append(_linked(row.topic, hit(0, y, 310, 22), title, write))
        pieces.append(write.html(label(_papers(row.total), WIDTH, y + 15, css_class="figure-muted", anchor="end")))
        bars = _bars(shown.steps, row, (y + 60, largest), write)
        pieces.append(write.html(picture(_over_time(shown.steps, row, write), bars)))
    bottom = len(shown.rows) * _COUNTS_ROW + 12
    first, last = (step_title(step, write) for step in (shown.steps[0], shown.steps[-1]))
    pieces.append(write.html(label(first, 0, bottom, css_class="figure-muted", room=190)))
    if len(shown.steps) > 1:
        pieces.append(write.html(label(last, WIDTH, bottom, css_class="figure-muted", anchor="end", room=190)))
    return write.chart([*pieces, write.html("</svg>")])


def _bars(steps: Sequence[Step], row: CountRow, place: tuple[int, int], write: Writer[Piece]) -> str:
    bottom, largest = place
    area = "figure-a" if row.topic else "figure-box"
    parts = [f'<path class="figure-line" d="M0 {bottom}H{WIDTH}"></path>']
    peak = max(row.counts)
    for index, (step, number) in enumerate(zip(steps, row.counts, strict=True)):
        if number:
            left, right = (WIDTH * place // len(steps) for place in (index, index + 1))
            high = max(24 * number // largest, 1)
            said = f"{step_title(step, write)}: {_papers(number)}"
            parts.append(box(area, left + 2, bottom - high, (right - left - 4, high), said))
            if number == peak:
                parts.append(label(str(number), (left + right) // 2, bottom - high - 3, anchor="middle"))
                peak += 1  # the first of several is enough
    return "".join(parts)


def render_map(shown: TopicMap, write: Writer[Piece]) -> list[Piece]:
    """Return topics and papers side by side, with a line from each paper to its topics."""
    by_topic: list[list[PageLink]] = [[] for _topic in shown.topics]
    for paper in shown.papers:
        for place in paper.topics:
            by_topic[place].append(paper.link)
    header = (_("Topic"), _("Papers"), _("Papers on the map"), _("Often together with"))
    rows = (
        [
            [write.link(topic.link)],
            [write.text(str(topic.link.count))],
            write.separated([write.link(paper) for paper in papers], " · "),
            write.separated([write.link(other) for other in topic.together], ", "),
        ]
        for topic, papers in zip(shown.topics, by_topic, strict=True)
    )
    size = _("{topics} of {all_topics} topics and {papers} of {all_papers} papers").format(
        topics=len(shown.topics),
        all_topics=shown.all_topics,
        papers=len(shown.papers),
        all_papers=shown.all_papers,
    )
    return [
        write.paragraph(write.text(size), classes=["loom-statistics"]),
        _map_chart(shown, write),
        _as_table(write.table(header, rows, (22, 8, 45, 25), "loom-data"), write),
    ]


def _map_chart(shown: TopicMap, write: Writer[Piece]) -> Piece:
    rows = max(len(shown.topics), len(shown.papers))
    largest = max(topic.link.count or 0 for topic in shown.topics)
    start = chart_start(_("Topics and papers"), 30 + rows * _MAP_ROW, "loom-map")
    head = label(_("Topics"), _LEFT, 16, css_class="figure-muted", anchor="end")
    head += label(_("Papers"), _RIGHT, 16, css_class="figure-muted")
    pieces = [write.html(start + head)]
    heights = [_height(index, len(shown.topics), rows) for index in range(len(shown.topics))]
    for topic, y in zip(shown.topics, heights, strict=True):
        radius = 3 + isqrt(36 * (topic.link.count or 0) // largest)
        shape = hit(0, y - 14, _LEFT + 22, _MAP_ROW)
        shape += f'<circle class="figure-a" cx="{_LEFT + 11}" cy="{y}" r="{radius}">'
        shape += f"<title>{_papers(topic.link.count or 0)}</title></circle>"
        name = label(topic.link.title, _LEFT, y + 4, anchor="end", room=_LEFT)
        pieces.append(write.shape_link(topic.link, shape + name))
    for index, paper in enumerate(shown.papers):
        y = _height(index, len(shown.papers), rows)
        lines = "".join(_thread(heights[place], y) for place in paper.topics)
        shape = f'<path class="figure-line loom-thread" d="{lines}"></path>'
        shape += hit(_RIGHT - 14, y - 14, WIDTH - _RIGHT + 14, _MAP_ROW)
        shape += f'<circle class="figure-b-mark" cx="{_RIGHT - 8}" cy="{y}" r="3"></circle>'
        pieces.append(write.shape_link(paper.link, shape + label(paper.name, _RIGHT, y + 4, room=WIDTH - _RIGHT)))
    return write.chart([*pieces, write.html("</svg>")])


def _thread(topic: int, paper: int) -> str:
    """Return the path of a line between the heights of a topic and of a paper."""
    left, right = _LEFT + 22, _RIGHT - 13
    middle = (left + right) // 2
    return f"M{left} {topic}C{middle} {topic} {middle} {paper} {right} {paper}"


def _height(index: int, number: int, rows: int) -> int:
    """Return where the ``index``-th of ``number`` things stands that share the height of all rows."""
    return 30 + rows * _MAP_ROW * (2 * index + 1) // (2 * number)
