"""The bars that a release has to pass, as ratios within one run; machines differ, ratios less so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.results import Results

Measure = Callable[[Results], float | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """Something measured that may be ``most`` at most; ``stretch`` is what would be better still."""

    title: str
    measure: Measure
    most: float
    unit: str
    stretch: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A bar with what was measured, None where the run did not measure it."""

    bar: Bar
    value: float | None

    @property
    def passed(self) -> bool | None:
        """Whether the bar is passed; None if it was not measured."""
        return None if self.value is None else self.value <= self.bar.most


def _ratio(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def against(system: str, papers: int, step: str) -> Measure:
    """Return the measure: time of Paperloom over that of another system."""
    return lambda results: _ratio(results.middle(papers, "paperloom", step), results.middle(papers, system, step))


def _growth(results: Results) -> float | None:
    return _ratio(results.middle(10_000, "paperloom", "clean"), results.middle(1_000, "paperloom", "clean"))


def _megabytes(results: Results) -> float | None:
    peak = results.middle(10_000, "paperloom", "clean", "peak_process")
    return None if peak is None else peak / 1e6


def citations_share(results: Results, papers: int = 5_000) -> float | None:
    """Return the share of processor time that citations take of a clean build, in percent.

    That is what the build takes longer than that of the same text without citations, and loading
    ``references.bib``, which both do. Processor time, since it is less noisy than time.
    """
    with_them = results.middle(papers, "paperloom", "clean", "cpu")
    without = results.middle(papers, "paperloom-without-citations", "clean", "cpu")
    loading = results.middle(papers, "paperloom", "bibliography-cold")
    if with_them is None or without is None or loading is None:
        return None
    return 100 * (max(0, with_them - without) + loading) / with_them


def citations_seconds(results: Results, papers: int = 5_000) -> float | None:
    """Return what citations add to a build where nothing changed, in seconds; loading included."""
    with_them = results.middle(papers, "paperloom", "nothing")
    without = results.middle(papers, "paperloom-without-citations", "nothing")
    loading = results.middle(papers, "paperloom", "bibliography-kept")
    if with_them is None or without is None or loading is None:
        return None
    return max(0, with_them - without) + loading


def _page(results: Results) -> float | None:
    sizes = results.sizes_of(10_000, "paperloom")
    return None if sizes is None else sizes.page / 1000


def _page_growth(results: Results) -> float | None:
    large, small = results.sizes_of(10_000, "paperloom"), results.sizes_of(100, "paperloom")
    return _ratio(large.page_content, small.page_content) if large and small else None


def _seconds(papers: int, step: str) -> Measure:
    return lambda results: results.middle(papers, "paperloom", step)


def _warm_start(results: Results) -> float | None:
    return _ratio(results.middle(5_000, "paperloom", "warm-start"), results.middle(5_000, "paperloom", "summary"))


BARS = (
    Bar("clean, 1,000 papers, against Sphinx with `basic`", against("sphinx", 1_000, "clean"), 0.6, "×", 0.25),
    Bar("clean, growth from 1,000 to 10,000 papers", _growth, 11.5, "×", 10),
    Bar("clean, 10,000 papers, largest process", _megabytes, 1000, "MB"),
    Bar("nothing changed, 5,000 papers, against Hugo", against("hugo", 5_000, "nothing"), 0.6, "×", 0.3),
    Bar("one summary edited, 5,000 papers, against Hugo", against("hugo", 5_000, "summary"), 0.6, "×", 0.3),
    Bar("topics of one paper changed, 5,000 papers, against Hugo", against("hugo", 5_000, "topics"), 0.8, "×", 0.4),
    Bar("a paper added with its entry, 5,000 papers, against Hugo", against("hugo", 5_000, "add"), 1.0, "×", 0.5),
    Bar("citations, share of a clean build, 5,000 papers", citations_share, 15, "%"),
    Bar("citations, nothing changed, 5,000 papers", citations_seconds, 0.2, "s"),
    Bar("page of a paper, 10,000 papers, median", _page, 40, "kB"),
    Bar("page of a paper without its sidebar, 10,000 papers against 100", _page_growth, 1.02, "×"),
    Bar("`paperloom check`, 10,000 papers, first time", _seconds(10_000, "check-cold"), 10, "s"),
    Bar("`paperloom check`, 10,000 papers, one file changed", _seconds(10_000, "check-edited"), 1, "s"),
    Bar("fresh checkout with the last build, 5,000 papers, against a local edit", _warm_start, 2, "×"),
    Bar("live preview, 1,000 papers, from save to page", _seconds(1_000, "preview"), 1.5, "s"),
)


def judge(results: Results) -> list[Judged]:
    """Return all bars with what was measured."""
    return [Judged(bar, bar.measure(results)) for bar in BARS]
