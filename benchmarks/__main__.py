"""The command ``python -m benchmarks``; ``nox -s bench`` runs it with all it needs."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.compare import compare as compare_results
from benchmarks.corpus import PAPERS_A_WEEK, SEED
from benchmarks.report import as_markdown, publish
from benchmarks.results import Results, load, save
from benchmarks.runner import Options, Runner
from benchmarks.steps import STEPS
from benchmarks.systems import ALL_SYSTEMS, SYSTEMS
from benchmarks.versions import machine, versions
from benchmarks.workplace import ROOT, use_cores

SIZES = (100, 1_000, 5_000, 10_000)
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "contributing" / "performance.md"
WORK = ROOT / ".bench"


class Names(click.ParamType[tuple[str, ...]]):
    """Names separated by commas, each one of a few."""

    name = "names"

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names in the order in which they are known."""
        if isinstance(value, tuple):
            return value
        given = [name.strip() for name in value.split(",") if name.strip()]
        unknown = sorted(set(given) - set(self.known))
        if unknown or not given:
            self.fail(f"{', '.join(unknown) or 'nothing'} is not among: {', '.join(self.known)}", param, ctx)
        return tuple(name for name in self.known if name in given)


class Sizes(click.ParamType[tuple[int, ...]]):
    """Numbers of papers separated by commas."""

    name = "sizes"

    def convert(
        self, value: str | tuple[int, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers, the smallest first."""
        if isinstance(value, tuple):
            return value
        given = value.replace(" ", "").split(",")
        if not all(each.isdigit() and int(each) >= 2 * PAPERS_A_WEEK for each in given):
            self.fail(f"'{value}' is no list of numbers from {2 * PAPERS_A_WEEK} on, such as 100,1000", param, ctx)
        return tuple(sorted({int(each) for each in given}))


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--sizes", type=Sizes(), default=SIZES, help="How many papers; several separated by commas.")
@click.option("--systems", type=Names(tuple(SYSTEMS)), default=tuple(SYSTEMS), help="What to build with.")
@click.option("--steps", type=Names(tuple(STEPS)), default=tuple(STEPS), help="What to measure; clean always is.")
@click.option(
    "--up-to",
    type=(click.Choice(tuple(SYSTEMS)), click.IntRange(1)),
    multiple=True,
    metavar="SYSTEM PAPERS",
    help="Build larger sizes without this system; may be given for each of them.",
)
@click.option("--rounds", type=click.IntRange(1), default=3, help="Clean builds of each system at each size.")
@click.option("--repeats", type=click.IntRange(1), default=1, help="Edits of each kind in a round.")
@click.option("--seed", default=SEED, help="Of the text.")
@click.option(
    "--timeout", type=click.FloatRange(1), help="Seconds for one command.", show_default="grows with the papers"
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the results go. Results in benchmarks/results.json are published: tables and plot are "
    "written into docs/contributing/performance.md.",
    show_default="benchmarks/results.json for a full run, .bench/results.json otherwise",
)
@click.option("--compare", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Results of before.")
@click.option(
    "--render",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Measure nothing; publish these results.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    default=WORK,
    help="Where sites are built.",
    show_default=".bench",
)
def main(  # noqa: PLR0913  # one parameter for each option
    *,
    sizes: tuple[int, ...],
    systems: tuple[str, ...],
    steps: tuple[str, ...],
    up_to: tuple[tuple[str, int], ...],
    rounds: int,
    repeats: int,
    seed: int,
    timeout: float | None,
    output: Path | None,
    compare: Path | None,
    render: Path | None,
    work: Path,
) -> None:
    """Build an invented knowledge base with several systems, measure, and report.

    Round by round, step by step, all systems take turns. The whole takes hours; choose sizes, systems,
    steps and rounds for an answer in minutes, such as: --sizes 1000 --systems paperloom,hugo --rounds 1.
    """
    work = work.resolve()
    try:
        before = load(compare) if compare else None
        if render:
            _publish(load(render))
            return
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    full = (sizes, systems, steps) == (SIZES, tuple(SYSTEMS), tuple(STEPS)) and not up_to
    output = output or (RESULTS if full else WORK / "results.json")
    so_far = work / "so-far.json"  # what an interrupted run leaves behind
    use_cores()
    chosen = [ALL_SYSTEMS[name] for name in systems]
    results = Results(seed, rounds, machine(), versions(chosen))
    options = Options(sizes, systems, frozenset(steps), rounds, repeats, seed, timeout, dict(up_to))
    try:
        Runner(options, results, work, lambda line: click.echo(line, err=True), lambda now: save(now, so_far)).run()
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    if output.resolve() == RESULTS:
        _publish(results)
    else:
        save(results, output)
    so_far.unlink(missing_ok=True)
    click.echo(as_markdown(results))
    if before:
        click.echo("\n" + "\n".join(compare_results(before, results)))
    click.echo(f"\nresults: {output}", err=True)
    if any(results.problems()):
        raise click.ClickException("some runs failed; they are listed above")


def _publish(results: Results) -> None:
    from benchmarks.plot import draw

    save(results, RESULTS)
    stored = load(RESULTS)  # rounded, so that the page can be written from the file again
    try:
        publish(stored, PAGE, draw(stored))
    except ValueError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
