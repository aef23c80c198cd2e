"""The woven knowledge base as views see it: what they read of it is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from paperloom.model.records import Article, Week
from paperloom.weave.facts import Facts
from paperloom.weave.related import Related
from paperloom.weave.tracking import KEYS, Reads, SharedResults, TrackedTable
from paperloom.weave.woven import Woven

Result = TypeVar("Result")

#: The tables that views read, all made from facts in time proportional to them.
FACTS = (
    "featuring",
    "former_names",
    "paper_pages",
    "paper_topics",
    "papers",
    "periods",
    "place",
    "references",
    "relations",
    "subtopics",
    "titles",
    "topic_papers",
    "topics",
    "week_pages",
    "weeks",
)
#: The woven tables that views read, by what they are made from.
WOVEN_FROM_FACTS = (
    "article_titles",
    "neighbours",
    "picked_in",
    "topic_articles",
    "week_of_document",
    "weeks_of_period",
)
WOVEN_FROM_MENTIONS = ("mention_counts", "named_in_week")
WOVEN_FROM_BOTH = ("article_mentions", "mentions")


def _tracked(name: str) -> Any:
    def table(self: TrackedWoven) -> Mapping[Any, Any]:
        return TrackedTable(name, getattr(self.untracked, name), self.reads)

    return cached_property(table)


class TrackedFacts(Facts):
    """Facts that note what is read from them. Only the tables in :data:`FACTS` are there."""

    def __init__(self, facts: Facts, reads: Reads) -> None:
        """Wrap ``facts``."""
        # The record is frozen; its own fields are tables like the others here.
        self.__dict__.update({name: TrackedTable(name, getattr(facts, name), reads) for name in FACTS})
        self.__dict__["_facts"] = facts
        self.__dict__["_reads"] = reads

    @property
    def order(self) -> tuple[str, ...]:
        """Citation keys in canonical order."""
        self._reads.names.add(f"place{KEYS}")  # type: ignore[attr-defined]  # set above
        order: tuple[str, ...] = self._facts.order  # type: ignore[attr-defined]  # set above
        return order


class TrackedWoven(Woven):
    """A woven knowledge base that notes what is read from it, in :attr:`reads`."""

    article_mentions = _tracked("article_mentions")
    article_titles = _tracked("article_titles")
    mention_counts = _tracked("mention_counts")
    mentions = _tracked("mentions")
    named_in_week = _tracked("named_in_week")
    neighbours = _tracked("neighbours")
    picked_in = _tracked("picked_in")
    topic_articles = _tracked("topic_articles")
    week_of_document = _tracked("week_of_document")
    weeks_of_period = _tracked("weeks_of_period")

    def __init__(self, woven: Woven) -> None:
        """Wrap ``woven``."""
        self.untracked = woven
        self.reads = Reads()
        self.results = SharedResults(self.reads)
        super().__init__(TrackedFacts(woven.facts, self.reads), woven.facts.documents.__getitem__)

    def shared(self, name: str, make: Callable[[], Result]) -> Result:
        """Return a shared result and note its name."""
        return self.results.get(name, make)

    def related(self, key: str) -> tuple[Related, ...]:
        """Return the papers most related to ``key`` and note that."""
        self.reads.names.add(f"related/{key}")
        return self.untracked.related(key)

    def articles(self) -> list[tuple[Week, Article]]:
        """Return all articles and note that all weeks were read."""
        return [(week, article) for week in self.facts.weeks.values() for article in week.articles]
