"""The journal of a transaction: what it takes to finish one that was cut off, or to undo it.

``.paperloom/transaction/`` in a knowledge base holds, while a command writes, the new and the old
content of each file (``new-0``, ``old-0``, …) and ``journal``. Until the journal is there, nothing
outside this folder has changed; from then on the transaction can be finished from it, however
often that is tried.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from paperloom.editing.disk import Disk
from paperloom.editing.errors import ConflictError, EditingError, refused

STATE = ".paperloom"
_IGNORE = ".gitignore"


def staging(root: Path) -> Path:
    """Return the folder in which a transaction of the knowledge base ``root`` prepares its files."""
    return root / STATE / "transaction"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other commands from writing below ``root``.

    The lock is on the folder itself: it leaves no file behind, and the system lifts it when the
    process ends in whatever way.

    :raises EditingError: if another command writes.
    """
    try:
        descriptor = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise refused(str(root), error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = "another paperloom command is writing; wait until it has ended and run this one again"
        raise EditingError(f"{root}: {message}") from error
    finally:
        os.close(descriptor)


def digest(data: bytes | None) -> str | None:
    """Return the fingerprint of a file's content; None for a file that is not there."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def content(path: Path) -> bytes | None:
    """Return the bytes of ``path``, None where there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class Change:
    """A file below the root with the fingerprints of its content before (None: it is new) and after (None: it goes)."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """The changes of a transaction, the folders it creates, and whether they are to be undone."""

    changes: tuple[Change, ...]
    folders: tuple[str, ...]
    undo: bool = False

    @property
    def _draft(self) -> str:
        return "journal-of-undoing" if self.undo else "journal-of-writing"

    def stage(self, root: Path, disk: Disk) -> None:
        """Write the journal beside its place. Both are staged first, so that undoing takes no space."""
        disk.write(staging(root) / self._draft, json.dumps(asdict(self)).encode())

    def enact(self, root: Path, disk: Disk) -> None:
        """Move the staged journal into its place: the commit point, or the end of it."""
        disk.replace(staging(root) / self._draft, staging(root) / "journal")
        disk.sync_folder(staging(root))


def read_journal(root: Path) -> Journal | None:
    """Return the journal of a transaction that was cut off; None where there is none."""
    data = content(staging(root) / "journal")
    if data is None:
        return None
    try:
        stated = json.loads(data)
        changes = tuple(Change(**change) for change in stated["changes"])
        return Journal(changes, tuple(stated["folders"]), bool(stated["undo"]))
    except (ValueError, TypeError, KeyError) as error:
        message = "is not a journal of this version; look what is in the folder, then delete it"
        raise EditingError(f"{STATE}/transaction/journal: {message}") from error


def finish(root: Path, journal: Journal, disk: Disk) -> None:
    """Bring every file to its new content, from wherever an earlier attempt ended.

    :raises ConflictError: if a file holds neither its old nor its new content; no further file is touched.
    :raises OSError: if the system refuses a step.
    """
    changed = [change.path for change in journal.changes if _state(root, change) is None]
    if changed:
        problems = [f"{path}: was changed by somebody else in the meantime" for path in changed]
        raise ConflictError(*(f"{problem}; run the command again" for problem in problems))
    for folder in journal.folders:
        if not (root / folder).is_dir():
            disk.make_folder(root / folder)
    for number, change in enumerate(journal.changes):
        if _state(root, change) == "before":
            prepared, target = staging(root) / f"new-{number}", root / change.path
            if change.after is None:
                disk.remove(target)
            elif change.before is None:
                disk.create(prepared, target)
            else:
                disk.replace(prepared, target)
    for folder_path in sorted({(root / change.path).parent for change in journal.changes}):
        disk.sync_folder(folder_path)


def undo(root: Path, journal: Journal, disk: Disk) -> None:
    """Bring every file that holds its new content back to the old one.

    :raises OSError: if the system refuses a step.
    """
    for number, change in enumerate(journal.changes):
        if _state(root, change) == "after":
            if change.before is None:
                disk.remove(root / change.path)
            else:
                disk.replace(staging(root) / f"old-{number}", root / change.path)
    for folder in reversed(journal.folders):
        with suppress(OSError):  # somebody else put a file there
            disk.remove_folder(root / folder)


def _state(root: Path, change: Change) -> str | None:
    """Return whether a file holds what it did ``before`` or ``after`` the change, None if neither."""
    found = digest(content(root / change.path))
    if found == change.after:
        return "after"
    return "before" if found == change.before else None


def clear(root: Path, disk: Disk) -> None:
    """Remove what a transaction prepared: the journal first."""
    folder = staging(root)
    if folder.is_dir():
        disk.remove(folder / "journal")
        disk.sync_folder(folder)
        for path in sorted(folder.iterdir()):
            disk.remove(path)
        disk.remove_folder(folder)
    state = folder.parent
    if state.is_dir() and {path.name for path in state.iterdir()} <= {_IGNORE}:
        disk.remove(state / _IGNORE)
        disk.remove_folder(state)


def prepare(root: Path, disk: Disk) -> None:
    """Make the folder in which a transaction prepares its files; version control passes it over."""
    state = staging(root).parent
    if not state.is_dir():
        disk.make_folder(state)
    if not (state / _IGNORE).exists():
        disk.write(state / _IGNORE, b"*\n")
    disk.make_folder(staging(root))


def abandon(root: Path) -> None:
    """Remove what an unfinished transaction prepared, as far as the system lets it."""
    shutil.rmtree(staging(root), ignore_errors=True)
    with suppress(OSError):
        clear(root, Disk())


def recover(root: Path, disk: Disk | None = None) -> tuple[str, ...]:
    """Finish a transaction that was cut off after its commit point, and drop one that was cut off before.

    Returns the paths, relative to ``root``, that were brought to their new content. Every command
    that reads or writes the sources calls this first.

    :raises EditingError: if another command writes, if the system refuses a step, or if somebody
        changed one of the files since.
    """
    if not (root / STATE).is_dir():
        return ()
    with locked(root):
        return recover_locked(root, disk or Disk())


def recover_locked(root: Path, disk: Disk) -> tuple[str, ...]:
    """Do what :func:`recover` does, for a caller that holds the lock."""
    journal = read_journal(root)
    try:
        if journal is not None and journal.undo:
            undo(root, journal, disk)
        elif journal is not None:
            finish(root, journal, disk)
        clear(root, disk)
    except ConflictError as error:
        waits = f"an interrupted command waits to change it: compare it with the files in {STATE}/transaction"
        remedy = f"{waits}, then delete that folder and run the command again"
        problems = (problem.rpartition("; ")[0] for problem in error.problems)
        raise ConflictError(*(f"{problem}; {remedy}" for problem in problems)) from error
    except OSError as error:
        raise refused(f"{STATE}/transaction", error) from error
    return () if journal is None or journal.undo else tuple(change.path for change in journal.changes)
