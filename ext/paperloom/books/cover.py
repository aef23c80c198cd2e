"""The cover of a book: a drawing of ours with its title, in the colors of our figures."""

from __future__ import annotations

import textwrap
from html import escape

from paperloom.books.book import Book
from paperloom.model.palette import ACCENTS, INK, MUTED

COVER = "_static/paperloom-cover.svg"
_WIDTH, _HEIGHT = 1600, 2400
_LINE_OF_TITLE, _SIZE_OF_TITLE = 13, 170
_MARGIN = 150


def cover(book: Book, project: str, author: str) -> str:
    """Return the cover as SVG: threads, the title, the days of the issues and who wrote them."""
    threads = []
    colors = [strong for _tint, strong in ACCENTS.values()]
    for place, color in enumerate(colors * 3):
        y = 190 + place * 44
        wave = "".join(f"S{x + 250} {y + (60 if step % 2 else -60)} {x + 400} {y}" for step, x in _steps(place))
        threads.append(f'<path d="M0 {y}{wave}" fill="none" stroke="{color}" stroke-width="12"/>')
    title = book.title.removeprefix(f"{project}: ")
    lines = textwrap.wrap(title, _LINE_OF_TITLE, break_long_words=True) or [title]
    texts = [
        _text(1150 + number * (_SIZE_OF_TITLE + 30), _SIZE_OF_TITLE, INK, line, bold=True)
        for number, line in enumerate(lines)
    ]
    below = 1150 + len(lines) * (_SIZE_OF_TITLE + 30)
    if title != project:
        texts.insert(0, _text(930, 90, MUTED, project))
    if book.days:
        texts += [_text(below + 30 + number * 90, 72, MUTED, line) for number, line in _wrapped(book.days, 36)]
    texts += [_text(2200 + number * 84, 66, MUTED, line) for number, line in _wrapped(author, 38)]
    drawn = "\n".join((*threads, *texts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="Georgia, serif">\n'
        f"<title>{escape(book.title)}</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n{drawn}\n</svg>\n'
    )


def _steps(place: int) -> list[tuple[int, int]]:
    return [(step + place % 2, step * 400) for step in range(4)]


def _wrapped(text: str, width: int) -> list[tuple[int, str]]:
    return list(enumerate(textwrap.wrap(text, width)))


def _text(y: int, size: int, color: str, content: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{_MARGIN}" y="{y}" font-size="{size}" fill="{color}"{weight}>{escape(content)}</text>'
