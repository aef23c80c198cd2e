"""The classes of drawings: what colors mean in a figure, and how they look without our style sheet.

``static/paperloom.css`` gives each class its colors in the light and in the dark scheme. An SVG file
carries those of the light scheme as attributes beside the class, for readers that have no style
sheet (EPUB, PDF, the file by itself).
"""

from __future__ import annotations

#: The attributes of SVG that a class stands for.
Paint = tuple[str, str]  # fill, stroke

INK = "#1f2328"
MUTED = "#55595e"
LINE = "#6b7178"
BOX = "#f4f6f8"

#: The accents: the tint of areas, and the strong color of lines, marks and text. Told apart by
#: readers with any kind of color vision; what an accent means is always written beside it as well.
ACCENTS = {
    "a": ("#dcebf9", "#0b62a8"),
    "b": ("#fde6d3", "#b04500"),
    "c": ("#d3f0e5", "#00735a"),
    "d": ("#f3e0f1", "#8f3a84"),
}

#: Every class with its fill and stroke.
PALETTE: dict[str, Paint] = {
    "figure-ink": (INK, "none"),
    "figure-muted": (MUTED, "none"),
    "figure-line": ("none", LINE),
    "figure-box": (BOX, LINE),
}
for _name, (_tint, _strong) in ACCENTS.items():
    PALETTE[f"figure-{_name}"] = (_tint, _strong)
    PALETTE[f"figure-{_name}-line"] = ("none", _strong)
    PALETTE[f"figure-{_name}-mark"] = (_strong, "none")
    PALETTE[f"figure-{_name}-text"] = (_strong, "none")

#: The classes that text may have: the others would draw an outline around its letters.
TEXT_CLASSES = frozenset({"figure-ink", "figure-muted", *(f"figure-{name}-text" for name in ACCENTS)})
