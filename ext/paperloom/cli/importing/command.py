"""The command ``paperloom import``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from paperloom.cli.importing.completion import MetadataFile, OtherHosts
from paperloom.cli.importing.writing import import_issues
from paperloom.cli.source_files import configured_text, source_directory
from paperloom.editing.errors import EditingError
from paperloom.editing.transaction import recover
from paperloom.importing.issue import Issue
from paperloom.importing.reading import read_issue_file
from paperloom.model.calendar import parse_week_id
from paperloom.providers.bibtex_files import BibtexError

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=_FILE)
@click.option(
    "--bib",
    type=_FILE,
    metavar="FILE",
    help="Take authors, years and titles from this BibTeX file, for drafts of an earlier import, too.",
)
@click.option("--week", metavar="WEEK", help="The week of an issue that does not say it, such as 2021-w06.")
@click.option("--offline", is_flag=True, help="Ask no service about papers.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was understood, an object a line; write nothing.")
@click.option(
    "--root",
    "own_root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The same, behind the command.",
)
@click.pass_obj
def import_issue(  # noqa: PLR0913, PLR0917  # an argument for each option
    root: Path,
    files: tuple[Path, ...],
    bib: Path | None,
    week: str | None,
    offline: bool,
    dry_run: bool,
    as_json: bool,
    own_root: Path | None,
) -> None:
    """Turn newsletter issues, exported as Markdown, into weeks, drafts of papers and entries.

    What an issue says in words stands in comments for the writer. Pages that exist are left
    alone. What was not understood is listed with its line, and stands in the week's page, too.
    """
    issues = [read_issue_file(path, path.as_posix()) for path in files]
    if week is not None:
        _set_week(issues, week)
    if as_json:
        for issue in issues:
            click.echo(json.dumps(issue.as_json(), ensure_ascii=False))
        raise SystemExit(1 if any("cannot-read" in issue.codes for issue in issues) else 0)
    root = own_root or root
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    try:
        code = _write(root, source, issues, bib, offline=offline, dry_run=dry_run)
    except (EditingError, BibtexError, ValueError) as error:
        raise click.ClickException(f"{error}\nNothing was written.") from error
    raise SystemExit(code)


def _set_week(issues: list[Issue], week: str) -> None:
    parsed = parse_week_id(week)
    if parsed is None or len(issues) != 1:
        message = "--week is for one FILE" if parsed else f"'{week}' is no week; write it as 2021-w06"
        raise click.UsageError(message)
    issues[0].set_week(*parsed)


def _write(root: Path, source: Path, issues: list[Issue], bib: Path | None, *, offline: bool, dry_run: bool) -> int:
    """Import ``issues``, tell what happened and return the exit code."""
    hosts = OtherHosts(contact=configured_text(source, "paperloom_contact"))
    finders = [MetadataFile(bib, bib.as_posix()).find] if bib else []
    if not offline:
        finders.append(hosts.find)
    recover(root)
    report = import_issues(root, source, issues, finders, dry_run=dry_run)
    for line in (*report.lines, *(f"note: {note}" for note in hosts.notes)):
        click.echo(line)
    done = {"create": "created", "replace": "changed", "remove": "removed"}
    planned = {"create": "would create", "replace": "would change", "remove": "would remove"}
    for action, path in report.changes:
        click.echo(f"{(planned if dry_run else done)[action]} {path}")
    if not report.changes and not report.failed:
        click.echo("Nothing to write.")
    elif report.changes and dry_run:
        click.echo("Nothing was written.")
    elif report.changes:
        click.echo("Next: run 'nox -s check', which lists what the drafts lack, and write them.")
    return 1 if report.failed else 0
