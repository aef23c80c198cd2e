"""What arXiv and Crossref know of papers: asked in few questions, and read with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def portions(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield the distinct ``items``, sorted, in lists of at most ``size``."""
    rest = sorted(set(items))
    for start in range(0, len(rest), size):
        yield rest[start : start + size]
