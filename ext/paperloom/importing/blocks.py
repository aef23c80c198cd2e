"""The blocks of a document: headings, paragraphs, list items, rules, rows, cards.

The parser's tokens and the tags of embedded HTML are brought into this one form first, so that
nothing further on needs to know how an export writes a heading or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperloom.importing.marks import shown
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
#: What emphasis that does not balance leaves.
_STRAY_EMPHASIS = re.compile(
    r"\*{2,}|(?<!\w)_{2,}|_{2,}(?!\w)|(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\*(?=[\u3400-\u9fff])"
)
_FILE_NAME = re.compile(r"(?:https?://\S+|\S*/\S*|\S+\.\w{2,4}|img|image|picture|figure|photo|\d+)", re.IGNORECASE)
#: Names with an asterisk, as ``A*`` and ``*-algebra``.
_NAME_WITH_STAR = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{1,4}|[A-Za-z\u0370-\u03ff])\*$")
_STAR_IN_NAME = re.compile(r"\*-\w")


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
    stands in a footnote, ``note_label`` says in which.
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
    note_label: str = ""
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
    if text.count("*") % 2 and not _STAR_IN_NAME.match(text):
        text = text.removeprefix("*").strip()
    if text.endswith("*") and text.count("*") % 2 and not _NAME_WITH_STAR.search(text):
        text = text.removesuffix("*").strip()
    return text


def is_told(text: str) -> bool:
    """Return whether what stands for a picture says something: it is no address, no name of a file."""
    return re.search(r"\w", text) is not None and _FILE_NAME.fullmatch(text.strip()) is None


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
    stripped = _END.sub("", shown(text).strip())
    return len(stripped) > 1 and _RULE_TEXT.fullmatch(stripped) is not None
