"""The sentence around a name."""

from __future__ import annotations

import re

#: The most characters of a quoted sentence.
LIMIT = 300
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[”’」』）]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|al|vs|cf|etc|Fig|Figs|Eq|Eqs|Sec|Tab|No|Nos|approx|resp|Dr|Mr|Ms|Mrs|Prof|St|Inc|Ltd|Co|U\.S"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
#: More characters than the longest abbreviation and the one before it.
_ABBREVIATED = 12
_NEXT = re.compile(r"\s*(\S)")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return (start, end) of the sentence of ``text`` that holds the stretch ``[start, end)``."""
    first, last = 0, len(text)
    for match in _END.finditer(text):
        if not _ends_sentence(text, match):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.end() >= end:
            last = match.end()
            break
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] in "。！？":
        return True
    following = _NEXT.match(text, match.end())
    if following and following[1].islower():
        return False
    return not (mark == "." and _ABBREVIATION.search(text[max(match.end() - _ABBREVIATED, 0) : match.end()]))


def quote(text: str, start: int, end: int, limit: int = LIMIT) -> tuple[str, tuple[int, int]]:
    """Return the sentence around ``[start, end)`` and where the name stands in it.

    A sentence longer than ``limit`` characters is cut at words around the name, with an ellipsis
    where something was left out; the ellipses count towards the limit.
    """
    begins, ends = sentence_bounds(text, start, end)
    if ends - begins <= limit:
        return text[begins:ends], (start - begins, end - begins)
    first, last = _window(text, begins, ends, start, end, limit)
    before = "… " if first > begins else ""
    after = " …" if last < ends else ""
    body = text[first:last]
    offset = len(before) - first
    return f"{before}{body}{after}", (start + offset, end + offset)


def _window(text: str, first: int, last: int, start: int, end: int, limit: int) -> tuple[int, int]:
    room = max(limit - 4 - (end - start), 0)
    left = max(first, start - room // 2)
    right = min(last, end + room - (start - left))
    left = max(first, start - (room - (right - end)))
    if left > first:
        blank = text.find(" ", left - 1, start)
        left = blank + 1 if blank >= 0 else left
    if right < last:
        blank = text.rfind(" ", end, right + 1)
        right = blank if blank >= 0 else right
    return left, right
