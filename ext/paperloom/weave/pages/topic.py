"""What a topic page shows besides its introduction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from paperloom.citing.slices import topic_slice
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import ArticleRow, Card, PageLink, any_entry, article_row, card, paper_link
from paperloom.weave.woven import Woven

#: The most papers listed below a subtopic, and the most neighbouring topics.
PREVIEW = 4
MOST_TOGETHER = 8


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicHeader:
    """The line below a topic's title."""

    parent: PageLink | None
    aliases: tuple[str, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class Subtopic:
    """A topic below this one with its first papers."""

    link: PageLink
    papers: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicIndex:
    """The generated index of a topic: newest week first; ``download`` names the part that holds its papers."""

    subtopics: tuple[Subtopic, ...]
    papers: tuple[Card, ...]
    articles: tuple[ArticleRow, ...]
    together: tuple[PageLink, ...]
    download: str = ""


def newest_first(woven: Woven, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return papers by first featuring week, newest first, in the week's order; background papers last."""
    facts = woven.facts
    age = {week_id: age for age, week_id in enumerate(list(facts.weeks)[::-1])}

    def order(key: str) -> tuple[int, int]:
        weeks = facts.featuring.get(key)
        return (age[weeks[0]] if weeks else len(age), facts.place[key])

    return tuple(sorted(keys, key=order))


def topic_header(woven: Woven, document: Document, argument: str) -> TopicHeader | None:
    """Return the line below the title of topic ``argument``."""
    topic = woven.facts.topics.get(argument)
    if topic is None:
        return None
    parent = woven.facts.topics.get(topic.parent) if topic.parent else None
    return TopicHeader(PageLink(parent.docname, parent.title) if parent else None, topic.aliases)


def topic_index(woven: Woven, document: Document, argument: str) -> TopicIndex | None:
    """Return the index of topic ``argument``."""
    facts = woven.facts
    if argument not in facts.topics:
        return None
    keys = newest_first(woven, facts.topic_papers.get(argument, ()))
    together = Counter(slug for key in keys for slug in facts.paper_topics[key] if slug in facts.topics)
    del together[argument]
    nearest = sorted(together.items(), key=lambda item: (-item[1], facts.topics[item[0]].title))[:MOST_TOGETHER]
    return TopicIndex(
        subtopics=tuple(_subtopic(woven, slug) for slug in facts.subtopics.get(argument, ())),
        papers=tuple(card(woven, key, with_week=True) for key in keys),
        articles=tuple(
            article_row(woven, article, picked=picked) for article, picked in woven.topic_articles.get(argument, ())
        ),
        together=tuple(
            PageLink(facts.topics[slug].docname, facts.topics[slug].title, count=count) for slug, count in nearest
        ),
        download=topic_slice(argument) if any_entry(woven, keys) else "",
    )


def _subtopic(woven: Woven, slug: str) -> Subtopic:
    facts = woven.facts
    topic = facts.topics[slug]
    keys = newest_first(woven, facts.topic_papers.get(slug, ()))
    papers = tuple(paper_link(woven, key) for key in keys[:PREVIEW])
    return Subtopic(PageLink(topic.docname, topic.title, count=len(keys)), papers)
