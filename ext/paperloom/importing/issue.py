"""The record of an issue, as ``paperloom import --json`` prints it, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paperloom.importing.entry import Entry
from paperloom.model.calendar import start_of_week

#: What each code of a problem means; documented in ``docs/contributing/importing-an-issue.md``.
CODES: dict[str, str] = {
    "address-in-text": "the only addresses stand inside running text and may belong to something else; none was taken",
    "cannot-read": "the file cannot be read, or is not UTF-8; nothing is taken from it",
    "duplicate-entry": "an entry stands twice; the second is left out of the papers",
    "id-contradicts": "the arXiv id beside a title is not that of the paper's address; the address is taken",
    "impossible-week": "the year has no week with this number",
    "link-in-card": "a link card holds another link; the card's own address is taken, the other one is kept beside it",
    "no-address": "an entry has no address",
    "no-entries": "the file names a week and has no entries: a stub",
    "no-heading": "an entry has no heading; its title or its first words stand in for it",
    "no-section": "an entry stands in no section; its address decides which one it goes to",
    "no-title": "a paper has no title besides the heading of its entry",
    "no-week": "nothing in the file says which week it is",
    "not-an-issue": "the file is a summary of a month or a year",
    "pick-unmatched": "a pick is none of the entries",
    "relative-address": "an address without a host, in an issue whose own address is not known",
    "repaired-address": "an address had blanks in it, which were taken out",
    "start-contradicts": "the day on which the issue starts is not the Sunday of its week; the Sunday is taken",
    "unknown-section": "the table of words does not know a section, or only a part of its name",
    "unplaced-text": "text that belongs to no entry",
    "week-contradicts": "two places of the issue name different weeks; the title's is taken",
}
#: Codes of problems because of which nothing is written for a file.
REFUSED = frozenset({"cannot-read", "impossible-week", "no-week"})
#: Codes that say that a file is no issue, which is no mistake.
NO_ISSUE = frozenset({"not-an-issue", "no-entries"})


@dataclass(frozen=True, slots=True, order=True)
class ImportProblem:
    """Something that was not understood, or only by guessing; ``line`` counts from 1."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A title with its address, None where there is none; a bare address has an empty title."""

    title: str
    url: str | None


@dataclass(slots=True)
class Issue:
    """One issue. Sections hold entries in their order; ``review`` are lines ``(first, last)`` without a place.

    ``introduction`` and ``footer`` are what the issue says before and below its entries.
    """

    name: str
    source: str | None = None
    title: str | None = None
    year: int | None = None
    number: int | None = None
    starts: date | None = None
    picks: list[NamedLink] = field(default_factory=list)
    papers: list[Entry] = field(default_factory=list)
    articles: list[Entry] = field(default_factory=list)
    use_cases: list[Entry] = field(default_factory=list)
    other: list[Entry] = field(default_factory=list)
    previous: str | None = None
    next: str | None = None
    roundups: list[NamedLink] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    review: list[tuple[int, int]] = field(default_factory=list)
    introduction: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def week(self) -> str | None:
        """The id of the week, such as ``2020-w44``."""
        return f"{self.year}-w{self.number:02}" if self.year and self.number and self.starts else None

    def set_week(self, year: int, number: int) -> None:
        """Take a week that somebody names, where the issue does not say it or says it wrong.

        :raises ValueError: if the year has no such week.
        """
        self.year, self.number, self.starts = year, number, start_of_week(year, number)
        about = ("no-week", "impossible-week", "week-contradicts", "start-contradicts")
        self.problems = [problem for problem in self.problems if problem.code not in about]

    @property
    def entries(self) -> list[Entry]:
        """All entries, papers first."""
        return [*self.papers, *self.articles, *self.use_cases, *self.other]

    def report(self, line: int, code: str, message: str) -> None:
        """Note a problem once."""
        problem = ImportProblem(line, code, message)
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the problems."""
        return frozenset(problem.code for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``import --json`` prints."""

        def links(found: list[NamedLink]) -> list[dict[str, Any]]:
            return [{"title": each.title or None, "url": each.url} for each in found]

        def articles(found: list[Entry]) -> list[dict[str, Any]]:
            return [{"heading": each.heading, "url": each.url, "site": each.site} for each in found]

        return {
            "source": self.source,
            "week": self.week,
            "starts": self.starts.isoformat() if self.starts else None,
            "title": self.title,
            "picks": links(self.picks),
            "papers": [
                {"heading": each.heading, "title": each.title, "url": each.url, "arxiv": each.arxiv}
                for each in self.papers
            ],
            "articles": articles(self.articles),
            "use_cases": articles(self.use_cases),
            "other": articles(self.other),
            "previous": self.previous,
            "next": self.next,
            "roundups": links(self.roundups),
            "problems": [
                {"line": each.line, "code": each.code, "message": each.message} for each in sorted(self.problems)
            ],
        }
