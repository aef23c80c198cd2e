"""Weaving anew only what a change can have touched.

Every function gives what weaving everything would give; tests compare the two. Where facts or
mentions are the same object before and after, nothing that is made from them is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from paperloom.model.identifiers import Identifier, identify
from paperloom.model.records import Document, Mention
from paperloom.weave.facts import Facts, identifiers_of
from paperloom.weave.mentions import mentions_in, name_index
from paperloom.weave.related import Related, rarity
from paperloom.weave.tracked import FACTS, WOVEN_FROM_BOTH, WOVEN_FROM_FACTS, WOVEN_FROM_MENTIONS
from paperloom.weave.tracking import KEYS, changes
from paperloom.weave.woven import Woven

#: The names in so many documents, at most, are looked for before an index is made of them.
_FEW_DOCUMENTS = 16


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
    keys = _differing(old.papers, new.papers)
    todo = changed | texts.containing(_names(old, keys) ^ _names(new, keys))
    todo |= _referring(new.documents, _labels_changed(old, new), _moved_identifiers(old, new))
    for name in changes("featuring", old.featuring, new.featuring):
        key = name.removeprefix("featuring/")
        todo |= {facts.papers[key].docname for facts in (old, new) if key in facts.papers}
    found = {docname: mentions for docname, mentions in remembered.items() if docname in new.documents}
    documents = {docname: texts.document(docname) for docname in todo & new.documents.keys()}
    names = name_index(new, documents.values() if len(documents) <= _FEW_DOCUMENTS else None)
    for docname, document in documents.items():
        mentions = mentions_in(document, new, names)
        if mentions:
            found[docname] = mentions
        else:
            found.pop(docname, None)
    return dict(sorted(found.items()))


def _names(facts: Facts, keys: Iterable[str]) -> set[str]:
    """Return the names of some papers, each with who claims it, as texts to look for."""
    papers = [facts.papers[key] for key in keys if key in facts.papers]
    return {f"{name}\0{paper.key}" for paper in papers for name in (*paper.aliases, paper.title) if name}


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    """Return the keys whose values came, went or changed."""
    if old is new:
        return set()
    found = {key for key, value in new.items() if (earlier := old.get(key)) is not value and earlier != value}
    return found | (old.keys() - new.keys())


def renew_identifiers(before: Facts, after: Facts) -> dict[str, tuple[Identifier, ...]]:
    """Return the identifiers of all papers; those whose page and entry are the same have the same ones."""
    if before is after:
        return dict(before.identifiers)
    changed = _differing(before.papers, after.papers) | _differing(before.references, after.references)
    known = before.identifiers
    return {
        key: known[key]
        if key in known and key not in changed
        else tuple(sorted(identifiers_of(paper, after.references.get(key))))
        for key, paper in after.papers.items()
    }


def _moved_identifiers(old: Facts, new: Facts) -> set[Identifier]:
    """Return the identifiers that stand for another paper than before, or for none now or then."""
    if old.identifiers == new.identifiers and not _reordered(old.order, new.order):
        return set()
    return {
        identifier
        for identifier in old.paper_of_identifier.keys() | new.paper_of_identifier.keys()
        if old.paper_of_identifier.get(identifier) != new.paper_of_identifier.get(identifier)
    }


def _labels_changed(old: Facts, new: Facts) -> set[tuple[str, str]]:
    """Return the targets of references, as (kind, target), that came, went or have another label."""
    found: set[tuple[str, str]] = set()
    if old is new:
        return found
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


def _referring(documents: Mapping[str, Document], targets: set[tuple[str, str]], moved: set[Identifier]) -> set[str]:
    """Return the documents that refer to one of ``targets`` or link an identifier that ``moved``."""
    if not targets and not moved:
        return set()
    return {
        docname
        for docname, document in documents.items()
        if not targets.isdisjoint(document.references)
        or (moved and any(kind == "url" and identify(target) in moved for kind, target in document.references))
    }


def renew_related(
    before: Woven, after: Woven, remembered: Mapping[str, tuple[Related, ...]]
) -> dict[str, tuple[Related, ...]]:
    """Return the related papers that are still as they were, by citation key.

    Those of a paper depend on its own topics, mentions and relations and on those of the papers
    near it: beside it in the order of a topic, named in the same places, or related by hand. Where
    only a mention came or went, those named in that place are the ones that are nearer now or less.
    """
    old, new = before.facts, after.facts
    if _reordered(old.order, new.order):
        return {}  # ties are broken by the order, anywhere
    if old is new and before.mentions_by_document is after.mentions_by_document:
        return dict(remembered)
    touched = {
        name.partition("/")[2]
        for table in ("paper_topics", "featuring", "relations")
        for name in changes(table, getattr(old, table), getattr(new, table))
        if not name.endswith(KEYS)
    }
    for slug in () if old is new else old.topic_papers.keys() | new.topic_papers.keys():
        members = old.topic_papers.get(slug, ()), new.topic_papers.get(slug, ())
        if rarity(len(members[0])) != rarity(len(members[1])):
            touched.update(*members)
    affected = touched | _named_beside(before, after)
    for woven in (before, after) if touched else ():
        affected.update(other for key in touched for other in woven.relatedness.neighbours(key))
    return {key: found for key, found in remembered.items() if key in new.papers and key not in affected}


def _named_beside(before: Woven, after: Woven) -> set[str]:
    """Return the keys of the papers that are named in a place where a paper is named now and was not, or was."""
    old, new = before.mentions_by_document, after.mentions_by_document
    found: set[str] = set()
    for docname in _differing(old, new):
        there = {(mention.key, mention.anchor) for mention in old.get(docname, ())}
        here = {(mention.key, mention.anchor) for mention in new.get(docname, ())}
        anchors = {anchor for _key, anchor in there ^ here}
        found |= {key for key, anchor in there | here if anchor in anchors}
    return found


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether papers or weeks that were there before and are there now stand in another order."""
    if old == new:
        return False
    both = set(old) & set(new)
    return [key for key in old if key in both] != [key for key in new if key in both]


