"""Steps that are measured of Paperloom alone: checking, the bibliography, a fresh checkout, live preview."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.live_preview import PreviewError, seconds_to_show
from benchmarks.measure import Measurement
from benchmarks.prepare import apply
from benchmarks.results import Sizes
from benchmarks.search_step import time_search
from benchmarks.sites import missing
from benchmarks.steps import PREVIEWS
from benchmarks.systems import PAPERLOOM, System
from benchmarks.workplace import Workplace, check_out_anew

_BUILT = Path("docs/_build")


class Bench(Protocol):
    """What a step needs of the runner."""

    environment: dict[str, str]

    def say(self, line: str) -> object:
        """Tell the person who waits."""

    def set_sizes(self, sizes: Sizes) -> None:
        """Put the sizes of a site in place of those measured before."""

    def build(self, workplace: Workplace, system: System, papers: int) -> Measurement:
        """Build a tree as it is."""

    def command(self, command: Sequence[str], folder: Path, papers: int) -> Measurement:
        """Run and measure a command."""

    def record(self, papers: int, system: str, step: str, run: Measurement, problem: str = "") -> None:
        """Add a run to the results."""


def time_bibliography(bench: Bench, workplace: Workplace, papers: int) -> None:
    """Time loading ``references.bib``: parsed anew, and as it was kept."""
    tree = workplace.tree(PAPERLOOM)
    docs = tree / "docs"
    kept = workplace.root / "kept-bibliography"
    kept.unlink(missing_ok=True)
    for step in ("bibliography-cold", "bibliography-kept"):
        run = bench.command([sys.executable, "-m", "benchmarks.bibliography", str(docs), str(kept)], tree, papers)
        if not run.problem:
            said = (tree / "bench.log").read_text(encoding="utf-8")
            run = Measurement(float(json.loads(said)))
        bench.record(papers, PAPERLOOM.name, step, run)


def time_check(bench: Bench, workplace: Workplace, papers: int) -> None:
    """Time ``paperloom check`` on sources that nothing has looked at, and after one file changed."""
    tree = workplace.fresh_copy(PAPERLOOM, "check")
    command = [sys.executable, "-m", "paperloom", "--root", str(tree), "check"]
    bench.record(papers, PAPERLOOM.name, "check-cold", bench.command(command, tree, papers))
    apply(workplace.prepared(PAPERLOOM), "check-0", tree)
    bench.record(papers, PAPERLOOM.name, "check-edited", bench.command(command, tree, papers))


def time_warm_start(bench: Bench, workplace: Workplace, papers: int) -> None:
    """Time the first build of a fresh checkout that got the last build from a cache, one summary changed."""
    tree = workplace.tree(PAPERLOOM)
    check_out_anew(tree, _BUILT)
    expected = apply(workplace.prepared(PAPERLOOM), "warm-start-0", tree)
    run = bench.build(workplace, PAPERLOOM, papers)
    bench.record(papers, PAPERLOOM.name, "warm-start", run, missing(PAPERLOOM, tree, expected))


def time_preview(bench: Bench, workplace: Workplace, papers: int) -> None:
    """Time a few saves while the live preview runs, from the save to the page that shows it."""
    tree = workplace.tree(PAPERLOOM)
    prepared = workplace.prepared(PAPERLOOM)
    edits = [lambda number=number: apply(prepared, f"preview-{number}", tree) for number in range(PREVIEWS)]
    try:
        for seconds in seconds_to_show(tree, bench.environment, edits):
            bench.record(papers, PAPERLOOM.name, "preview", Measurement(seconds))
    except PreviewError as failure:
        bench.record(papers, PAPERLOOM.name, "preview", Measurement(0, problem=str(failure)))


#: In this order: the preview leaves a build of its own behind.
STEPS = {
    "citations": time_bibliography,
    "search": time_search,
    "check": time_check,
    "warm-start": time_warm_start,
    "preview": time_preview,
}
