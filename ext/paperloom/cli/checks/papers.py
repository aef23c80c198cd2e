"""Checks of paper pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperloom.cli.checks.facts import restore
from paperloom.cli.checks.overview import Overview
from paperloom.model.calendar import parse_week_id, start_of_week
from paperloom.model.layout import kind_of_document
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.days import parse_day
from paperloom.sources.suggestions import did_you_mean

if TYPE_CHECKING:
    from paperloom.sources.pages import Page

#: The sections of a featured paper's page, in this order.
SECTIONS = ("Why it matters", "How it works", "Results", "Limits")
#: The most characters of a TL;DR.
MOST_TLDR = 280


def names_and_titles(base: Overview) -> Iterator[Problem]:
    """A title that disagrees with the entry."""
    for key, page in base.papers.items():
        entry = base.entries.get(key)
        if entry is not None and page.title is not None and page.title_key != entry.title_key:
            message = f"the title is '{page.title}', the entry's is '{entry.title}'"
            remedy = f"correct one of them (the entry is at {entry.path}:{entry.line})"
            yield Problem(page.path, page.title_line, message, remedy, Subtype.TITLE)


def sections(page: Page) -> Iterator[Problem]:
    """A section that is missing, empty or out of order."""
    if not _is_paper(page) or page.is_empty or page.is_draft:
        return
    found = {heading.text: heading.line for heading in page.headings if heading.level == 2}
    for section in SECTIONS:
        if section not in found:
            remedy = f"add '## {section}'"
            near = did_you_mean(section, found.keys() - set(SECTIONS), "")
            near = near.removeprefix("did you mean ").removesuffix("?")
            remedy = f"{remedy} (is {near} meant for it?)" if near else remedy
            yield Problem(page.path, 1, f"the section '{section}' is missing", remedy, Subtype.SECTION)
        elif section not in page.filled_sections:
            message = f"the section '{section}' is empty"
            yield Problem(page.path, found[section], message, "write it", Subtype.SECTION)
    present = [section for section in SECTIONS if section in found]
    if [found[section] for section in present] != sorted(found[section] for section in present):
        remedy = "order: " + ", ".join(SECTIONS)
        yield Problem(page.path, found[present[0]], "the sections are out of order", remedy, Subtype.SECTION)


def sections_of_featured(base: Overview) -> Iterator[Problem]:
    """What is wrong with the sections of the papers that an issue features."""
    for key, page in base.papers.items():
        if page.problems_if_featured and key in base.featured:
            for problem in page.problems_if_featured:
                yield restore(problem, page.path)


def tldr(page: Page) -> Iterator[Problem]:
    """A TL;DR that is too long for a card."""
    text = " ".join((page.front.string("tldr") or "").split())
    if len(text) > MOST_TLDR and _is_paper(page):
        message = f"the TL;DR has {len(text)} characters"
        remedy = f"say it in {MOST_TLDR} or fewer"
        yield Problem(page.path, page.front.line("tldr"), message, remedy, Subtype.TLDR)


def markup(page: Page) -> Iterator[Problem]:
    """Raw HTML and embedded reStructuredText: they break other outputs and slow every build."""
    if not _is_paper(page):
        return
    for line in page.html:
        yield Problem(page.path, line, "raw HTML on a paper page", "write Markdown", Subtype.MARKUP)
    for directive in page.directives:
        if directive.name in ("eval-rst", "raw"):
            message = f"the directive '{directive.name}' on a paper page"
            yield Problem(page.path, directive.line, message, "write Markdown", Subtype.MARKUP)


def _is_paper(page: Page) -> bool:
    return kind_of_document(page.docname, page.front.kind) == "paper"


def aliases(base: Overview) -> Iterator[Problem]:
    """An alias that two papers claim, or that cannot be matched."""
    owners: dict[str, str] = {}
    for key, page in base.papers.items():
        for alias, line in page.aliases:
            name = alias.strip()
            if len(name) < 2 or not any(character.isalnum() for character in name):
                message = f"the alias '{alias}' is too short to be found in text"
                yield Problem(page.path, line, message, "remove it", Subtype.ALIAS_DEAD)
            elif owners.setdefault(name, key) != key:
                other = base.papers[owners[name]].path
                message = f"the alias '{name}' is claimed by '{owners[name]}' too"
                remedy = f"keep it on one of the pages (the other is {other})"
                yield Problem(page.path, line, message, remedy, Subtype.ALIAS_CONFLICT)


def relations(base: Overview) -> Iterator[Problem]:
    """A relation to a paper without a page, or to the paper itself."""
    for key, page in base.papers.items():
        for kind, target, line in page.relations:
            if target == key:
                message = f"the paper is related to itself ('{kind}')"
                yield Problem(page.path, line, message, "remove it", Subtype.UNKNOWN_PAPER)
            elif target not in base.papers:
                remedy = did_you_mean(target, base.papers, f"add papers/{target}.md")
                message = f"'{kind}' names the unknown paper '{target}'"
                yield Problem(page.path, line, message, remedy, Subtype.UNKNOWN_PAPER)


def revisions(base: Overview) -> Iterator[Problem]:
    """A revision of a summary before the first issue that features its paper."""
    first: dict[str, str] = {}
    for week_id in sorted(week_id for week_id in base.weeks if parse_week_id(week_id)):
        for key, _line in base.weeks[week_id].papers:
            first.setdefault(key, week_id)
    for key, page in base.papers.items():
        number = parse_week_id(first.get(key, ""))
        if page.revised_on is None or number is None:
            continue
        day, starts = parse_day(page.revised_on[0]), start_of_week(*number)
        if day is not None and day < starts:
            message = f"the summary was revised on {day}, before its issue {first[key]}, which starts on {starts}"
            remedy = "write the day of the change, or remove 'revised'"
            yield Problem(page.path, page.revised_on[1], message, remedy, Subtype.FRONT_MATTER)
