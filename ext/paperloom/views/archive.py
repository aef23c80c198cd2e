"""The round-up of a month or a year."""

from __future__ import annotations

from paperloom.translation import _, count
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.archive import MostMentioned, Roundup, TopicGroup, WeekRow


def render_roundup(shown: Roundup, write: Writer[Piece]) -> list[Piece]:
    """Return the issues, picks, papers by topic and the papers mentioned most."""
    children = [write.heading(_("Issues"), "issues")]
    if shown.weeks:
        children.append(write.bullet_list(([_week(row, write)] for row in shown.weeks), "loom-weeks"))
    else:
        children += write.empty(_("No issue belongs to this period yet."))
    around = [write.link(period) for period in (*((shown.year,) if shown.year else ()), *shown.months)]
    if around:
        label = _("Year") if shown.year else _("Months")
        line = write.separated(around, " · ")
        children.append(write.paragraph(write.text(f"{label}: "), *line, classes=["loom-facts"]))
    children += write.downloads(shown.download)
    if shown.pick_cards or shown.pick_articles:
        children.append(write.heading(_("Editor’s picks"), "editors-picks"))
        children += write.cards(shown.pick_cards)
        if shown.pick_articles:
            picks = ([write.paragraph(write.link(pick))] for pick in shown.pick_articles)
            children.append(write.bullet_list(picks, "loom-articles"))
    if shown.by_topic:
        children.append(write.heading(_("Papers by topic"), "papers-by-topic"))
        children += [_topic_group(group, write) for group in shown.by_topic]
    if shown.most_mentioned:
        children.append(write.heading(_("Most mentioned"), "most-mentioned"))
        children.append(write.bullet_list(([_mentioned(row, write)] for row in shown.most_mentioned), "loom-related"))
    return children


def _topic_group(group: TopicGroup, write: Writer[Piece]) -> Piece:
    title = write.paragraph(write.link(group.topic), classes=["loom-group"])
    listed = write.bullet_list(([write.paragraph(write.link(paper))] for paper in group.papers), "loom-list")
    return write.group([title, listed], "loom-topic-group")


def _week(row: WeekRow, write: Writer[Piece]) -> Piece:
    size = [count(row.papers, "{number} paper", "{number} papers")]
    if row.articles:
        size.append(count(row.articles, "{number} article", "{number} articles"))
    return write.paragraph(write.link(row.link), write.text(" — "), write.text(", ".join(size), "loom-details"))


def _mentioned(row: MostMentioned, write: Writer[Piece]) -> Piece:
    places = count(row.places, "{number} place", "{number} places")
    issues = count(row.weeks, "{number} issue", "{number} issues")
    reason = _("{places} in {issues}").format(places=places, issues=issues)
    return write.paragraph(
        write.link(row.paper),
        write.text(" "),
        write.text(row.byline, "loom-details"),
        write.text(" — "),
        write.text(reason, "loom-reason"),
    )
