"""What was measured, as records and as a file that later runs are compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

SCHEMA = 1


@dataclass(slots=True)
class Series:
    """All runs of one step of one system at one size; lists run parallel and hold successful runs only.

    ``wall`` and ``cpu`` are seconds, ``peak_process`` and ``peak_tree`` bytes. A measure that a
    step does not have is an empty list. ``problems`` says what went wrong in the other runs.
    """

    papers: int
    system: str
    step: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_process: list[int] = field(default_factory=list)
    peak_tree: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of a built site, 0 where there is none.

    ``page`` is the median page of a paper, ``page_content`` the same without the sidebar, ``query``
    what a reader downloads for the first query of the search.
    """

    papers: int
    system: str
    page: int
    page_content: int
    page_gzip: int
    search_index: int
    search_index_gzip: int
    pagefind: int
    catalog: int
    total: int
    files: int
    query: int = 0


@dataclass(slots=True)
class Results:
    """One run of the benchmark: ``machine`` and ``versions`` are names with what they are."""

    seed: int
    rounds: int
    machine: dict[str, str]
    versions: dict[str, str]
    series: list[Series] = field(default_factory=list)
    sizes: list[Sizes] = field(default_factory=list)

    def find(self, papers: int, system: str, step: str) -> Series | None:
        """Return the runs of one step, or None if it was not measured."""
        for series in self.series:
            if (series.papers, series.system, series.step) == (papers, system, step):
                return series
        return None

    def series_of(self, papers: int, system: str, step: str) -> Series:
        """Return the runs of one step, a new empty one if there are none yet."""
        found = self.find(papers, system, step)
        if found is None:
            found = Series(papers, system, step)
            self.series.append(found)
        return found

    def middle(self, papers: int, system: str, step: str, measure: str = "wall") -> float | None:
        """Return the median of a measure, or None if there is none."""
        series = self.find(papers, system, step)
        values: list[float] = getattr(series, measure) if series else []
        return median(values) if values else None

    def sizes_of(self, papers: int, system: str) -> Sizes | None:
        """Return the sizes of a built site, or None if they were not measured."""
        return next((each for each in self.sizes if (each.papers, each.system) == (papers, system)), None)

    def all_papers(self) -> list[int]:
        """Return the sizes of corpora that were measured, the smallest first."""
        return sorted({series.papers for series in self.series})

    def problems(self) -> Iterator[tuple[Series, str]]:
        """Yield each run that failed and what went wrong."""
        for series in self.series:
            for problem in series.problems:
                yield series, problem


def save(results: Results, path: Path) -> None:
    """Write ``results`` to ``path`` in whole or not at all."""
    stored = {"schema": SCHEMA, **asdict(results)}
    for series in stored["series"]:
        for measure in ("wall", "cpu"):
            series[measure] = [round(value, 3) for value in series[measure]]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(_to_json(stored) + "\n", encoding="utf-8")
    unfinished.replace(path)


def _to_json(stored: dict[str, Any]) -> str:
    """Return JSON with one line for each series, so that a change can be read."""
    lists = {name: stored.pop(name) for name in ("series", "sizes")}
    head = json.dumps(stored, indent=1)[:-2]
    parts = []
    for name, items in lists.items():
        lines = ",\n".join(f"  {json.dumps(item)}" for item in items)
        parts.append(f' "{name}": [\n{lines}\n ]' if items else f' "{name}": []')
    return head + ",\n" + ",\n".join(parts) + "\n}"


def load(path: Path) -> Results:
    """Return the results in ``path``.

    :raises ValueError: if the file holds something else, with its name and what to do.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        schema = stored.pop("schema")
        if schema != SCHEMA:
            raise ValueError(f"{path}: results of schema {schema}, not {SCHEMA}; measure again")
        series = [Series(**each) for each in stored.pop("series")]
        sizes = [Sizes(**each) for each in stored.pop("sizes")]
        return Results(**stored, series=series, sizes=sizes)
    except (OSError, json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: no results of a benchmark ({error}); make them with --output") from error
