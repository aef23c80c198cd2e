"""Making up for builds that were ended on the way, and for outputs that are not the ones of the last build.

A build that is killed leaves files which no record names: pages of documents that may be gone when the
next build starts, and files that were being written. So a build says beforehand what it is about to add
(:func:`announce`), and leaves a mark until it is done. An output that is not the recorded one (the record
was lost, or another knowledge base wrote it) is emptied, since nobody knows which of its files are to go.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder

from paperloom import written
from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.outputs.catalog import CATALOG, SCHEMA
from paperloom.outputs.files import is_as_written, remove_temporary
from paperloom.outputs.leftovers import copied_files

#: Files that say of which documents an output is.
MADE_BY_SPHINX = ("objects.inv",)
IDENTITY = (CATALOG, *MADE_BY_SPHINX)


def begin(app: Sphinx) -> None:
    """Remove what a build left half written, and mark that this one has begun."""
    mark = _mark(app)
    was_broken_off = mark.exists()
    if was_broken_off:
        for folder in (Path(app.outdir), Path(app.doctreedir)):
            remove_temporary(folder)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    record = domain_of(app.env).written
    # What a build that was ended on the way has left is what was recorded and announced.
    if isinstance(app.builder, AllProcesses) and not (was_broken_off and record.pages):
        _empty_foreign(Path(app.outdir), record)


def announce(app: Sphinx, builder: Builder) -> None:
    """Note the files that this build adds to those of the last one, before the first of them is written."""
    record = domain_of(app.env).written
    new = app.env.all_docs.keys() - record.pages.keys()
    copied = {*copied_files(app.env)} - record.copied.keys()
    surroundings = getattr(builder, "surroundings", "")
    if not new and not copied and surroundings == record.surroundings:
        return
    record.pages |= {docname: ["", "", 0, 0, ""] for docname in sorted(new)}
    record.copied |= {name: [0, 0, ""] for name in sorted(copied)}
    if surroundings != record.surroundings:
        record.surroundings = ""
    written.store(written.path_of(app), record)


def end(app: Sphinx, exception: Exception | None) -> None:
    """Take the mark away after a build that came to its end."""
    if exception is None:
        _mark(app).unlink(missing_ok=True)


def _mark(app: Sphinx) -> Path:
    return written.path_of(app).with_suffix(".begun")


def _empty_foreign(out: Path, record: written.Written) -> None:
    """Empty an output of this extension that is not the one of ``record``; names that begin with a dot stay."""
    if all(is_as_recorded(out, name, record) for name in IDENTITY) or not _is_ours(out):
        return
    for path in out.iterdir():
        if path.name.startswith(".") and path.name != ".buildinfo":
            continue  # such as the folder of version control that an output is published from
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    # Nothing of what was recorded stands there any more.
    record.__dict__.update(written.Written().__dict__)


def is_as_recorded(out: Path, name: str, record: written.Written) -> bool:
    """Return whether a file is missing or what the last build left."""
    state = record.outputs.get(name) or record.identity.get(name)
    path = out / name
    return not path.exists() or (state is not None and is_as_written(str(path), (state[0], state[1], state[2])))


def _is_ours(out: Path) -> bool:
    return (out / SCHEMA).is_file() and (out / ".buildinfo").is_file()
