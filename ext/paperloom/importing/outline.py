"""What a document as a whole says about its sections: contents, levels of headings, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, Block
from paperloom.importing.words import (
    CONTENTS,
    ENTRY_SECTIONS,
    FOOTER,
    MIXED,
    leading_number,
    section_of,
    strip_number,
)


class Outline:
    """What the document as a whole says about its sections."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        named = {_name(block.text) for block in blocks if block.kind == HEADING}
        runs = [run for run in _item_runs(blocks) if _is_contents(blocks, run, named)]
        self.contents = {place for run in runs for place in run}
        self.listed = {_name(blocks[place].text) for place in self.contents}
        #: What the contents name below a section: parts of that one, which are no sections themselves.
        self.parts = {_name(part.text) for run in runs for part in _parts_of_sections([blocks[n] for n in run])}
        headings = [block for block in blocks if block.kind == HEADING]
        known = [block for block in headings if section_of(block.text) in ENTRY_SECTIONS]
        others = [block for block in headings if not section_of(block.text)]
        self.levels = {block.level for block in known}
        shared = [level for level, count in Counter(block.level for block in known).items() if count > 1]
        self.main_level = min(shared, default=0)
        self.sure = [
            place
            for place, block in enumerate(blocks)
            if block.kind in (HEADING, PARAGRAPH)
            and place not in self.contents
            and len(block.text) <= 60
            and self._is_sure(block)
            and section_of(block.text) in (*ENTRY_SECTIONS, MIXED)
        ]
        plain_names = [block.text for block in blocks if is_plain_name(block)]
        #: Whether sections are named by paragraphs alone: no heading names one, and different paragraphs do.
        self.has_plain_names = not known and len({section_of(name) for name in plain_names}) > 1
        #: Whether entries of the known sections are list items or bold lines: then headings beside theirs are sections.
        self.holds_lists = bool(known) and all(
            self._begins_list(place) for place, block in enumerate(blocks) if any(block is each for each in known)
        )
        numbered = [block for block in others if leading_number(block.text) is not None]
        self.numbers_sections = any(leading_number(block.text) is not None for block in known) and len(
            numbered
        ) * 3 < len(others)
        self.entries_are_deeper = bool(known) and sum(b.level <= max(self.levels) for b in others) * 3 <= len(others)

    def neighbour(self, place: int, step: int) -> Block | None:
        """Return the block before or behind a place."""
        at = place + step
        return self.blocks[at] if 0 <= at < len(self.blocks) else None

    def has_rule_beside(self, place: int) -> bool:
        """Whether a rule stands right above or below a place."""
        return any(
            block is not None and block.is_rule for block in (self.neighbour(place, -1), self.neighbour(place, 1))
        )

    def _begins_list(self, place: int) -> bool:
        """Whether the next thing below a heading is a list item or a bold line."""
        below = next((block for block in self.blocks[place + 1 :] if not block.is_rule), None)
        return below is not None and (below.starts_item or below.is_bold)

    def is_followed_by_deeper(self, place: int) -> bool:
        """Whether the next thing below a heading is a deeper heading."""
        at = place + 1
        while at < len(self.blocks) and self.blocks[at].is_rule:
            at += 1
        below = self.blocks[at] if at < len(self.blocks) else None
        return below is not None and below.kind == HEADING and below.level > self.blocks[place].level

    def is_entry_called_so(self, place: int, kind: str) -> bool:
        """Whether a heading with the name of a section is that of an entry: ``News`` among numbered sections.

        It is neither numbered nor listed in the contents, as the sections are, or it is deeper than
        they are; and what is told stands right below it, not another entry.
        """
        block = self.blocks[place]
        if kind not in (*ENTRY_SECTIONS, MIXED, CONTENTS, FOOTER) or self._is_sure(block):
            return False
        below = self.neighbour(place, 1)
        if below is None or below.kind not in (PARAGRAPH, CARD) or below.is_bold or below.depth:
            return False
        if len(self.sure) > 1:
            return self.sure[0] < place and (kind != FOOTER or place < self.sure[-1])
        return block.kind == HEADING and kind != FOOTER and bool(self.main_level) and block.level > self.main_level

    def _is_sure(self, block: Block) -> bool:
        return leading_number(block.text) is not None or _name(block.text) in self.listed

    def unknown_section(self, place: int) -> bool:
        """Whether a heading that the table of words does not know is one of a section all the same."""
        block = self.blocks[place]
        if _name(block.text) in self.listed:
            return _name(block.text) not in self.parts
        if self.numbers_sections and leading_number(block.text) is not None and self.has_rule_beside(place):
            return True
        if self.holds_lists and block.level in self.levels and self._begins_list(place):
            return True
        return self.entries_are_deeper and block.level in self.levels and self.is_followed_by_deeper(place)


def is_plain_name(block: Block) -> bool:
    """Return whether a paragraph is nothing but the name of a section."""
    is_line = block.kind == PARAGRAPH and not block.depth and not block.quoted and len(block.text) <= 40
    return is_line and not block.is_bold and section_of(block.text) in ENTRY_SECTIONS and not leads_out(block)


def _name(text: str) -> str:
    return "".join(character for character in strip_number(text) if character.isalnum())


def _item_runs(blocks: list[Block]) -> list[list[int]]:
    runs: list[list[int]] = []
    open_run = False
    for place, block in enumerate(blocks):
        if block.depth and block.kind == PARAGRAPH:
            if not open_run:
                runs.append([])
            runs[-1].append(place)
            open_run = True
        else:
            open_run = False
    return runs


def _is_contents(blocks: list[Block], run: list[int], headings: set[str]) -> bool:
    """Return whether list items are the names of sections: known ones, or headings to which they lead in the page."""
    items = [blocks[place] for place in run if blocks[place].starts_item]
    known = [item for item in items if section_of(item.text) and not leads_out(item)]
    led = [item for item in items if _leads_within(item) and (item in known or _name(item.text) in headings)]
    return len(items) > 1 and len(known) >= 2 and (len(known) * 2 >= len(items) or len(led) * 4 >= len(items) * 3)


def _parts_of_sections(items: list[Block]) -> Iterator[Block]:
    """Yield the items of contents that stand below one which names a section that holds entries."""
    above: list[Block] = []
    for item in items:
        above = [each for each in above if each.depth < item.depth]
        if any(section_of(each.text) in (*ENTRY_SECTIONS, MIXED) for each in above):
            yield item
        above.append(item)


def _leads_within(block: Block) -> bool:
    return any(span.href and span.href.startswith("#") for span in block.spans)


def leads_out(block: Block) -> bool:
    """Return whether a link in a block leads to another page."""
    return any(span.href and "#" not in span.href for span in block.spans)
