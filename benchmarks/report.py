"""Shows results as Markdown tables, and puts them into a page between two markers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.bars import Judged, judge
from benchmarks.results import Results, Sizes
from benchmarks.steps import BUILD_STEPS
from benchmarks.systems import SYSTEMS

BEGIN = "<!-- measured: begin; `nox -s bench` writes what follows -->"
END = "<!-- measured: end -->"
PLOT = "performance.svg"
_SHOWN_PROBLEM = 120
_OWN_ROWS = (
    ("`paperloom check`, first time", "check-cold"),
    ("`paperloom check`, one file changed", "check-edited"),
    ("loading `references.bib`, first time", "bibliography-cold"),
    ("loading `references.bib`, kept from before", "bibliography-kept"),
    ("index of Sphinx's search, first time", "sphinx-index"),
    ("index of Sphinx's search, nothing changed", "sphinx-index-kept"),
    ("index of the search dialog, first time", "search"),
    ("index of the search dialog, nothing changed", "search-kept"),
    ("fresh checkout with the last build, one summary changed", "warm-start"),
    ("live preview, from save to page", "preview"),
)


def put_between_markers(page: str, text: str) -> str:
    """Return ``page`` with ``text`` in place of what stands between the markers.

    :raises ValueError: if the page has not exactly one pair of markers.
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise ValueError(f"the page needs one line '{BEGIN}' and below it one line '{END}'")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}"


def publish(results: Results, page: Path, plot: str) -> None:
    """Write the figures into ``page`` and ``plot``, an SVG, beside it.

    :raises ValueError: if the page has no markers; nothing is written then.
    """
    try:
        text = put_between_markers(page.read_text(encoding="utf-8"), as_markdown(results))
    except ValueError as error:
        raise ValueError(f"{page}: {error}") from error
    page.write_text(text, encoding="utf-8")
    page.with_name(PLOT).write_text(plot, encoding="utf-8")


def as_markdown(results: Results) -> str:
    """Return everything that was measured as Markdown, for a page one heading deep."""
    return "\n\n".join(
        part
        for part in (
            "## Bars",
            _bars(judge(results)),
            "## Times",
            _figure(),
            *(_times(results, papers) for papers in results.all_papers()),
            "## Paperloom alone",
            _own(results),
            "## Sizes",
            _sizes(results),
            "## Versions",
            _versions(results),
            *_problems(results),
        )
        if part
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers_from: int = 1) -> str:
    """Return a Markdown table; columns from ``numbers_from`` on are aligned to the right."""
    rules = ["---" if column < numbers_from else "---:" for column in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rules, *rows))


def number(value: float | None, unit: str = "") -> str:
    """Return a number with three figures at least, a dash for None."""
    if value is None:
        return "–"
    magnitude = abs(value)
    if magnitude >= 100:
        shown = f"{value:,.0f}"
    elif magnitude >= 10:
        shown = f"{value:.1f}"
    else:
        shown = f"{value:.2f}"
    return f"{shown} {unit}".strip()


def _bars(judged: list[Judged]) -> str:
    words = {True: "yes", False: "no", None: "not measured"}
    rows = [
        (
            each.bar.title,
            number(each.value, each.bar.unit),
            f"≤ {each.bar.most:g} {each.bar.unit}",
            f"≤ {each.bar.stretch:g} {each.bar.unit}" if each.bar.stretch is not None else "",
            words[each.passed],
        )
        for each in judged
    ]
    return table(("what", "measured", "bar", "stretch", "passed"), rows)


def _figure() -> str:
    return (
        f"```{{paper-figure}} {PLOT}\n:origin: Plotted by the benchmark from its own results.\n"
        ":alt: Two plots of seconds over papers, on logarithmic axes, with a line for each "
        "system: a clean build, and a build after one summary was edited. The tables below hold the figures.\n\n"
        "Median times of a clean build and of a build after an edit.\n```"
    )


