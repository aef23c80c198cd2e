"""How a social card looks: a title on white, the site and the kind of page above it, a woven border below.

Sixteen colors and no compression that depends on anything but the picture keep the files small and
the same everywhere. Letters are Noto Sans; Chinese, Japanese and Korean ones are Noto Sans CJK where
that package is installed. Both are under the SIL Open Font License, which puts no condition on pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import fontpkg_noto_sans
from PIL import Image, ImageDraw, ImageFont

from paperloom.model.palette import ACCENTS, INK, MUTED
from paperloom.sharing import CARD_SIZE

_WIDTH, _HEIGHT = CARD_SIZE
_MARGIN = 72
_BORDER = 28
_GAP = 44
#: Sizes of the title; the first that fits is taken.
_TITLE_SIZES = (72, 64, 56, 50, 44, 38)
_TEXT_SIZE, _TEXT_STEP, _TEXT_LINES = 32, 45, 4
_LABEL_SIZE = 28
_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700
#: Levels of grey between white and ink; the rest of the sixteen colors are the accents.
_LEVELS = 12
_ACCENT_OF_KIND = {"paper": 0, "week": 1, "topic": 2, "page": 3}
#: Letters that Noto Sans does not have: of Chinese, Japanese and Korean, and arrows and signs.
_EAST_ASIAN = r"ᄀ-ᇿ←-⯿⺀-鿿가-힯豈-﫿︰-﹏＀-￯𠀀-𿿿"
_RUN = re.compile(f"[{_EAST_ASIAN}]+|[^{_EAST_ASIAN}]+")
#: What stays together at the end of a line: a word, or one letter of a script without blanks.
_UNIT = re.compile(r"\s+|[⺀-鿿豈-﫿𠀀-𿿿][、。，．！？：；）」』】]*|[^\s⺀-鿿豈-﫿𠀀-𿿿]+")
_EAST_ASIAN_PACKAGE = "manimgx_fonts_cjk"
_EAST_ASIAN_FILE = "NotoSansCJK-VF.otf.ttc"
#: The number of the typeface for simplified Chinese in that file.
_SIMPLIFIED_CHINESE = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says.

    ``kind`` is ``paper``, ``week``, ``topic`` or ``page`` and decides about the color; ``label`` names it.
    ``text`` is a line or two below the title, ``words`` stand at the bottom.
    """

    kind: str
    label: str
    site: str
    title: str
    text: str
    words: tuple[str, ...]


def drawn_with() -> str:
    """Return the versions of everything that decides about the pixels of a card."""
    found = []
    for name in ("pillow", "fontpkg-noto-sans", "manimgx-fonts-cjk"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


@cache
def _font(size: int, weight: int, *, east_asian: bool) -> ImageFont.FreeTypeFont:
    if east_asian and (path := _east_asian_file()):
        font = ImageFont.truetype(path, size, _SIMPLIFIED_CHINESE, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([weight])
        return font
    path = str(Path(fontpkg_noto_sans.ROOT, "files", "NotoSans[wdth,wght].ttf"))
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


@cache
def _east_asian_file() -> str:
    package = find_spec(_EAST_ASIAN_PACKAGE)
    places = package.submodule_search_locations if package else None
    path = Path(next(iter(places)), _EAST_ASIAN_FILE) if places else None
    return str(path) if path and path.is_file() else ""


def _runs(text: str, size: int, weight: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    return [
        (match[0], _font(size, weight, east_asian=re.match(f"[{_EAST_ASIAN}]", match[0]) is not None))
        for match in _RUN.finditer(text)
    ]


def _width(text: str, size: int, weight: int) -> float:
    return sum(font.getlength(run) for run, font in _runs(text, size, weight))


def _lines(text: str, size: int, weight: int, room: int) -> list[str]:
    """Return ``text`` in lines no wider than ``room``; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    for unit in _UNIT.findall(" ".join(text.split())):
        if _width((line + unit).rstrip(), size, weight) <= room:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = unit.lstrip()
        while _width(line, size, weight) > room:
            fitting = next(end for end in range(len(line), 0, -1) if _width(line[:end], size, weight) <= room)
            lines.append(line[:fitting])
            line = line[fitting:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _cut(lines: list[str], most: int, size: int, weight: int, room: int) -> list[str]:
    """Return at most ``most`` lines, the last with an ellipsis where something is left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _width(f"{last}…", size, weight) > room:
        last = "".join(_UNIT.findall(last)[:-1]) or last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' ,;:')}…"]


class _Canvas:
    def __init__(self) -> None:
        self.image = Image.new("L", CARD_SIZE, 255)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, place: tuple[int, int], text: str, size: int, weight: int, level: int) -> float:
        """Write a line whose letters stand on ``place``, and return where it ends."""
        x: float = place[0]
        for run, font in _runs(text, size, weight):
            self._draw.text((round(x), place[1]), run, fill=level, font=font, anchor="ls")
            x += font.getlength(run)
        return x


