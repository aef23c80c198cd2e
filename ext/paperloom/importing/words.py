"""What headings and labels mean, by the table ``words.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from paperloom.importing.marks import shown

PAPERS = "papers"
ARTICLES = "articles"
USE_CASES = "use_cases"
OTHER = "other"
MIXED = "mixed"
PICKS = "picks"
CONTENTS = "contents"
NAVIGATION = "navigation"
FOOTER = "footer"

#: What holds entries.
ENTRY_SECTIONS = (PAPERS, ARTICLES, USE_CASES, OTHER)

_NUMBERS = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-f])"
_LEADING_NUMBER = re.compile(
    rf"^(?:[^\w\u2460-\u24ff]*(?:(?:第|part|section|no\.?|chapter|#)\s*)?{_NUMBERS}\s*"
    r"(?:部分|节|節|章|、|[.)\]:,。）】・·•|｜:：\-–—](?!\d)|\.(?=\d)))+\s*",
    re.IGNORECASE,
)
_BRACKETS_BEHIND = re.compile(r"(?<=\w)\s*[(\[【][^()\[\]【】]{1,40}[)\]】]$")
_SIGNS = re.compile(r"[^\w'’]+|_+")


def normalize(text: str) -> str:
    """Return ``text`` in compatibility form and lower case."""
    return unicodedata.normalize("NFKC", shown(text)).casefold().strip()


def strip_number(text: str) -> str:
    """Return a heading without the numbers in front of it: ``1.2) Papers`` is ``papers``."""
    folded = normalize(text)
    return _LEADING_NUMBER.sub("", folded, count=1).strip() or folded


def leading_number(text: str) -> int | None:
    """Return the number in front of a heading, None where there is none."""
    folded = normalize(text)
    if not _LEADING_NUMBER.match(folded):
        return None
    if match := re.match(r"\D{0,3}(\d{1,3})", folded):
        return int(match[1])
    match = re.match(r"\W*第?([一二三四五六七八九])(?![一二三四五六七八九十])", folded)
    return "一二三四五六七八九".index(match[1]) + 1 if match else None


def _reduce(text: str) -> str:
    """Return ``text`` without signs, with single blanks."""
    return " ".join(_SIGNS.sub(" ", text).split())


@cache
def _table() -> dict[str, frozenset[str]]:
    text = files("paperloom.importing").joinpath("words.toml").read_text(encoding="utf-8")
    merged: dict[str, set[str]] = {}
    for language in tomllib.loads(text).values():
        for name, words in language.items():
            merged.setdefault(name, set()).update(_reduce(normalize(word)) for word in words)
    return {name: frozenset(words) for name, words in merged.items()}


def words_of(*names: str) -> frozenset[str]:
    """Return the words of all languages under the given names of the table."""
    return frozenset().union(*(_table()[name] for name in names))


_SECTION_NAMES = (PAPERS, ARTICLES, USE_CASES, OTHER, PICKS, CONTENTS, "past", NAVIGATION, FOOTER)


@cache
def _meanings(*, with_footer: bool) -> dict[str, frozenset[str]]:
    """Return what each word may mean; the empty name is filler."""
    found: dict[str, set[str]] = {}
    for name in _SECTION_NAMES:
        if name != FOOTER or with_footer:
            for word in _table()[name]:
                found.setdefault(word, set()).add(name)
    for word in _table()["filler"] | (_table()["footer_filler"] if with_footer else frozenset()):
        found.setdefault(word, set()).add("")
    return {word: frozenset(names) for word, names in found.items()}


@lru_cache(maxsize=4096)
def _segment(text: str, *, with_footer: bool) -> frozenset[str] | None:
    """Return the meanings of the words that make up all of ``text``; None where something is left.

    Among several ways to cut the text, the one with the fewest words wins.
    """
    meanings = _meanings(with_footer=with_footer)
    longest = max(map(len, meanings))
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * (len(text) + 1)
    best[0] = (0, ())
    for start in range(len(text)):
        here = best[start]
        if here is None:
            continue
        for end in range(start + 1, min(len(text), start + longest) + 1):
            word = text[start:end]
            if not _is_word(text, start, end):
                continue
            known = word in meanings
            if known or word == " " or (word.isdigit() and len(word) <= 4):
                cost = here[0] + (word != " ")
                there = best[end]
                if there is None or cost < there[0]:
                    best[end] = (cost, (*here[1], word) if known else here[1])
    if best[-1] is None:
        return None
    found: set[str] = set()
    for word in best[-1][1]:
        found |= meanings[word]
    return frozenset(found)


def _is_word(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is not cut out of a longer word of Latin letters or number."""

    def inside(at: int) -> bool:
        return 0 < at < len(text) and all(c.isascii() and c.isalnum() for c in text[at - 1 : at + 1])

    return not inside(start) and not inside(end)


