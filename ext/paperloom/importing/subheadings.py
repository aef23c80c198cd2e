"""Headings inside of entries: labels, the title of a paper below the editor's heading, parts of what is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from paperloom.importing.addresses import split_id
from paperloom.importing.blocks import HEADING, Block
from paperloom.importing.words import label_of

_ADDRESS = re.compile(r"[\[【(（<]?\s*(?:https?://\S+|arxiv\s*[:：]\s*[\w./]+)\s*[\]】)）>]?", re.IGNORECASE)


def places_of_parts(blocks: Sequence[Block], has_address: Callable[[list[Block]], bool]) -> frozenset[int]:
    """Return the places of headings of papers that are parts of the entry above, and start none.

    They are deeper than its heading, and are a label; or the only thing below it and the paper's title; or they have
    no address where every heading that has one stands on one level above.
    """
    headings = [place for place, block in enumerate(blocks) if block.kind == HEADING]
    parts: set[int] = set()
    entry: int | None = None
    for place in headings:
        if entry is not None and blocks[place].level > blocks[entry].level and label_of(blocks[place].text):
            parts.add(place)
        else:
            entry = place
    parts |= _titles(blocks, [place for place in headings if place not in parts])
    starts = [place for place in headings if place not in parts]
    edges = dict(zip(starts, [*starts[1:], len(blocks)], strict=True))
    addressed = {place for place, end in edges.items() if has_address(list(blocks[place:end]))}
    levels = {blocks[place].level for place in addressed}
    if len(levels) == 1 and starts[0] in addressed:
        level = levels.pop()
        parts |= {place for place in starts if blocks[place].level > level}
    return frozenset(parts)


def _is_above_address(blocks: Sequence[Block], place: int) -> bool:
    """Return whether the first words below a heading are an address: its paper has no other title there."""
    told = next((block for block in blocks[place + 1 :] if block.text), None)
    return told is not None and _ADDRESS.fullmatch(told.text) is not None


def _titles(blocks: Sequence[Block], headings: list[int]) -> set[int]:
    """Return the places of headings that are titles of papers: each the only one below a heading without any words.

    Either the title has its arXiv id in front, or all headings of the section come in such pairs.
    """
    pairs: list[int] = []
    single = 0
    for number, place in enumerate(headings):
        after = headings[number + 1 : number + 3]
        level = blocks[place].level
        if place in pairs:
            continue
        below = bool(after) and blocks[after[0]].level > level
        alone = len(after) < 2 or blocks[after[1]].level <= level
        silent = bool(after) and not any(block.text for block in blocks[place + 1 : after[0]])
        if below and alone and silent and (_is_above_address(blocks, after[0]) or split_id(blocks[after[0]].text)[1]):
            pairs.append(after[0])
        else:
            single += 1
    in_pairs = len(pairs) > 1 and not single
    return {place for place in pairs if in_pairs or split_id(blocks[place].text)[1]}
