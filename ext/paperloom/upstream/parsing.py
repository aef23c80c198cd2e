"""The renderer that MyST makes for every document."""

from __future__ import annotations

import inspect
from functools import cache

from markdown_it import MarkdownIt
from myst_parser.mdit_to_docutils.base import DocutilsRenderer

from paperloom.upstream.replacing import replace


@cache
def _rule_names(renderer: type) -> tuple[str, ...]:
    """Return the names of the methods that render tokens."""
    methods = inspect.getmembers(renderer, predicate=inspect.isfunction)
    return tuple(name for name, _ in methods if name.startswith("render_") and name != "render_children")


def remember_render_rules() -> None:
    """Let MyST find the methods that render tokens once; it looks through all attributes for every document."""

    def prepare(self: DocutilsRenderer, parser: MarkdownIt) -> None:
        self.md = parser
        self.rules = {name: getattr(self, name) for name in _rule_names(type(self))}
        self._inventories = None

    replace(DocutilsRenderer, "__init__", prepare)
