"""Weaving anew only what a change can have touched.

Every function gives what weaving everything would give; tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from paperloom.model.identifiers import identify
from paperloom.model.records import Document, Mention
from paperloom.weave.facts import Facts
from paperloom.weave.mentions import mentions_in, name_index
from paperloom.weave.related import Related, rarity
from paperloom.weave.tracked import FACTS, WOVEN
from paperloom.weave.tracking import KEYS, changes
from paperloom.weave.woven import Woven


class Texts(Protocol):
    """The running text of all documents, which is not at hand with their other facts."""

    def containing(self, words: Iterable[str]) -> set[str]:
        """Return the names of at least those documents whose text contains one of ``words``."""

    def document(self, docname: str) -> Document:
        """Return a document with its text."""


def renew_mentions(
    before: Woven, after: Woven, changed: set[str], remembered: Mapping[str, tuple[Mention, ...]], texts: Texts
) -> dict[str, tuple[Mention, ...]]:
    """Return the mentions in each document after documents in ``changed`` came, went or changed.

    The mentions of another document can differ when a name that stands in its text was given or
    taken, when something it refers to changed its label or came or went, when an address in it
    now belongs to another paper, or when the paper it describes moved to another issue.
    """
    old, new = before.facts, after.facts
    todo = changed | texts.containing(_names(old) ^ _names(new))
    todo |= _referring(new.documents, _labels_changed(old, new), old, new)
    for name in changes("featuring", old.featuring, new.featuring):
        key = name.removeprefix("featuring/")
        todo |= {facts.papers[key].docname for facts in (old, new) if key in facts.papers}
    found = {docname: mentions for docname, mentions in remembered.items() if docname in new.documents}
    names = name_index(new)
    for docname in todo & new.documents.keys():
        mentions = mentions_in(texts.document(docname), new, names)
        if mentions:
            found[docname] = mentions
        else:
            found.pop(docname, None)
    return dict(sorted(found.items()))


def _names(facts: Facts) -> set[str]:
    """Return the names of papers, each with who claims it, as texts to look for."""
    return {f"{name}\0{paper.key}" for paper in facts.papers.values() for name in (*paper.aliases, paper.title) if name}


def _labels_changed(old: Facts, new: Facts) -> set[tuple[str, str]]:
    """Return the targets of references, as (kind, target), that came, went or have another label."""
    found: set[tuple[str, str]] = set()
    for kinds, tables in (
        (("paper", "citation"), (old.paper_pages, new.paper_pages)),
        (("citation",), (old.references, new.references)),
        (("week",), (old.week_pages, new.week_pages)),
        (("topic",), (old.topics, new.topics)),
    ):
        for name in changes("", *tables):
            if name != KEYS:
                found |= {(kind, name[1:]) for kind in kinds}
    papers = {paper.docname for facts in (old, new) for paper in facts.papers.values()}
    came_or_went = {
        docname
        for docname in papers
        if (docname in old.documents and old.documents[docname].paper is not None)
        != (docname in new.documents and new.documents[docname].paper is not None)
    }
    return found | {("document", docname) for docname in came_or_went}


def _referring(documents: Mapping[str, Document], targets: set[tuple[str, str]], old: Facts, new: Facts) -> set[str]:
    """Return the documents that refer to one of ``targets`` or link an identifier that changed its owner."""
    moved = {
        identifier
        for identifier in old.paper_of_identifier.keys() | new.paper_of_identifier.keys()
        if old.paper_of_identifier.get(identifier) != new.paper_of_identifier.get(identifier)
    }
    return {
        docname
        for docname, document in documents.items()
        for kind, target in document.references
        if (kind, target) in targets or (moved and kind == "url" and identify(target) in moved)
    }


def renew_related(
    before: Woven, after: Woven, remembered: Mapping[str, tuple[Related, ...]]
) -> dict[str, tuple[Related, ...]]:
    """Return the related papers that are still as they were, by citation key.

    Those of a paper depend on its own topics, mentions and relations and on those of the papers
    near it: beside it in the order of a topic, named in the same places, or related by hand.
    """
    old, new = before.facts, after.facts
    if _reordered(old.order, new.order):
        return {}  # ties are broken by the order, anywhere
    touched = {
        name.partition("/")[2]
        for table in ("paper_topics", "featuring", "relations")
        for name in changes(table, getattr(old, table), getattr(new, table))
        if not name.endswith(KEYS)
    }
    touched |= {key for key in old.papers.keys() | new.papers.keys() if _places(before, key) != _places(after, key)}
    for slug in old.topic_papers.keys() | new.topic_papers.keys():
        members = old.topic_papers.get(slug, ()), new.topic_papers.get(slug, ())
        if rarity(len(members[0])) != rarity(len(members[1])):
            touched.update(*members)
    affected = {other for key in touched for woven in (before, after) for other in woven.relatedness.neighbours(key)}
    return {key: found for key, found in remembered.items() if key in new.papers and key not in affected | touched}


def _places(woven: Woven, key: str) -> set[tuple[str, str]]:
    return {(mention.docname, mention.anchor) for mention in woven.mentions.get(key, ())}


def _reordered(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Return whether papers that were there before and are there now stand in another order."""
    if old == new:
        return False
    both = set(old) & set(new)
    return [key for key in old if key in both] != [key for key in new if key in both]


def changed_names(before: Woven, after: Woven) -> set[str]:
    """Return the names of everything that views read and that differs before and after."""
    found: set[str] = set()
    for table in FACTS:
        found |= changes(table, getattr(before.facts, table), getattr(after.facts, table))
    for table in WOVEN:
        found |= changes(table, getattr(before, table), getattr(after, table))
    keys = before.related_found.keys() | after.facts.papers.keys()
    return found | {f"related/{key}" for key in keys if before.related_found.get(key) != after.related_found.get(key)}
