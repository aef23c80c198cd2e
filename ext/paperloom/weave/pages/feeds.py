"""What the list of feeds shows."""

from __future__ import annotations

from dataclasses import dataclass

from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import PageLink
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class FeedList:
    """What has a feed besides the site: the topics, by slug."""

    topics: tuple[tuple[str, PageLink], ...]


def feed_list(woven: Woven, document: Document, argument: str) -> FeedList:
    """Return the topics by title."""
    topics = sorted(woven.facts.topics.values(), key=lambda topic: (topic.title.casefold(), topic.slug))
    return FeedList(tuple((topic.slug, PageLink(topic.docname, topic.title)) for topic in topics))