def draw(card: Card) -> bytes:
    """Return a card as a PNG file of 1200 × 630 pixels."""
    canvas = _Canvas()
    room = _WIDTH - 2 * _MARGIN
    muted = _level(MUTED)
    y = _MARGIN + _LABEL_SIZE
    canvas.text((_MARGIN + 44, y), card.site, _LABEL_SIZE, _SEMIBOLD, muted)
    label = card.label
    canvas.text(
        (_WIDTH - _MARGIN - round(_width(label, _LABEL_SIZE, _REGULAR)), y), label, _LABEL_SIZE, _REGULAR, muted
    )
    text = _cut(_lines(card.text, _TEXT_SIZE, _REGULAR, room), _TEXT_LINES, _TEXT_SIZE, _REGULAR, room)
    below = (len(text) * _TEXT_STEP + _GAP if text else 0) + (_LABEL_SIZE + _GAP if card.words else 0)
    size, title = _fitted(card.title, room, _HEIGHT - _BORDER - _GAP - below - y)
    y += _GAP // 2
    for line in title:
        y += _step(size)
        canvas.text((_MARGIN, y), line, size, _BOLD, 0)
    y += _GAP // 2
    for line in text:
        y += _TEXT_STEP
        canvas.text((_MARGIN, y), line, _TEXT_SIZE, _REGULAR, muted)
    words = _cut(_lines("   ·   ".join(card.words), _LABEL_SIZE, _REGULAR, room), 1, _LABEL_SIZE, _REGULAR, room)
    for line in words:
        canvas.text((_MARGIN, _HEIGHT - _BORDER - 34), line, _LABEL_SIZE, _REGULAR, muted)
    return _png(canvas.image, card.kind)


def _step(size: int) -> int:
    """Return the distance between lines of a title."""
    return round(size * 1.22)


def _fitted(title: str, room: int, height: int) -> tuple[int, list[str]]:
    """Return the greatest size in which a title fits, and its lines; a title that never fits is cut."""
    for size in _TITLE_SIZES:
        lines = _lines(title, size, _BOLD, room)
        if len(lines) * _step(size) <= height:
            return size, lines
    return size, _cut(lines, max(height // _step(size), 1), size, _BOLD, room)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _level(color: str) -> int:
    """Return the grey between ink (0) and white (255) that is nearest to ``color``."""
    ink, found = sum(_rgb(INK)), sum(_rgb(color))
    return round(255 * (found - ink) / (3 * 255 - ink))


@cache
def _palette() -> list[int]:
    """Return the colors: from ink to white in equal steps, then the accents, tint and strong."""
    ink = _rgb(INK)
    greys = [tuple(round(part + (255 - part) * level / (_LEVELS - 1)) for part in ink) for level in range(_LEVELS)]
    accents = [_rgb(strong) for _tint, strong in ACCENTS.values()]
    return [part for color in (*greys, *accents) for part in color]


def _png(image: Image.Image, kind: str) -> bytes:
    step = (_LEVELS - 1) / 255
    colored = Image.frombytes("P", CARD_SIZE, image.point([round(level * step) for level in range(256)]).tobytes())
    colored.putpalette(_palette())
    shapes = ImageDraw.Draw(colored)
    accent = _LEVELS + _ACCENT_OF_KIND[kind]
    shapes.rectangle((_MARGIN, _MARGIN + 4, _MARGIN + 26, _MARGIN + 30), fill=accent)
    _weave(shapes, accent)
    buffer = BytesIO()
    colored.save(buffer, "PNG", bits=4, compress_level=6)
    return buffer.getvalue()


def _weave(shapes: ImageDraw.ImageDraw, accent: int) -> None:
    """Draw the border: threads in the color of the kind, over and under those of the others."""
    top = _HEIGHT - _BORDER
    shapes.rectangle((0, top, _WIDTH, _HEIGHT), fill=accent)
    others = [_LEVELS + number for number in range(len(ACCENTS)) if _LEVELS + number != accent]
    for number, left in enumerate(range(0, _WIDTH, 40)):
        upper = top if number % 2 else top + _BORDER // 2
        shapes.rectangle((left, upper, left + 19, upper + _BORDER // 2 - 1), fill=others[number % len(others)])
