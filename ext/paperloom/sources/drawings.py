"""Drawings: SVG files that stand inside our pages, and therefore may hold little.

A drawing is shapes and text with the classes of the palette. Whatever could run, load something,
name something or style something else is no part of it, so that it can stand in any page under a
strict content security policy, several times if need be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.parsers import expat

from paperloom.model.palette import PALETTE, TEXT_CLASSES
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.text import read_text

#: The width of every drawing in its own units; a phone shows it about 340 pixels wide.
WIDTH = 400
#: The least and the greatest height.
HEIGHTS = (120, 360)
#: The least size of text in units of the drawing: about 11 pixels on a phone.
SMALLEST_TEXT = 13
#: The most bytes of a file.
MOST_BYTES = 12_000

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_NUMBERS = rf"{_NUMBER}(?:[\s,]+{_NUMBER})*"
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
_TEXTS = frozenset({"text", "tspan"})
_ELEMENTS = _SHAPES | _TEXTS | {"svg", "g"}
#: What the value of an attribute may be; attributes that are not here are not allowed.
_ATTRIBUTES = {
    **dict.fromkeys(("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "dx", "dy"), _NUMBER),
    **dict.fromkeys(("width", "height", "r", "rx", "ry", "stroke-width", "font-size"), _NUMBER),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), _NUMBER),
    **dict.fromkeys(("points", "stroke-dasharray"), _NUMBERS),
    **dict.fromkeys(("fill", "stroke"), r"none|#[0-9a-f]{6}"),
    "class": r"[a-z-]+",
    "d": r"[MmLlHhVvCcSsQqTtAaZz\d\s.,+-]+",
    "font-family": r"system-ui, sans-serif",
    "font-style": r"italic",
    "font-weight": r"[67]00",
    "role": r"img",
    "stroke-linecap": r"butt|round|square",
    "stroke-linejoin": r"miter|round|bevel",
    "text-anchor": r"start|middle|end",
    "transform": rf"(?:(?:translate|rotate|scale)\({_NUMBERS}\)\s*)+",
    "viewBox": rf"0 0 {WIDTH} \d+",
    "xmlns": r"http://www\.w3\.org/2000/svg",
}
_OF_THE_ROOT = {"xmlns", "viewBox", "role", "font-family"}
_REQUIRED = _OF_THE_ROOT | {"font-size"}
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that may stand in a page: what is inside its root element, and the root's attributes."""

    attributes: tuple[tuple[str, str], ...]
    content: str

    def markup(self, alternative: str, *, css_class: str = "") -> str:
        """Return the drawing as an element of HTML that is announced as ``alternative``."""
        shown = [(name, value) for name, value in self.attributes if name != "xmlns"]
        shown += [("class", css_class)] if css_class else []
        shown += [("aria-label", alternative)]
        return f"<svg{_written(shown)}>{self.content}</svg>"


def read_drawing(path: Path, shown_as: str) -> tuple[Drawing | None, list[Problem]]:
    """Return the drawing in the file at ``path``, or None with everything that is wrong with it."""
    text, problems = read_text(path, shown_as)
    if problems:
        return None, problems
    return parse_drawing(text, shown_as)


def parse_drawing(text: str, shown_as: str) -> tuple[Drawing | None, list[Problem]]:
    """Return the drawing that ``text`` holds, or None with everything that is wrong with it."""
    reader = _Reader(shown_as)
    if (size := len(text.encode())) > MOST_BYTES:
        reader.report(f"the drawing has {size} bytes", f"keep it below {MOST_BYTES}", line=1)
    declaration = re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE)
    if declaration:
        line = text.count("\n", 0, declaration.start()) + 1
        reader.report("a document type in a drawing", "remove it", line=line)
        return None, reader.problems
    try:
        reader.parser.Parse(text.encode(), True)  # noqa: FBT003  # expat takes no keywords
    except expat.ExpatError as error:
        reader.report(f"not XML: {expat.ErrorString(error.code)}", "correct it", line=error.lineno)
    if reader.problems:
        return None, reader.problems
    return Drawing(tuple(reader.root.items()), "".join(reader.parts).strip()), []


