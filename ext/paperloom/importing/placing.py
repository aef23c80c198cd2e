"""Entries into the lists of an issue, each once, with what is doubtful about them."""

from __future__ import annotations

from dataclasses import replace

from paperloom.importing.addresses import PAPER, kind_of
from paperloom.importing.entry import (
    BESIDE,
    CARDED,
    HEAD,
    LABELLED,
    REFERENCE,
    START,
    Entry,
    RawEntry,
    candidates_of,
)
from paperloom.importing.fields import read_entry
from paperloom.importing.issue import CODES, Issue, NamedLink
from paperloom.importing.picks import match_pick
from paperloom.importing.regions import NO_SECTION, UNKNOWN
from paperloom.importing.words import ARTICLES, OTHER, PAPERS, USE_CASES
from paperloom.model.identifiers import identify

#: The list of an issue that holds the entries of a section.
LIST_OF = {PAPERS: "papers", ARTICLES: "articles", USE_CASES: "use_cases", OTHER: "other"}


class Placer:
    """Reads the entries of an issue and puts them into its lists."""

    def __init__(self, issue: Issue, base: str | None) -> None:
        self.issue = issue
        self.base = base

    def place_all(self, raws: list[RawEntry], featured: set[int]) -> None:
        """Read all entries into their lists; ``featured`` are the ids of those that are told among the picks."""
        own = frozenset(url for raw in raws if (url := self._surest(raw)))
        read = [(raw, self.understood(raw, own - {self._surest(raw) or ""})) for raw in raws]
        elsewhere = [entry for raw, entry in read if id(raw) not in featured]
        for raw, entry in read:
            if id(raw) not in featured or not self._is_told(entry, elsewhere):
                self._place(raw, entry)
            elif raw.has_words:
                self._left_out(entry)

    @staticmethod
    def _is_told(entry: Entry, elsewhere: list[Entry]) -> bool:
        """Return whether an entry of the picks stands in a section of its own, too."""
        if entry.url is None:
            return match_pick(NamedLink(entry.name, None), elsewhere) is not None
        wanted = identify(entry.url)
        return any(each.url and identify(each.url) == wanted for each in elsewhere)

    def _surest(self, raw: RawEntry) -> str | None:
        blocks = ([raw.heading] if raw.heading else []) + raw.blocks
        able = [each for place, block in enumerate(blocks) for each in candidates_of(block, place, self.base)]
        return next((each.address.url for each in able if each.role in (HEAD, REFERENCE, CARDED)), None)

    def is_paper(self, raw: RawEntry) -> bool:
        """Return whether an entry is about a paper: by its section, else by its address."""
        if raw.section == PAPERS:
            return True
        if raw.section in (ARTICLES, USE_CASES, OTHER):
            return False
        blocks = ([raw.heading] if raw.heading else []) + raw.blocks
        able = [each for place, block in enumerate(blocks) for each in candidates_of(block, place, self.base)]
        telling = [each for each in able if each.role in (HEAD, REFERENCE, CARDED, LABELLED, START) or each.block == 0]
        named = raw.heading is not None and read_entry(_heading_alone(raw), self.base, of_paper=True).arxiv is not None
        return named or any(kind_of(each.address.url) == PAPER for each in telling if each.role < BESIDE)

    def understood(self, raw: RawEntry, taken: frozenset[str]) -> Entry:
        """Return what an entry says; ``taken`` are the addresses of others."""
        return read_entry(raw, self.base, of_paper=self.is_paper(raw), taken=taken)

    def _place(self, raw: RawEntry, entry: Entry) -> None:
        issue = self.issue
        section = raw.section
        is_paper = self.is_paper(raw)
        if section not in LIST_OF:
            section = PAPERS if is_paper else OTHER if section == UNKNOWN else ARTICLES
        if raw.section == NO_SECTION:
            issue.report(entry.line, "no-section", f"'{entry.name}' stands in no section; it counts to {section}")
        if section == PAPERS and entry.url:
            wanted = identify(entry.url)
            if any(each.url and identify(each.url) == wanted for each in issue.papers):
                self._left_out(entry)
                return
        entry = replace(entry, section=section)
        getattr(issue, LIST_OF[section]).append(entry)
        self._doubts(raw, entry)

    def _left_out(self, entry: Entry) -> None:
        """Keep what is said about an entry a second time for the writer."""
        self.issue.review.append((entry.line, entry.end))
        self.issue.report(entry.line, "duplicate-entry", f"'{entry.name}' stands twice: {entry.url}")

    def _doubts(self, raw: RawEntry, entry: Entry) -> None:
        report = self.issue.report
        if raw.heading is None:
            report(entry.line, "no-heading", f"an entry has no heading; it is called '{entry.name}'")
        if entry.url is None and "address-in-text" not in entry.doubts:
            report(entry.line, "no-address", f"'{entry.name}' has no address")
        if entry.section == PAPERS and entry.title is None:
            report(entry.line, "no-title", f"'{entry.name}' has no title of the paper besides its heading")
        for doubt in entry.doubts:
            others = ", ".join(each.url for each in entry.links) or entry.url
            report(entry.line, doubt, f"'{entry.name}': {CODES[doubt]}: {others}")


def _heading_alone(raw: RawEntry) -> RawEntry:
    """Return the heading of an entry alone."""
    return RawEntry(raw.section, raw.heading, [])
