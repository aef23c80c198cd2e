"""The blocks of a document: headings, paragraphs, list items, rules, rows, cards.

The parser's tokens and the tags of embedded HTML are brought into this one form first, so that
nothing further on needs to know how an export writes a heading or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from paperloom.importing.words import label_of

HEADING = "heading"
PARAGRAPH = "paragraph"
RULE = "rule"
ROW = "row"
CARD = "card"

_RULE_TEXT = re.compile(r"[\s\-‐‑–—―─━_*＊·•●・.…=＝~～〜⸻⁂※◇◆☆★]+")
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]{1,40}[)）\]】]")
#: What an issue may write into a line across the page.
_END = re.compile(r"(?<=[-–—=*])\s*(?:the end|end|完|全文完|正文完)\s*(?=[-–—=*])", re.IGNORECASE)
_STRAY_EMPHASIS = re.compile(
    r"\*{2,}|(?<!\w)_{2,}|_{2,}(?!\w)|(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\*(?=[\u3400-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class Span:
    r"""A stretch of running text; a line break is a span whose text is ``\n``.

    ``link`` numbers the link that the span belongs to, so that two links side by side stay two;
    ``href`` is its address as written. ``image`` marks the alternative text of a picture.
    """

    text: str
    line: int
    link: int | None = None
    href: str | None = None
    strong: bool = False
    emphasis: bool = False
    image: bool = False


@dataclass(slots=True)
class Block:
    """One block, on the source lines from ``line`` to ``end``, both counted from 1.

    ``level`` is a heading's. ``depth`` says in how many lists the block stands, ``starts_item``
    whether it is the first one of its item; blocks of one list have one ``list_id``. A row keeps
    its ``cells``. A card, the preview of a
    linked page, has the page's title in ``spans``, its address in ``href``, and ``site`` as shown;
    ``inner`` are other addresses that stand inside of it, with their lines. ``is_note`` marks what
    stands in a footnote.
    """

    kind: str
    line: int
    end: int
    spans: tuple[Span, ...] = ()
    level: int = 0
    depth: int = 0
    starts_item: bool = False
    list_id: int = 0
    quoted: bool = False
    setext: bool = False
    is_note: bool = False
    cells: tuple[tuple[Span, ...], ...] = ()
    href: str | None = None
    site: str | None = None
    description: str = ""
    inner: tuple[tuple[str, int], ...] = ()

    @property
    def text(self) -> str:
        """The text as readers see it, without pictures."""
        return plain(self.spans)

    @property
    def is_rule(self) -> bool:
        """Whether this is a line across the page, however it is drawn."""
        return self.kind == RULE

    @property
    def is_picture(self) -> bool:
        """Whether the block holds pictures and nothing else."""
        return any(span.image for span in self.spans) and not self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left of the block."""
        return self.kind not in (RULE, CARD) and not self.text and not any(s.href or s.image for s in self.spans)

    @property
    def is_bold(self) -> bool:
        """Whether all of a paragraph's first line is strong, or was meant to be."""
        if self.kind != PARAGRAPH:
            return False
        first = lines_of(self.spans)[0] if self.spans else ()
        words = [span for span in first if span.text.strip() and not span.image]
        if not words:
            return False
        if all(span.strong or not any(c.isalnum() for c in span.text) for span in words):
            return any(span.strong for span in words)
        if words[0].strong and _is_beside(tuple(span for span in words if not span.strong)):
            return True
        text = "".join(span.text for span in words).strip()
        if text.startswith("*") and all(span.emphasis for span in words if span.text.strip() != "*"):
            return True  # ``**Name*``
        return text.startswith(("**", "__")) or (text.endswith("**") and text.count("**") == 1)


def _is_beside(spans: tuple[Span, ...]) -> bool:
    """Return whether what stands behind a name is an aside in brackets, or links that are labels and no words."""
    linked = [span for span in spans if span.href]
    between = "".join(span.text for span in spans if not span.href)
    if any(label_of(span.text) is None for span in linked):
        return False
    aside = _ASIDE.fullmatch(between.strip()) is not None
    return aside if not linked else aside or not any(c.isalnum() for c in between)


def plain(spans: Iterable[Span]) -> str:
    """Return the text of ``spans``: one blank between words, no pictures, no emphasis left unclosed."""
    text = "".join(span.text for span in spans if not span.image)
    return tidy(text)


def tidy(text: str) -> str:
    """Return ``text`` with single blanks and without asterisks that an unclosed emphasis left."""
    text = " ".join(_STRAY_EMPHASIS.sub("", text).split())
    text = text.removeprefix("*").strip() if text.count("*") % 2 else text
    if text.endswith("*") and text.count("*") % 2 and not re.search(r"\b[A-Z]{1,4}\*$", text):
        text = text.removesuffix("*").strip()
    return text


