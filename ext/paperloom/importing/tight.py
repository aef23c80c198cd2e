"""Paragraphs that stand so close that Markdown takes them for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paperloom.importing.blocks import PARAGRAPH, Block, Span, lines_of, plain
from paperloom.importing.words import label_of


def split_tight(blocks: list[Block]) -> Iterator[Block]:
    """Yield ``blocks``; a picture or a bold line among the lines of a paragraph ends it and begins another."""
    for block in blocks:
        lines = lines_of(block.spans) if block.kind == PARAGRAPH else []
        parts = _parts(lines)
        if len(parts) < 2 or _has_link_over_lines(lines):
            yield block
            continue
        for number, part in enumerate(parts):
            spans = tuple(span for line in part for span in (*line, Span("\n", line[-1].line if line else block.line)))
            first = next((span.line for span in spans if span.text.strip()), block.line)
            last = max((span.line for span in spans), default=first)
            yield replace(block, spans=spans[:-1], line=first, end=last, starts_item=block.starts_item and number == 0)


def _parts(lines: list[tuple[Span, ...]]) -> list[list[tuple[Span, ...]]]:
    parts: list[list[tuple[Span, ...]]] = []
    after_picture = False
    for line in lines:
        is_picture = any(span.image for span in line) and not plain(line)
        if not parts or is_picture or after_picture or _is_bold(line):
            parts.append([])
        parts[-1].append(line)
        after_picture = is_picture
    return parts


def _is_bold(line: tuple[Span, ...]) -> bool:
    words = [span for span in line if span.text.strip() and not span.image]
    text = plain(line)
    return bool(words) and all(span.strong and span.href is None for span in words) and not label_of(text)


def _has_link_over_lines(lines: list[tuple[Span, ...]]) -> bool:
    seen: set[int] = set()
    for line in lines:
        numbers = {span.link for span in line if span.link is not None}
        if numbers & seen:
            return True
        seen |= numbers
    return False
