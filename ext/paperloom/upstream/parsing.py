"""The parsers that MyST makes for every document."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import myst_parser.parsers.sphinx_
from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.sphinx_ import MystParser

from paperloom.upstream.replacing import original, replace


@cache
def _rule_names(renderer: type) -> tuple[str, ...]:
    """Return the names of the methods that render tokens."""
    methods = inspect.getmembers(renderer, predicate=inspect.isfunction)
    return tuple(name for name, _ in methods if name.startswith("render_") and name != "render_children")


def remember_parsers() -> None:
    """Let MyST make one parser for a configuration, and find the methods that render tokens once.

    It makes a parser with all its plug-ins for every document and looks through all attributes of
    the renderer. A document that is parsed while another is gets a parser of its own.
    """
    make_parser = original(myst_parser.parsers.sphinx_, "create_md_parser")
    parse_document = original(MystParser, "parse")
    kept: list[tuple[MdParserConfig, Any, MarkdownIt, dict[str, Any]]] = []
    parsing: list[nodes.document] = []

    def prepare(self: DocutilsRenderer, parser: MarkdownIt) -> None:
        self.md = parser
        self.rules = {name: getattr(self, name) for name in _rule_names(type(self))}
        self._inventories = None

    def create_md_parser(config: MdParserConfig, renderer: Any) -> MarkdownIt:
        parser: MarkdownIt
        if len(parsing) != 1:
            parser = make_parser(config, renderer)
            return parser
        if not kept or kept[0][0] is not config or kept[0][1] is not renderer:
            parser = make_parser(config, renderer)
            kept[:] = [(config, renderer, parser, dict(parser.options))]
        _config, _renderer, parser, options = kept[0]
        parser.options.clear()
        parser.options.update(options)
        parser.renderer = renderer(parser)
        return parser

    def parse(self: MystParser, inputstring: str, document: nodes.document) -> None:
        parsing.append(document)
        try:
            parse_document(self, inputstring, document)
        finally:
            parsing.pop()

    replace(DocutilsRenderer, "__init__", prepare)
    replace(myst_parser.parsers.sphinx_, "create_md_parser", create_md_parser)
    replace(MystParser, "parse", parse)
