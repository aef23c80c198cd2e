"""Builds every system in turn, step by step and round by round, and keeps what was measured."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import own_steps
from benchmarks.edits import Expectation
from benchmarks.measure import Measurement, measure
from benchmarks.prepare import PlannedEdit, apply, prepare
from benchmarks.results import Results, Sizes
from benchmarks.sites import missing, sizes_of
from benchmarks.steps import BUILD_STEPS, planned_edits
from benchmarks.systems import ALL_SYSTEMS, PAPERLOOM, WITHOUT_CITATIONS, System
from benchmarks.workplace import Workplace, environment

#: Papers of the corpus that every system builds once unmeasured, so that files of programs are in memory.
WARM_UP_PAPERS = 16
_NOT_AFTER_FAILURE = "not run, since the clean build failed"


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure.

    ``timeout`` is in seconds for one command, None for one that grows with the corpus. A system in
    ``largest`` builds no corpus of more papers than stand there.
    """

    sizes: tuple[int, ...]
    systems: tuple[str, ...]
    steps: frozenset[str]
    rounds: int
    repeats: int
    seed: int
    timeout: float | None
    largest: Mapping[str, int] = field(default_factory=dict)

    def seconds(self, papers: int) -> float:
        """Return the time limit of one command."""
        return self.timeout or 120 + 0.2 * papers

    def measured_systems(self, papers: int) -> list[System]:
        """Return the systems that build so many papers, in order, with the one that shows what citations cost."""
        names = [name for name in self.systems if papers <= self.largest.get(name, papers)]
        systems = [ALL_SYSTEMS[name] for name in names]
        if "citations" in self.steps and PAPERLOOM in systems:
            systems.append(WITHOUT_CITATIONS)
        return systems


class Runner:
    """Measures one corpus after another. ``say`` gets a line for each step; ``keep`` gets the results so far."""

    def __init__(
        self,
        options: Options,
        results: Results,
        folder: Path,
        say: Callable[[str], None],
        keep: Callable[[Results], None],
    ) -> None:
        self.options = options
        self.results = results
        self.folder = folder
        self.say = say
        self.keep = keep
        self.environment = environment()
        self.failed: set[tuple[int, str]] = set()

    def run(self) -> None:
        """Measure everything; each round has all sizes, so that an interrupted run can be used, too."""
        self._warm_up()
        edits = planned_edits(self.options.steps, self.options.repeats)
        workplaces = {papers: Workplace(self.folder / str(papers)) for papers in self.options.sizes}
        try:
            for papers, workplace in workplaces.items():
                self.say(f"{papers} papers: writing the text for all systems")
                _prepare(workplace, papers, self.options.seed, self.options.measured_systems(papers), edits)
            for number in range(self.options.rounds):
                for papers, workplace in workplaces.items():
                    self._round(workplace, papers, self.options.measured_systems(papers), number)
                    workplace.remove_built()
        finally:
            for workplace in workplaces.values():
                workplace.remove()

    def build(self, workplace: Workplace, system: System, papers: int) -> Measurement:
        """Build the tree of ``system`` as it is."""
        tree = workplace.tree(system)
        return self.command(system.command(tree), tree, papers)

    def command(self, command: Sequence[str], folder: Path, papers: int) -> Measurement:
        """Run a command when everything before it has reached the disk."""
        os.sync()
        return measure(command, folder=folder, environment=self.environment, timeout=self.options.seconds(papers))

    def record(self, papers: int, system: str, step: str, run: Measurement, problem: str = "") -> None:
        """Add a run to the results; one that failed adds what went wrong and no figures."""
        series = self.results.series_of(papers, system, step)
        problem = run.problem or problem
        if problem:
            series.problems.append(problem)
        else:
            series.wall.append(run.wall)
            for values, value in (
                (series.cpu, run.cpu),
                (series.peak_process, run.peak_process),
                (series.peak_tree, run.peak_tree),
            ):
                if value is not None:
                    values.append(value)  # type: ignore[arg-type]
        self.say(f"{papers:6} {system:28} {step:18} " + (problem or f"{run.wall:8.2f} s"))
        self.keep(self.results)

    def set_sizes(self, sizes: Sizes) -> None:
        """Put the sizes of a site in place of those measured before."""
        others = [each for each in self.results.sizes if (each.papers, each.system) != (sizes.papers, sizes.system)]
        self.results.sizes = [*others, sizes]
        self.keep(self.results)

    def _warm_up(self) -> None:
        workplace = Workplace(self.folder / "warm-up")
        systems = self.options.measured_systems(WARM_UP_PAPERS)
        _prepare(workplace, WARM_UP_PAPERS, self.options.seed, systems, [])
        for system in systems:
            workplace.fresh_copy(system)
            problem = self.build(workplace, system, WARM_UP_PAPERS).problem
            if problem:
                self.say(f"warm-up: {system.title}: {problem}")
        workplace.remove()

    def _round(self, workplace: Workplace, papers: int, systems: list[System], number: int) -> None:
        self.say(f"{papers} papers, round {number + 1} of {self.options.rounds}")
        for system in systems:
            workplace.fresh_copy(system)
        steps = [("clean", 0)]
        steps += [(step, repeat) for repeat in range(self.options.repeats) for step in BUILD_STEPS if step != "clean"]
        for place, (step, repeat) in enumerate(steps):
            if step not in self.options.steps and step != "clean":
                continue
            turn = (number + place) % len(systems)
            for system in systems[turn:] + systems[:turn]:
                if system != WITHOUT_CITATIONS or step in {"clean", "nothing"}:
                    self._step(workplace, papers, system, step, repeat)
        if PAPERLOOM in systems and (papers, PAPERLOOM.name) not in self.failed:
            for step, run in own_steps.STEPS.items():
                if step in self.options.steps:
                    run(self, workplace, papers)

    def _step(self, workplace: Workplace, papers: int, system: System, step: str, repeat: int) -> None:
        if (papers, system.name) in self.failed:
            self.record(papers, system.name, step, Measurement(0, problem=_NOT_AFTER_FAILURE))
            return
        tree = workplace.tree(system)
        expected: tuple[Expectation, ...] = ()
        if step not in {"clean", "nothing"}:
            expected = apply(workplace.prepared(system), f"{step}-{repeat}", tree)
        run = self.build(workplace, system, papers)
        self.record(papers, system.name, step, run, missing(system, tree, expected))
        if step != "clean":
            return
        if run.problem:
            self.failed.add((papers, system.name))
        elif self.results.sizes_of(papers, system.name) is None:
            self.results.sizes.append(sizes_of(system, tree, papers))


def _prepare(workplace: Workplace, papers: int, seed: int, systems: list[System], edits: list[PlannedEdit]) -> None:
    """Write the trees in a process of its own, so that this one stays small (see ``measure``).

    :raises RuntimeError: if that process failed; it has said why.
    """
    workplace.remove()
    names = [system.name for system in systems]
    process = multiprocessing.get_context("spawn").Process(
        target=prepare, args=(papers, seed, names, edits, workplace.all_prepared)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"the text of {papers} papers could not be written to '{workplace.root}'")
