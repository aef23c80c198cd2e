"""What ``paperloom check`` looks for; every check yields problems and none depends on another.

There are two sorts. A check in :data:`PAGE_CHECKS` looks at one page, and what it finds depends on
that page's text and place alone, so that it is found once and kept until the page changes. A check
in :data:`CHECKS` looks at the facts of all pages and entries, and runs every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from paperloom.cli.checks import addresses, bibliography, drafts, figures, papers, structure, targets, topics, weeks
from paperloom.cli.checks.facts import restore
from paperloom.cli.checks.overview import Overview
from paperloom.model.problems import Problem, sort_key

if TYPE_CHECKING:
    from paperloom.cli.knowledge_base import KnowledgeBase
    from paperloom.sources.pages import Page

PAGE_CHECKS: tuple[Callable[[Page], Iterable[Problem]], ...] = (
    papers.tldr,
    papers.markup,
    figures.options,
    drafts.page,
    drafts.comments,
    structure.kinds_and_folders,
    structure.titles,
    structure.archive,
    weeks.calendar,
    weeks.directives_of_weeks,
    weeks.articles,
    weeks.picks,
)

#: Checks of a page that count only where an issue features the paper.
PAGE_CHECKS_IF_FEATURED: tuple[Callable[[Page], Iterable[Problem]], ...] = (papers.sections,)

CHECKS: tuple[Callable[[Overview], Iterable[Problem]], ...] = (
    addresses.former_names,
    addresses.published,
    bibliography.entries_and_pages,
    bibliography.order_of_entries,
    bibliography.one_paper_twice,
    bibliography.keys,
    drafts.entries,
    figures.pictures,
    figures.drawings,
    papers.names_and_titles,
    papers.sections_of_featured,
    papers.aliases,
    papers.relations,
    papers.revisions,
    structure.toctrees,
    targets.roles,
    targets.unlinked_mentions,
    topics.unknown,
    topics.hierarchy,
    topics.names,
    weeks.listed_papers,
)


def find_problems(base: Overview) -> list[Problem]:
    """Return all problems of a knowledge base in a total order, each once."""
    found = list(base.problems)
    for page in base.pages.values():
        found.extend(restore(problem, page.path) for problem in page.problems)
    for run in CHECKS:
        found.extend(run(base))
    return sorted(set(found), key=sort_key)


def check(base: KnowledgeBase) -> list[Problem]:
    """Return all problems of a knowledge base that has been read, in a total order, each once."""
    from paperloom.cli.checks import reading, unlinked  # noqa: PLC0415  # not needed for what was kept

    overview = Overview(base.root, base.source, {}, base.bibliography_files, unread=base.unread)
    for docname, page in base.pages.items():
        overview.pages[docname] = reading.facts_of_page(page, PAGE_CHECKS, PAGE_CHECKS_IF_FEATURED)
    overview.entries = {key: reading.facts_of_entry(reference) for key, reference in base.references.items()}
    overview.unreadable = base.bibliography.unreadable
    overview.problems = base.bibliography.problems
    names = unlinked.index_of(unlinked.names_of(overview.papers))
    for docname, page in base.pages.items():
        text = unlinked.plain_text(page)
        overview.unlinked[docname] = unlinked.find_unlinked(overview.pages[docname], text, names)
    return find_problems(overview)
