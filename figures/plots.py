"""The drawings that are computed: ``python -m figures.plots`` writes them into ``docs/figures``.

Each function draws the figure of the paper with its name and says which formula it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from pathlib import Path

from paperloom.outputs.files import write_if_changed

from figures.axes import Panel, Plot, number, samples
from figures.colors import DRAWINGS


def ziyin2020neural() -> Plot:
    """Snake, x + sin²(ax) / a, beside ReLU and tanh, whose continuations are a line and a constant."""
    plot = Plot(height=270)
    panel = Panel(30, 20, 390, 235, x=(-6, 9), y=(-7, 10))
    plot.axes(panel, x_ticks=[(5, "5")], y_ticks=[(5, "5"), (-5, "−5")], origin=(0, 0))
    plot.path(panel.path(samples(math.tanh, -6, 9, 60)), "figure-b-line", width=2, dash="2 4")
    plot.path(panel.path([(-6, 0), (0, 0), (9, 9)]), "figure-c-line", width=2, dash="7 4")
    snake = samples(lambda x: x + math.sin(x) ** 2, -6, 9, 120)
    plot.path(panel.path(snake), "figure-a-line", width=2.5)
    plot.text(*panel.at(0.5, 7.6), "Snake", "figure-a-text", bold=True)
    plot.text(*panel.at(0.5, 6.2), "x + sin²(x)", "figure-a-text")
    plot.text(*panel.at(5.3, 3.2), "ReLU:", "figure-c-text", bold=True)
    plot.text(*panel.at(5.3, 2.0), "a straight line", "figure-c-text")
    plot.text(*panel.at(2.6, -3.2), "tanh: a constant", "figure-b-text", bold=True)
    plot.text(*panel.at(8.9, -6.4), "x", "figure-muted", anchor="end")
    return plot


def ma2020activate() -> Plot:
    """Swish x · σ(βx), the smooth maximum of x and 0, for β from 0 to 10."""
    plot = Plot(height=260)
    panel = Panel(30, 15, 390, 225, x=(-4, 4), y=(-2, 4))
    plot.axes(panel, x_ticks=[(3, "3")], y_ticks=[(3, "3")], origin=(0, 0))

    def smooth(beta: float) -> str:
        return panel.path(samples(lambda x: x / (1 + math.exp(-beta * x)), -4, 4, 80))

    plot.path(panel.path([(-4, -2), (4, 2)]), "figure-b-line", width=2, dash="2 4")
    plot.path(smooth(1), "figure-c-line", width=2, dash="8 4")
    plot.path(smooth(10), "figure-a-line", width=2.5)
    plot.text(*panel.at(2.3, 3.3), "β = 10:", "figure-a-text", anchor="end", bold=True)
    plot.text(*panel.at(2.3, 2.85), "almost ReLU", "figure-a-text", anchor="end")
    plot.text(*panel.at(-3.9, 0.45), "β = 1: Swish", "figure-c-text", bold=True)
    plot.text(*panel.at(0.6, -0.95), "β = 0: the line x / 2", "figure-b-text", bold=True)
    plot.text(*panel.at(0.6, -1.4), "(not activated)", "figure-b-text")
    return plot


def stergiou2021refining() -> Plot:
    """The three pools of a window of four activations, one of which grows while the others are 0."""
    plot = Plot(height=270)
    panel = Panel(40, 45, 390, 225, x=(0, 5), y=(0, 5))
    plot.axes(panel, x_ticks=[(value, str(value)) for value in range(6)], y_ticks=[(2, "2"), (4, "4")])
    plot.path(panel.path([(0, 0), (5, 5)]), "figure-c-line", width=2, dash="7 4")
    plot.path(panel.path([(0, 0), (5, 1.25)]), "figure-b-line", width=2, dash="2 4")
    soft = samples(lambda a: a * math.exp(a) / (math.exp(a) + 3), 0, 5, 50)
    plot.path(panel.path(soft), "figure-a-line", width=2.5)
    plot.text(40, 18, "output of pooling the window (a, 0, 0, 0)", "figure-ink")
    plot.text(215, 262, "the one activation a", "figure-muted", anchor="middle")
    plot.text(*panel.at(2.9, 3.7), "max: a", "figure-c-text", anchor="end", bold=True)
    plot.text(*panel.at(2.9, 1.9), "SoftPool", "figure-a-text", bold=True)
    plot.text(*panel.at(3.3, 0.25), "average: a / 4", "figure-b-text", bold=True)
    return plot


def liu2020early() -> Plot:
    """The term log(1 − ⟨p, t⟩) that early-learning regularization adds to the loss."""
    plot = Plot(height=270)
    panel = Panel(45, 55, 390, 225, x=(0, 1), y=(-4, 0))
    plot.axes(
        panel,
        x_ticks=[(0, "0"), (0.5, "0.5"), (1, "1")],
        y_ticks=[(0, "0"), (-2, "−2"), (-4, "−4")],
    )
    curve = samples(lambda agreement: math.log(1 - agreement), 0, 0.98, 98)
    plot.path(panel.path(curve), "figure-a-line", width=2.5)
    plot.text(45, 18, "added to the loss: log(1 − ⟨p, t⟩)", "figure-a-text", bold=True)
    plot.text(45, 37, "per unit of the weight λ; lower is better", "figure-muted")
    plot.text(217, 262, "agreement ⟨p, t⟩ of output and target", "figure-muted", anchor="middle")
    plot.text(*panel.at(0.05, -1.25), "output ignores", "figure-ink")
    plot.text(*panel.at(0.05, -1.6), "the early prediction:", "figure-ink")
    plot.text(*panel.at(0.05, -1.95), "no reward", "figure-ink")
    plot.text(*panel.at(0.85, -3.1), "output repeats", "figure-ink", anchor="end")
    plot.text(*panel.at(0.85, -3.45), "it: large reward", "figure-ink", anchor="end")
    return plot


def henighan2020scaling() -> Plot:
    """L(x) = L∞ + (x₀ / x)^α for two exponents, with an invented L∞ and with the reducible part alone."""
    plot = Plot(height=290)
    exponents = [(0.13, "a", "32×32: α = 0.13", None), (0.24, "b", "8×8: α = 0.24", "7 4")]
    left = Panel(20, 70, 185, 245, x=(0, 6), y=(0, 2))
    right = Panel(225, 70, 390, 245, x=(0, 6), y=(-1.5, 0))
    for panel in (left, right):
        plot.axes(panel)
    plot.path(left.path([(0, 0.6), (6, 0.6)]), "figure-line", dash="2 4")
    for alpha, accent, _name, dash in exponents:
        loss = samples(lambda decades, alpha=alpha: 0.6 + 10 ** (-alpha * decades), 0, 6, 40)  # type: ignore[misc]
        plot.path(left.path(loss), f"figure-{accent}-line", width=2.5, dash=dash)
        plot.path(right.path([(0, 0), (6, -6 * alpha)]), f"figure-{accent}-line", width=2.5, dash=dash)
    plot.text(20, 20, "Loss L", bold=True)
    plot.text(20, 38, "flattens at L∞", "figure-muted")
    plot.text(225, 20, "Reducible loss L − L∞", bold=True)
    plot.text(225, 38, "is straight on log axes", "figure-muted")
    plot.text(22, 212, "L∞: entropy of data", "figure-ink")
    plot.text(390, 66, "32×32: α = 0.13", "figure-a-text", anchor="end", bold=True)
    plot.text(232, 205, "8×8:", "figure-b-text", bold=True)
    plot.text(232, 222, "α = 0.24", "figure-b-text", bold=True)
    for panel in (left, right):
        middle = (panel.left + panel.right) / 2
        plot.text(middle, 264, "model size x (log)", "figure-muted", anchor="middle")
    return plot


def xue2020mt5() -> Plot:
    """Shares of four languages drawn in proportion to |L|^α, for α = 1 and the chosen 0.3."""
    plot = Plot(height=250)
    sizes = [(1000, "1,000"), (100, "100"), (10, "10"), (1, "1")]

    def share(size: float, alpha: float) -> float:
        return math.pow(size, alpha) / sum(math.pow(each, alpha) for each, _name in sizes)

    plot.text(12, 22, "Examples", bold=True)
    plot.text(105, 22, "α = 1: as collected", "figure-b-text", bold=True)
    plot.text(262, 22, "α = 0.3: mT5", "figure-a-text", bold=True)
    for row, (size, name) in enumerate(sizes):
        y = 42 + row * 50
        plot.text(78, y + 22, name, "figure-ink", anchor="end")
        for x, accent, alpha in ((105, "b", 1.0), (262, "a", 0.3)):
            part = share(size, alpha)
            width = max(part * 85, 1.5)
            plot.parts.append(
                f'<rect class="figure-{accent}" x="{x}" y="{y}" width="{number(width)}" height="34" rx="2"/>'
            )
            percent = part * 100
            shown = f"{percent:.0f}%" if percent >= 1 else f"{percent:.1f}%"
            plot.text(x + width + 8, y + 22, shown, "figure-ink")
    return plot


def bhatia2020exgan() -> Plot:
    """The expected number of draws, 1/τ, until an event of probability τ turns up, beside a single run."""
    plot = Plot(height=270)
    panel = Panel(70, 45, 385, 220, x=(1, 4), y=(0, 4))
    plot.axes(
        panel,
        x_ticks=[(1, "1/10"), (2, "1/100"), (3, "1/1,000")],
        y_ticks=[(0, "1"), (1, "10"), (2, "100"), (3, "1,000"), (4, "10,000")],
    )
    plot.path(panel.path([(1, 1), (4, 4)]), "figure-b-line", width=2.5, dash="7 4")
    plot.path(panel.path([(1, 0.06), (4, 0.06)]), "figure-a-line", width=2.5)
    plot.text(12, 20, "runs of the generator for one sample", "figure-ink")
    plot.text(*panel.at(1.08, 3.6), "DCGAN, drawn until", "figure-b-text", bold=True)
    plot.text(*panel.at(1.08, 3.17), "one is rare enough: 1/τ", "figure-b-text", bold=True)
    plot.text(*panel.at(3.95, 0.35), "ExGAN, told τ: one run", "figure-a-text", anchor="end", bold=True)
    plot.text(227, 260, "rarer: probability τ of the event →", "figure-muted", anchor="middle")
    return plot


def michaelis2020closing() -> Plot:
    """Accuracy on unseen categories relative to trained ones, as the results state it."""
    plot = Plot(height=220)
    plot.text(10, 22, "unseen categories, relative to trained ones", bold=True)
    left, full = 10, 380
    for row, (name, count, percent, accent) in enumerate(
        (("COCO", "80 categories", 45, "b"), ("LVIS", "more than 1,200 categories", 89, "a"))
    ):
        y = 62 + row * 78
        width = number(full * percent / 100)
        plot.text(left, y - 8, f"{name}: {count}", f"figure-{accent}-text", bold=True)
        plot.parts.append(f'<rect class="figure-box" x="{left}" y="{y}" width="{full}" height="34" rx="3"/>')
        plot.parts.append(f'<rect class="figure-{accent}" x="{left}" y="{y}" width="{width}" height="34" rx="3"/>')
        plot.text(left + full * percent / 100 - 10, y + 22, f"{percent}%", anchor="end", bold=True)
    plot.text(left, 208, "whole bar: as good as on trained categories", "figure-muted")
    return plot


def swayamdipta2020dataset() -> Plot:
    """The plane of a data map. No probability in [0, 1] with mean m varies by more than √(m (1 − m))."""
    plot = Plot(height=310)
    panel = Panel(50, 30, 385, 265, x=(0, 0.55), y=(0, 1))
    plot.axes(panel, x_ticks=[(0, "0"), (0.25, "0.25"), (0.5, "0.5")], y_ticks=[(0, "0"), (0.5, "0.5"), (1, "1")])
    border = [(math.sqrt(mean * (1 - mean)), mean) for mean in (step / 40 for step in range(41))]
    plot.path(panel.path(border, close=True), "figure-box", width=1, dash="4 4")
    for top, bottom, right, accent in ((0.96, 0.68, 0.19, "c"), (0.32, 0.04, 0.19, "b"), (0.68, 0.32, 0.47, "a")):
        left = 0.27 if accent == "a" else 0.005
        (x, y), (far, low) = panel.at(left, top), panel.at(right, bottom)
        plot.parts.append(
            f'<rect class="figure-{accent}" x="{number(x)}" y="{number(y)}" '
            f'width="{number(far - x)}" height="{number(low - y)}" rx="10"/>'
        )
    plot.text(*panel.at(0.0975, 0.84), "easy to learn", anchor="middle", bold=True)
    plot.text(*panel.at(0.0975, 0.76), "most examples", anchor="middle")
    plot.text(*panel.at(0.0975, 0.2), "hard to learn", anchor="middle", bold=True)
    plot.text(*panel.at(0.0975, 0.12), "label errors?", anchor="middle")
    plot.text(*panel.at(0.37, 0.52), "ambiguous", anchor="middle", bold=True)
    plot.text(*panel.at(0.37, 0.44), "swings by epoch", anchor="middle")
    plot.text(*panel.at(0.55, 0.93), "impossible", "figure-muted", anchor="end")
    plot.text(217, 302, "variability (standard deviation over epochs)", "figure-muted", anchor="middle")
    plot.text(4, 14, "confidence (mean)", "figure-muted")
    return plot


#: Affine maps (a, b, c, d, e, f): x becomes ax + by + e, and y becomes cx + dy + f.
Maps = tuple[tuple[float, float, float, float, float, float], ...]
_FIRST: Maps = (
    (0.5, 0.0, 0.0, 0.5, 0.0, 0.0),
    (0.5, 0.0, 0.0, 0.5, 0.5, 0.0),
    (0.5, 0.0, 0.0, 0.5, 0.25, 0.45),
)
_SECOND: Maps = (
    (0.42, -0.42, 0.42, 0.42, 0.0, 0.35),
    (0.42, 0.42, -0.42, 0.42, 0.16, 0.77),
    (0.45, 0.0, 0.0, 0.45, 0.15, 0.0),
)


def _fractal(maps: Maps, depth: int) -> list[tuple[float, float]]:
    """Return where a point ends up under every sequence of ``depth`` maps."""
    points = []
    for sequence in product(maps, repeat=depth):
        x, y = 0.5, 0.5
        for a, b, c, d, e, f in sequence:
            x, y = a * x + b * y + e, c * x + d * y + f
        points.append((x, y))
    return points


def kataoka2020pre() -> Plot:
    """Two fractals, each from an iterated function system of our own and a slightly changed copy."""
    plot = Plot(height=310)
    for row, (maps, depth, accent) in enumerate(((_FIRST, 5, "a"), (_SECOND, 5, "b"))):
        top = 42 + row * 125
        for column, change in enumerate((0.0, 0.06, -0.06)):
            changed = tuple((a + change, b + change, c - change, d, e, f) for a, b, c, d, e, f in maps)
            points = _fractal(changed, depth)
            across, up = [x for x, _y in points], [y for _x, y in points]
            left = 98 + column * 100
            panel = Panel(left, top, left + 88, top + 88, (min(across), max(across)), (min(up), max(up)))
            places = sorted({(round(y), round(x)) for x, y in (panel.at(*point) for point in points)})
            steps = zip([(0, 0), *places], places, strict=False)
            dots = "M0 0" + "".join(f"m{x - before_x} {y - before_y}h0" for (before_y, before_x), (y, x) in steps)
            plot.path(dots, f"figure-{accent}-line", width=2)
        plot.text(12, top + 40, "category", "figure-muted")
        plot.text(12, top + 58, "1" if row == 0 else "2", f"figure-{accent}-text", bold=True)
    plot.text(98, 20, "one formula, its parameters varied")
    plot.text(200, 292, "The network has to name the category.", "figure-ink", anchor="middle")
    return plot


PLOTS: tuple[Callable[[], Plot], ...] = (
    bhatia2020exgan,
    henighan2020scaling,
    kataoka2020pre,
    liu2020early,
    ma2020activate,
    michaelis2020closing,
    stergiou2021refining,
    swayamdipta2020dataset,
    xue2020mt5,
    ziyin2020neural,
)


def drawings() -> dict[Path, str]:
    """Return the text of each computed file by its path."""
    return {DRAWINGS / f"{plot.__name__}.svg": plot().svg() for plot in PLOTS}


def main() -> None:
    """Write the files that changed."""
    for path, text in drawings().items():
        write_if_changed(path, text)


if __name__ == "__main__":
    main()
