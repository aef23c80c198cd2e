"""What only all documents together show; reported in each build, for documents that were not read too."""

from __future__ import annotations

from pathlib import Path

from sphinx.environment import BuildEnvironment

from paperloom.domain import domain_of
from paperloom.model.problems import Subtype
from paperloom.model.records import Document, Week
from paperloom.sources.pages import read_page
from paperloom.sources.suggestions import did_you_mean
from paperloom.sources.topics import uses_of_topics
from paperloom.warnings import warn
from paperloom.weave.facts import Facts


def check_consistency(env: BuildEnvironment) -> bool:
    """Warn of papers without an entry, of topics without a page and of picks that are not in their issue.

    Return whether there was nothing to warn of.
    """
    consistent = True
    domain = domain_of(env)
    facts = domain.woven.facts
    known = facts.references.keys() | domain.unreadable
    for docname, document in sorted(domain.documents.items()):
        consistent = _check_former(docname, document, facts) and consistent
        if document.paper and document.paper.key not in known:
            remedy = f"add '@…{{{document.paper.key},' to the bibliography"
            consistent = False
            warn(Subtype.MISSING_ENTRY, f"no entry for the paper '{document.paper.key}'", remedy, (docname, 1))
        if document.week:
            consistent = _check_picks(docname, document.week) and consistent
        missing = [slug for slug in _topics(document) if slug not in facts.topics]
        for slug, line in _places(env, docname, missing) if missing else ():
            remedy = did_you_mean(slug, facts.topics, f"add topics/{slug}.md")
            consistent = False
            warn(Subtype.UNKNOWN_TOPIC, f"unknown topic '{slug}'", remedy, (docname, line))
    return consistent


def _check_former(docname: str, document: Document, facts: Facts) -> bool:
    taken = [name for name in document.former if facts.former.get(name) != docname]
    for name in taken:
        remedy = "keep it on one page, and on none where a page has that name"
        warn(Subtype.FORMER_NAME, f"the former name '{name}' belongs to another page", remedy, (docname, 1))
    return not taken


def _check_picks(docname: str, week: Week) -> bool:
    known = [*week.papers, *(article.id for article in week.articles)]
    unknown = [pick for pick in week.picks if pick not in known]
    for pick in unknown:
        remedy = did_you_mean(pick, known, "name a paper or article of this issue")
        warn(Subtype.PICK, f"the pick '{pick}' is not in this issue", remedy, (docname, 1))
    return not unknown


def _topics(document: Document) -> tuple[str, ...]:
    if document.paper:
        return document.paper.topics
    if document.week:
        return tuple(slug for article in document.week.articles for slug in article.topics)
    return (document.topic.parent,) if document.topic and document.topic.parent else ()


def _places(env: BuildEnvironment, docname: str, missing: list[str]) -> list[tuple[str, int]]:
    """Return (slug, line) wherever the source of ``docname`` names one of the ``missing`` topics."""
    page = read_page(Path(env.doc2path(docname)), docname, docname)
    return [(slug, line) for slug, line in uses_of_topics(page) if slug in missing]
