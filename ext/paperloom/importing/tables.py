"""Tables inside of entries: their cells as lines with the label that says what they are."""

from __future__ import annotations

from dataclasses import replace

from paperloom.importing.blocks import PARAGRAPH, ROW, Block, Span, plain
from paperloom.importing.entry import RawEntry, candidates_of
from paperloom.importing.words import label_of

Cell = tuple[Span, ...]


def without_tables(raw: RawEntry) -> RawEntry:
    """Return ``raw`` with a paragraph for each thing that a table in it says.

    A table says what its cells are in its first column, ``| Code | https://… |``, or in its first row.
    """
    if not any(block.kind == ROW for block in raw.blocks):
        return raw
    blocks: list[Block] = []
    rows: list[Block] = []
    for block in [*raw.blocks, None]:
        if block is not None and block.kind == ROW:
            rows.append(block)
            continue
        blocks += _paragraphs(rows)
        rows = []
        if block is not None:
            blocks.append(block)
    return RawEntry(raw.section, raw.heading, blocks)


def columns_in(blocks: list[Block], base: str | None) -> list[Block]:
    """Return the rows that only name the columns of a table: the first ones, without an address, before one with it."""
    found: list[Block] = []
    for above, row, below in zip([None, *blocks], blocks, blocks[1:], strict=False):
        first = row.kind == ROW and below.kind == ROW and (above is None or above.kind != ROW)
        if first and row.text and not candidates_of(row, 0, base) and candidates_of(below, 0, base):
            found.append(row)
    return found


def _paragraphs(rows: list[Block]) -> list[Block]:
    labelled = [row for row in rows if len(row.cells) > 1 and label_of(plain(row.cells[0]))]
    if len(labelled) * 2 > len(rows):
        return [each for row in rows for each in _labelled_row(row)]
    if len(rows) > 1 and not any(_leads_out(cell) for cell in rows[0].cells):
        names, rest = rows[0].cells, rows[1:]
    else:
        names, rest = (), rows
    return [each for row in rest for each in _row(row, names)]


def _labelled_row(row: Block) -> list[Block]:
    first, *values = row.cells
    name = plain(first)
    return [_paragraph(row, _named(name, value)) for value in values if _says(value)]


def _row(row: Block, names: tuple[Cell, ...]) -> list[Block]:
    """Return what is the paper's as one paragraph, and each of the other cells as one of its own."""
    own: list[Cell] = []
    beside: list[Block] = []
    for place, cell in enumerate(row.cells):
        name = plain(names[place]) if place < len(names) else ""
        if not _says(cell):
            continue
        if label_of(name) == "label_paper" or (label_of(name) is None and (place == 0 or _leads_out(cell))):
            own.append(cell)
        else:
            beside.append(_paragraph(row, _named(name, cell)))
    spans: Cell = ()
    for cell in own:
        spans = (*spans, Span("\n", row.line), *cell) if spans else cell
    return [_paragraph(row, spans), *beside] if spans else beside


def _named(name: str, value: Cell) -> Cell:
    """Return a cell with what it is called in front; what is a paper's title or address needs no name."""
    return value if not name or label_of(name) == "label_paper" else (Span(f"{name}: ", value[0].line), *value)


def _paragraph(row: Block, spans: Cell) -> Block:
    return replace(row, kind=PARAGRAPH, spans=spans, cells=())


def _says(cell: Cell) -> bool:
    return bool(plain(cell)) or any(span.href for span in cell)


def _leads_out(cell: Cell) -> bool:
    return any(span.href or "http" in span.text for span in cell)
