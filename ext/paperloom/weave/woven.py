"""Everything derived from the facts, computed once per build and on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

from paperloom.model.calendar import month_of_week, year_of_week
from paperloom.model.records import Article, Document, Mention, Week
from paperloom.weave.facts import Facts
from paperloom.weave.mentions import CollectedMentions, mentions_in, name_index, week_of_document
from paperloom.weave.related import Related, Relatedness

Result = TypeVar("Result")


class Woven:
    """The facts of a knowledge base and what follows from them."""

    def __init__(self, facts: Facts, full_document: Callable[[str], Document] | None = None) -> None:
        """Weave ``facts``; nothing is computed before it is asked for.

        ``full_document`` returns a document with its running text, where ``facts`` leave it out.
        """
        self.facts = facts
        self._full_document = full_document or facts.documents.__getitem__
        #: Related papers found so far, by citation key.
        self.related_found: dict[str, tuple[Related, ...]] = {}
        self._shared: dict[str, object] = {}

    def shared(self, name: str, make: Callable[[], Result]) -> Result:
        """Return the result called ``name``, which many pages share, made when it is first asked for."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]  # type: ignore[return-value]  # what ``make`` returned

    @cached_property
    def mentions_by_document(self) -> Mapping[str, tuple[Mention, ...]]:
        """The mentions in each document, by document name."""
        names = name_index(self.facts)
        found = {
            docname: mentions_in(self._full_document(docname), self.facts, names) for docname in self.facts.documents
        }
        return {docname: mentions for docname, mentions in sorted(found.items()) if mentions}

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """The mentions of each paper, newest issue first, by citation key."""
        return self._collected

    @cached_property
    def _collected(self) -> CollectedMentions:
        return CollectedMentions(self.mentions_by_document, self.facts)

    @cached_property
    def mention_counts(self) -> Mapping[str, int]:
        """How often each paper is mentioned, by citation key."""
        return self._collected.counts()

    @cached_property
    def named_in_week(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """The papers that each issue and its papers name and how often, by key, by id of the issue."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for mentions in self.mentions_by_document.values():
            for mention in mentions:
                if mention.week:
                    in_week = found[mention.week]
                    in_week[mention.key] = in_week.get(mention.key, 0) + 1
        return {week: tuple(sorted(counts.items())) for week, counts in sorted(found.items())}

    @cached_property
    def relatedness(self) -> Relatedness:
        """How close papers are."""
        return Relatedness(self.facts, self._collected.places, self.mentions_by_document)

    def related(self, key: str) -> tuple[Related, ...]:
        """Return the papers most related to ``key``, the closest first."""
        if key not in self.related_found:
            self.related_found[key] = self.relatedness.of(key)
        return self.related_found[key]

    @cached_property
    def week_of_document(self) -> Mapping[str, str]:
        """The id of the issue that each document belongs to, by document name."""
        found = {docname: week_of_document(document, self.facts) for docname, document in self.facts.documents.items()}
        return {docname: week for docname, week in found.items() if week}

    def articles(self) -> list[tuple[Week, Article]]:
        """Return all articles with their weeks, oldest week first."""
        return [(week, article) for week in self.facts.weeks.values() for article in week.articles]

    @cached_property
    def topic_articles(self) -> Mapping[str, tuple[tuple[Article, bool], ...]]:
        """The articles of each topic and whether their issue picks them, newest issue first, by slug."""
        found: dict[str, list[tuple[Article, bool]]] = defaultdict(list)
        for week in list(self.facts.weeks.values())[::-1]:
            for article in week.articles:
                for slug in article.topics:
                    found[slug].append((article, article.id in week.picks))
        return {slug: tuple(articles) for slug, articles in found.items()}

    @cached_property
    def article_titles(self) -> Mapping[tuple[str, str], str]:
        """The title of each article, by (document name, article id)."""
        return {(week.docname, article.id): article.title for week, article in self.articles()}

    @cached_property
    def article_mentions(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Citation keys of the papers that each article names, by (week id, article id)."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for week in self.facts.weeks.values():
            ids = {article.id for article in week.articles}
            for mention in self.mentions_by_document.get(week.docname, ()):
                if mention.anchor in ids:
                    found[week.id, mention.anchor].add(mention.key)
        return {place: tuple(sorted(keys)) for place, keys in found.items()}

    @cached_property
    def weeks_of_period(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the weeks of each year (``2020``) and month (``2020-09``), oldest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for week in self.facts.weeks.values():
            found[year_of_week(week.id)].append(week.id)
            found[month_of_week(week.starts)].append(week.id)
        return {period: tuple(ids) for period, ids in sorted(found.items())}

    @cached_property
    def picked_in(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the weeks that pick each paper, oldest first, by citation key."""
        found: dict[str, list[str]] = defaultdict(list)
        for week in self.facts.weeks.values():
            for pick in week.picks:
                if pick in week.papers:
                    found[pick].append(week.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """Document names in the order of reading: each week, then its papers."""
        names: dict[str, None] = {}
        for week in self.facts.weeks.values():
            names[week.docname] = None
            for key in week.papers:
                if key in self.facts.papers:
                    names[self.facts.papers[key].docname] = None
        return tuple(names)

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The document names before and after each document in the order of reading."""
        order = self.reading_order
        before = (None, *order[:-1]) if order else ()
        after = (*order[1:], None) if order else ()
        return {name: (previous, following) for name, previous, following in zip(order, before, after, strict=True)}
