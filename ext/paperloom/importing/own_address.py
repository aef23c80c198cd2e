"""Which of the addresses in an entry is its own."""

from __future__ import annotations

import re

from paperloom.importing.addresses import CODE, DOCUMENT, PAGE, PAPER, kind_of
from paperloom.importing.blocks import CARD
from paperloom.importing.entry import (
    BESIDE,
    CARDED,
    END,
    HEAD,
    LABELLED,
    REFERENCE,
    RUNNING,
    SITE,
    START,
    Candidate,
    RawEntry,
    candidates_of,
    is_sentence,
)
from paperloom.importing.pieces import pieces_of
from paperloom.importing.title_words import last_words, place_of, words
from paperloom.model.identifiers import identify


class OwnAddress:
    """Finds the address that is an entry's own among those that stand in it."""

    def __init__(self, raw: RawEntry, base: str | None, *, of_paper: bool, taken: frozenset[str]) -> None:
        self.raw = raw
        self.base = base
        self.of_paper = of_paper
        self.taken = taken
        self.doubts: list[str] = []
        self.candidates: list[Candidate] = []
        if raw.heading:
            for candidate in candidates_of(raw.heading, -1, base):
                role = candidate.role if candidate.role >= BESIDE else HEAD
                self.candidates.append(Candidate(candidate.address, role, -1))
        for place, block in enumerate(raw.blocks):
            self.candidates += candidates_of(block, place, base)

    def main(self) -> Candidate | None:
        """Return the entry's own address."""
        able = [each for each in self.candidates if each.role < RUNNING and not self._belongs_elsewhere(each)]
        if self.of_paper:
            able = [each for each in able if each.role != START or self._starts_entry(each)]
            # What says that it is a paper comes before what stands in front; pages, code and talks follow.
            able.sort(key=lambda each: (_paper_rank(each), each.role > END))
        else:
            able += [each for each in self.candidates if each.role == SITE and not self._belongs_elsewhere(each)]
            able.sort(key=self._article_rank)
        if able:
            return able[0]
        return self._last_resort()

    def _article_rank(self, candidate: Candidate) -> tuple[bool, int]:
        """Return how well an address fits an article: its page comes before a paper that is labelled beside it."""
        labelled = (LABELLED, SITE)
        pages = [each for each in self.candidates if each.role in labelled and kind_of(each.address.url) == PAGE]
        is_paper = candidate.role in labelled and kind_of(candidate.address.url) == PAPER
        return bool(pages) and is_paper, LABELLED if candidate.role == SITE else candidate.role

    @staticmethod
    def is_paper_page(candidate: Candidate) -> bool:
        """Return whether an address is a paper's own page: a publisher's, a document, or where its title leads."""
        return kind_of(candidate.address.url) in (PAPER, DOCUMENT) or candidate.role in (HEAD, LABELLED)

    def repeated(self, main: Candidate | None) -> Candidate | None:
        """Return where the body gives the address that heading or picture lead to, which is where its title stands."""
        if main is None or (main.block >= 0 and not self._is_silent(main)):
            return main
        wanted = identify(main.address.url)
        below = [each for each in self.candidates if each.block >= 0 and each.role in (REFERENCE, CARDED, LABELLED)]
        below = [each for each in below if not self._is_silent(each)]
        return next((each for each in below if identify(each.address.url) == wanted), main)

    def _is_silent(self, candidate: Candidate) -> bool:
        """Return whether an address stands beside no words: a picture leads to it, or nothing that is seen."""
        block = self.raw.blocks[candidate.block]
        return block.kind != CARD and not block.text

    def _belongs_elsewhere(self, candidate: Candidate) -> bool:
        return candidate.role not in (HEAD, REFERENCE) and candidate.address.url in self.taken

    def _starts_entry(self, candidate: Candidate) -> bool:
        return candidate.block in (-1, 0) and kind_of(candidate.address.url) in (PAPER, 1)

    def _last_resort(self) -> Candidate | None:
        """Return the only other address of an entry that is no paper: what it is about, most likely."""
        rest = [each for each in self.candidates if not self._belongs_elsewhere(each)]
        beside = [each for each in rest if each.role >= BESIDE]
        running = [each for each in rest if each.role == RUNNING]
        if self.of_paper:
            named = [each for each in running if kind_of(each.address.url) == PAPER]
            if len(named) == 1 and self._follows_title(named[0]):
                return named[0]
            if named:
                self.doubts.append("address-in-text")
            return None
        urls = dict.fromkeys(each.address.url for each in running)
        if len(urls) == 1:
            return running[0]
        if not urls and beside:
            return beside[0]
        if urls:
            self.doubts.append("address-in-text")
        return None

    def _follows_title(self, candidate: Candidate) -> bool:
        """Return whether an address, shown as such, stands behind a title in the first words of the entry.

        The text follows on the same line then: a line break was lost.
        """
        first_text = next((n for n, b in enumerate(self.raw.blocks) if b.text and b.kind != CARD), None)
        if candidate.block != first_text or candidate.address.label:
            return False
        lines = pieces_of(self.raw.blocks[first_text].spans, self.base)
        number, at = place_of(lines, candidate.address)
        before = words([*lines[:number], lines[number][:at]])
        in_brackets = last_words(lines, number, at).rstrip().endswith(("(", "（", "[", "【"))
        return bool(re.search(r"\w", before)) and not is_sentence(before) and not in_brackets


def _paper_rank(candidate: Candidate) -> int:
    """Return how well an address fits a paper: pages of projects come behind what was given as the reference."""
    kind = kind_of(candidate.address.url)
    if candidate.role >= BESIDE and kind != PAPER:
        return 9
    if kind >= CODE:
        return 6 + kind
    if kind == PAGE:
        return 3 if candidate.role in (HEAD, REFERENCE, LABELLED) else 4
    return kind
