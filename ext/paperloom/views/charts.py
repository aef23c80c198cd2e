"""Drawings made of what was woven: SVG that stands in HTML pages, with links in it.

A chart is 400 units wide, like every drawing, and a phone shows it about 340 pixels wide: text has
the size of 13 units or more and is cut where it would not fit. All coordinates are whole numbers.
Colors are those of drawings, by their classes; what a color means is written beside it as well.
"""

from __future__ import annotations

from html import escape
from unicodedata import east_asian_width

WIDTH = 400
#: Units that a letter takes at most on average; those of East Asian scripts take two of them.
_LETTER = 7


def chart_start(label: str, height: int, *classes: str) -> str:
    """Return the beginning of a chart that is announced as ``label``; links in it stay links."""
    names = " ".join(("loom-chart", *classes))
    return (
        f'<svg class="{names}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="group"'
        f' aria-label="{escape(label)}" font-family="system-ui, sans-serif" font-size="13">'
    )


def fitted(text: str, room: int) -> str:
    """Return ``text``, cut to what fits into ``room`` units."""
    left = room // _LETTER
    if sum(map(_letters, text)) <= left:
        return text
    kept = ""
    for character in text:
        left -= _letters(character)
        if left < 1:
            break
        kept += character
    return kept.rstrip() + "…"


def _letters(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1


def label(text: str, x: int, y: int, *, css_class: str = "figure-ink", anchor: str = "start", room: int = 0) -> str:
    """Return a line of text; where it is cut to ``room`` units, a title has the whole."""
    shown = fitted(text, room) if room else text
    title = f"<title>{escape(text)}</title>" if shown != text else ""
    inside = title + escape(shown, quote=False)
    return f'<text class="{css_class}" x="{x}" y="{y}" text-anchor="{anchor}">{inside}</text>'


def box(css_class: str, x: int, y: int, size: tuple[int, int], title: str = "") -> str:
    """Return a rectangle of the size (width, height) with a title for those who point at it."""
    width, height = size
    inside = f"<title>{escape(title)}</title>" if title else ""
    return f'<rect class="{css_class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="2">{inside}</rect>'


def hit(x: int, y: int, width: int, height: int) -> str:
    """Return the area of a link: it can be pointed at, and it is outlined while the link has the focus."""
    return f'<rect class="loom-hit" x="{x}" y="{y}" width="{width}" height="{height}" rx="4"></rect>'


def picture(announced: str, markup: str) -> str:
    """Return shapes as one picture that is announced as ``announced``."""
    return f'<g role="img" aria-label="{escape(announced)}">{markup}</g>'
