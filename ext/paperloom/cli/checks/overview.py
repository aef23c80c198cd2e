"""All pages and the bibliography, as the checks of the whole knowledge base see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from paperloom.cli.checks.facts import EntryFacts, PageFacts, UnlinkedMention
from paperloom.model.problems import Problem


@dataclass
class Overview:
    """The facts of ``pages``, by document name, and of ``entries``, by citation key.

    ``problems`` are those of the bibliography by itself, ``unreadable`` the keys of entries that
    cannot be parsed, and ``unlinked`` the papers named without a link, by document name. ``unread`` names the
    documents in other markups, which are not read here.
    """

    root: Path
    source: Path
    pages: dict[str, PageFacts]
    bibliography_files: tuple[str, ...] = ()
    entries: dict[str, EntryFacts] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    unlinked: dict[str, tuple[UnlinkedMention, ...]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    @cached_property
    def papers(self) -> dict[str, PageFacts]:
        """Paper pages by citation key (the file's name)."""
        return self._of_kind("paper")

    @cached_property
    def topics(self) -> dict[str, PageFacts]:
        """Topic pages by slug (the file's name)."""
        return self._of_kind("topic")

    @cached_property
    def weeks(self) -> dict[str, PageFacts]:
        """Week pages by id (the file's name)."""
        return self._of_kind("week")

    def _of_kind(self, kind: str) -> dict[str, PageFacts]:
        return {page.name: page for page in self.pages.values() if page.kind == kind}

    @cached_property
    def featured(self) -> frozenset[str]:
        """Citation keys that some week lists."""
        return frozenset(key for week in self.weeks.values() for key, _line in week.papers)
