"""``paperloom finish``: what is made from a built site."""

from __future__ import annotations

from pathlib import Path

import click

from paperloom.cli.source_files import source_directory
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import STEPS, finish

_STEPS = "; ".join(f"{step.name}: {step.makes}" for step in STEPS)


@click.command("finish", epilog=f"Steps: {_STEPS}." if _STEPS else None)
@click.argument("site", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([step.name for step in STEPS]),
    help="Do this step alone; may be given several times.",
)
@click.pass_obj
def finish_command(root: Path, site: Path | None, only: tuple[str, ...]) -> None:
    """Make what is made from a built site: the folder SITE, docs/_build/html where none is given.

    Each step does again only what changed, and removes what it made before and no longer makes.
    Exits with 1 when a step could not be done; the others are done all the same.
    """
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    folder = site or source / "_build" / "html"
    if not (folder / "index.html").is_file():
        raise click.ClickException(f"there is no built site in '{folder}'; build it with 'nox -s docs'")
    kept = folder.parent / f"{folder.name}-finished"
    problems = finish(BuiltSite(folder, source, kept), only, click.echo)
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    if problems:
        raise SystemExit(1)
