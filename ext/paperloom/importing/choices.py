"""Picks that no heading announces: ``Our picks: A, B`` in one paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from paperloom.importing.blocks import PARAGRAPH, Block, Span
from paperloom.importing.entry import candidates_of
from paperloom.importing.words import PICKS, section_of
from paperloom.model.identifiers import Identifier, identify


def count_addresses(blocks: Sequence[Block]) -> Counter[Identifier]:
    """Return in how many blocks each address stands."""
    return Counter(identifier for block in blocks for identifier in set(_identifiers(block)))


def picks_of_paragraph(block: Block, counts: Counter[Identifier]) -> list[Block]:
    """Return the links of a paragraph as list items, where it only names picks: all of them stand elsewhere, too."""
    spans = [span for span in block.spans if span.text.strip() or span.href]
    first = next((place for place, span in enumerate(spans) if span.href), 0)
    label = "".join(span.text for span in spans[:first]).strip()
    if block.kind != PARAGRAPH or block.depth or not label.endswith((":", "：")) or section_of(label) != PICKS:
        return []
    between = "".join(span.text for span in spans[first:] if not span.href)
    own = _identifiers(block)
    if any(character.isalnum() for character in between) or not all(counts[each] > 1 for each in own):
        return []
    links: dict[int | None, list[Span]] = {}
    for span in spans[first:]:
        if span.href:
            links.setdefault(span.link, []).append(span)
    return [replace(block, spans=tuple(link), starts_item=True, depth=1) for link in links.values()]


def _identifiers(block: Block) -> list[Identifier]:
    found = [identify(each.address.url) for each in candidates_of(block, 0, None)]
    return [identifier for identifier in found if identifier]
