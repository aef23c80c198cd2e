"""Picks that no heading announces: ``Our picks: A, B`` in one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from paperloom.importing.blocks import PARAGRAPH, Block, Span
from paperloom.importing.entry import candidates_of
from paperloom.importing.words import NAVIGATION, PICKS, section_of
from paperloom.model.identifiers import Identifier, identify

#: Words between two links of a list in a sentence.
_AND = re.compile(r"\b(?:and|or)\b|[和与及跟と]", re.IGNORECASE)


def count_addresses(blocks: Sequence[Block]) -> Counter[Identifier]:
    """Return in how many blocks each address stands."""
    return Counter(identifier for block in blocks for identifier in set(_identifiers(block)))


def is_labelled_navigation(block: Block) -> bool:
    """Return whether a paragraph says that it leads to other issues, and does nothing else: ``Earlier: #1, #2``."""
    label, spans = _label(block)
    between = "".join(span.text for span in spans if not span.href)
    return section_of(label) == NAVIGATION and bool(spans) and not any(c.isalnum() for c in between)


def _label(block: Block) -> tuple[str, list[Span]]:
    """Return what a paragraph begins with up to its first link, if that ends with a colon, and the rest."""
    spans = [span for span in block.spans if span.text.strip() or span.href]
    first = next((place for place, span in enumerate(spans) if span.href), 0)
    label = "".join(span.text for span in spans[:first]).strip()
    is_one = block.kind == PARAGRAPH and not block.depth and label.endswith((":", "："))
    return (label, spans[first:]) if is_one else ("", [])


def picks_of_paragraph(block: Block, counts: Counter[Identifier]) -> list[Block]:
    """Return the links of a paragraph as list items, where it only names picks: all of them stand elsewhere, too."""
    label, spans = _label(block)
    if section_of(label) != PICKS:
        return []
    between = _AND.sub("", "".join(span.text for span in spans if not span.href))
    own = _identifiers(block)
    if any(character.isalnum() for character in between) or not all(counts[each] > 1 for each in own):
        return []
    links: dict[int | None, list[Span]] = {}
    for span in spans:
        if span.href:
            links.setdefault(span.link, []).append(span)
    return [replace(block, spans=tuple(link), starts_item=True, depth=1) for link in links.values()]


def _identifiers(block: Block) -> list[Identifier]:
    found = [identify(each.address.url) for each in candidates_of(block, 0, None)]
    return [identifier for identifier in found if identifier]
