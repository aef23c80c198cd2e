"""``paperloom offline``: the built site as a ZIP file."""

from __future__ import annotations

import re
from pathlib import Path

import click

from paperloom.cli.source_files import configured_text, source_directory
from paperloom.outputs.offline import write_offline


@click.command("offline")
@click.argument("site", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.pass_obj
def offline_command(root: Path, site: Path | None) -> None:
    """Pack the built folder SITE, docs/_build/html where none is given, to be read without a server.

    The ZIP file is written below docs/_build/offline, with its SHA-256 beside it; the same site gives
    the same bytes.
    """
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    folder = site or source / "_build" / "html"
    if not (folder / "index.html").is_file():
        raise click.ClickException(f"there is no built site in '{folder}'; build it with 'nox -s docs'")
    if not (folder / "searchindex.js").is_file():
        remedy = "make it first, with 'nox -s docs' or 'paperloom finish'"
        click.echo(f"Warning: '{folder}' has no index for its search page; {remedy}", err=True)
    project = configured_text(source, "project") or "Paperloom"
    name = re.sub(r"[^a-z0-9]+", "-", project.lower()).strip("-") or "site"
    target = source / "_build" / "offline" / f"{name}.zip"
    count = write_offline(folder, target, project)
    click.echo(f"{target} ({count} files, {target.stat().st_size / 1_000_000:.1f} MB)")
