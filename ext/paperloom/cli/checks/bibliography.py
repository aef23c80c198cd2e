"""Checks of the bibliography against itself and against the pages."""

from __future__ import annotations

from collections.abc import Iterator

from paperloom.cli.checks.facts import EntryFacts
from paperloom.cli.checks.overview import Overview
from paperloom.model.layout import paper_docname
from paperloom.model.problems import Problem, Severity, Subtype
from paperloom.sources.citation_keys import make_citation_key


def entries_and_pages(base: Overview) -> Iterator[Problem]:
    """An entry without a page, a page without an entry, a page whose name is not its key."""
    by_title = {entry.title_key: entry for entry in base.entries.values() if entry.title_key}
    misnamed: set[str] = set()
    for key, page in base.papers.items():
        if key in base.entries or key in base.unreadable:
            continue
        meant = by_title.get(page.title_key)
        if meant is not None and meant.key not in base.papers:
            misnamed.add(meant.key)
            message = f"the file's name '{key}' is not the citation key of its entry"
            yield Problem(page.path, 1, message, f"rename the file to {meant.key}.md", Subtype.FILE_NAME)
        else:
            where = base.bibliography_files[0] if base.bibliography_files else "references.bib"
            message = f"the paper '{key}' has no entry in the bibliography"
            yield Problem(page.path, 1, message, f"add '@…{{{key},' to {where}", Subtype.MISSING_ENTRY)
    for key, entry in base.entries.items():
        if key not in base.papers and key not in misnamed:
            path = (base.source / f"{paper_docname(key)}.md").relative_to(base.root).as_posix()
            message = f"the entry '{key}' has no page"
            yield Problem(entry.path, entry.line, message, f"add {path}", Subtype.MISSING_PAGE)


def order_of_entries(base: Overview) -> Iterator[Problem]:
    """Entries that are not sorted by key."""
    before: EntryFacts | None = None
    for entry in base.entries.values():
        if before is not None and before.path == entry.path and before.key > entry.key:
            message = f"the entry '{entry.key}' stands after '{before.key}'"
            remedy = "sort the entries by key"
            yield Problem(entry.path, entry.line, message, remedy, Subtype.BIBTEX_FORMAT, Severity.WARNING)
        before = entry


def one_paper_twice(base: Overview) -> Iterator[Problem]:
    """Two entries or pages with the same arXiv id, DOI, OpenReview id or title."""
    owners: dict[tuple[str, str], EntryFacts] = {}
    for key in sorted(base.entries):
        entry = base.entries[key]
        earlier = [(identifier, owners[identifier]) for identifier in entry.identifiers if identifier in owners]
        if earlier:
            (kind, value), other = earlier[0]
            same = "title" if kind == "title" else f"{kind}:{value}"
            message = f"'{key}' and '{other.key}' are one paper: they have the same {same}"
            remedy = f"keep one entry and one page (the other is at {other.path}:{other.line})"
            yield Problem(entry.path, entry.line, message, remedy, Subtype.DUPLICATE_PAPER)
        for identifier in entry.identifiers:
            owners.setdefault(identifier, entry)
    yield from _pages_with_one_title(base)


def _pages_with_one_title(base: Overview) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for page in base.papers.values():
        if not page.title_key:
            continue
        first = seen.setdefault(page.title_key, page.path)
        if first != page.path:
            message = f"this page has the title of {first}"
            remedy = "a paper has one page; merge them"
            yield Problem(page.path, page.title_line, message, remedy, Subtype.DUPLICATE_PAPER)


def _better_key(base: Overview, entry: EntryFacts) -> str:
    """Return the key that the rule gives; its year is that of publication, as the first version is not known."""
    example = "xue2020mt5"
    if entry.family is None:
        return example
    try:
        return make_citation_key(entry.family, entry.year or 2020, entry.title, base.entries.keys())
    except ValueError:  # no free word in the title
        return example


def keys(base: Overview) -> Iterator[Problem]:
    """Citation keys that are not family name, year and title word: a warning as long as the page is a draft."""
    for key, entry in base.entries.items():
        if entry.is_well_named:
            continue
        message = f"'{key}' is not made of the first author's family name, a year and a word of the title"
        page = base.papers.get(key)
        name = _better_key(base, entry)
        remedy = f"run 'paperloom rename {key} {name}'" if page else f"name entry and page like '{name}'"
        severity = Severity.WARNING if page is not None and page.is_draft else Severity.ERROR
        yield Problem(entry.path, entry.line, message, remedy, Subtype.FILE_NAME, severity)
