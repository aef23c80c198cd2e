"""The facts of all documents and of the bibliography, indexed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from paperloom.model.identifiers import Identifier, identify
from paperloom.model.layout import PAGES_OF_SPHINX
from paperloom.model.records import Document, Paper, Period, Reference, Topic, Week
from paperloom.model.relations import REVERSE


@dataclass(frozen=True)
class Facts:
    """What the sources say: ``documents`` by document name, ``references`` by citation key."""

    documents: Mapping[str, Document]
    references: Mapping[str, Reference]

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """Paper pages by citation key, sorted by key."""
        found = [document.paper for document in self.documents.values() if document.paper]
        return {paper.key: paper for paper in sorted(found, key=lambda paper: (paper.key, paper.docname))}

    @cached_property
    def paper_pages(self) -> Mapping[str, tuple[str, str]]:
        """Document name and title of each paper's page, by citation key: what most links to it show."""
        return {key: (paper.docname, paper.title) for key, paper in self.papers.items()}

    @cached_property
    def paper_topics(self) -> Mapping[str, tuple[str, ...]]:
        """Slugs of the topics of each paper, by citation key."""
        return {key: paper.topics for key, paper in self.papers.items()}

    @cached_property
    def week_pages(self) -> Mapping[str, tuple[str, str]]:
        """Document name and title of each week's page, by id, oldest first."""
        return {week.id: (week.docname, week.title) for week in self.weeks.values()}

    @cached_property
    def weeks(self) -> Mapping[str, Week]:
        """Weeks by id, oldest first."""
        found = [document.week for document in self.documents.values() if document.week]
        return {week.id: week for week in sorted(found, key=lambda week: (week.starts, week.id, week.docname))}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by slug, sorted by slug."""
        found = [document.topic for document in self.documents.values() if document.topic]
        return {topic.slug: topic for topic in sorted(found, key=lambda topic: (topic.slug, topic.docname))}

    @cached_property
    def periods(self) -> Mapping[str, Period]:
        """Pages of the archive by id (``2020``, ``2020-09``), sorted."""
        found = [document.period for document in self.documents.values() if document.period]
        return {period.id: period for period in sorted(found, key=lambda period: (period.id, period.docname))}

    @cached_property
    def featuring(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the weeks that feature each paper, oldest first, by citation key."""
        weeks: dict[str, list[str]] = {}
        for week in self.weeks.values():
            for key in week.papers:
                if week.id not in weeks.setdefault(key, []):
                    weeks[key].append(week.id)
        return {key: tuple(ids) for key, ids in weeks.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Citation keys by first featuring week and place in it; background papers last, by key."""
        featured = dict.fromkeys(key for week in self.weeks.values() for key in week.papers if key in self.papers)
        return (*featured, *(key for key in self.papers if key not in featured))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each document, by document name."""
        return {docname: document.title for docname, document in self.documents.items()}

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The document that each former name leads to, sorted; names that are taken lead nowhere else.

        Where two documents claim a name, the first of them by name has it.
        """
        found: dict[str, str] = {}
        for docname, document in sorted(self.documents.items()):
            for name in document.former:
                if name not in self.documents and name not in PAGES_OF_SPHINX:
                    found.setdefault(name, docname)
        return dict(sorted(found.items()))

    @cached_property
    def former_names(self) -> Mapping[str, tuple[str, ...]]:
        """The names that documents had before, the earliest first, by document name."""
        return {docname: document.former for docname, document in self.documents.items() if document.former}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each citation key in :attr:`order`, from 0."""
        return {key: place for place, key in enumerate(self.order)}

    @cached_property
    def topic_papers(self) -> Mapping[str, tuple[str, ...]]:
        """Citation keys of each topic's papers in canonical order, by slug."""
        members: dict[str, list[str]] = {slug: [] for slug in self.topics}
        for key in self.order:
            for slug in self.papers[key].topics:
                members.setdefault(slug, []).append(key)
        return {slug: tuple(keys) for slug, keys in members.items()}

    @cached_property
    def subtopics(self) -> Mapping[str, tuple[str, ...]]:
        """Slugs of the topics below each topic, sorted by title."""
        children: dict[str, list[str]] = {slug: [] for slug in self.topics}
        for topic in sorted(self.topics.values(), key=lambda topic: (topic.title.casefold(), topic.slug)):
            if topic.parent in children:
                children[topic.parent].append(topic.slug)
        return {slug: tuple(slugs) for slug, slugs in children.items()}

    @cached_property
    def identifiers(self) -> Mapping[str, tuple[Identifier, ...]]:
        """The identifiers of each paper with a page, sorted, by citation key."""
        return {
            key: tuple(sorted(identifiers_of(paper, self.references.get(key)))) for key, paper in self.papers.items()
        }

    @cached_property
    def paper_of_identifier(self) -> Mapping[Identifier, str]:
        """The citation key that each identifier of a paper with a page stands for."""
        keys: dict[Identifier, str] = {}
        for key in self.order:
            for identifier in self.identifiers[key]:
                keys.setdefault(identifier, key)
        return keys

    @cached_property
    def relations(self) -> Mapping[str, dict[str, tuple[str, ...]]]:
        """Typed relations of each paper, both written and reverse, by citation key and type."""
        found: dict[str, dict[str, set[str]]] = {}
        for paper in self.papers.values():
            for kind, targets in paper.relations:
                if kind not in REVERSE:
                    continue
                for target in targets:
                    if target in self.papers and target != paper.key:
                        found.setdefault(paper.key, {}).setdefault(kind, set()).add(target)
                        found.setdefault(target, {}).setdefault(REVERSE[kind], set()).add(paper.key)
        return {
            key: {kind: tuple(sorted(targets)) for kind, targets in sorted(kinds.items())}
            for key, kinds in found.items()
        }


def identifiers_of(paper: Paper | None, reference: Reference | None) -> set[Identifier]:
    """Return every identifier, in normal form, that stands for a paper."""
    texts: list[str | None] = []
    found: set[Identifier] = set()
    if reference:
        texts += [reference.arxiv, reference.doi, reference.url]
        if reference.openreview:
            found.add(Identifier("openreview", reference.openreview))
    if paper:
        texts.append(paper.code)
    found.update(identifier for text in texts if text and (identifier := identify(text)))
    return found
