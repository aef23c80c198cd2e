"""Tags of HTML that stand in Markdown, handed on as the same events that Markdown gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from paperloom.importing.blocks import HEADING, PARAGRAPH
from paperloom.importing.building import BlockBuilder

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS = frozenset(
    """
    p div section article figure figcaption summary details aside main header footer pre center dt dd
    """.split()  # noqa: SIM905  # a list of words reads better as text
)
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite"})
_EMBEDS = frozenset({"iframe", "embed", "video", "source"})
_SILENT = frozenset({"script", "style", "head", "svg", "noscript", "template"})
#: What editors and sites write into comments for themselves.
_EDITORS_MARK = re.compile(
    r"\s*(?:/?wp:|\[|<!|kg-|/?ko\b|more\b|truncate|prettier|markdownlint|toc\b|start\b|end\b|/)", re.IGNORECASE
)
#: Every other element of HTML. What is none, as in ``the token <mask>``, is a word.
_OTHER_ELEMENTS = frozenset(
    """
    a abbr acronym address applet area audio base basefont bdi bdo big blockquote body br button canvas caption code
    col colgroup data datalist del dfn dialog dir fieldset font form frame frameset hgroup hr html img input ins kbd
    label legend li link map mark marquee menu meta meter nav nobr object ol optgroup option output param picture
    progress q rb rp rt rtc ruby s samp search select slot small span strike sub sup table tbody td textarea tfoot th
    thead time title tr track tt u ul var wbr math path g figure
    """.split()  # noqa: SIM905  # a list of words reads better as text
)
_ELEMENTS = frozenset(_HEADINGS) | _PARAGRAPHS | _STRONG | _EMPHASIS | _EMBEDS | _SILENT | _OTHER_ELEMENTS


def _is_word(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    return tag not in _ELEMENTS and not attrs and tag.isalnum()


class HtmlReader(HTMLParser):
    """Reads one piece of HTML into a builder; tags may be closed by a later piece.

    ``markdown`` is called with text that stands outside of any paragraph, and its line: it may
    be Markdown again.
    """

    def __init__(self, builder: BlockBuilder, first_line: int, markdown: Callable[[str, int], None]) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self._first_line = first_line
        self._markdown = markdown
        self._silent = 0
        self._link: str | None = None
        self._linked_block = False

    def read(self, source: str) -> None:
        """Read ``source``."""
        self.feed(source)
        self.close()

    def _place(self) -> int:
        return self._first_line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: C901, PLR0912
        """Hand on what opens."""
        builder = self._builder
        values = {name: value or "" for name, value in attrs}
        line = self._place()
        builder.line = max(builder.line, line)
        if tag in _SILENT:
            self._silent += 1
        elif _is_word(tag, attrs):
            self.handle_data(self.get_starttag_text() or f"<{tag}>")
        elif self._link is not None and (tag in _HEADINGS or tag in _PARAGRAPHS):
            self._open_inside_link(tag, line)
        elif tag in _HEADINGS:
            builder.open(HEADING, line, level=_HEADINGS[tag])
        elif tag in _PARAGRAPHS:
            builder.open(PARAGRAPH, line)
        elif tag in ("ul", "ol"):
            builder.open_list()
        elif tag == "li":
            builder.open_item()
            builder.open(PARAGRAPH, line)
        elif tag == "blockquote":
            builder.quote(1)
        elif tag == "tr":
            builder.open_row(line)
        elif tag == "hr":
            builder.rule(line)
        elif tag == "br":
            builder.line_break()
        elif tag == "a" and values.get("href"):
            self._link = values["href"]
            builder.open_link(values["href"])
        elif tag in _STRONG:
            builder.strong(1)
        elif tag in _EMPHASIS:
            builder.emphasis(1)
        elif tag == "img":
            builder.text(values.get("alt") or values.get("src") or "picture", image=True)
        elif tag in _EMBEDS and (address := _embedded(values.get("src", ""))):
            builder.open_link(address)
            builder.close_link()

    def _open_inside_link(self, tag: str, line: int) -> None:
        """Begin a block inside of a link: all blocks of one link are the preview of one page."""
        builder = self._builder
        if self._linked_block and tag in _HEADINGS:
            # Nobody closed the link: another heading is none of its preview.
            self._link, self._linked_block = None, False
            builder.open(HEADING, line, level=_HEADINGS[tag])
            return
        if self._linked_block:
            builder.as_paragraph()
            builder.line_break()
            return
        self._linked_block = True
        builder.open(HEADING if tag in _HEADINGS else PARAGRAPH, line, level=_HEADINGS.get(tag, 0))
        builder.open_link(self._link or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: C901
        """Hand on what closes."""
        builder = self._builder
        if _is_word(tag, []):
            self.handle_data(f"</{tag}>")
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._linked_block and (tag in _HEADINGS or tag in _PARAGRAPHS):
            return
        elif tag in _HEADINGS or tag in _PARAGRAPHS or tag == "li":
            builder.close()
        elif tag in ("ul", "ol"):
            builder.close_list()
        elif tag == "blockquote":
            builder.quote(-1)
        elif tag in ("td", "th"):
            builder.close_cell()
        elif tag == "tr":
            builder.close_row()
        elif tag == "a":
            builder.close_link()
            if self._linked_block:
                builder.close()
            self._link, self._linked_block = None, False
        elif tag in _STRONG:
            builder.strong(-1)
        elif tag in _EMPHASIS:
            builder.emphasis(-1)

    def handle_comment(self, data: str) -> None:
        """Keep what somebody noted in a comment, not the marks of an editor."""
        if " " in data.strip() and not _EDITORS_MARK.match(data):
            self._builder.comments.append((self._place(), data.strip()))

    def handle_data(self, data: str) -> None:
        """Hand on text."""
        if self._silent or not data.strip():
            if self._builder.in_block and data and not self._silent:
                self._builder.text(" ")
            return
        if self._builder.in_block:
            self._builder.text(data.replace("\n", " "))
        else:
            self._markdown(data, self._place())


def _embedded(address: str) -> str:
    """Return the address of what a frame shows; some hosts put it into a parameter of their own."""
    try:
        inner = parse_qs(urlsplit(address).query).get("url", [""])[0]
    except ValueError:
        return ""
    return inner if inner.startswith("http") else address