def lines_of(spans: Iterable[Span]) -> list[tuple[Span, ...]]:
    """Return the spans of each line."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        if span.text == "\n":
            lines.append([])
        else:
            lines[-1].append(span)
    return [tuple(line) for line in lines]


def join_links(blocks: Iterable[Block]) -> list[Block]:
    """Return ``blocks`` with the text of each link on one line: its lines are those of the source."""
    return [replace(block, spans=_joined(block.spans)) if block.kind != CARD else block for block in blocks]


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    found = list(spans)
    for at in range(1, len(found) - 1):
        before, after = found[at - 1], found[at + 1]
        if found[at].text == "\n" and before.href and before.link == after.link and before.strong == after.strong:
            wide = re.search(r"[\u3000-\u9fff]$", before.text) and re.match(r"[\u3000-\u9fff]", after.text)
            found[at] = replace(before, text="" if wide else " ")
    return tuple(found)


def is_rule_text(text: str) -> bool:
    """Return whether ``text`` is drawn as a line across the page, as ``— — —`` is."""
    stripped = _END.sub("", text.strip())
    return len(stripped) > 1 and _RULE_TEXT.fullmatch(stripped) is not None


@dataclass(slots=True)
class _List:
    number: int
    fresh: bool = False


@dataclass(slots=True)
class BlockBuilder:
    """Collects blocks from the events of a parser: something opens, text comes, something closes."""

    blocks: list[Block] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _open: Block | None = None
    _lists: list[_List] = field(default_factory=list)
    _quotes: int = 0
    _notes: int = 0
    _strong: int = 0
    _emphasis: int = 0
    _links: list[tuple[int, str]] = field(default_factory=list)
    _link_count: int = 0
    _list_count: int = 0
    _cells: list[tuple[Span, ...]] | None = None
    line: int = 1

    def open(self, kind: str, line: int, end: int | None = None, *, level: int = 0, setext: bool = False) -> None:
        """Begin a block."""
        self.close()
        self.line = line
        current = self._lists[-1] if self._lists else None
        self._open = Block(
            kind,
            line,
            end or line,
            level=level,
            depth=len(self._lists),
            starts_item=bool(current and current.fresh),
            list_id=current.number if current else 0,
            quoted=self._quotes > 0,
            setext=setext,
            is_note=self._notes > 0,
        )
        if current:
            current.fresh = False

    def close(self) -> None:
        """End the block that is open, if any."""
        block, self._open = self._open, None
        spans, self._spans = tuple(self._spans), []
        self._strong = self._emphasis = 0
        self._links = []
        if block is None:
            return
        block.spans = spans
        block.end = max(block.end, *(span.line for span in spans)) if spans else block.end
        if block.kind == PARAGRAPH and not any(span.href or span.image for span in spans):
            text = "".join(span.text for span in spans)
            if is_rule_text(text) and not block.starts_item:
                block.kind, block.spans = RULE, ()
        self.blocks.append(block)

    def rule(self, line: int) -> None:
        """Add a line across the page."""
        self.open(RULE, line)
        self.close()

    def open_list(self) -> None:
        """Begin a list."""
        self.close()
        self._list_count += 1
        self._lists.append(_List(self._list_count))

    def close_list(self) -> None:
        """End the innermost list."""
        self.close()
        if self._lists:
            self._lists.pop()

    def open_item(self) -> None:
        """Begin an item of the innermost list."""
        self.close()
        if not self._lists:
            self.open_list()
        self._lists[-1].fresh = True

    def quote(self, step: int) -> None:
        """Enter (1) or leave (-1) a quotation."""
        self.close()
        self._quotes = max(0, self._quotes + step)

    def note(self, step: int) -> None:
        """Enter (1) or leave (-1) a footnote."""
        self.close()
        self._notes = max(0, self._notes + step)

    def open_row(self, line: int) -> None:
        """Begin the row of a table."""
        self.open(ROW, line)
        self._cells = []

    def close_cell(self) -> None:
        """End a cell."""
        if self._cells is not None:
            self._cells.append(tuple(self._spans))
            self._spans = []

    def close_row(self) -> None:
        """End the row."""
        if self._open is not None and self._cells is not None:
            self._open.cells = tuple(self._cells)
            self._spans = [span for cell in self._cells for span in (*cell, Span(" ", self.line))]
        self._cells = None
        self.close()

    def as_paragraph(self) -> None:
        """Make the heading that is open a paragraph: what follows belongs to it."""
        if self._open is not None:
            self._open.kind, self._open.level = PARAGRAPH, 0

    @property
    def in_block(self) -> bool:
        """Whether a block is open."""
        return self._open is not None

    def text(self, text: str, *, image: bool = False) -> None:
        """Add running text; outside of any block it begins a paragraph."""
        if self._open is None:
            if not text.strip() and not image:
                return
            self.open(PARAGRAPH, self.line)
        link, href = self._links[-1] if self._links else (None, None)
        self._spans.append(Span(text, self.line, link, href, self._strong > 0, self._emphasis > 0, image))

    def line_break(self) -> None:
        """Add a line break."""
        if self._open is not None:
            self._spans.append(Span("\n", self.line))

    def open_link(self, href: str) -> None:
        """Begin a link."""
        if self._open is None:
            self.open(PARAGRAPH, self.line)
        self._link_count += 1
        self._links.append((self._link_count, href))
        self._spans.append(Span("", self.line, self._link_count, href))

    def close_link(self) -> None:
        """End a link."""
        if self._links:
            self._links.pop()

    def strong(self, step: int) -> None:
        """Enter (1) or leave (-1) strong text."""
        self._strong = max(0, self._strong + step)

    def emphasis(self, step: int) -> None:
        """Enter (1) or leave (-1) emphasised text."""
        self._emphasis = max(0, self._emphasis + step)


def split_false_headings(blocks: list[Block]) -> Iterator[Block]:
    """Yield ``blocks``; a paragraph that a rule right below it made a heading is both again.

    ``text`` above ``---`` without a blank line is a heading in Markdown and rarely meant as one.
    """
    for block in blocks:
        is_text = len(block.text) > 100 or "\n" in "".join(span.text for span in block.spans)
        if block.setext and block.level == 2 and is_text:
            yield replace(block, kind=PARAGRAPH, level=0, setext=False)
            yield Block(RULE, block.end, block.end)
        else:
            yield block
