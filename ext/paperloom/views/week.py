"""The head of a week page, its cards, and the line below an article's title."""

from __future__ import annotations

from paperloom.translation import _, count
from paperloom.views.dates import day, interval
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.cards import PageLink
from paperloom.weave.pages.week import ArticleHeader, WeekCards, WeekHeader


def render_header(shown: WeekHeader, write: Writer[Piece]) -> list[Piece]:
    """Return the days, the neighbouring weeks and the editor's picks."""
    facts = [write.text(interval(shown.starts, shown.ends, write.language), "loom-venue")]
    facts.append(write.text(count(shown.papers, "{number} paper", "{number} papers")))
    if shown.articles:
        facts.append(write.text(count(shown.articles, "{number} article", "{number} articles")))
    if shown.month:
        facts.append(write.link(shown.month))
    if shown.source:
        facts.append(write.external_link(_("original issue"), shown.source))
    children = [write.paragraph(*write.separated(facts, " · "), classes=["loom-facts"])]
    steps: list[Piece] = []
    if shown.previous:
        steps.append(write.link(shown.previous, label=f"← {shown.previous.title}"))
    if shown.next:
        steps.append(write.link(shown.next, label=f"{shown.next.title} →"))
    if steps:
        children.append(write.paragraph(*write.separated(steps, " · "), classes=["loom-steps"]))
    children += write.downloads(shown.download)
    if shown.picks:
        children.append(_picks(shown.picks, write))
    return [write.group(children, "loom-header")]


def _picks(picks: tuple[PageLink, ...], write: Writer[Piece]) -> Piece:
    listed = write.bullet_list(([write.paragraph(write.link(pick))] for pick in picks), "loom-pick-list")
    return write.group([write.heading(_("Editor’s picks"), "editors-picks"), listed], "loom-picks")


def render_cards(shown: WeekCards, write: Writer[Piece]) -> list[Piece]:
    """Return the papers of an issue as cards, and what reference managers save them from."""
    return [*write.cards(shown.cards), *write.for_reference_managers(shown.coins)]


def kind_label(kind: str) -> str:
    """Return the label of an article's kind."""
    return {"article": _("Article"), "use-case": _("Use case"), "other": _("Other")}[kind]


def render_article_header(shown: ArticleHeader, write: Writer[Piece]) -> list[Piece]:
    """Return who wrote the article, where and when, with its links, and its topics."""
    article = shown.article
    facts: list[Piece] = []
    if shown.picked:
        facts.append(write.pick_mark())
    facts.append(write.text(kind_label(article.kind)))
    facts += [write.text(value) for value in (article.author, article.site) if value]
    if article.date:
        facts.append(write.text(day(article.date, write.language)))
    if article.url:
        facts.append(write.external_link(_("read it"), article.url))
    if article.archived:
        facts.append(write.external_link(_("archived copy"), article.archived))
    if not article.url and not article.archived:
        facts.append(write.text(_("no address known"), "loom-note"))
    children = [write.paragraph(*write.separated(facts, " · "), classes=["loom-facts"])]
    children += write.topic_line(shown.topics)
    return [write.group(children, "loom-article-header")]
