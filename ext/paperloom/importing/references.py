"""Entries that introduce several papers under one heading, each with a reference of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from paperloom.importing.addresses import PAPER, find_bare, kind_of
from paperloom.importing.blocks import CARD, Block, Span, lines_of
from paperloom.importing.entry import RawEntry, is_sentence
from paperloom.importing.pieces import Address, pieces_of, words_of_line
from paperloom.importing.words import label_of
from paperloom.model.identifiers import Identifier, identify, normalize_title

#: What stands between two references on one line.
_BETWEEN = re.compile(r"(?P<closing>\s*[)）\]】>》]*)\s*(?:[/／、,，;；|｜·•&+＋]|和|与|及|と|and\b)+\s*")


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
    label = addresses[0].label if addresses and not label_of(addresses[0].label) else ""
    title = label or " ".join(words_of_line(line) for line in lines).strip()
    said = words_of_line([piece for line in lines for piece in line], with_labels=False)
    if not addresses or is_sentence(title) or not any(c.isalnum() for c in title) or (label and _says(said)):
        return None
    identifier = identify(addresses[0].url)
    return (identifier, title) if identifier and kind_of(addresses[0].url) == PAPER else None


def _parts(block: Block, base: str | None) -> list[Block]:
    """Return a block cut behind each address, where every part is a reference of its own.

    Several on one line have a sign between them: ``A (https://…) / B (https://…)``.
    """
    if block.kind == CARD:
        return [block]
    for parts in (_behind_lines(block, base), _behind_addresses(block)):
        cut = _cut(block, parts)
        if len(cut) > 1 and all(_reference(part, base) for part in cut):
            return cut
    return [block]


def _behind_lines(block: Block, base: str | None) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    for line in lines_of(block.spans):
        if parts[-1]:
            parts[-1].append(Span("\n", line[0].line if line else block.line))
        parts[-1] += line
        if any(isinstance(piece, Address) for found in pieces_of(line, base) for piece in found):
            parts.append([])
    return parts


def _behind_addresses(block: Block) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    link: int | None = None
    for span in (each for whole in block.spans for each in _apart(whole)):
        ended = bool(parts[-1]) and parts[-1][-1].href is not None and span.link != link
        if ended and (match := _BETWEEN.match(span.text)):
            parts[-1].append(replace(span, text=span.text[: match.end("closing")]))
            parts.append([replace(span, text=span.text[match.end() :])])
        else:
            parts[-1].append(span)
        link = span.link
    return parts


def _apart(span: Span) -> list[Span]:
    """Return a stretch of text with each bare address in it as a link of its own."""
    if span.href is not None or span.image:
        return [span]
    found: list[Span] = []
    taken = 0
    for each in find_bare(span.text):
        found.append(replace(span, text=span.text[taken : each.start]))
        found.append(replace(span, text=span.text[each.start : each.end], href=each.url, link=-1 - each.start))
        taken = each.end
    return [part for part in [*found, replace(span, text=span.text[taken:])] if part.text]


def _cut(block: Block, parts: list[list[Span]]) -> list[Block]:
    cut = [[span for span in part if span.text or span.href] for part in parts]
    return [
        replace(block, spans=tuple(part), line=part[0].line, end=part[-1].line, starts_item=False)
        for part in cut
        if any(span.text.strip() or span.href for span in part)
    ]


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)
