"""Markdown into blocks: structure from the tokens of markdown-it-py."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from paperloom.importing.addresses import find_bare
from paperloom.importing.blocks import HEADING, PARAGRAPH, Block
from paperloom.importing.building import BlockBuilder, split_false_headings, with_notes_of_headings
from paperloom.importing.dialects import as_markdown
from paperloom.importing.html import HtmlReader
from paperloom.importing.marks import keep, keep_formulas, keep_meant
from paperloom.importing.tight import split_tight

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufdd0-\ufdef\ufeff\ufe0e\ufe0f]")
_OTHER_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: What str.splitlines() takes for a line end and Markdown does not.
_OTHER_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<fields>.*?\n)\+\+\+[ \t]*\n", re.DOTALL)
_CELL_END = re.compile(r"(?<!\\)\|")
_DEEPEST = 3


@cache
def _parser() -> MarkdownIt:
    # Indented code is off: exports indent for looks, and a link must not vanish into code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code").use(front_matter_plugin)
    parser.core.ruler.at("text_join", keep_meant)
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


def clean_text(text: str) -> str:
    """Return ``text`` without characters that nobody sees; lines keep their numbers."""
    text = _OTHER_BLANKS.sub(" ", _INVISIBLE.sub("", _OTHER_BREAKS.sub(" ", text)))
    return keep_formulas(as_markdown(text))


def read_blocks(text: str) -> tuple[list[Block], dict[str, Any]]:
    """Return the blocks of Markdown ``text`` and the fields of its front matter."""
    builder = BlockBuilder()
    reader = _Reader(builder)
    fields = reader.read(reader.read_toml(clean_text(text)), 1)
    builder.close()
    reader.note_what_is_hidden()
    return list(split_tight(list(split_false_headings(with_notes_of_headings(builder))))), fields


class _Reader:
    def __init__(self, builder: BlockBuilder) -> None:
        self._builder = builder
        self._depth = 0
        self._fields: dict[str, Any] = {}
        self._notes: dict[str, str] = {}
        self._environment: dict[str, Any] = {}
        self._addresses: set[str] = set()
        self._hidden: list[tuple[int, str, str]] = []
        self._row: list[str] = []

    def read_toml(self, text: str) -> str:
        """Take the fields of front matter in TOML, and return ``text`` without it; lines keep their numbers."""
        match = _TOML.match(text)
        if match is None:
            return text
        try:
            self._fields.update({name.lower(): value for name, value in tomllib.loads(match["fields"]).items()})
        except tomllib.TOMLDecodeError:
            self._hidden.append((2, match["fields"], ""))
        return "\n" * match[0].count("\n") + text[match.end() :]

    def read(self, text: str, first_line: int) -> dict[str, Any]:
        """Read ``text``, whose first line has the number ``first_line``."""
        self._depth += 1
        tokens = _parser().parse(text, self._environment)
        self._notes |= _addresses_of_notes(tokens)
        lines = text.split("\n")
        for token in tokens:
            if token.type == "tr_open" and token.map:
                self._row = _CELL_END.split(lines[token.map[0]].strip().strip("|"))
            self._block(token, first_line)
        self._depth -= 1
        return self._fields

    def _again(self, text: str, line: int) -> None:
        if self._depth < _DEEPEST:
            self.read(text, line)
        else:
            self._builder.line = line
            self._builder.text(text.replace("\n", " "))

    def _block(self, token: Token, first_line: int) -> None:  # noqa: C901, PLR0912
        builder = self._builder
        start, end = token.map or (builder.line - first_line, builder.line - first_line + 1)
        line = first_line + start
        match token.type:
            case "front_matter":
                fields = _mapping(token.content)
                self._fields.update(fields or {})
                if fields is None:
                    self._hidden.append((line + 1, token.content, ""))
            case "heading_open":
                builder.open(
                    HEADING, line, first_line + end - 1, level=int(token.tag[1]), setext=token.markup in ("-", "=")
                )
            case "paragraph_open":
                builder.open(PARAGRAPH, line, first_line + end - 1)
            case "heading_close" | "paragraph_close":
                builder.close()
            case "bullet_list_open" | "ordered_list_open":
                builder.open_list()
            case "bullet_list_close" | "ordered_list_close":
                builder.close_list()
            case "list_item_open":
                builder.open_item()
            case "blockquote_open":
                builder.quote(1)
            case "blockquote_close":
                builder.quote(-1)
            case "tr_open":
                builder.open_row(line)
            case "td_close" | "th_close":
                builder.close_cell()
                self._row = self._row[1:]
            case "tr_close":
                builder.close_row()
                if said := " ".join(cell.strip() for cell in self._row if cell.strip()):
                    self._hidden.append((builder.line, said, ""))  # more cells than the table has columns
            case "hr":
                builder.rule(line)
            case "footnote_reference_open" | "footnote_reference_close":
                builder.note(token.nesting, str((token.meta or {}).get("label", "")))
            case "fence" | "code_block":
                builder.open(PARAGRAPH, line, first_line + end - 1)
                builder.text(keep(token.content))
                builder.close()
            case "html_block":
                builder.line = line
                HtmlReader(builder, line, self._again).read(token.content)
            case "inline":
                self._inline(token.children or [], line)

    def _inline(self, children: list[Token], line: int) -> None:
        builder = self._builder
        builder.line = line
        for child in children:
            match child.type:
                case "text" | "text_special":
                    builder.text(child.content)
                case "code_inline":
                    builder.text(child.content)
                case "softbreak" | "hardbreak":
                    builder.line_break()
                    builder.line += 1
                case "strong_open" | "em_open":
                    (builder.strong if child.type == "strong_open" else builder.emphasis)(1)
                case "strong_close" | "em_close":
                    (builder.strong if child.type == "strong_close" else builder.emphasis)(-1)
                case "link_open":
                    builder.open_link(str(child.attrGet("href") or ""))
                    self._note_attributes(child, "href")
                case "link_close":
                    builder.close_link()
                case "image":
                    builder.text(child.content or str(child.attrGet("src") or "picture"), image=True)
                    self._note_attributes(child, "src")
                case "footnote_ref" if href := self._notes.get(str(child.meta["label"])):
                    # A note that gives an address is a link to it.
                    builder.refer(str(child.meta["label"]))
                    builder.open_link(href)
                    builder.text(f"^{child.meta['label']}")
                    builder.close_link()
                case "html_inline":
                    HtmlReader(builder, builder.line, self._again).read(child.content)

    def _note_attributes(self, token: Token, name: str) -> None:
        self._addresses.add(str(token.attrGet(name) or ""))
        if title := str(token.attrGet("title") or "").strip():
            self._hidden.append((self._builder.line, title, ""))

    def note_what_is_hidden(self) -> None:
        """Add notes of what readers of the page do not see.

        That is front matter that cannot be read, titles of links, and definitions of links that nothing refers to.
        """
        builder = self._builder
        defined = [*self._environment.get("references", {}).values(), *self._environment.get("duplicate_refs", [])]
        for each in defined:
            if each["href"] not in self._addresses:
                self._hidden.append((each["map"][0] + 1, str(each.get("title") or ""), each["href"]))
        self._hidden += [(line, " ".join(text.split()), "") for line, text in builder.comments]
        said = "\n".join(block.text for block in builder.blocks)
        builder.note(1)
        for line, text, href in sorted(self._hidden):
            if href or text not in said:
                builder.open(PARAGRAPH, line)
                builder.text(keep(text))
                if href:
                    builder.open_link(href)
                    builder.text(href)
                    builder.close_link()
                builder.close()
        builder.note(-1)


def _addresses_of_notes(tokens: list[Token]) -> dict[str, str]:
    """Return the first address that each footnote gives, by its label."""
    found: dict[str, str] = {}
    label: str | None = None
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
        elif token.type == "footnote_reference_close":
            label = None
        for child in (token.children or []) if label is not None and token.type == "inline" else []:
            bare = next((each.url for each in find_bare(child.content)), "") if child.type == "text" else ""
            if href := str(child.attrGet("href") or "") if child.type == "link_open" else bare:
                found.setdefault(label or "", href)
    return found


def _mapping(source: str) -> dict[str, Any] | None:
    """Return front matter, None if it cannot be read; an issue is not refused for it."""
    if re.search(r"(?:^|[\s\[{,:])[&*][A-Za-z0-9]", source):
        return None  # values that stand for others, which could fill the memory
    try:
        data = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if data is None:
        return {}
    return {str(key).lower(): value for key, value in data.items()} if isinstance(data, dict) else None