def _times(results: Results, papers: int) -> str:
    """Return the tables of one size, a row for each system: times, then processor times and memory."""
    shown = [name for name in SYSTEMS if results.find(papers, name, "clean")]
    times = [(SYSTEMS[name].title, *(_time(results, papers, name, step) for step in BUILD_STEPS)) for name in shown]
    needs = []
    for name in shown:
        memory = [results.middle(papers, name, "clean", measure) for measure in ("peak_process", "peak_tree")]
        needs.append(
            (
                SYSTEMS[name].title,
                *(number(results.middle(papers, name, step, "cpu")) for step in BUILD_STEPS),
                *(number(None if value is None else value / 1e6) for value in memory),
            )
        )
    if not shown:
        return ""
    return (
        f"### {papers:,} papers\n\n"
        + table(("seconds", *BUILD_STEPS.values()), times)
        + "\n\n"
        + table(
            ("seconds of processor time", *BUILD_STEPS.values(), "clean, largest process, MB", "all processes, MB"),
            needs,
        )
    )


def _time(results: Results, papers: int, system: str, step: str) -> str:
    middle = results.middle(papers, system, step)
    series = results.find(papers, system, step)
    if middle is None and series and series.problems:
        return "failed"
    return number(middle)


def _own(results: Results) -> str:
    sizes = results.all_papers()
    rows = [
        (title, *(_time(results, papers, "paperloom", step) for papers in sizes))
        for title, step in _OWN_ROWS
        if any(results.find(papers, "paperloom", step) for papers in sizes)
    ]
    for title, step in (("clean", "clean"), ("nothing changed", "nothing")):
        times = [_time(results, papers, "paperloom-without-citations", step) for papers in sizes]
        if set(times) != {"–"}:
            rows.append((f"{title}, citations written as plain text", *times))
    return table(("seconds", *(f"{papers:,} papers" for papers in sizes)), rows) if rows else "Not measured."


def _sizes(results: Results) -> str:
    def row(sizes: Sizes) -> tuple[str, ...]:
        return (
            SYSTEMS[sizes.system].title,
            f"{sizes.papers:,}",
            f"{sizes.page / 1e3:.1f} ({sizes.page_gzip / 1e3:.1f})",
            f"{sizes.page_content / 1e3:.1f}" if sizes.page_content != sizes.page else "–",
            f"{sizes.search_index / 1e6:.2f} ({sizes.search_index_gzip / 1e6:.2f})" if sizes.search_index else "–",
            f"{sizes.pagefind / 1e6:.2f}" if sizes.pagefind else "–",
            f"{sizes.query / 1e3:.0f}" if sizes.query else "–",
            f"{sizes.catalog / 1e6:.2f}" if sizes.catalog else "–",
            f"{sizes.total / 1e6:.1f}",
            f"{sizes.files:,}",
        )

    shown = sorted(
        (sizes for sizes in results.sizes if sizes.system in SYSTEMS),
        key=lambda sizes: (sizes.papers, list(SYSTEMS).index(sizes.system)),
    )
    head = (
        "system",
        "papers",
        "median page of a paper, kB (gzip)",
        "without its sidebar, kB",
        "search index, MB (gzip)",
        "Pagefind, MB",
        "one query, kB",
        "catalog, MB",
        "everything, MB",
        "files",
    )
    return table(head, [row(sizes) for sizes in shown])


def _versions(results: Results) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    machine = ", ".join(f"{name}: {value}" for name, value in results.machine.items())
    # Series can be longer than the run had rounds, where builds were measured again.
    most = max([results.rounds, *(len(series.wall) for series in results.series if series.step == "clean")])
    rounds = str(results.rounds) if most == results.rounds else f"{results.rounds} to {most}"
    return f"{packages}.\n\n{machine}. Rounds: {rounds}, seed of the text: {results.seed}."


def _problems(results: Results) -> list[str]:
    lines = []
    for series, problem in results.problems():
        said = " ".join(problem.replace("`", "'").split())
        shown = said if len(said) <= _SHOWN_PROBLEM else said[: _SHOWN_PROBLEM - 1] + "…"
        lines.append(f"- {series.papers:,} papers, {series.system}, {series.step}: `{shown}`")
    return ["## Runs that failed", "\n".join(lines)] if lines else []