def changed_names(before: Woven, after: Woven) -> set[str]:
    """Return the names of everything that views read and that differs before and after."""
    same_facts = before.facts is after.facts
    same_mentions = before.mentions_by_document is after.mentions_by_document
    found: set[str] = set()
    for table in () if same_facts else FACTS:
        found |= changes(table, getattr(before.facts, table), getattr(after.facts, table))
    for are_same, tables in (
        (same_facts, WOVEN_FROM_FACTS),
        (same_mentions, WOVEN_FROM_MENTIONS),
        (same_facts and same_mentions, WOVEN_FROM_BOTH),
    ):
        for table in () if are_same else tables:
            if table == "mentions":
                found |= _changed_mentions(before, after)
            else:
                found |= changes(table, getattr(before, table), getattr(after, table))
    # Those that a change may have touched are found anew: most are what they were.
    known = before.related_found
    same = {key for key, related in after.related_found.items() if known.get(key) is related}
    keys = (known.keys() | after.facts.papers.keys()) - same
    papers = after.facts.papers
    return found | {
        f"related/{key}" for key in keys if known.get(key) != (after.related(key) if key in papers else None)
    }


def _changed_mentions(before: Woven, after: Woven) -> set[str]:
    """Return what ``changes`` finds for the mentions of papers, which are put in order for few of them."""
    old, new = before.facts, after.facts
    if _reordered(list(old.weeks), list(new.weeks)):
        return changes("mentions", before.mentions, after.mentions)
    there, here = before.mentions_by_document, after.mentions_by_document
    documents = _differing(old.documents, new.documents) | _differing(there, here)
    keys = {mention.key for docname in documents for mention in (*there.get(docname, ()), *here.get(docname, ()))}
    found = {f"mentions/{key}" for key in keys if before.mentions.get(key) != after.mentions.get(key)}
    return found if list(before.mentions) == list(after.mentions) else {*found, f"mentions{KEYS}"}
