"""``paperloom export``: any part of a knowledge base in a format that other programs read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click

from paperloom.citing.csl import csl_item
from paperloom.citing.formats import FORMATS
from paperloom.cli.facts import facts_of
from paperloom.cli.knowledge_base import load
from paperloom.cli.source_files import configured_text, source_directory
from paperloom.cli.written import write_output
from paperloom.model.calendar import month_of_week, year_of_week
from paperloom.model.problems import Severity
from paperloom.model.records import Author
from paperloom.outputs.release import (
    OlderSiteError,
    checksums_text,
    description_text,
    papers_as_lines,
    papers_schema_text,
)
from paperloom.sources.suggestions import did_you_mean
from paperloom.weave.facts import Facts
from paperloom.weave.pages.indexes import sortable
from paperloom.weave.woven import Woven

_JSON_LINES = "jsonl"
#: The license of the texts, which a release brings along where there is one.
_LICENSE = "LICENSE-content"


@click.command("export")
@click.argument("output_format", metavar="FORMAT", type=click.Choice([*(form.name for form in FORMATS), _JSON_LINES]))
@click.option("--week", multiple=True, metavar="ID", help="Papers of this issue, such as 2020-w44.")
@click.option("--topic", multiple=True, metavar="SLUG", help="Papers of this topic.")
@click.option("--author", multiple=True, metavar="NAME", help="Papers of this author: a family name, or a full name.")
@click.option(
    "--year", multiple=True, metavar="PERIOD", help="Papers of the issues of a year or month: 2020 or 2020-09."
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write to this file and not to the terminal.",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="With jsonl: a built site, which knows where papers are mentioned and what is related.",
)
@click.option("--release", metavar="VERSION", help="With jsonl: the version of the data; that of conf.py if left out.")
@click.pass_obj
def export_command(
    root: Path,
    /,
    output_format: str,
    file: Path | None,
    site: Path | None,
    release: str | None,
    **chosen: tuple[str, ...],
) -> None:
    """Export papers as FORMAT: bib (BibTeX), ris, csl-json, or jsonl (JSON Lines).

    Without an option all papers are exported. An option that is given several times takes the
    papers of any of its values; different options take those that fit all of them. The sources are
    read; nothing has to be built.

    jsonl holds the fields of the catalog that follow from the sources; with --site, which names a
    built site, all of its fields. With --output, a release is
    written: beside the file its JSON Schema, a description (a Data Package), the license of the
    texts, and checksums.
    """
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    if release is not None and (output_format != _JSON_LINES or _is_terminal(file)):
        raise click.UsageError("--release names the data of 'jsonl' with --output; leave it out")
    if site is not None and output_format != _JSON_LINES:
        raise click.UsageError("--site completes the data of 'jsonl'; leave it out")
    base = load(root, source)
    for problem in base.bibliography.problems:
        if problem.severity is Severity.ERROR:
            click.echo(f"Warning: {problem}", err=True)
    facts = facts_of(base)
    keys = _chosen(facts, chosen)
    if not keys:
        raise click.ClickException("no paper fits all of the options; leave one out")
    if output_format == _JSON_LINES:
        _write(file, _lines(facts, keys, site).encode("utf-8"))
        if file is not None and not _is_terminal(file):
            _write_companions(root, source, file, release)
        return
    form = next(form for form in FORMATS if form.name == output_format)
    without = sorted(key for key in keys if key not in facts.references)
    if without:
        click.echo(f"Warning: left out, without an entry in the bibliography: {', '.join(without)}", err=True)
    references = [facts.references[key] for key in sorted(keys) if key in facts.references]
    records = [form.record(reference, csl_item(reference)) for reference in references]
    if not records:
        raise click.ClickException("none of these papers has an entry in the bibliography; see 'paperloom check'")
    _write(file, form.file(records).encode("utf-8"))


def _lines(facts: Facts, keys: list[str], site: Path | None) -> str:
    """Return the papers as JSON Lines, completed by what ``site`` knows.

    :raises click.ClickException: if ``site`` has no catalog, or one of other sources.
    """
    if site is None:
        return papers_as_lines(Woven(facts), keys)
    try:
        catalog = json.loads((site / "catalog.json").read_text(encoding="utf-8"))
        return papers_as_lines(Woven(facts), keys, catalog)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise click.ClickException(f"'{site / 'catalog.json'}' is no catalog of a built site; build it") from error
    except OlderSiteError as error:
        raise click.ClickException(f"'{site}' shows '{error}' as it was before; build the site again") from error


def _chosen(facts: Facts, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the citation keys that fit all options, in canonical order; ``wanted`` holds their values by name.

    :raises click.BadParameter: if there is no such week, topic, author or year.
    """
    tables: dict[str, Callable[[], Mapping[str, Iterable[str]]]] = {
        "week": lambda: {week.id: week.papers for week in facts.weeks.values()},
        "topic": lambda: {slug: facts.topic_papers[slug] for slug in facts.topics},
        "year": lambda: _papers_of_periods(facts),
        "author": lambda: _papers_of_authors(facts),
    }
    keys = set(facts.papers)
    for name, table in tables.items():
        values = [sortable(value) if name == "author" else value for value in wanted[name]]
        if values:
            keys &= _papers_of(values, table(), f"--{name}")
    return [key for key in facts.order if key in keys]


