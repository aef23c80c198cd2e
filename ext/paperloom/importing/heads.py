"""Where the head of a list item or of a paragraph ends: what such an entry is called."""

from __future__ import annotations

import re
from dataclasses import replace

from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, Block, Span, lines_of, plain
from paperloom.importing.entry import (
    ITEM_LEVEL,
    is_sentence,
)
from paperloom.importing.words import label_of

#: A number that an export wrote as text: ``1、``, ``(1)``; never that of an amount such as ``1.5``.
_NUMBER = re.compile(r"\s*[(（\[【]?(?P<number>\d{1,2})(?:[)）\]】、．]|[.:：](?!\d))\s*")
_SEPARATOR = re.compile(r"^(?P<head>.{2,100}?)(?:\s*[:：]\s+|\s+[-–—]\s+|——|：)")


def first_line(block: Block) -> str:
    """Return the text of the first line of a block."""
    return Block(PARAGRAPH, block.line, block.end, lines_of(block.spans)[0]).text if block.spans else ""


def split_head(block: Block) -> tuple[Block | None, Block | None]:
    """Return what heads a list item or a paragraph, and the rest of it.

    The head is the link or the strong text that it begins with, else its first line, else what
    stands before a colon or a dash.
    """
    if block.kind == CARD:
        return None, block
    lines = lines_of(block.spans)
    first = [span for span in lines[0] if span.text.strip() or span.href]
    at = _head_length(first)
    head = tuple(first[:at])
    tail = (*first[at:], *(span for line in lines[1:] for span in (Span("\n", block.line), *line)))
    if at == len(first) and len(lines) == 1 and len(first) == 1 and not first[0].href:
        match = _SEPARATOR.match(first[0].text)
        if match and len(first[0].text) > 60 and "http" not in match["head"]:
            head = (replace(first[0], text=match["head"]),)
            tail = (replace(first[0], text=first[0].text[match.end() :]),)
    if plain(tail) and head and head[-1].strong:
        head = (*head[:-1], replace(head[-1], text=re.sub(r"(?<=\w)[.:：。]\s*$", "", head[-1].text)))
    level = ITEM_LEVEL if block.starts_item and plain(tail) else 6
    heading = replace(block, kind=HEADING, spans=head, starts_item=False, depth=0, level=level)
    rest = replace(block, spans=_trimmed(tail), starts_item=False, depth=0)
    if is_sentence(heading.text) and not heading.is_bold:
        return None, replace(block, starts_item=False, depth=0)
    if label_of(heading.text):
        return None, replace(block, starts_item=False, depth=0)
    return (heading if heading.text else None), (rest if rest.text or any(s.href for s in rest.spans) else None)


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return ``spans`` without the separator between a head and the text behind it."""
    if spans and spans[0].href is None:
        return (replace(spans[0], text=re.sub(r"^\s*[:：\-–—,，。.|]+\s*", "", spans[0].text)), *spans[1:])
    return spans


def _head_length(spans: list[Span]) -> int:
    """Return how many of the first spans are the link or the strong text that a line begins with."""
    if not spans:
        return 0
    words = [span for span in spans if span.text.strip()]
    if words and words[0].href is not None and not words[0].text.startswith("http"):
        return max(n for n, span in enumerate(spans) if span.link == words[0].link) + 1
    if words and words[0].strong:
        return next((n for n, span in enumerate(spans) if span.text.strip() and not span.strong), len(spans))
    return len(spans)


def numbered(blocks: list[Block]) -> dict[int, Block]:
    """Return by their places the paragraphs that count 1, 2, 3, … in their text, each without its number.

    A list is such paragraphs where an export wrote its numbers as text.
    """
    found: dict[int, Block] = {}
    for place, block in enumerate(blocks):
        first = next((span for span in block.spans if span.text.strip()), None)
        match = _NUMBER.match(first.text) if first and block.kind == PARAGRAPH and not block.starts_item else None
        if first is None or match is None or int(match["number"]) != len(found) + 1:
            continue
        spans = tuple(replace(span, text=span.text[match.end() :]) if span is first else span for span in block.spans)
        found[place] = replace(block, spans=spans)
    is_list = len(found) > 1 or (bool(found) and min(found) == 0)
    tells = len(found) < len(blocks) or all(len(lines_of(block.spans)) > 1 for block in found.values())
    return found if is_list and tells else {}


def is_linked(block: Block) -> bool:
    """Return whether a paragraph begins with a link that has words."""
    first = next((span for span in block.spans if span.text.strip()), None)
    return first is not None and first.href is not None and not first.text.startswith("http")


def begins_with_name(block: Block) -> bool:
    """Return whether a paragraph begins with a link that is no label: the name of an entry."""
    return block.kind == PARAGRAPH and is_linked(block) and label_of(_link_text(block)) is None


def group_at(blocks: list[Block], place: int) -> list[Block]:
    """Return the items below one that only names them: it has no address, and each of them begins with a link."""
    own = blocks[place]
    below: list[Block] = []
    for block in blocks[place + 1 :]:
        if block.depth <= own.depth:
            break
        below.append(block)
    nested = [block for block in below if block.starts_item and block.depth == own.depth + 1]
    leads = any(span.href for span in own.spans)
    named = len(nested) > 1 and all(begins_with_name(block) for block in nested)
    return nested if named and not leads and not is_sentence(own.text) else []


def _link_text(block: Block) -> str:
    linked = [span for span in block.spans if span.href is not None]
    return "".join(span.text for span in linked if span.link == linked[0].link)
