"""What ``paperloom check`` looks for; every check yields problems and none depends on another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from paperloom.cli.checks import bibliography, figures, papers, structure, targets, topics, weeks
from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.model.problems import Problem, sort_key

CHECKS: tuple[Callable[[KnowledgeBase], Iterable[Problem]], ...] = (
    bibliography.entries_and_pages,
    bibliography.order_of_entries,
    bibliography.one_paper_twice,
    bibliography.keys,
    figures.images,
    figures.drawings,
    papers.names_and_titles,
    papers.sections,
    papers.tldr,
    papers.markup,
    papers.aliases,
    papers.relations,
    structure.kinds_and_folders,
    structure.titles,
    structure.toctrees,
    structure.archive,
    targets.roles,
    targets.unlinked_mentions,
    topics.unknown,
    topics.hierarchy,
    topics.names,
    weeks.calendar,
    weeks.listed_papers,
    weeks.articles,
    weeks.picks,
)


def check(base: KnowledgeBase) -> list[Problem]:
    """Return all problems of a knowledge base in a total order, each once."""
    found = list(base.bibliography.problems)
    for page in base.pages.values():
        found.extend(page.problems)
    for run in CHECKS:
        found.extend(run(base))
    return sorted(set(found), key=sort_key)