def _papers_of(values: Iterable[str], table: Mapping[str, Iterable[str]], option: str) -> set[str]:
    found: set[str] = set()
    for value in values:
        if value not in table:
            remedy = did_you_mean(value, table, "the pages and the bibliography say what is there")
            raise click.BadParameter(f"there is no '{value}'; {remedy}", param_hint=f"'{option}'")
        found.update(table[value])
    return found


def _papers_of_periods(facts: Facts) -> dict[str, list[str]]:
    periods: dict[str, list[str]] = {}
    for week in facts.weeks.values():
        for period in (year_of_week(week.id), month_of_week(week.starts)):
            periods.setdefault(period, []).extend(week.papers)
    return periods


def _papers_of_authors(facts: Facts) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for key in facts.papers:
        for author in facts.references[key].authors if key in facts.references else ():
            for name in _names_of(author):
                people.setdefault(sortable(name), []).append(key)
    return people


def _names_of(author: Author) -> set[str]:
    """Return how people write a name: the family's alone, in reading order, and with the family name first."""
    family = " ".join(part for part in (author.particle, author.family) if part)
    return {author.family, family, author.name, author.sort_name}


def _is_terminal(file: Path | None) -> bool:
    return file is None or str(file) == "-"


def _write(file: Path | None, data: bytes) -> None:
    """Write to a file, whole or not at all, or to the terminal.

    :raises click.ClickException: if the file cannot be written.
    """
    if file is None or _is_terminal(file):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if not file.parent.is_dir():
        raise click.ClickException(f"there is no folder '{file.parent}'; make it first")
    write_output(file, data)


def _write_companions(root: Path, source: Path, file: Path, release: str | None) -> None:
    """Write what belongs to a release beside its data."""
    data = file.read_bytes()
    schema = file.with_name(f"{file.stem}.schema.json")
    description = description_text(
        data,
        file=file.name,
        schema=schema.name,
        title=configured_text(source, "project") or "Papers",
        version=release or configured_text(source, "release") or configured_text(source, "version"),
        license_address=configured_text(source, "paperloom_license"),
    )
    companions = {
        schema: papers_schema_text().encode("utf-8"),
        file.with_name(f"{file.stem}.datapackage.json"): description.encode("utf-8"),
    }
    if (root / _LICENSE).is_file():
        companions[file.with_name(f"{file.stem}.LICENSE")] = (root / _LICENSE).read_bytes()
    checked = [(path.name, content) for path, content in {file: data, **companions}.items()]
    companions[file.with_name(f"{file.name}.sha256")] = checksums_text(checked).encode("utf-8")
    for path, content in companions.items():
        _write(path, content)
    papers = data.count(b"\n")
    names = ", ".join(path.name for path in companions)
    click.echo(f"{file.name}: {papers} {'paper' if papers == 1 else 'papers'}; beside it {names}", err=True)
