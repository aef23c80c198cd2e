"""The views: what a placeholder shows (``build``) and how it looks (``render``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from paperloom.model.records import Document
from paperloom.views import archive, indexes, paper, topic, week
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages import archive as archive_page
from paperloom.weave.pages import indexes as index_pages
from paperloom.weave.pages import paper as paper_page
from paperloom.weave.pages import topic as topic_page
from paperloom.weave.pages import week as week_page
from paperloom.weave.woven import Woven


class Render(Protocol):
    """Writes what a view shows."""

    def __call__(self, shown: Any, write: Writer[Piece], /) -> list[Piece]:
        """Return the pieces of the view."""


@dataclass(frozen=True, slots=True)
class View:
    """A view. ``build`` returns plain records (or nothing to show); ``render`` writes them."""

    build: Callable[[Woven, Document, str], Any]
    render: Render


VIEWS: dict[str, View] = {
    "archive-list": View(index_pages.archive_list, indexes.render_archive_list),
    "article-header": View(week_page.article_header, week.render_article_header),
    "author-index": View(index_pages.author_index, indexes.render_author_index),
    "latest-week": View(index_pages.latest_week, indexes.render_latest_week),
    "paper-footer": View(paper_page.paper_footer, paper.render_footer),
    "paper-header": View(paper_page.paper_header, paper.render_header),
    "paper-table": View(index_pages.paper_table, indexes.render_paper_table),
    "roundup": View(archive_page.roundup, archive.render_roundup),
    "statistics": View(index_pages.statistics, indexes.render_statistics),
    "topic-header": View(topic_page.topic_header, topic.render_header),
    "topic-index": View(topic_page.topic_index, topic.render_index),
    "topic-tree": View(index_pages.topic_tree, indexes.render_topic_tree),
    "venue-index": View(index_pages.venue_index, indexes.render_venue_index),
    "week-cards": View(week_page.week_cards, week.render_cards),
    "week-header": View(week_page.week_header, week.render_header),
    "week-list": View(index_pages.week_list, indexes.render_week_list),
}

#: Views that say something of their page; the others repeat what other pages say, and a search finds it there.
TOLD_HERE = frozenset({"article-header", "paper-header", "topic-header"})
