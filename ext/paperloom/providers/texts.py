"""Texts of services in plain form: markup of publishers, names of people."""

from __future__ import annotations

import html
import re
from typing import Any

from pybtex.database import InvalidNameString, Person

from paperloom.model.records import Author
from paperloom.sources.latex import to_plain_text
from paperloom.sources.text import clean

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|VI{0,2}")
_ORGANISATION = re.compile(
    r"\b(?:collaboration|consortium|team|group|project|organi[sz]ation|initiative)\b", re.IGNORECASE
)
_MATHS = re.compile(r"\$[^$]+\$|\\[A-Za-z'\"`^~=.]")
#: Elements of JATS, MathML and HTML that stand in titles and abstracts.
_ELEMENTS = (
    "a|abstract|annotation|b|bold|br|em|font|i|inline-formula|italic|list|list-item|math|mfenced|mfrac|mi|mn|mo|mover|"
    "mpadded|mrow|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|p|sc|scp|sec|semantics|span|strong|"
    "sub|sup|tex-math|title|tt|u"
)
#: A tag as publishers write it, and nothing else that has pointed brackets.
_TAG = re.compile(
    rf"""</?(?:(?:jats|mml|m|xhtml):)?(?P<name>{_ELEMENTS})(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""",
    re.IGNORECASE,
)
#: A formula again, in another notation.
_REPEATED = re.compile(r"<(?P<tag>(?:mml:)?annotation|(?:jats:)?tex-math)\b[^<>]*>.*?</(?P=tag)>", re.DOTALL)
_BLOCKS = ("p", "br", "title", "sec", "list-item")


def from_markup(value: Any) -> str:
    """Return the text of a value with tags (JATS, MathML, HTML) or character references; LaTeX in it is read, too.

    A ``<`` that begins no tag stays. Anything but text counts as none.
    """
    if not isinstance(value, str):
        return ""
    value = _TAG.sub(_blank_between_blocks, _REPEATED.sub("", value))
    value = html.unescape(html.unescape(value))  # some publishers escape twice
    return from_latex(value)


def _blank_between_blocks(tag: re.Match[str]) -> str:
    return " " if tag["name"].lower() in _BLOCKS else ""


def from_latex(value: Any) -> str:
    """Return the text of a value that may hold LaTeX; text without a command or formula is not touched."""
    if not isinstance(value, str):
        return ""
    return clean(to_plain_text(value) if _MATHS.search(value) else value)


def person(name: str) -> Author:
    """Return the author whose whole name is ``name``, in reading order or as ``Family, Given``."""
    name = from_latex(name)
    if _ORGANISATION.search(name) or " " not in name:
        return Author(name)
    if "," not in name:
        words = name.split(" ")
        if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
            name = f"{' '.join(words[:-1])}"
            plain = person(name)
            return Author(plain.family, plain.given, plain.particle, words[-1])
    try:
        parsed = Person(name.replace("{", "").replace("}", ""))
    except InvalidNameString:
        return Author(name)
    given = " ".join((*parsed.first_names, *parsed.middle_names))
    family, particle = " ".join(parsed.last_names), " ".join(parsed.prelast_names)
    return Author(family, given, particle, " ".join(parsed.lineage_names)) if family and given else Author(name)


def family_and_given(family: str, given: str, suffix: str = "") -> Author:
    """Return the author with these parts; words in lower case before the family name are its particle."""
    family, given, suffix = (from_markup(part) for part in (family, given, suffix))
    if not family or not given:
        return Author(family or given)
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count].isalpha() and words[count].islower():
        count += 1
    return Author(" ".join(words[count:]), given, " ".join(words[:count]), suffix)
