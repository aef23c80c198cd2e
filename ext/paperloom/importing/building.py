"""Blocks from the events of a parser: something opens, text comes, something closes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from paperloom.importing.blocks import HEADING, PARAGRAPH, ROW, RULE, Block, Span, is_rule_text


@dataclass(slots=True)
class _List:
    number: int
    fresh: bool = False


@dataclass(slots=True)
class BlockBuilder:
    """Collects blocks from the events of a parser: something opens, text comes, something closes."""

    blocks: list[Block] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _open: Block | None = None
    _lists: list[_List] = field(default_factory=list)
    _quotes: int = 0
    _notes: int = 0
    _strong: int = 0
    _emphasis: int = 0
    _links: list[tuple[int, str]] = field(default_factory=list)
    _link_count: int = 0
    _list_count: int = 0
    _cells: list[tuple[Span, ...]] | None = None
    line: int = 1
    #: The labels of the footnotes to which the headings refer, by the place of the heading among the blocks.
    notes_of_headings: dict[int, str] = field(default_factory=dict)
    #: Comments of HTML, with the lines on which they stand.
    comments: list[tuple[int, str]] = field(default_factory=list)
    _note_label: str = ""

    def refer(self, label: str) -> None:
        """Note that the heading that is open has a footnote."""
        if self._open is not None and self._open.kind == HEADING:
            self.notes_of_headings.setdefault(len(self.blocks), label)

    def open(self, kind: str, line: int, end: int | None = None, *, level: int = 0, setext: bool = False) -> None:
        """Begin a block."""
        self.close()
        self.line = line
        current = self._lists[-1] if self._lists else None
        self._open = Block(
            kind,
            line,
            end or line,
            level=level,
            depth=len(self._lists),
            starts_item=bool(current and current.fresh),
            list_id=current.number if current else 0,
            quoted=self._quotes > 0,
            setext=setext,
            is_note=self._notes > 0,
            note_label=self._note_label,
        )
        if current:
            current.fresh = False

    def close(self) -> None:
        """End the block that is open, if any."""
        block, self._open = self._open, None
        spans, self._spans = tuple(self._spans), []
        self._strong = self._emphasis = 0
        self._links = []
        if block is None:
            return
        block.spans = spans
        block.end = max(block.end, *(span.line for span in spans)) if spans else block.end
        if block.kind == PARAGRAPH and not any(span.href or span.image for span in spans):
            text = "".join(span.text for span in spans)
            if is_rule_text(text) and not block.starts_item:
                block.kind, block.spans = RULE, ()
        self.blocks.append(block)

    def rule(self, line: int) -> None:
        """Add a line across the page."""
        self.open(RULE, line)
        self.close()

    def open_list(self) -> None:
        """Begin a list."""
        self.close()
        self._list_count += 1
        self._lists.append(_List(self._list_count))

    def close_list(self) -> None:
        """End the innermost list."""
        self.close()
        if self._lists:
            self._lists.pop()

    def open_item(self) -> None:
        """Begin an item of the innermost list."""
        self.close()
        if not self._lists:
            self.open_list()
        self._lists[-1].fresh = True

    def quote(self, step: int) -> None:
        """Enter (1) or leave (-1) a quotation."""
        self.close()
        self._quotes = max(0, self._quotes + step)

    def note(self, step: int, label: str = "") -> None:
        """Enter (1) or leave (-1) a footnote."""
        self.close()
        self._note_label = label if step > 0 else ""
        self._notes = max(0, self._notes + step)

    def open_row(self, line: int) -> None:
        """Begin the row of a table."""
        self.open(ROW, line)
        self._cells = []

    def close_cell(self) -> None:
        """End a cell."""
        if self._cells is not None:
            self._cells.append(tuple(self._spans))
            self._spans = []

    def close_row(self) -> None:
        """End the row."""
        if self._open is not None and self._cells is not None:
            self._open.cells = tuple(self._cells)
            self._spans = [span for cell in self._cells for span in (*cell, Span(" ", self.line))]
        self._cells = None
        self.close()

    def as_paragraph(self) -> None:
        """Make the heading that is open a paragraph: what follows belongs to it."""
        if self._open is not None:
            self._open.kind, self._open.level = PARAGRAPH, 0

    @property
    def in_block(self) -> bool:
        """Whether a block is open."""
        return self._open is not None

    def text(self, text: str, *, image: bool = False) -> None:
        """Add running text; outside of any block it begins a paragraph."""
        if self._open is None:
            if not text.strip() and not image:
                return
            self.open(PARAGRAPH, self.line)
        link, href = self._links[-1] if self._links else (None, None)
        self._spans.append(Span(text, self.line, link, href, self._strong > 0, self._emphasis > 0, image))

    def line_break(self) -> None:
        """Add a line break."""
        if self._open is not None:
            self._spans.append(Span("\n", self.line))

    def open_link(self, href: str) -> None:
        """Begin a link."""
        if self._open is None:
            self.open(PARAGRAPH, self.line)
        self._link_count += 1
        self._links.append((self._link_count, href))
        self._spans.append(Span("", self.line, self._link_count, href))

    def close_link(self) -> None:
        """End a link."""
        if self._links:
            self._links.pop()

    def strong(self, step: int) -> None:
        """Enter (1) or leave (-1) strong text."""
        self._strong = max(0, self._strong + step)

    def emphasis(self, step: int) -> None:
        """Enter (1) or leave (-1) emphasised text."""
        self._emphasis = max(0, self._emphasis + step)


def with_notes_of_headings(builder: BlockBuilder) -> list[Block]:
    """Return the blocks with each footnote below the first heading that refers to it: it tells of that entry."""
    found: list[Block] = []
    taken: set[str] = set()
    for place, block in enumerate(builder.blocks):
        found.append(block)
        label = builder.notes_of_headings.get(place, "")
        if not label or label in taken:
            continue
        notes = [each for each in builder.blocks if each.is_note and each.note_label == label]
        taken.add(label)
        found += [replace(each, is_note=False, line=block.line, end=block.end) for each in notes]
    return [block for block in found if not (block.is_note and block.note_label in taken)]


def split_false_headings(blocks: list[Block]) -> Iterator[Block]:
    """Yield ``blocks``; a paragraph that a rule right below it made a heading is both again.

    ``text`` above ``---`` without a blank line is a heading in Markdown and rarely meant as one.
    """
    for block in blocks:
        is_text = len(block.text) > 100 or "\n" in "".join(span.text for span in block.spans)
        if block.setext and block.level == 2 and is_text:
            yield replace(block, kind=PARAGRAPH, level=0, setext=False)
            yield Block(RULE, block.end, block.end)
        else:
            yield block
