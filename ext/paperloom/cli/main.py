"""The command ``paperloom``."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from paperloom import __version__
from paperloom.cli import report
from paperloom.cli.checks.run import examine
from paperloom.cli.source_files import source_directory
from paperloom.editing.transaction import EditingError, recover
from paperloom.model.problems import Severity

#: The commands that have modules of their own, by name: each is imported when it is called.
_COMMANDS = {
    "book": "paperloom.cli.book:book_command",
    "changes": "paperloom.cli.changes:changes_command",
    "export": "paperloom.cli.export:export_command",
    "finish": "paperloom.cli.finish:finish_command",
    "import": "paperloom.cli.importing.command:import_issue",
    "init": "paperloom.cli.starter:init_command",
    "links": "paperloom.cli.keeping_up:links",
    "new": "paperloom.cli.new.command:new",
    "offline": "paperloom.cli.offline:offline_command",
    "outdated": "paperloom.cli.keeping_up:outdated",
    "rename": "paperloom.cli.rename:rename_command",
    "suggestion": "paperloom.cli.suggestion:suggestion_command",
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called, since 'check' has to be quick."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a disk that is full, or a folder that refuses, ends it with a message."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE or error.errno is None:
                raise
            where = f"'{error.filename}': " if error.filename else ""
            remedy = "free some space, or see who may write there"
            raise click.ClickException(f"{where}{error.strerror}; {remedy}, and run the command again") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _colon, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperloom")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    show_default="the current folder",
    help="The knowledge base: the folder that holds docs/ or conf.py.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Keep a Paperloom knowledge base."""
    context.obj = root


def _source(root: Path) -> Path:
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    return source


@main.command()
@click.option(
    "--format",
    "output_format",
    type=click.Choice(sorted(report.FORMATS)),
    default="text",
    show_default=True,
    help="How problems are shown: lines of text, JSON, or annotations of GitHub.",
)
@click.option("--mentions", is_flag=True, help="List papers that are named without a link, too.")
@click.option("--no-cache", is_flag=True, help="Read every file, whatever earlier runs kept in docs/_build.")
@click.option("--fix", is_flag=True, help="Correct what can be corrected without doubt, then check.")
@click.option(
    "--only",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --fix: correct nothing but this file; may be given several times.",
)
@click.option("--dry-run", is_flag=True, help="With --fix: say what would be corrected, and change nothing.")
@click.option(
    "--root",
    "own_root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The same, behind the command.",
)
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917  # an argument for each option
    root: Path,
    output_format: str,
    mentions: bool,
    no_cache: bool,
    fix: bool,
    only: tuple[Path, ...],
    dry_run: bool,
    own_root: Path | None,
) -> None:
    """Validate all pages and the bibliography; exits with 1 when there is an error.

    --fix sorts the bibliography, brings identifiers into their normal form and links papers that a
    page names and never links. All of it is written, or nothing.
    """
    root = own_root or root
    source = _source(root)
    if (only or dry_run) and not fix:
        raise click.UsageError(f"{'--only' if only else '--dry-run'} says how to correct; give --fix, too")
    try:
        recover(root)
        if fix:
            _fix(root, source, only, write=not dry_run)
    except EditingError as error:
        raise click.ClickException(str(error)) from error
    result = examine(root, source, keep=not no_cache)
    problems = result.problems
    shown = [problem for problem in problems if mentions or problem.severity is not Severity.NOTICE]
    click.echo(report.FORMATS[output_format](shown, result.files))
    left_out = len(problems) - len(shown)
    if left_out and output_format == "text":
        click.echo(f"{left_out} mention{'' if left_out == 1 else 's'} without a link (list them with --mentions)")
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SystemExit(1)


def _fix(root: Path, source: Path, only: tuple[Path, ...], *, write: bool) -> None:
    """Say what can be corrected, and correct it.

    :raises EditingError: if a file cannot be read or written.
    """
    from paperloom.cli.fixes import plan_fixes  # noqa: PLC0415  # a run of 'check' alone needs none of it
    from paperloom.cli.knowledge_base import load  # noqa: PLC0415

    inside = root.resolve()
    names = [os.path.relpath(path.resolve(), inside).replace(os.sep, "/") for path in only]
    fixes = plan_fixes(load(root, source), names)
    for note in fixes.notes:
        click.echo(note, err=True)
    if write:
        fixes.transaction.commit()