def _written(attributes: list[tuple[str, str]]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes)


class _Reader:
    """Collects the markup that is allowed and a problem for everything that is not."""

    def __init__(self, shown_as: str) -> None:
        self.shown_as = shown_as
        self.problems: list[Problem] = []
        self.parts: list[str] = []
        self.root: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []  # name and the class in force
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction

    def report(self, message: str, remedy: str, *, line: int | None = None) -> None:
        where = self.parser.CurrentLineNumber if line is None else line
        self.problems.append(Problem(self.shown_as, where, message, remedy, Subtype.DRAWING))

    def _instruction(self, target: str, data: str) -> None:
        self.report(f"the instruction '{target}' in a drawing", "remove it")

    def _start(self, name: str, listed: list[str]) -> None:
        attributes = dict(zip(listed[::2], listed[1::2], strict=True))
        depth, above = len(self._open), self._open[-1] if self._open else ("", "")
        if name not in _ELEMENTS or (name == "svg") != (depth == 0):
            self.report(f"the element '{name}'", f"use {', '.join(sorted(_ELEMENTS - {'svg'}))} in one 'svg'")
        for attribute, value in attributes.items():
            self._check_attribute(name, attribute, value)
        own = attributes.get("class", "")
        self._check_paint(attributes, own)
        in_force = own or above[1]
        if name in _SHAPES and not in_force:
            self.report(f"'{name}' has no color", "give it or a group around it a class, such as 'figure-line'")
        if name == "text" and in_force not in TEXT_CLASSES:
            self.report("text without a class of text", f"use {', '.join(sorted(TEXT_CLASSES))}")
        self._open.append((name, in_force))
        if depth == 0:
            self._check_root(attributes)
            self.root = attributes
        else:
            self.parts.append(f"<{name}{_written(list(attributes.items()))}>")

    def _end(self, name: str) -> None:
        self._open.pop()
        if self._open:
            self.parts.append(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._open and self._open[-1][0] in _TEXTS:
            self.parts.append(escape(_BLANKS.sub(" ", text), quote=False))
        elif text.strip():
            self.report(f"'{text.strip()}' outside of 'text'", "put it into a 'text'")

    def _check_attribute(self, element: str, name: str, value: str) -> None:
        if name not in _ATTRIBUTES or (name in _OF_THE_ROOT and element != "svg"):
            self.report(f"the attribute '{name}' of '{element}'", "remove it")
        elif not re.fullmatch(_ATTRIBUTES[name], value.strip()):
            self.report(f"'{name}' of '{element}' is '{value}'", "write what the guide to figures allows")
        elif name == "font-size" and float(value) < SMALLEST_TEXT:
            self.report(f"text of size {value}", f"use {SMALLEST_TEXT} or more: it is read on phones")

    def _check_paint(self, attributes: dict[str, str], own: str) -> None:
        if not own:
            for name in ("fill", "stroke"):
                if attributes.get(name, "none") != "none":
                    self.report(f"'{name}' without a class", "use a class of the palette")
        elif own not in PALETTE:
            self.report(f"the class '{own}'", f"use one of {', '.join(PALETTE)}")
        elif (attributes.get("fill"), attributes.get("stroke")) != PALETTE[own]:
            fill, stroke = PALETTE[own]
            self.report(f"the class '{own}' without its colors", f'add fill="{fill}" stroke="{stroke}"')

    def _check_root(self, attributes: dict[str, str]) -> None:
        for name in sorted(_REQUIRED - attributes.keys()):
            self.report(f"'svg' lacks '{name}'", "copy the first line of another drawing")
        box = re.fullmatch(_ATTRIBUTES["viewBox"], attributes.get("viewBox", ""))
        if box and not HEIGHTS[0] <= int(box[0].split()[3]) <= HEIGHTS[1]:
            self.report(f"the drawing is {box[0].split()[3]} high", f"choose {HEIGHTS[0]} to {HEIGHTS[1]}")
