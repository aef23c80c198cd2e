"""The entries of a section: where each one starts.

Headings start entries. Where a section has none, bold paragraphs do, then list items, the rows of
a table, the parts between rules, and at last the addresses themselves.
"""

from __future__ import annotations

from dataclasses import replace

from paperloom.importing.addresses import PAGE, PAPER, kind_of
from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, Block, lines_of
from paperloom.importing.entry import (
    REFERENCE,
    RawEntry,
    is_sentence,
)
from paperloom.importing.headless import Headless
from paperloom.importing.heads import first_line
from paperloom.importing.subheadings import places_of_parts
from paperloom.importing.words import PAPERS, label_of


def _is_in_italics(block: Block) -> bool:
    words = [span for span in block.spans if span.text.strip() and not span.image]
    return bool(words) and all(span.emphasis for span in words)


class Segmenter(Headless):
    """Cuts the blocks of one section into entries; what belongs to none is left in ``orphans``."""

    def run(self) -> list[RawEntry]:
        """Return the entries."""
        if any(block.kind == HEADING for block in self.blocks):
            self._by_headings()
        else:
            self._cut_chunk(self.blocks)
        self.entries.sort(key=lambda entry: entry.line)
        return self.entries

    def _by_headings(self) -> None:
        current: RawEntry | None = None
        stray: list[Block] = []
        interrupted = False
        parts = places_of_parts(self.blocks, self._has_address) if self.section == PAPERS else frozenset()
        for place, block in enumerate(self.blocks):
            if block.kind == HEADING:
                is_part = place in parts or (current and self._belongs_to(block, current, self.blocks[place - 1]))
                if current and current.heading and is_part:
                    current.blocks.append(replace(block, kind=PARAGRAPH, level=0))
                    continue
                self._settle(stray, current)
                stray, interrupted = [], False
                if self._is_group(place) and place + 1 not in parts:
                    self.orphans.append([block])
                    current = None
                    continue
                current = self._start(block)
            elif block.is_rule:
                interrupted = interrupted or bool(current and (current.has_words or current.blocks))
            elif self._bold_starts(place, current, interrupted=interrupted) or self._run_in_starts(place, current):
                self._settle(stray, current)
                stray, interrupted = [], False
                current = self._start_from(block)
            elif self._reference_starts(place, current):
                self._settle(stray, current)
                stray, interrupted = [], False
                heading = self._take_heading(current)
                current = RawEntry(self.section, heading, [block])
                self.entries.append(current)
            elif current is None or interrupted:
                stray.append(block)
            else:
                current.blocks.append(block)
        self._settle(stray, current)

    def _start(self, heading: Block) -> RawEntry:
        entry = RawEntry(self.section, heading)
        self.entries.append(entry)
        return entry

    def _settle(self, stray: list[Block], current: RawEntry | None) -> None:
        """Give blocks without a heading to entries of their own, or to nobody."""
        if not stray:
            return
        if self._has_address(stray):
            self._cut_chunk(stray)
        elif current is not None and not any(is_sentence(block.text) for block in current.blocks):
            current.blocks += stray
        else:
            self.orphans.append(list(stray))

    def _belongs_to(self, block: Block, entry: RawEntry, before: Block) -> bool:
        """Return whether a heading is a part of an entry: a label in it, or its title in italics right below it."""
        heading = entry.heading
        if heading is None:
            return False
        if block.level > heading.level and label_of(block.text) is not None:
            return True
        is_title = _is_in_italics(block) and not _is_in_italics(heading) and before is heading
        return self.section == PAPERS and is_title

    def _is_group(self, place: int) -> bool:
        """Return whether a heading has nothing below it but deeper headings."""
        following = next((block for block in self.blocks[place + 1 :] if not block.is_rule), None)
        return following is not None and following.kind == HEADING and following.level > self.blocks[place].level

    def _until_next(self, place: int) -> list[Block]:
        found = []
        for block in self.blocks[place + 1 :]:
            if block.kind == HEADING or block.is_rule or block.is_bold:
                break
            found.append(block)
        return found

    def _bold_starts(self, place: int, current: RawEntry | None, *, interrupted: bool) -> bool:
        """Return whether a bold paragraph among headings is the heading of an entry."""
        block = self.blocks[place]
        if not block.is_bold or block.depth or block.quoted or label_of(first_line(block)):
            return False
        if is_sentence(first_line(block)):
            return False
        own = [block, *self._until_next(place)]
        if len(own) == 1 and not self._has_address(own) and len(lines_of(block.spans)) == 1:
            return False
        if current is None or interrupted:
            return True
        if not any(is_sentence(each.text) or each.kind == CARD for each in current.blocks) and not (
            self._says_in_short(current) and self._has_address(own)
        ):
            return False  # the title of the entry that a heading has just begun
        last = self.blocks[place - 1]
        closed = last.is_picture or last.kind == CARD or len(last.text) < 30
        complete = self._has_address(current.blocks) or self._is_linked(current)
        named = len(own) > 1 and not first_line(block).endswith(("。", ".", "!", "！", ":", "："))
        return closed or self._has_address(own) or (complete and named)

    def _run_in_starts(self, place: int, current: RawEntry | None) -> bool:
        """Return whether ``**Name**: https://…`` among headings is the next entry: text follows, and it is no note."""
        block, below = self.blocks[place], self.blocks[place + 1 : place + 2]
        if current is None or not self._runs_in(block) or not below or not is_sentence(below[0].text):
            return False
        found = self._addresses(block)
        is_page = [kind_of(each.address.url) for each in found if each.role == REFERENCE] in ([PAGE], [PAPER])
        is_told = any(is_sentence(each.text) for each in current.blocks)
        complete = self._has_address(current.blocks) or self._is_linked(current)
        return is_page and is_told and complete and not self._same_address(current, block)

    def _says_in_short(self, entry: RawEntry) -> bool:
        """Return whether a paragraph without an address tells about an entry, be it in a few words."""
        return any(
            block.kind == PARAGRAPH
            and block.text.endswith(("。", ".", "!", "！"))
            and not block.is_bold
            and not _is_in_italics(block)
            and not self._addresses(block)
            for block in entry.blocks
        )

    def _is_linked(self, entry: RawEntry) -> bool:
        return entry.heading is not None and bool(self._addresses(entry.heading))

    def _reference_starts(self, place: int, current: RawEntry | None) -> bool:
        """Return whether a paper's reference among headings is one of an entry that lost its heading."""
        if current is None or self.section != "papers":
            return False
        block = self.blocks[place]
        found = [
            each for each in self._addresses(block) if each.role == REFERENCE and kind_of(each.address.url) == PAPER
        ]
        if not found or block.kind == CARD or not block.text.replace(found[0].address.url, "").strip():
            return False
        seen = [each for b in current.blocks for each in self._addresses(b) if kind_of(each.address.url) == PAPER]
        if current.heading:
            seen += [e for e in self._addresses(current.heading) if kind_of(e.address.url) == PAPER]
        told = any(is_sentence(b.text) for b in current.blocks)
        follows = any(is_sentence(b.text) for b in self._until_next(place)[:2])
        return bool(seen) and told and follows and found[0].address.url not in {e.address.url for e in seen}
