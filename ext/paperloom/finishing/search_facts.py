"""What is known of each page beside its text, by which a search filters, sorts and finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize

#: What words end with that stand for a whole name, and how much of a name they hold; no other word ends so. They begin
#: like the name, since words with the same beginning lie in the same piece of the index, which is loaded anyway.
#: ``paperloom-search.js`` has the same, and looks at the names themselves.
NAME_END, NAME_LENGTH = "qxz", 24
#: Values to choose from, by the name of the filter.
Filters = dict[str, tuple[str, ...]]
#: The date of what has none, such as a topic: before all others.
NO_DATE = "0000-00-00"


def name_word(name: str) -> str:
    """Return the word that stands for ``name`` as a whole, or nothing for one without a letter or digit."""
    plain = "".join(character for character in normalize("NFKC", name).lower() if character.isalnum())
    return f"{plain[:NAME_LENGTH]}{NAME_END}" if plain else ""


@dataclass(frozen=True)
class SearchFacts:
    """The facts of a page or of a part of it.

    ``meta`` is shown with a result and found as well, ``filters`` are the values to choose from,
    ``also`` are other names, and ``date`` is a day in the form of ISO 8601, which sorts as text.
    (As a number it would lose the day: Pagefind compares numbers of single precision.)
    """

    kind: str
    title: str
    date: str = NO_DATE
    meta: dict[str, str] = field(default_factory=dict)
    filters: Filters = field(default_factory=dict)
    also: tuple[str, ...] = ()
    articles: dict[str, SearchFacts] = field(default_factory=dict)


class FactsOfPages:
    """The facts of all pages that the catalog knows, by document name."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        """Take the facts from ``catalog.json``."""
        self._topics = {topic["id"]: topic for topic in catalog["topics"]}
        self._weeks = {week["id"]: week for week in catalog["weeks"]}
        self._facts: dict[str, SearchFacts] = {}
        for paper in catalog["papers"]:
            self._facts[paper["docname"]] = self._paper(paper)
        for week in self._weeks.values():
            self._facts[week["docname"]] = self._week(week)
        for topic in self._topics.values():
            self._facts[topic["docname"]] = self._topic(topic)

    def of(self, docname: str, title: str) -> SearchFacts:
        """Return the facts of a document; of one that the catalog does not know, its title."""
        return self._facts.get(docname) or SearchFacts("page", title)

    def _paper(self, paper: dict[str, Any]) -> SearchFacts:
        weeks = [self._weeks[week] for week in paper["featured_in"] if week in self._weeks]
        year = str(paper["year"] or "")
        arxiv = paper["arxiv"]
        ids = (paper["key"], arxiv, arxiv and f"arXiv:{arxiv}", paper["doi"], paper["openreview"])
        meta = {
            "authors": ", ".join(paper["authors"]),
            "ids": " ".join(name for name in ids if name),
            "also": " · ".join(paper["aliases"]),
            "named": " ".join(sorted({name_word(name) for name in (paper["title"], *paper["aliases"])} - {""})),
            "topics": self._topic_line(paper["topics"]),
            "week": " · ".join(week["title"] for week in weeks),
        }
        filters = {
            "topic": self._topic_values(paper["topics"]),
            "week": tuple(week["id"].upper() for week in weeks),
            "year": (year,) if year else (),
            "venue": (paper["venue"],) if paper["venue"] else (),
        }
        when = max((week["starts"] for week in weeks), default=f"{year}-01-01" if year else NO_DATE)
        return SearchFacts("paper", paper["title"], when, meta, filters, tuple(paper["aliases"]))

    def _week(self, week: dict[str, Any]) -> SearchFacts:
        year = str(date.fromisoformat(week["starts"]).year)
        filters: Filters = {"week": (week["id"].upper(),), "year": (year,)}
        articles = {article["id"]: self._article(article, week, filters) for article in week["articles"]}
        return SearchFacts("week", week["title"], week["starts"], {"ids": week["id"]}, filters, articles=articles)

    def _article(self, article: dict[str, Any], week: dict[str, Any], filters: Filters) -> SearchFacts:
        meta = {"topics": self._topic_line(article["topics"]), "site": article["site"] or "", "week": week["title"]}
        filters = {**filters, "topic": self._topic_values(article["topics"])}
        return SearchFacts("article", article["title"], week["starts"], meta, filters)

    def _topic(self, topic: dict[str, Any]) -> SearchFacts:
        above = [slug for slug in self._upwards(topic["id"]) if slug != topic["id"]]
        meta = {"ids": topic["id"], "topics": self._topic_line(above[:1])}
        return SearchFacts("topic", topic["title"], NO_DATE, meta, {"topic": self._topic_values([topic["id"]])})

    def _topic_line(self, slugs: list[str]) -> str:
        return " · ".join(self._topics[slug]["title"] for slug in slugs if slug in self._topics)

    def _topic_values(self, slugs: list[str]) -> tuple[str, ...]:
        """Return the titles of topics and of those above them: who asks for a field wants all of it."""
        return tuple(sorted({self._topics[above]["title"] for slug in slugs for above in self._upwards(slug)}))

    def _upwards(self, slug: str) -> Iterator[str]:
        """Yield a topic and those above it, each once, even where a parent is below its child."""
        seen = set[str]()
        above: str | None = slug
        while above is not None and above in self._topics and above not in seen:
            seen.add(above)
            yield above
            above = self._topics[above]["parent"]
