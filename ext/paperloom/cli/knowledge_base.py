"""A knowledge base read from its files, without Sphinx."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from paperloom.cli.source_files import (
    find_bibliographies,
    find_documents,
    settings_of,
    shown,
    source_directory,
)
from paperloom.model.layout import kind_of_document
from paperloom.model.records import Reference
from paperloom.sources.bibliography import Bibliography, parse_bibliography
from paperloom.sources.pages import Page, read_page
from paperloom.sources.text import read_text

__all__ = ["KnowledgeBase", "kind_of", "load", "source_directory"]


def kind_of(page: Page) -> str | None:
    """Return the kind that a page's front matter states; the kind of its folder where that is missing or broken."""
    return kind_of_document(page.docname, page.front.kind)


@dataclass
class KnowledgeBase:
    """The pages and the bibliography below a root folder.

    ``source`` is the directory with Sphinx's configuration: ``root/docs`` or ``root`` itself.
    ``unread`` names the documents in other markups, which are not read here.
    """

    root: Path
    source: Path
    pages: dict[str, Page] = field(default_factory=dict)
    bibliography: Bibliography = field(default_factory=Bibliography)
    bibliography_files: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()

    def of_kind(self, kind: str) -> list[Page]:
        """Return the pages of a kind (``paper``, ``week``, ``topic``, ``archive``), by document name."""
        return [page for page in self.pages.values() if kind_of(page) == kind]

    @cached_property
    def papers(self) -> dict[str, Page]:
        """Paper pages by citation key (the file's name)."""
        return {page.name: page for page in self.of_kind("paper")}

    @cached_property
    def topics(self) -> dict[str, Page]:
        """Topic pages by slug (the file's name)."""
        return {page.name: page for page in self.of_kind("topic")}

    @cached_property
    def weeks(self) -> dict[str, Page]:
        """Week pages by id (the file's name)."""
        return {page.name: page for page in self.of_kind("week")}

    @property
    def references(self) -> dict[str, Reference]:
        """The bibliography by citation key."""
        return self.bibliography.references

    @cached_property
    def papers_of_weeks(self) -> dict[str, list[tuple[str, int]]]:
        """The (citation key, line) pairs that each week lists, by week id."""
        return {
            week_id: [
                (text.strip(), line)
                for directive in page.directives
                if directive.name == "papers"
                for text, line in directive.content
                if text.strip()
            ]
            for week_id, page in self.weeks.items()
        }

    @cached_property
    def featured(self) -> frozenset[str]:
        """Citation keys that some week lists."""
        return frozenset(key for listed in self.papers_of_weeks.values() for key, _line in listed)


def load(root: Path, source: Path) -> KnowledgeBase:
    """Read everything below ``source``; paths in problems are relative to ``root``."""
    settings = settings_of(source / "conf.py")
    base = KnowledgeBase(root, source)
    files, base.unread = find_documents(source, settings)
    for file in files:
        path = Path(file.path)
        docname = file.name.removesuffix(".md")
        base.pages[docname] = read_page(path, shown(path, root), docname)
    paths, problems = find_bibliographies(source, root, settings)
    base.bibliography.problems.extend(problems)
    base.bibliography_files = tuple(shown(path, root) for path in paths)
    for path in paths:
        text, problems = read_text(path, shown(path, root))
        base.bibliography.problems.extend(problems)
        parse_bibliography(text, shown(path, root), into=base.bibliography)
    return base
