"""``paperloom init``: the files of a new knowledge base.

``paperloom/starter`` is a whole knowledge base with one issue, one paper and three topics. Its files
are copied as they are, but for the title; ``dot-`` at the start of a name stands for a dot, since
tools would take those files for settings of this package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from paperloom.editing.errors import EditingError, refused
from paperloom.editing.transaction import Transaction, recover

#: The title in the files of the starter.
STARTER_TITLE = "Papers"
#: What may be in the folder before: the repository that it is about to fill, and our own staging folder.
_PASSED_OVER = frozenset({".git", ".paperloom"})
_DOT = re.compile(r"(^|/)dot-")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$@&])")


def starter_files(title: str) -> dict[str, str]:
    """Return the text of each file of a knowledge base called ``title``, by path."""
    found = dict(_read(files("paperloom").joinpath("starter"), ""))
    escaped = _MARKDOWN.sub(r"\\\1", title)
    for path in ("README.md", "docs/index.md"):
        found[path] = found[path].replace(f"# {STARTER_TITLE}\n", f"# {escaped}\n", 1)
    project = f"project = {json.dumps(title, ensure_ascii=False)}\n"
    found["docs/conf.py"] = found["docs/conf.py"].replace(f'project = "{STARTER_TITLE}"\n', project, 1)
    return dict(sorted(found.items()))


def _read(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.name == "__pycache__":
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _read(entry, f"{path}/")
        else:
            yield _DOT.sub(r"\1.", path), entry.read_text(encoding="utf-8")


def start(folder: Path, title: str) -> list[str]:
    """Write the files of a new knowledge base into ``folder``, all or none, and return their paths.

    A run that was cut off after it had decided to write is finished.

    :raises EditingError: if the folder holds anything, or if the system refuses to write.
    """
    made = _make(folder)
    try:
        finished = recover(folder)
        if finished:
            return list(finished)
        _require_empty(folder)
        transaction = Transaction(folder)
        for path, text in starter_files(title).items():
            transaction.create(folder / path, text)
        return [path for _action, path in transaction.commit()]
    except BaseException:
        for above in reversed(made):
            with suppress(OSError):
                above.rmdir()
        raise


def _require_empty(folder: Path) -> None:
    present = sorted(path.name for path in folder.iterdir() if path.name not in _PASSED_OVER)
    if present:
        shown = ", ".join(present[:3]) + (f" and {len(present) - 3} more" if len(present) > 3 else "")
        raise EditingError(f"{folder}: the folder is not empty ({shown}); choose a new or an empty folder")


def _make(folder: Path) -> list[Path]:
    """Make ``folder`` and the folders above it; return those that were not there, from the top."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        for path in reversed(missing):
            with suppress(OSError):
                path.rmdir()
        raise refused(str(folder), error) from error
    return missing


def _one_line(context: click.Context, parameter: click.Parameter, value: str) -> str:
    title = " ".join(value.split())
    if not title:
        raise click.BadParameter("give it a word")
    if not title.isprintable() or "<" in title or ">" in title:  # themes take these two for markup
        raise click.BadParameter("leave out characters that cannot be shown, < and >")
    return title


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default=STARTER_TITLE, show_default=True, callback=_one_line, help="The name of the site.")
def init_command(folder: Path, title: str) -> None:
    """Start a knowledge base in DIR, a new or an empty folder.

    It holds a configuration, an issue, a paper, three topics and workflows for pull requests, and
    builds as it is.
    """
    try:
        written = start(folder, title)
    except EditingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(written)} files written to {folder}")
    click.echo("Next: put it under version control, read its README.md, and look at the site with 'nox -s serve'.")
