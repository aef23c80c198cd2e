"""Writes the colors of the light scheme beside each class: ``python -m figures.colors [FILE …]``.

Whoever draws a figure by hand writes classes alone; this adds the attributes that outputs without
our style sheet need. Without files it goes through all of ``docs/figures``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from paperloom.model.palette import PALETTE
from paperloom.outputs.files import write_if_changed

DRAWINGS = Path(__file__).parent.parent / "docs" / "figures"
_CLASS = re.compile(r'class="(?P<name>[a-z-]+)"(?:\s+(?:fill|stroke)="[^"]*")*')


def with_colors(svg: str) -> str:
    """Return ``svg`` with the fill and the stroke of each class of the palette."""

    def complete(match: re.Match[str]) -> str:
        if match["name"] not in PALETTE:
            return match[0]
        fill, stroke = PALETTE[match["name"]]
        return f'class="{match["name"]}" fill="{fill}" stroke="{stroke}"'

    return _CLASS.sub(complete, svg)


def main() -> None:
    """Complete the files named on the command line, or all drawings."""
    for path in [Path(name) for name in sys.argv[1:]] or sorted(DRAWINGS.glob("*.svg")):
        write_if_changed(path, with_colors(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
