"""Running text taken apart into words and addresses, line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from string import whitespace

from paperloom.importing.addresses import find_bare, is_address_text, resolve, words_beside_address
from paperloom.importing.blocks import Span, lines_of, tidy
from paperloom.importing.words import label_of

#: Brackets that held an address; those of a call such as ``main()`` hold nothing, and stand behind a name.
_EMPTY_BRACKETS = re.compile(r"(?:[\[【(（<〈《「]\s+|(?<![A-Za-z0-9_\ufdd1])[\[【(（<〈《「])[\]】)）>〉》」]")
_SIGNS_AROUND = re.compile(
    r"^(?:\d\u20e3|[\s\-–—:：・•|｜>,，、;；/／→↓]|\*(?!-\w)|\ufdd0(?=\s))+|[\s\-–—:：・•|｜,，、;；/／→↓]+$"
)
_PICTURES = re.compile("[\u2190-\u2bff\u3013\U0001f000-\U0010ffff]")
_OPENING, _CLOSING = "[【(（<〈《「", "]】)）>〉》」"
#: How deep empty brackets stand in each other at most; a bound, so that no line takes long.
_DEEPEST = 8

#: The text of a link that only counts: a footnote, a reference.
_REFERENCE_MARK = re.compile(r"\^?\d{1,3}|\^\w{1,20}")


@dataclass(frozen=True, slots=True)
class Words:
    """Text without an address."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address in running text; ``label`` is the visible text where it is more than the address.

    ``bare`` says that nobody marked it as a link, ``repaired`` that it had blanks in it.
    """

    url: str
    label: str
    line: int
    bare: bool = False
    repaired: bool = False
    strong: bool = False


Piece = Words | Address
Line = tuple[Piece, ...]


def pieces_of(spans: Iterable[Span], base: str | None) -> list[Line]:
    """Return the lines of ``spans``, each in pieces; lines with nothing in them are left out."""
    found = [_line(line, base) for line in lines_of(spans)]
    return [line for line in found if line]


def _line(spans: tuple[Span, ...], base: str | None) -> Line:
    pieces: list[Piece] = []
    at = 0
    while at < len(spans):
        span = spans[at]
        end = at + 1
        if span.href is not None:
            while end < len(spans) and spans[end].link == span.link:
                end += 1
            pieces += _link(spans[at:end], base)
        elif not span.image:
            pieces += _bare(span)
        at = end
    return tuple(piece for piece in pieces if not (isinstance(piece, Words) and not piece.text.strip()))


def _link(spans: tuple[Span, ...], base: str | None) -> list[Piece]:
    href = spans[0].href or ""
    label = tidy("".join(span.text for span in spans if not span.image))
    shown = [span for span in spans if span.text.strip()]
    strong = bool(shown) and all(span.strong for span in shown)
    url = resolve(href, base)
    if url is None:
        if href.startswith("#") and _REFERENCE_MARK.fullmatch(label):
            return []  # the mark of a footnote
        emphasis = bool(shown) and all(span.emphasis for span in shown)
        return [Words(label, strong, emphasis)] if label else []
    if is_address_text(label, href) or _REFERENCE_MARK.fullmatch(label):
        label = words_beside_address(label, href)
    return [Address(url, label, spans[0].line, strong=strong)]


def is_reference_mark(text: str) -> bool:
    """Return whether the text of a link only counts: a footnote."""
    return _REFERENCE_MARK.fullmatch(text) is not None


def _bare(span: Span) -> list[Piece]:
    pieces: list[Piece] = []
    taken = 0
    for found in find_bare(span.text):
        url = resolve(found.url, None)
        if url is None:
            continue
        pieces.append(Words(span.text[taken : found.start], span.strong, span.emphasis))
        pieces.append(Address(url, "", span.line, bare=True, repaired=found.repaired))
        taken = found.end
    pieces.append(Words(span.text[taken:], span.strong, span.emphasis))
    return pieces


def words_of_line(line: Iterable[Piece], *, with_labels: bool = True) -> str:
    """Return the words of a line, without brackets that only held an address.

    With ``with_labels`` the text of links counts, unless it is a label such as "paper".
    """
    pieces = list(line)
    parts = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Words):
            around = (pieces[place - 1] if place else None, pieces[place + 1] if place + 1 < len(pieces) else None)
            parts.append(_between(piece.text, *around))
        elif with_labels and piece.label and not label_of(piece.label):
            parts.append(piece.label)
        else:
            parts.append(" ")
    return tidy_words("".join(parts))


def _between(text: str, before: Piece | None, after: Piece | None) -> str:
    """Return text without the brackets that held the bare addresses beside it."""
    if isinstance(before, Address) and not before.label:
        text = re.sub(r"^\s*(?:\]\(|[\]】)）>》」])+", " ", text)
    if isinstance(after, Address) and not after.label:
        text = re.sub(r"(?:\]\(|[\[【(（<《「])+\s*$", " ", text)
    return text


def tidy_words(text: str) -> str:
    """Return ``text`` without empty or unclosed brackets at its ends and without stray signs."""
    for _level in range(_DEEPEST):
        before = text
        text = _EMPTY_BRACKETS.sub(" ", text).rstrip(_OPENING + whitespace).lstrip(_CLOSING + whitespace)
        if text == before:
            break
    text = tidy(text)
    text = _SIGNS_AROUND.sub("", text)
    while text and is_ornament(text[0]):
        text = text[1:].lstrip()
    while text and is_ornament(text[-1]):
        text = text[:-1].rstrip()
    return re.sub(r"\s+([)）\]】,，.。;；:：!！?？])", r"\1", text)


def is_ornament(character: str) -> bool:
    """Return whether a character is a picture that says nothing: no unit such as ``℃``, and no ``™``."""
    return unicodedata.category(character) == "So" and bool(_PICTURES.match(character))


def enclosed(text: str) -> str:
    """Return ``text`` without brackets that enclose all of it."""
    match = re.fullmatch(r"[\[【]\s*([^\[\]【】]*\w[^\[\]【】]*)[\]】]", text)
    return match[1].strip() if match else text


def addresses_in(lines: Iterable[Line]) -> list[Address]:
    """Return the addresses in ``lines`` in their order."""
    return [piece for line in lines for piece in line if isinstance(piece, Address)]
