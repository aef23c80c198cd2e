"""Entries of sections without headings: by bold paragraphs, list items, rows, rules, addresses."""

from __future__ import annotations

from dataclasses import replace

from paperloom.importing.blocks import HEADING, PARAGRAPH, ROW, Block, Span, lines_of
from paperloom.importing.entry import (
    CARDED,
    ITEM_LEVEL,
    LABELLED,
    REFERENCE,
    START,
    Candidate,
    RawEntry,
    candidates_of,
    is_sentence,
)
from paperloom.importing.heads import begins_with_name, first_line, group_at, is_linked, numbered, split_head
from paperloom.importing.tables import columns_in
from paperloom.importing.words import PAPERS, label_of


class Headless:
    """Cuts blocks without headings into entries; what belongs to none is left in ``orphans``."""

    def __init__(self, section: str, blocks: list[Block], base: str | None) -> None:
        self.section = section
        self.base = base
        self.blocks = [block for block in blocks if not block.is_blank]
        self.entries: list[RawEntry] = []
        self.orphans: list[list[Block]] = []

    def _addresses(self, block: Block) -> list[Candidate]:
        return candidates_of(block, 0, self.base)

    def _has_address(self, blocks: list[Block]) -> bool:
        return any(each.role <= START for block in blocks for each in self._addresses(block))

    def _start_from(self, block: Block) -> RawEntry:
        head, rest = split_head(block)
        entry = RawEntry(self.section, head, [rest] if rest else [])
        self.entries.append(entry)
        return entry

    def _take_heading(self, current: RawEntry | None) -> Block | None:
        """Return the short paragraph at the end of an entry, which is the heading of the next one."""
        if current and len(current.blocks) > 1:
            last = current.blocks[-1]
            if last.kind == PARAGRAPH and last.text and not is_sentence(last.text) and len(last.text) > 8:
                is_caption = len(current.blocks) > 1 and current.blocks[-2].is_picture
                if not self._addresses(last) and not is_caption:
                    return current.blocks.pop()
        return None

    def _cut_chunk(self, blocks: list[Block]) -> None:
        items = [block for block in blocks if block.starts_item]
        if any(self._bold_begins(blocks, place) for place in range(len(blocks))):
            self._by_bold(blocks)
        elif starts := numbered(blocks):
            self._by_numbers(blocks, starts)
        elif self._run_in(blocks):
            self._by_bold(blocks, run_in=True)
        elif items and self._are_entries(blocks, items):
            self._by_items(blocks, min(item.depth for item in items))
        elif any(block.kind == ROW for block in blocks):
            self._by_rows(blocks)
        elif any(block.is_rule for block in blocks):
            for part in _between_rules(blocks):
                if self._has_address(part) or len(part) > 1:
                    self._cut_chunk(part)
                elif part:
                    self.orphans.append(part)
        else:
            self._by_addresses(blocks)

    def _bold_begins(self, blocks: list[Block], place: int) -> bool:
        block = blocks[place]
        if (
            not block.is_bold
            or block.quoted
            or block.depth
            or self._is_label_line(first_line(block))
            or is_sentence(first_line(block))
        ):
            return False
        below = blocks[place + 1] if place + 1 < len(blocks) else None
        alone = below is None or below.is_rule
        return not alone or len(lines_of(block.spans)) > 1 or self._has_address([block])

    def _is_label_line(self, text: str) -> bool:
        """Return whether a bold line is a label inside of an entry; outside of papers, "Video" may be a name."""
        return label_of(text) is not None and (self.section == PAPERS or label_of(text) == "label_text")

    def _by_numbers(self, blocks: list[Block], starts: dict[int, Block]) -> None:
        lead = blocks[: min(starts)]
        for place, block in enumerate(blocks[len(lead) :], len(lead)):
            if place in starts:
                head, rest = split_head(replace(starts[place], depth=0))
                heading = replace(head, level=ITEM_LEVEL) if head else None
                self.entries.append(RawEntry(self.section, heading, [rest] if rest else []))
            elif not block.is_rule:
                self.entries[-1].blocks.append(block)
        self._leave(lead)

    def _run_in(self, blocks: list[Block]) -> bool:
        """Return whether all paragraphs of text begin with a bold name, which is the heading on their own line."""
        told = [block for block in blocks if block.kind == PARAGRAPH and block.text]
        return all(self._runs_in(block) for block in told) and any(self._addresses(block) for block in told)

    def _runs_in(self, block: Block) -> bool:
        words = [span for span in block.spans if span.text.strip() and not span.image]
        if block.kind != PARAGRAPH or not words or not words[0].strong or block.depth or block.quoted:
            return False
        head, rest = split_head(block)
        return head is not None and rest is not None and not self._is_label_line(head.text.rstrip(":： "))

    def _by_bold(self, blocks: list[Block], *, run_in: bool = False) -> None:
        current: RawEntry | None = None
        lead: list[Block] = []
        titles = set() if run_in else self._titles_below_names(blocks)
        for place, block in enumerate(blocks):
            if current and place in titles:
                current.blocks.append(block)
                continue
            begins = self._runs_in(block) if run_in else self._bold_begins(blocks, place)
            if begins and not (self._is_untold(current) and not is_linked(block)):
                current = self._start_from(block)
            elif block.is_rule:
                continue
            elif current is None:
                lead.append(block)
            else:
                current.blocks.append(block)
        self._leave(lead)

    def _titles_below_names(self, blocks: list[Block]) -> set[int]:
        """Return the places of bold links, where each stands right below a bold name without one: its title."""
        bold = [place for place in range(len(blocks)) if self._bold_begins(blocks, place)]
        linked = {place for place in bold if is_linked(blocks[place])}
        names = {place for place in bold if not self._addresses(blocks[place])}
        return linked if linked and {place - 1 for place in linked} == names else set()

    def _is_untold(self, current: RawEntry | None) -> bool:
        """Return whether an entry is nothing but a heading so far: its title comes next."""
        if current is None or current.blocks:
            return False
        return current.heading is None or not self._addresses(current.heading)

    def _leave(self, lead: list[Block]) -> None:
        if self._has_address(lead):
            self._cut_chunk(lead)
        elif lead:
            self.orphans.append(lead)

    def _are_entries(self, blocks: list[Block], items: list[Block]) -> bool:
        depth = min(item.depth for item in items)
        top = [item for item in items if item.depth == depth]
        telling = [item for item in top if item.is_bold or self._addresses(item)]
        beside = [block for block in blocks if not block.depth and self._has_address([block])]
        return len(telling) * 2 >= len(top) or (not beside and len(top) > 1) or all(block.depth for block in blocks)

    def _by_items(self, blocks: list[Block], depth: int) -> None:
        current: RawEntry | None = None
        lead: list[Block] = []
        named: set[int] = set()
        for place, block in enumerate(blocks):
            if block.starts_item and block.depth == depth and (nested := group_at(blocks, place)):
                # The item is but the name of a list of entries below it.
                self.orphans.append([block])
                named |= {id(each) for each in nested}
                current = None
            elif block.starts_item and (block.depth == depth or id(block) in named):
                current = self._start_from(block)
            elif block.is_rule:
                continue
            elif current is None:
                lead.append(block)
            else:
                current.blocks.append(block)
        self._leave(lead)

    def _by_rows(self, blocks: list[Block]) -> None:
        rows = [block for block in blocks if block.kind == ROW]
        labels = [row for row in rows if row.cells and label_of(_cell_text(row.cells[0]))]
        if len(labels) * 2 > len(rows) and len(rows) > 1:
            cells = [Block(PARAGRAPH, row.line, row.end, cell) for row in rows for cell in row.cells[1:]]
            self._by_addresses([*(block for block in blocks if block.kind != ROW), *cells])
            return
        left = [block for block in blocks if block.kind != ROW and not block.is_rule]
        for number, row in enumerate(rows):
            cells = [Block(PARAGRAPH, row.line, row.end, cell) for cell in row.cells]
            if number == 0 and len(rows) > 1 and not any(self._addresses(cell) for cell in cells):
                left += [] if row in columns_in(rows, self.base) else [row]
                continue
            named = next((c for c in cells if any(ch.isalpha() for ch in c.text) and not _is_only_address(c)), None)
            if named is None and not any(self._addresses(cell) for cell in cells):
                left += [row] if row.text else []
                continue
            rest = [cell for cell in cells if cell is not named and (cell.text or self._addresses(cell))]
            rest = [cell for cell in rest if not cell.text.isdigit() or self._addresses(cell)]
            heading, told = self._head_of_cell(named) if named else (None, None)
            rest = [told, *rest] if told else rest
            self.entries.append(RawEntry(self.section, heading, rest))
        self._leave(sorted(left, key=lambda block: block.line))

    @staticmethod
    def _head_of_cell(cell: Block) -> tuple[Block | None, Block | None]:
        """Return what a cell begins with that is the name of an entry, and what it tells behind it."""
        head, rest = split_head(cell) if begins_with_name(cell) or cell.is_bold else (cell, None)
        return (replace(head, kind=HEADING, level=ITEM_LEVEL) if head else None), rest

    def _by_addresses(self, blocks: list[Block]) -> None:
        """Cut plain paragraphs and cards at the addresses that are some entry's own."""
        owns = [any(each.role in (REFERENCE, CARDED, LABELLED, START) for each in self._addresses(b)) for b in blocks]
        if not any(owns):
            self._whole(blocks)
            return
        first = owns.index(True)
        headed = first > 0 and not is_sentence(blocks[0].text)
        after_text = first > 0 and not headed
        current: RawEntry | None = None
        pending: list[Block] = []
        for place, block in enumerate(blocks):
            if after_text:
                pending.append(block)
                if owns[place]:
                    self.entries.append(RawEntry(self.section, None, pending))
                    pending = []
                continue
            same = current is not None and owns[place] and self._same_address(current, block)
            told = current is not None and (
                any(is_sentence(b.text) for b in current.blocks)
                or (self.section != PAPERS and begins_with_name(block) and any(b.text for b in current.blocks))
            )
            fresh = current is None or (told and not same)
            if owns[place] and fresh:
                head = pending if pending else self._heading_of(current)
                if not head and begins_with_name(block):
                    current = self._start_from(block)
                else:
                    current = RawEntry(self.section, _as_heading(head), [block])
                    self.entries.append(current)
                pending = []
            elif current is None:
                pending.append(block)
            else:
                current.blocks.append(block)
        if pending:
            self.orphans.append(pending)

    def _whole(self, blocks: list[Block]) -> None:
        words = [block for block in blocks if block.text]
        if len(words) > 1 and not is_sentence(words[0].text) and len(words[0].text) <= 100:
            rest = [block for block in blocks if block is not words[0]]
            self.entries.append(RawEntry(self.section, replace(words[0], kind=HEADING), rest))
        elif words:
            self.orphans.append(blocks)

    def _same_address(self, current: RawEntry, block: Block) -> bool:
        known = {each.address.url for b in current.blocks for each in self._addresses(b)}
        return any(each.address.url in known for each in self._addresses(block))

    def _heading_of(self, current: RawEntry | None) -> list[Block]:
        heading = self._take_heading(current)
        return [heading] if heading else []


def _as_heading(blocks: list[Block]) -> Block | None:
    named = next((block for block in reversed(blocks) if block.text), None)
    return replace(named, kind=HEADING) if named else None


def _cell_text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _is_only_address(block: Block) -> bool:
    text = block.text
    return text.startswith(("http", "www.")) and " " not in text


def _between_rules(blocks: list[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.is_rule:
            parts.append([])
        else:
            parts[-1].append(block)
    return [part for part in parts if part]
