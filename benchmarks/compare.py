"""What changed between two runs of the benchmark."""

from __future__ import annotations

from statistics import median

from benchmarks.results import Results

#: Smaller changes are noise on most machines.
NOTEWORTHY = 0.05


def compare(old: Results, new: Results) -> list[str]:
    """Return a line for each step that both runs measured, with a mark where the time changed noticeably.

    Ratios across two runs also hold what the machine did meanwhile: look at Hugo or Sphinx first.
    """
    lines = [f"{'papers':>6} {'system':28} {'step':18} {'old s':>9} {'new s':>9} {'ratio':>6}"]
    for series in new.series:
        before = old.find(series.papers, series.system, series.step)
        if not before or not before.wall or not series.wall:
            continue
        old_wall, new_wall = median(before.wall), median(series.wall)
        ratio = new_wall / old_wall
        mark = ""
        if ratio < 1 - NOTEWORTHY:
            mark = " faster"
        elif ratio > 1 + NOTEWORTHY:
            mark = " SLOWER"
        lines.append(
            f"{series.papers:6} {series.system:28} {series.step:18} {old_wall:9.2f} {new_wall:9.2f} {ratio:6.2f}{mark}"
        )
    for sizes in new.sizes:
        was = old.sizes_of(sizes.papers, sizes.system)
        if was and was.page and was.page != sizes.page:
            lines.append(f"{sizes.papers:6} {sizes.system:28} page of a paper: {was.page} bytes, now {sizes.page}")
    if len(lines) == 1:
        lines.append("the two runs measured nothing in common")
    return lines
