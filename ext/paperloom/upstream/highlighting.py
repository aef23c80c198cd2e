"""Formatters of Pygments, and the language of code blocks."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.highlighting import PygmentsBridge
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform, HighlightLanguageVisitor

from paperloom.upstream.replacing import original, replace


def highlight_once() -> None:
    """Keep formatters, each of which compiles a style sheet, and look for code blocks instead of walking all nodes."""
    make_formatter = original(PygmentsBridge, "get_formatter")
    set_languages = original(HighlightLanguageTransform, "apply")

    def get_formatter(self: PygmentsBridge, **kwargs: Any) -> Any:
        try:
            key = tuple(sorted(kwargs.items()))
            formatters = self.__dict__.setdefault("_paperloom_formatters", {})
            if key not in formatters:
                formatters[key] = make_formatter(self, **kwargs)
            return formatters[key]
        except TypeError:  # such as a list of lines to emphasize
            return make_formatter(self, **kwargs)

    def apply(self: HighlightLanguageTransform, **kwargs: Any) -> None:
        kinds = (addnodes.highlightlang, addnodes.start_of_file)
        if any(next(self.document.findall(kind), None) is not None for kind in kinds):
            set_languages(self, **kwargs)
            return
        visitor = HighlightLanguageVisitor(self.document, self.config.highlight_language)
        visitor.visit_document(self.document)
        for block in self.document.findall(nodes.literal_block):
            visitor.visit_literal_block(block)

    replace(PygmentsBridge, "get_formatter", get_formatter)
    replace(HighlightLanguageTransform, "apply", apply)
