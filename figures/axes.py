"""Axes and curves as SVG: just what the plots of this site need, small enough to be read on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from figures.colors import with_colors

WIDTH = 400
TEXT = 13
Point = tuple[float, float]


def number(value: float) -> str:
    """Return ``value`` with at most one decimal, as short as it can be."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def samples(function: Callable[[float], float], start: float, end: float, steps: int) -> list[Point]:
    """Return ``steps + 1`` evenly spaced points of ``function``."""
    arguments = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [(x, function(x)) for x in arguments]


@dataclass
class Panel:
    """A rectangle of the drawing with the ranges of data that it shows.

    ``left``, ``top``, ``right`` and ``bottom`` are units of the drawing; ``x`` and ``y`` are the
    smallest and the greatest value of the data.
    """

    left: float
    top: float
    right: float
    bottom: float
    x: Point
    y: Point

    def at(self, x: float, y: float) -> Point:
        """Return where a point of the data lies in the drawing."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * (self.right - self.left), self.bottom - up * (self.bottom - self.top)

    def path(self, points: Iterable[Point], *, close: bool = False) -> str:
        """Return the data of an SVG path through ``points``."""
        shown = [f"{number(x)} {number(y)}" for x, y in (self.at(*point) for point in points)]
        return "M" + "L".join(shown) + ("Z" if close else "")


@dataclass
class Plot:
    """A drawing that is put together from back to front."""

    height: int
    parts: list[str] = field(default_factory=list)

    def path(self, data: str, css_class: str, *, width: float | None = None, dash: str | None = None) -> None:
        """Add a path with the class ``css_class``."""
        more = f' stroke-width="{number(width)}"' if width else ""
        more += f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<path class="{css_class}" d="{data}"{more}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        css_class: str = "figure-ink",
        *,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Add a line of text whose baseline is at ``y``."""
        more = "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += ' font-weight="600"' if bold else ""
        self.parts.append(f'<text class="{css_class}" x="{number(x)}" y="{number(y)}"{more}>{escape(words)}</text>')

    def dots(self, panel: Panel, points: Iterable[Point], css_class: str, *, radius: float = 3.5) -> None:
        """Add a dot at each point of the data."""
        places = (panel.at(*point) for point in points)
        dots = "".join(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>' for x, y in places)
        self.parts.append(f'<g class="{css_class}">{dots}</g>')

    def axes(
        self,
        panel: Panel,
        *,
        x_ticks: Sequence[tuple[float, str]] = (),
        y_ticks: Sequence[tuple[float, str]] = (),
        origin: Point | None = None,
    ) -> None:
        """Add axes through ``origin`` (the lower left corner) with a word at each tick."""
        across, up = origin or (panel.x[0], panel.y[0])
        zero_x, zero_y = panel.at(across, up)
        data = f"M{number(panel.left)} {number(zero_y)}H{number(panel.right)}"
        data += f"M{number(zero_x)} {number(panel.top)}V{number(panel.bottom)}"
        for value, _word in x_ticks:
            data += f"M{number(panel.at(value, up)[0])} {number(zero_y)}v4"
        for value, _word in y_ticks:
            data += f"M{number(zero_x)} {number(panel.at(across, value)[1])}h-4"
        self.path(data, "figure-line", width=1)
        for value, word in x_ticks:
            self.text(panel.at(value, up)[0], zero_y + TEXT + 4, word, "figure-muted", anchor="middle")
        for value, word in y_ticks:
            self.text(zero_x - 7, panel.at(across, value)[1] + 4.5, word, "figure-muted", anchor="end")

    def svg(self) -> str:
        """Return the whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="{TEXT}" stroke-width="1.5" '
            'stroke-linecap="round" stroke-linejoin="round">'
        )
        return with_colors("\n".join([head, *self.parts, "</svg>", ""]))
