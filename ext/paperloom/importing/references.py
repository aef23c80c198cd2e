"""Entries that introduce several papers under one heading, each with a reference of its own."""

from __future__ import annotations

from dataclasses import replace

from paperloom.importing.addresses import PAPER, kind_of
from paperloom.importing.blocks import CARD, Block, Span, lines_of
from paperloom.importing.entry import RawEntry, is_sentence
from paperloom.importing.pieces import Address, pieces_of, words_of_line
from paperloom.model.identifiers import Identifier, identify, normalize_title


def split_papers(raw: RawEntry, base: str | None) -> list[RawEntry]:
    """Return an entry for each paper whose title and address ``raw`` gives before it says anything.

    Two addresses under one title are one paper. All entries keep the heading and the text.
    """
    blocks = [part for block in raw.blocks for part in _parts(block, base)]
    known: dict[Identifier, str] = {}
    places: list[int] = []
    for place, block in enumerate(blocks):
        reference = _reference(block, base)
        if reference is None:
            if is_sentence(block.text):
                break
            continue
        identifier, title = reference
        if identifier not in known and normalize_title(title) not in known.values():
            known[identifier] = normalize_title(title)
            places.append(place)
    if len(places) < 2:
        return [raw]
    found = []
    for number, own in enumerate(places):
        heading = raw.heading
        if number and heading is not None:
            heading = replace(heading, line=blocks[own].line, end=blocks[own].line)
        kept = [block for place, block in enumerate(blocks) if place == own or place not in places]
        found.append(RawEntry(raw.section, heading, kept))
    return found


def _reference(block: Block, base: str | None) -> tuple[Identifier, str] | None:
    """Return the paper and the title where a block is a title and the address of a paper, and nothing else."""
    if block.kind == CARD:
        return None
    lines = pieces_of(block.spans, base)
    addresses = [piece for line in lines for piece in line if isinstance(piece, Address)]
    title = " ".join(words_of_line(line) for line in lines).strip()
    if not addresses or addresses[0].label or is_sentence(title) or not any(c.isalnum() for c in title):
        return None
    identifier = identify(addresses[0].url)
    return (identifier, title) if identifier and kind_of(addresses[0].url) == PAPER else None


def _parts(block: Block, base: str | None) -> list[Block]:
    """Return a block cut behind each line with an address, where every part is a reference of its own."""
    parts: list[list[Span]] = [[]]
    for line in lines_of(block.spans):
        if parts[-1]:
            parts[-1].append(Span("\n", line[0].line if line else block.line))
        parts[-1] += line
        if any(isinstance(piece, Address) for found in pieces_of(line, base) for piece in found):
            parts.append([])
    cut = [
        replace(block, spans=tuple(part), line=part[0].line, end=part[-1].line, starts_item=False)
        for part in parts
        if part
    ]
    whole = len(cut) > 1 and all(_reference(part, base) for part in cut)
    return cut if whole else [block]
