"""What stands in brackets before or behind a title and is no part of it: the venue, ``【CVPR 2021】``."""

from __future__ import annotations

import re

from paperloom.importing.words import label_of, normalize, words_of

_BEFORE = re.compile(r"^\s*[\[【(（［]\s*(?P<said>[^\[\]【】()（）［］]{2,40}?)\s*[\]】)）］]\s*[:：|｜\-–—]?\s*(?=\S)")
_BEHIND = re.compile(r"(?<=\S)\s*[\[【(（［]\s*(?P<said>[^\[\]【】()（）［］]{2,40}?)\s*[\]】)）］]\s*$")
_TOKENS = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]+")


def split_venue(title: str) -> tuple[str, tuple[str, ...]]:
    """Return a title without the venues and labels in brackets around it, and what these say."""
    said: list[str] = []
    for pattern in (_BEFORE, _BEFORE, _BEHIND):
        match = pattern.search(title)
        is_label = pattern is _BEFORE and match is not None and label_of(match["said"]) == "label_paper"
        if match and (is_label or is_venue(match["said"])):
            said.append(match["said"])
            title = title[: match.start()] + title[match.end() :]
    return title.strip(), tuple(said)


def is_venue(text: str) -> bool:
    """Return whether a text names a conference or a journal, with a year or a word or two: ``ICLR'21 oral``."""
    tokens = _TOKENS.findall(normalize(text))
    named = [token for token in tokens if token in words_of("venue")]
    others = [token for token in tokens if token not in named and not token.isdigit()]
    return bool(named) and (tokens[0] in named or tokens[0].isdigit()) and len(others) < 4
