"""Shows drawings as a phone shows them: ``python -m figures.preview FOLDER [NAME …]``.

Writes ``light.html`` and ``dark.html`` into FOLDER, with all drawings or those that are named, to
be opened in a browser.
"""

from __future__ import annotations

import sys
from pathlib import Path

from paperloom.outputs.files import write_if_changed
from paperloom.sources.drawings import read_drawing

from figures.colors import DRAWINGS

STYLE_SHEET = DRAWINGS.parent.parent / "ext" / "paperloom" / "static" / "paperloom.css"
#: What a phone leaves of its 390 pixels to the text of a page.
PHONE_WIDTH = 342
_BACKGROUND = {"light": "#ffffff", "dark": "#131416"}


def page(paths: list[Path], scheme: str) -> str:
    """Return an HTML page with the drawings at ``paths`` in the colors of ``scheme``."""
    shown = []
    for path in paths:
        drawing, problems = read_drawing(path, path.name)
        markup = drawing.markup(path.stem, css_class="loom-drawing") if drawing else "<br>".join(map(str, problems))
        shown.append(f"<figure id={path.stem}>{markup}<figcaption>{path.stem}</figcaption></figure>")
    css = STYLE_SHEET.read_text(encoding="utf-8")
    css += f"body {{ background: {_BACKGROUND[scheme]}; color: #888; display: flex; flex-wrap: wrap; margin: 0; }}"
    css += f"figure {{ width: {PHONE_WIDTH}px; margin: 8px; }}"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Drawings</title><style>{css}</style>'
    return f'{head}<body data-theme="{scheme}">{"".join(shown)}</body></html>'


def main() -> None:
    """Write a page for each color scheme."""
    folder, *names = sys.argv[1:]
    paths = [DRAWINGS / f"{name}.svg" for name in names] or sorted(DRAWINGS.glob("*.svg"))
    for scheme in _BACKGROUND:
        write_if_changed(Path(folder) / f"{scheme}.html", page(paths, scheme))


if __name__ == "__main__":
    main()
