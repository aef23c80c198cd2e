"""What is read from pages and entries for the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from posixpath import dirname, join, normpath

from paperloom.cli.checks.facts import EntryFacts, PageFacts, PlainProblem, plain
from paperloom.model.identifiers import normalize_title
from paperloom.model.layout import kind_of_document
from paperloom.model.problems import Problem
from paperloom.model.records import Reference
from paperloom.sources.bibliography import lacking_fields
from paperloom.sources.citation_keys import KEY, to_ascii
from paperloom.sources.pages import Page
from paperloom.sources.topics import uses_of_topics
from paperloom.weave.facts import identifiers_of

PageCheck = Callable[[Page], Iterable[Problem]]


def facts_of_page(page: Page, checks: Iterable[PageCheck], checks_if_featured: Iterable[PageCheck]) -> PageFacts:
    """Return what all other pages need to know of ``page``, and what the checks find in it alone."""
    front = page.front
    return PageFacts(
        path=page.path,
        docname=page.docname,
        stated_kind=front.kind,
        kind=kind_of_document(page.docname, front.kind),
        title=page.title.text if page.title else None,
        title_line=page.title.line if page.title else 1,
        title_key=normalize_title(page.title.text) if page.title else "",
        is_orphan="orphan" in front.keys_of_others,
        is_draft=page.is_draft,
        aliases=tuple((alias, front.line("aliases", index)) for index, alias in enumerate(front.strings("aliases"))),
        topics=tuple(uses_of_topics(page)),
        parent=front.string("parent"),
        parent_line=front.line("parent"),
        relations=_relations(page),
        roles=tuple((role.name, role.target, role.line) for role in page.roles),
        former=tuple((name, front.line_of_former(index)) for index, name in enumerate(front.former)),
        papers=tuple(
            (text.strip(), line)
            for directive in page.directives
            if directive.name == "papers"
            for text, line in directive.content
            if text.strip()
        ),
        articles=tuple(
            directive.options["id"][0]
            for directive in page.directives
            if directive.name == "article" and "id" in directive.options
        ),
        picks=tuple((pick, front.line("picks", index)) for index, pick in enumerate(front.strings("picks"))),
        toctree=_toctree(page),
        figures=tuple(
            (directive.argument, _path_of_figure(page, directive.argument), directive.line)
            for directive in page.directives
            if directive.name == "paper-figure"
        ),
        revised_on=_revised_on(page),
        problems=_problems(page, checks, page.problems),
        problems_if_featured=_problems(page, checks_if_featured),
    )


def _problems(page: Page, checks: Iterable[PageCheck], found: Iterable[Problem] = ()) -> tuple[PlainProblem, ...]:
    return tuple(map(plain, [*found, *(problem for run in checks for problem in run(page))]))


def _relations(page: Page) -> tuple[tuple[str, str, int], ...]:
    written = page.front.fields.get("relations")
    return tuple(
        (kind, target, page.front.line("relations", kind, index))
        for kind, targets in (written.items() if isinstance(written, dict) else ())
        for index, target in enumerate(targets if isinstance(targets, list) else ())
        if isinstance(target, str)
    )


def _revised_on(page: Page) -> tuple[str, int] | None:
    revised = page.front.fields.get("revised")
    on = revised.get("on") if isinstance(revised, dict) else None
    return (on, page.front.line("revised", "on")) if isinstance(on, str) else None


def _path_of_figure(page: Page, argument: str) -> str:
    """Return the path of a figure below the source directory, as Sphinx finds it."""
    return normpath(join("/", dirname(page.docname), argument)).lstrip("/")


def _toctree(page: Page) -> tuple[tuple[str, int, str], ...]:
    found: list[tuple[str, int, str]] = []
    for directive in page.directives:
        if directive.name == "papers":
            found.extend((text.strip(), line, "paper") for text, line in directive.content)
        elif directive.name == "toctree":
            for text, line in directive.content:
                entry = text.strip()
                if not entry or "://" in entry or entry == "self":
                    continue
                entry = entry.rpartition("<")[2].removesuffix(">") if entry.endswith(">") else entry
                place = entry.lstrip("/") if entry.startswith("/") else join(dirname(page.docname), entry)
                name = normpath(place).removesuffix(".md")
                if "glob" in directive.options and any(character in name for character in "*?["):
                    found.append((name, line, "glob"))
                elif name not in ("genindex", "search", "modindex"):
                    found.append((name, line, "document"))
    return tuple(found)


def facts_of_entry(reference: Reference) -> EntryFacts:
    """Return what the checks need to know of an entry."""
    title_key = normalize_title(reference.title)
    identifiers = {(identifier.kind, identifier.value) for identifier in identifiers_of(None, reference)}
    if title_key:
        identifiers.add(("title", title_key))
    first = reference.authors[0] if reference.authors else None
    # A key is for good: the publication may name the authors in another order than the preprint did.
    starts_right = first is None or any(
        reference.key.startswith((to_ascii(author.family), to_ascii(author.particle + author.family)))
        for author in reference.authors
        if author is first or to_ascii(author.family)
    )
    return EntryFacts(
        key=reference.key,
        path=reference.path,
        line=reference.line,
        title=reference.title,
        title_key=title_key,
        family=first.family if first else None,
        year=reference.year,
        identifiers=tuple(sorted(identifiers)),
        is_well_named=KEY.fullmatch(reference.key) is not None and starts_right,
        lacking=lacking_fields(reference),
    )
