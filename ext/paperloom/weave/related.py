"""Which papers belong together, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

from paperloom.model.records import Mention
from paperloom.weave.facts import Facts

Key = TypeVar("Key")
Value = TypeVar("Value")

#: The most related papers shown on a page.
LIMIT = 6
#: Weight of a typed relation and of being named in the same place.
RELATION_WEIGHT = 6.0
TOPIC_WEIGHT = 6.0
CO_MENTION_WEIGHT = 1.5
MOST_CO_MENTIONS = 3
#: A topic's members this far away in canonical order are candidates; it bounds the work per page.
NEIGHBOURHOOD = 40


class Related(NamedTuple):
    """A related paper: typed relations as seen from this page, shared topics, places that name both."""

    key: str
    score: float
    relations: tuple[str, ...]
    topics: tuple[str, ...]
    co_mentions: int


def rarity(papers: int) -> float:
    """Return the weight of a topic that so many papers share."""
    return TOPIC_WEIGHT / max(papers.bit_length(), 1)


class _Prepared(dict[Key, Value]):
    """Values that are made when they are first looked up; an edit needs those of few papers."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        self[key] = value = self._make(key)
        return value


class Relatedness:
    """Scores pairs of papers: shared topics weighted by rarity, co-mentions, typed relations.

    The score is symmetric. A topic that ``n`` papers share weighs ``TOPIC_WEIGHT / bit_length(n)``:
    it changes only when the topic has doubled, so that a new paper leaves most scores as they are.
    """

    def __init__(
        self,
        facts: Facts,
        places: Callable[[str], AbstractSet[tuple[str, str]]],
        mentions: Mapping[str, tuple[Mention, ...]],
    ) -> None:
        """Prepare the indexes that scores are looked up in.

        ``places`` returns those that name a paper, as (document name, anchor), and ``mentions`` are
        those in each document.
        """
        self._facts = facts
        self._rarity = {slug: rarity(len(keys)) for slug, keys in facts.topic_papers.items() if keys}
        self._topics = _Prepared(self._topics_of)
        self._topic_place = _Prepared(self._places_in_topic)
        self._members = _Prepared(self._members_of)
        self._places = _Prepared(places)
        self._mentions = mentions
        self._named_at = _Prepared(self._papers_at)

    def _topics_of(self, key: str) -> tuple[str, ...]:
        return tuple(sorted({slug for slug in self._facts.papers[key].topics if slug in self._rarity}))

    def _places_in_topic(self, slug: str) -> dict[str, int]:
        return {key: place for place, key in enumerate(self._facts.topic_papers.get(slug, ()))}

    def _members_of(self, slug: str) -> frozenset[str]:
        return frozenset(self._facts.topic_papers.get(slug, ()))

    def _papers_at(self, place: tuple[str, str]) -> list[str]:
        docname, anchor = place
        return sorted({mention.key for mention in self._mentions.get(docname, ()) if mention.anchor == anchor})

    def of(self, key: str) -> tuple[Related, ...]:
        """Return the papers most related to ``key``, the closest first."""
        place = self._facts.place
        scores = self._scores(key)
        least = min(sorted(scores.values(), reverse=True)[:LIMIT], default=0.0)
        closest = [other for other, score in scores.items() if score >= least and score > 0]
        closest.sort(key=lambda other: (-scores[other], place[other], other))
        return tuple([self.between(key, other) for other in closest[:LIMIT]])

    def _scores(self, key: str) -> dict[str, float]:
        """Return the candidates with their scores: a hundred and more for each paper, so nothing is built for them."""
        candidates = self._candidates(key)
        scores = dict.fromkeys(candidates, 0.0)
        for slug in self._topics[key]:
            weight = self._rarity[slug]
            for other in candidates & self._members[slug]:
                scores[other] += weight
        in_relation = {other for keys in self._facts.relations.get(key, {}).values() for other in keys}
        ours, places = self._places[key], self._places
        for other, score in scores.items():
            if other in in_relation or (ours and not ours.isdisjoint(places[other])):
                scores[other] = self._score(*self._common(key, other))
            else:
                scores[other] = round(score, 9)
        return scores

    def _score(self, relations: list[str], shared: list[str], together: int) -> float:
        score = (
            RELATION_WEIGHT * len(relations)
            + sum(self._rarity[slug] for slug in shared)
            + CO_MENTION_WEIGHT * min(together, MOST_CO_MENTIONS)
        )
        return round(score, 9)

    def _common(self, key: str, other: str) -> tuple[list[str], list[str], int]:
        """Return the typed relations, shared topics by slug and places that two papers have in common."""
        theirs = self._topics[other]
        relations = [kind for kind, keys in self._facts.relations.get(key, {}).items() if other in keys]
        shared = [slug for slug in self._topics[key] if slug in theirs]
        ours = self._places[key]
        together = len(ours & self._places[other]) if ours else 0
        return relations, shared, together

    def between(self, key: str, other: str) -> Related:
        """Return how ``other`` relates to ``key``."""
        relations, shared, together = self._common(key, other)
        rarest_first = sorted(shared, key=lambda slug: (-self._rarity[slug], slug))
        return Related(other, self._score(relations, shared, together), tuple(relations), tuple(rarest_first), together)

    def neighbours(self, key: str) -> set[str]:
        """Return the papers whose closest ones depend on what ``key`` has, itself included."""
        near = self._candidates(key, reach=NEIGHBOURHOOD + 1) if key in self._facts.papers else set()
        for place in self._places[key]:
            near.update(self._named_at[place])
        return {key, *near} & self._facts.papers.keys()

    def _candidates(self, key: str, reach: int = NEIGHBOURHOOD) -> set[str]:
        facts = self._facts
        candidates = {other for keys in facts.relations.get(key, {}).values() for other in keys}
        for slug in facts.papers[key].topics:
            members = facts.topic_papers.get(slug, ())
            place = self._topic_place[slug].get(key, 0)
            candidates.update(members[max(place - reach, 0) : place + reach + 1])
        for place_of_mention in sorted(self._places[key]):
            candidates.update(self._named_at[place_of_mention][: 2 * NEIGHBOURHOOD])
        candidates.discard(key)
        return candidates & facts.papers.keys()
