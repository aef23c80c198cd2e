"""Draws the times as an SVG that is the same for the same results."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.results import Results
from benchmarks.systems import SYSTEMS

_PANELS = (("clean", "Clean build"), ("summary", "One summary edited"))
#: A colour and a marker for each system; distinct for readers who do not see colours, too.
_STYLES = {
    "paperloom": ("#0b6e4f", "o"),
    "sphinx": ("#b5420f", "s"),
    "mkdocs": ("#5a4fcf", "^"),
    "hugo": ("#555555", "D"),
}
_PLATE = "#fdfdfb"  # light in dark mode, too: text and lines are dark
_INK = "#222222"


def draw(results: Results) -> str:
    """Return the SVG of seconds over papers, a panel for each of two steps."""
    settings = {
        "svg.hashsalt": "paperloom",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": _INK,
        "axes.edgecolor": _INK,
        "axes.labelcolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    with mpl.rc_context(settings):
        layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15)
        figure = Figure(figsize=(9, 4.2), layout=layout, facecolor="none")
        figure.add_artist(_plate())
        panels = figure.subplots(1, len(_PANELS), sharey=True)
        for axes, (step, title) in zip(panels, _PANELS, strict=True):
            _panel(axes, results, step, title)
        panels[0].set_ylabel("seconds")
        panels[0].legend(frameon=False)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"


def _plate() -> FancyBboxPatch:
    return FancyBboxPatch(
        (0.012, 0.024),
        0.976,
        0.952,
        boxstyle="round,pad=0.01",
        mutation_aspect=2,
        facecolor=_PLATE,
        edgecolor="none",
        zorder=-1,
    )


def _panel(axes: Any, results: Results, step: str, title: str) -> None:
    axes.set_facecolor("none")
    axes.set_title(title)
    axes.set_xlabel("papers")
    axes.set_xscale("log")
    axes.set_yscale("log")
    sizes = results.all_papers()
    for name, (color, marker) in _STYLES.items():
        times = [(papers, results.middle(papers, name, step)) for papers in sizes]
        known = [(papers, time) for papers, time in times if time is not None]
        if known:
            axes.plot(*zip(*known, strict=True), color=color, marker=marker, markersize=5, label=SYSTEMS[name].title)
    axes.set_xticks(sizes)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.grid(visible=True, color="#dddddd", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
