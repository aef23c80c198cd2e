"""The line below a topic's title and its index."""

from __future__ import annotations

from paperloom.translation import _
from paperloom.views.week import kind_label
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.cards import ArticleRow
from paperloom.weave.pages.topic import Subtopic, TopicHeader, TopicIndex


def render_header(shown: TopicHeader, write: Writer[Piece]) -> list[Piece]:
    """Return the topic above and other names of the field."""
    facts: list[Piece] = []
    if shown.parent:
        facts.append(write.inline([write.text(_("Part of") + " "), write.link(shown.parent)]))
    if shown.aliases:
        facts.append(write.text(_("also called {names}").format(names=", ".join(shown.aliases)), "loom-note"))
    if not facts:
        return []
    return [write.group([write.paragraph(*write.separated(facts, " · "))], "loom-header")]


def render_index(shown: TopicIndex, write: Writer[Piece]) -> list[Piece]:
    """Return subtopics, papers, articles and the topics that occur together with this one."""
    children: list[Piece] = []
    if shown.subtopics:
        children.append(write.heading(_("Subtopics"), "subtopics"))
        listed = (_subtopic(subtopic, write) for subtopic in shown.subtopics)
        children.append(write.bullet_list(listed, "loom-subtopics"))
    if shown.papers:
        children.append(write.heading(_("Papers"), "papers"))
        children += write.downloads(shown.download)
        children += write.cards(shown.papers)
    if shown.articles:
        children.append(write.heading(_("Articles"), "articles"))
        children.append(write.bullet_list(([_article(row, write)] for row in shown.articles), "loom-articles"))
    if not (shown.subtopics or shown.papers or shown.articles):
        children += write.empty(_("No paper or article has this topic yet."))
    if shown.together:
        children.append(write.heading(_("Often together with"), "often-together-with"))
        children += write.tag_line((topic, f"{topic.title} ({topic.count})") for topic in shown.together)
    return children


def _subtopic(subtopic: Subtopic, write: Writer[Piece]) -> list[Piece]:
    total = subtopic.link.count or 0
    title = write.paragraph(write.link(subtopic.link), write.text(" "), write.text(f"({total})", "loom-note"))
    if not subtopic.papers:
        return [title]
    listed = [write.link(paper) for paper in subtopic.papers]
    if total > len(subtopic.papers):
        more = _("{number} more").format(number=total - len(subtopic.papers))
        listed.append(write.link(subtopic.link, label=more))
    return [title, write.bullet_list([write.paragraph(entry)] for entry in listed)]


def _article(row: ArticleRow, write: Writer[Piece]) -> Piece:
    facts = [write.text(kind_label(row.kind))]
    if row.picked:
        facts.insert(0, write.pick_mark())
    if row.site:
        facts.append(write.text(row.site))
    facts.append(write.link(row.week))
    byline = write.inline(write.separated(facts, " · "), "loom-details")
    return write.paragraph(write.link(row.link), write.text(" — "), byline)
