"""Topics that a new paper may belong to, from its words and its category."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_MOST = 3
_WEAK = 2
_IN_TITLE = 5
_CLEAR = 2


def suggest_topics(
    title: str,
    abstract: str,
    names: Mapping[str, Iterable[str]],
    category: str = "",
    topics_of_category: Mapping[str, Iterable[str]] | None = None,
) -> tuple[str, ...]:
    """Return up to three slugs, the best first.

    ``names`` are the names and aliases of each topic by slug. A name counts where it stands in the
    title or the abstract as whole words, letter case and plural aside; what is named but once and
    in the abstract only fills up to two. Where none is named, the topic that papers of the same
    ``category`` have most often is suggested; ``topics_of_category`` holds the topics of each such
    paper, one after another.
    """
    in_title, in_abstract = _words(title), _words(abstract)
    scores: dict[str, int] = {}
    places: dict[str, int] = {}
    for slug, own in names.items():
        for phrase in {phrase for name in (*own, slug) if (phrase := _words(name))}:
            score = _IN_TITLE * _count(phrase, in_title) + _count(phrase, in_abstract)
            if score > scores.get(slug, 0):
                scores[slug], places[slug] = score, f"{in_title}{in_abstract}".find(phrase)
    best = sorted(scores, key=lambda slug: (-scores[slug], places[slug], slug))
    clear = [slug for slug in best if scores[slug] >= _CLEAR][:_MOST]
    if found := clear if len(clear) >= _WEAK else best[:_WEAK]:
        return tuple(found)
    counts = Counter((topics_of_category or {}).get(category, ()))
    return tuple(sorted(counts, key=lambda slug: (-counts[slug], slug))[:1])


def _words(text: str) -> str:
    """Return the words of ``text`` in lower case and singular, with a blank around each."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(_singular(word) for word in words)} " if words else ""


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _count(phrase: str, text: str) -> int:
    return len(re.findall(f"(?={re.escape(phrase)})", text))
