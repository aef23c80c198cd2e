r"""Asterisks and underscores that an author meant: escaped, in code or in maths, as in ``A\*``.

Emphasis that does not balance leaves the same signs in a text, where they are removed. The meant ones are therefore
written as characters that no text holds until an issue is understood.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from markdown_it.rules_core import StateCore
from markdown_it.rules_core.text_join import text_join
from markdown_it.token import Token

_Record = TypeVar("_Record")

#: Noncharacters of Unicode, which no text may hold, for the signs of emphasis.
_KEPT = str.maketrans({"*": "\ufdd0", "_": "\ufdd1"})
_SHOWN = str.maketrans({"\ufdd0": "*", "\ufdd1": "_"})
#: Maths in dollars as other dialects of Markdown have it; no amounts of money, links or sentences.
_MATHS = re.compile(
    r"(?<![\\$A-Za-z0-9])(?P<edge>\$\$?)(?=[^\s\d$])(?P<inner>(?:(?!https?:|\]\(|\n\n)[^$\u3000-\u9fff]){1,400}?)"
    r"(?<![\s\\])(?P=edge)(?![\d$])"
)
#: Signs between numbers and letters that calculate, and those of names: ``2**k``, ``2*3``, ``C*-algebra``.
_FORMULA = re.compile(
    r"(?<![A-Za-z0-9])(?<!\*\*)(?:[A-Za-z]\*\*\d+|\d+\*\*(?:\d+|[A-Za-z]))(?![A-Za-z0-9*])|(?<=\d)\*(?=\d)"
    r"|(?<![A-Za-z0-9])[A-Z]{1,2}\*(?=-[a-z\u3400-\u9fff])"
)
_NAME = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{1,4}|[A-Za-z\u0370-\u03ff])\*(?!\*)")


def keep(text: str) -> str:
    """Return ``text`` with its asterisks and underscores as characters that no emphasis is made of."""
    return text.translate(_KEPT)


def shown(text: str) -> str:
    """Return ``text`` as readers see it, of the same length."""
    return text.translate(_SHOWN)


def keep_formulas(text: str) -> str:
    """Return Markdown with the signs in maths and in names kept: neither ``$a*b*c$`` nor ``A*与B*`` has emphasis."""
    if "$" in text:
        text = _MATHS.sub(lambda match: keep(match[0]), text)
    if "*" not in text:
        return text
    text = _FORMULA.sub(lambda match: keep(match[0]), text)
    return "\n".join(keep(line) if _has_only_names(line) else line for line in text.split("\n"))


def _has_only_names(line: str) -> bool:
    """Return whether all asterisks of a line end names such as ``A*``: a pair of them would be emphasis."""
    return line.count("*") > 1 and len(_NAME.findall(line)) == line.count("*")


def keep_meant(state: StateCore) -> None:
    """Keep signs that are escaped, written as entities, or in code; takes the place of the rule ``text_join``."""
    for token in state.tokens:
        for child in _within(token):
            if child.type in ("text_special", "code_inline"):
                child.content = keep(child.content)
    text_join(state)


def _within(token: Token) -> list[Token]:
    children = token.children or []
    return [*children, *(each for child in children for each in _within(child))]


def as_shown(issue: _Record) -> _Record:
    """Return a record with all its texts as readers see them."""
    found: _Record = _as_shown(issue)
    return found


def _as_shown(value: Any) -> Any:
    """Return a record, or a list or tuple of them, with all its texts as readers see them."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_as_shown(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _as_shown(getattr(value, each.name)) for each in fields(value)})
    return value