def section_of(text: str) -> str | None:
    """Return the part of an issue that a heading names, None where it names none.

    ``1.机器学习论文`` and ``Papers of the week`` are :data:`PAPERS`; ``mixed`` holds both papers
    and articles.
    """
    folded = strip_number(text)
    if not folded or len(folded) > 120:
        return None
    reduced = _reduce(folded)
    if not reduced:
        return None
    for name in (NAVIGATION, FOOTER):
        if reduced in _table()[name]:
            return name
    found = _segment(reduced, with_footer=False)
    if found is None or not found - {""}:
        footer = _segment(reduced, with_footer=True)
        return FOOTER if footer and FOOTER in footer else _without_brackets(text)
    strong = _strong_meanings(reduced, found)
    if "past" in found and found & {ARTICLES, PAPERS, OTHER, NAVIGATION, CONTENTS}:
        return NAVIGATION
    if NAVIGATION in found:
        return NAVIGATION
    if PICKS in strong:
        return PICKS
    if PAPERS in strong:
        return MIXED if ARTICLES in strong else PAPERS
    for name in (USE_CASES, ARTICLES, OTHER, CONTENTS):
        if name in strong:
            return name
    return None


def likely_section(text: str) -> str | None:
    """Return the part that the words of the table in ``text`` name, where the others are not known.

    ``Fishy papers`` is :data:`PAPERS`. Words that also fill say nothing, nor do those of several parts.
    """
    reduced = _reduce(strip_number(text))
    if any(_holds(reduced, word) for word in words_of("except")):
        return None
    meanings = _meanings(with_footer=False)
    told = [word for word in meanings if len(word) > 1 and "" not in meanings[word] and _holds(reduced, word)]
    longest = [word for word in told if not any(word != other and word in other for other in told)]
    found = {name for word in longest for name in meanings[word]}
    return next(iter(found)) if len(found) == 1 and found <= set(ENTRY_SECTIONS) else None


def _without_brackets(text: str) -> str | None:
    """Return what a numbered heading names without the brackets behind it: ``2. Papers (surveys)``."""
    folded = strip_number(text)
    name = _BRACKETS_BEHIND.sub("", folded)
    return section_of(name) if name != folded and leading_number(text) is not None else None


def _strong_meanings(text: str, found: frozenset[str]) -> frozenset[str]:
    """Return ``found`` without what is meant by words that also fill, where others carry the meaning."""
    meanings = _meanings(with_footer=False)
    words = [word for word in sorted(meanings, key=len, reverse=True) if _holds(text, word)]
    carried = frozenset(name for word in words if "" not in meanings[word] for name in meanings[word])
    return carried & found or found - {""}


def _holds(text: str, word: str) -> bool:
    at = text.find(word)
    return at >= 0 and _is_word(text, at, at + len(word))


def label_of(text: str) -> str | None:
    """Return ``label_paper``, ``label_other`` or ``label_text`` where ``text`` is such a label."""
    reduced = _reduce(normalize(text))
    for name in ("label_other", "label_paper", "label_text"):
        if reduced in _table()[name]:
            return name
    return None


def is_site_label(text: str) -> bool:
    """Return whether ``text`` is a label of the page that an article is about, such as "official website"."""
    return _reduce(normalize(text)) in words_of("label_site")


def strip_label(text: str) -> str:
    """Return ``text`` without a label of the paper in front: ``Title: Deep Nets`` is ``Deep Nets``."""
    match = re.match(r"\s*[\[【(（*]*\s*([^:：\]】)）]{1,24}?)\s*[\]】)）*]*\s*[:：]\s*", text)
    return text[match.end() :].strip() if match and label_of(match[1]) == "label_paper" else text


def mentions_any(text: str, words: Iterable[str]) -> bool:
    """Return whether one of ``words`` stands in ``text``, as a whole word where it is Latin."""
    folded = normalize(text)
    return any(_holds(folded, word) for word in words)
