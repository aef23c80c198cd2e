"""The map of papers and topics: the largest topics beside the papers of them that are named most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document
from paperloom.weave.pages.cards import PageLink, paper_link, topic_links
from paperloom.weave.woven import Woven

#: The most topics and papers on the map.
MOST_TOPICS = 20
MOST_PAPERS = 32
#: The most neighbors that are listed with a topic.
MOST_TOGETHER = 3
#: How often both sides are put in the order of what they are linked to.
_ROUNDS = 6


@quickly_shown
@dataclass(frozen=True, slots=True)
class MapTopic:
    """A topic on the map with the number of all its papers, and the topics that share most papers with it."""

    link: PageLink
    together: tuple[PageLink, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class MapPaper:
    """A paper on the map: its link, a short name, and the places of its topics in the list of topics."""

    link: PageLink
    name: str
    topics: tuple[int, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class TopicMap:
    """Topics and papers, each side from top to bottom; ``all_topics`` and ``all_papers`` count all there are."""

    topics: tuple[MapTopic, ...]
    papers: tuple[MapPaper, ...]
    all_topics: int
    all_papers: int


def topic_map(woven: Woven, document: Document, argument: str) -> TopicMap | None:
    """Return the map; None where no paper has a topic."""
    facts = woven.facts
    members = {slug: keys for slug in facts.topics if (keys := facts.topic_papers.get(slug, ()))}
    largest = sorted(members, key=lambda slug: (-len(members[slug]), facts.topics[slug].title.casefold(), slug))
    chosen = largest[:MOST_TOPICS]
    if not chosen:
        return None
    on_map = _chosen_papers(woven, [members[slug] for slug in chosen])
    links = [[chosen.index(slug) for slug in facts.paper_topics[key] if slug in chosen] for key in on_map]
    left, right = _untangled(links, len(chosen))
    place = {topic: index for index, topic in enumerate(left)}
    slugs = [chosen[topic] for topic in left]
    papers = []
    for paper in right:
        key = on_map[paper]
        aliases = facts.papers[key].aliases
        link = paper_link(woven, key)
        topics = tuple(sorted({place[topic] for topic in links[paper]}))
        papers.append(MapPaper(link, aliases[0] if aliases else link.title, topics))
    sets = {slug: frozenset(members[slug]) for slug in slugs}
    return TopicMap(
        topics=tuple(_topic(woven, slug, sets) for slug in slugs),
        papers=tuple(papers),
        all_topics=len(members),
        all_papers=len(facts.paper_pages),
    )


def _topic(woven: Woven, slug: str, members: dict[str, frozenset[str]]) -> MapTopic:
    shared = {other: len(members[slug] & keys) for other, keys in members.items() if other != slug}
    nearest = sorted((other for other in shared if shared[other]), key=lambda other: (-shared[other], other))
    (link,) = topic_links(woven, (slug,))
    return MapTopic(
        PageLink(link.docname, link.title, count=len(members[slug])),
        topic_links(woven, tuple(nearest[:MOST_TOGETHER])),
    )


def _chosen_papers(woven: Woven, members: Sequence[Sequence[str]]) -> list[str]:
    """Return the papers on the map: of each topic in turn the one that is named most, until there are enough."""
    mentions = woven.shared("mentions-of-each", lambda: dict(woven.mention_counts.items()))
    place = woven.facts.place
    queues = [sorted(keys, key=lambda key: (-mentions.get(key, 0), place[key]))[:MOST_PAPERS] for keys in members]
    chosen: dict[str, None] = {}
    for turn in range(MOST_PAPERS):
        for queue in queues:
            if turn < len(queue) and len(chosen) < MOST_PAPERS:
                chosen[queue[turn]] = None
    return list(chosen)


def _untangled(links: Sequence[Sequence[int]], topics: int) -> tuple[list[int], list[int]]:
    """Return the orders of topics and of papers in which few lines between them cross.

    Each side in turn is sorted by the mean place of what it is linked to (the barycenter method of
    Sugiyama, Tagawa and Toda, 1981). The means are fractions: no rounding decides an order.
    """
    linked: list[list[int]] = [[] for _topic in range(topics)]
    for paper, places in enumerate(links):
        for topic in places:
            linked[topic].append(paper)
    left, right = list(range(topics)), list(range(len(links)))
    for _round in range(_ROUNDS):
        right = _by_mean_place(right, left, links)
        left = _by_mean_place(left, right, linked)
    return left, right


def _by_mean_place(order: Sequence[int], others: Sequence[int], links: Sequence[Sequence[int]]) -> list[int]:
    place = {other: index for index, other in enumerate(others)}
    now = {item: index for index, item in enumerate(order)}

    def mean(item: int) -> tuple[Fraction, int]:
        places = [place[other] for other in links[item]]
        return (Fraction(sum(places), len(places)) if places else Fraction(len(others))), now[item]

    return sorted(order, key=mean)
