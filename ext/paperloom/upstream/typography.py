"""Quotes, dashes and ellipses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from docutils.utils import smartquotes
from sphinx.transforms import SphinxSmartQuotes

from paperloom.upstream.replacing import original, replace

#: What docutils may change when asked for quotes, dashes and ellipses. A backslash keeps a character as it is.
_ACTIVE = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.""")
_KNOWN = frozenset("qdDie")


def leave_plain_text() -> None:
    """Leave documents and blocks of text as they are that have nothing to educate."""
    educate_all = original(smartquotes, "educate_tokens")
    apply_to_all = original(SphinxSmartQuotes, "apply")

    def apply(self: SphinxSmartQuotes, **kwargs: Any) -> None:
        known = _KNOWN.issuperset(self.config.smartquotes_action)
        if not known or any(_ACTIVE.search(text) for text in self.document.findall(nodes.Text)):
            apply_to_all(self, **kwargs)

    def educate_tokens(
        text_tokens: Iterable[tuple[str, str]],
        attr: str = smartquotes.default_smartypants_attr,
        language: str = "en",
    ) -> Iterator[str]:
        tokens = list(text_tokens)
        if not _KNOWN.issuperset(attr) or any(_ACTIVE.search(text) for kind, text in tokens if kind == "plain"):
            educated: Iterator[str] = educate_all(tokens, attr, language)
            return educated
        return iter([text for _kind, text in tokens])

    replace(SphinxSmartQuotes, "apply", apply)
    replace(smartquotes, "educate_tokens", educate_tokens)
