"""The commands ``paperloom links`` and ``paperloom outdated``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from paperloom.cli.clients import Clients
from paperloom.cli.knowledge_base import KnowledgeBase, load, source_directory
from paperloom.cli.links.command import Options as LinkOptions
from paperloom.cli.links.command import check_links
from paperloom.cli.outdated.command import find_outdated
from paperloom.cli.source_files import configured_text
from paperloom.cli.written import write_output
from paperloom.editing.transaction import EditingError, recover

_ROOT_HELP = "The same, behind the command."
_MAX_AGE_HELP = "Do not ask again what was answered in the last DAYS days."
_REPORT_HELP = "Write the report as a page of Markdown, too."


@click.command()
@click.option("--html", type=click.Path(path_type=Path, file_okay=False), help="The built site; docs/_build/html.")
@click.option("--offline", is_flag=True, help="Check internal links only.")
@click.option("--strict-links", is_flag=True, help="Fail when a link could not be checked, too.")
@click.option("--max-age", type=click.FloatRange(0), default=7, show_default=True, help=_MAX_AGE_HELP, metavar="DAYS")
@click.option("--archive/--no-archive", "copies", default=True, show_default=True, help="Ask for archived copies.")
@click.option("--fix", is_flag=True, help="Write new addresses and archived copies into the sources.")
@click.option("--report", "page", type=click.Path(path_type=Path, dir_okay=False), help=_REPORT_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--root", "own_root", type=click.Path(path_type=Path, file_okay=False, exists=True), help=_ROOT_HELP)
@click.pass_obj
def links(
    root: Path,
    /,
    html: Path | None,
    page: Path | None,
    own_root: Path | None,
    *,
    strict_links: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Check the links of the built site.

    Internal links and anchors are checked strictly. Of external links only those fail the run
    whose host says that the page is gone (404, 410) and that have no archived copy; moved pages
    are named with their new address, and hosts that refuse or fail are listed as unsure.
    """
    root = own_root or root
    source = _source(root)
    html = html or source / "_build" / "html"
    if not (html / "index.html").is_file():
        raise click.ClickException(f"there is no built site in '{html}'; build it with 'nox -s docs'")
    settings = LinkOptions(**options)
    if settings.offline and (settings.fix or page):
        raise click.UsageError("--fix and --report need what hosts answer; leave out --offline")
    try:
        if settings.fix:
            recover(root)
        base = load(root, source)
        result = check_links(base, html, _clients(base), settings)
    except EditingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(result.as_json() if as_json else result.as_text())
    if page:
        _write_page(page, "" if result.offline and result.unchecked else result.as_markdown())
    if result.failed(strict=strict_links):
        raise SystemExit(1)


def _source(root: Path) -> Path:
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    return source


def _clients(base: KnowledgeBase) -> Clients:
    try:
        return Clients(configured_text(base.source, "paperloom_contact"))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _write_page(page: Path, text: str) -> None:
    """Write a report; an empty one stands for answers that nobody gave, and takes the place of no other."""
    if not text:
        raise click.ClickException(f"there is no network, so '{page}' is not written; run the command again later")
    write_output(page, text.encode("utf-8"))


@click.command()
@click.option("--max-age", type=click.FloatRange(0), default=7, show_default=True, help=_MAX_AGE_HELP, metavar="DAYS")
@click.option("--report", "page", type=click.Path(path_type=Path, dir_okay=False), help=_REPORT_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--root", "own_root", type=click.Path(path_type=Path, file_okay=False, exists=True), help=_ROOT_HELP)
@click.pass_obj
def outdated(root: Path, max_age: float, page: Path | None, as_json: bool, own_root: Path | None) -> None:
    """List what happened to the papers since they were read.

    arXiv and Crossref are asked for newer versions than the one read, for publications of what the
    bibliography has as a preprint, and for withdrawals, retractions and corrections. Exits with 1
    when neither of them answered.
    """
    root = own_root or root
    base = load(root, _source(root))
    result = find_outdated(base, _clients(base), max_age)
    click.echo(result.as_json() if as_json else result.as_text())
    if page:
        _write_page(page, "" if result.nobody_answered else result.as_markdown())
    if result.nobody_answered:
        raise SystemExit(1)
