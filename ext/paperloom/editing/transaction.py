"""A command's files become visible all at once or not at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from paperloom.editing.disk import Disk
from paperloom.editing.errors import ConflictError, EditingError, refused
from paperloom.editing.journal import (
    Change,
    Journal,
    abandon,
    clear,
    content,
    digest,
    finish,
    locked,
    prepare,
    recover,
    recover_locked,
    staging,
    undo,
)

__all__ = ["ConflictError", "EditingError", "Transaction", "recover"]


@dataclass(frozen=True, slots=True)
class _Planned:
    """New text of a file (None: it goes), and the bytes it is to replace (None: the file is new)."""

    text: str | None
    expected: bytes | None

    @property
    def data(self) -> bytes | None:
        """The bytes that are to be written, None where the file goes."""
        return None if self.text is None else self.text.encode("utf-8")


class Transaction:
    """Collects new, changed and removed files of the knowledge base ``root`` and writes them together.

    Texts are written as UTF-8 with the line ends that they hold. Nothing touches the disk before
    :meth:`commit`, and no file that holds anything unexpected is written over.
    """

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._planned: dict[str, _Planned] = {}

    def text(self, path: Path) -> str | None:
        r"""Return the text that ``path`` has after what is planned so far; None where there is no such file.

        It is exact: a byte order mark and ``\r\n`` are in it.

        :raises EditingError: if the file cannot be read or is not UTF-8.
        """
        shown = self._relative(path)
        if shown in self._planned:
            return self._planned[shown].text
        try:
            data = content(self._root / shown)
            return None if data is None else data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise EditingError(f"{shown}: is not UTF-8; save the file as UTF-8") from error
        except OSError as error:
            raise EditingError(f"{shown}: cannot be read: {error.strerror or error}; check the file") from error

    def create(self, path: Path, text: str) -> None:
        """Plan a new file. A file that exists with the same bytes is left alone; any other is a conflict."""
        shown = self._relative(path)
        if shown in self._planned and self._planned[shown].text != text:
            raise ConflictError(f"{shown}: would be created twice with different contents; give them different names")
        self._planned.setdefault(shown, _Planned(text, None))

    def replace(self, path: Path, text: str, *, expected: str) -> None:
        """Plan new ``text`` for a file that holds ``expected``, or for which ``expected`` is planned already."""
        shown = self._relative(path)
        planned = self._planned.get(shown)
        if planned is None:
            if text != expected:
                self._planned[shown] = _Planned(text, expected.encode("utf-8"))
        elif planned.text == expected:
            self._planned[shown] = _Planned(text, planned.expected)
        else:
            raise ConflictError(
                f"{shown}: would be changed twice in different ways; run the command for one of them first"
            )

    def remove(self, path: Path, *, expected: str) -> None:
        """Plan that a file goes which holds ``expected``, or for which ``expected`` is planned already."""
        shown = self._relative(path)
        planned = self._planned.get(shown)
        if planned is not None and planned.text != expected:
            raise ConflictError(f"{shown}: would be changed and removed; run the command for one of them first")
        before = expected.encode("utf-8") if planned is None else planned.expected
        if before is None:  # it was only planned
            del self._planned[shown]
        else:
            self._planned[shown] = _Planned(None, before)

    def planned(self) -> list[tuple[str, str]]:
        """Return (``create``, ``replace`` or ``remove``, path relative to the root) of what would change, by path."""
        return [
            ("remove" if planned.text is None else "create" if planned.expected is None else "replace", shown)
            for shown, planned in sorted(self._planned.items())
            if self._current(shown) != planned.data
        ]

    def conflicts(self) -> list[str]:
        """Return why :meth:`commit` would refuse to write, a line for each file."""
        found: list[str] = []
        for shown, planned in sorted(self._planned.items()):
            current = self._current(shown)
            if isinstance(current, OSError):
                found += refused(shown, current).problems
            elif current in (planned.expected, planned.data):
                continue
            elif planned.expected is None:
                found.append(f"{shown}: exists and differs; it is left alone: edit it by hand, or move it away")
            else:
                found.append(f"{shown}: was changed or removed in the meantime; run the command again")
        return found

    def _current(self, shown: str) -> bytes | OSError | None:
        try:
            return content(self._root / shown)
        except OSError as error:
            return error

    def commit(self) -> list[tuple[str, str]]:
        """Write everything that is planned, or nothing; return what :meth:`planned` said.

        :raises ConflictError: if files hold something unexpected.
        :raises EditingError: if another command writes or the system refuses a step.
        """
        if not self._planned:
            return []
        with locked(self._root):
            recover_locked(self._root, self._disk)
            planned = self.planned()
            if conflicts := self.conflicts():
                raise ConflictError(*conflicts)
            if planned:
                self._write([shown for _action, shown in planned])
            self._planned.clear()
            return planned

    def _write(self, paths: list[str]) -> None:
        try:
            journal = self._stage(paths)
        except OSError as error:
            abandon(self._root)
            raise refused(self._shown(error), error) from error
        except BaseException:
            abandon(self._root)
            raise
        try:
            journal.enact(self._root, self._disk)
            finish(self._root, journal, self._disk)
            self._disk.remove(staging(self._root) / "journal")
        except BaseException as error:
            undone = self._undo(journal)
            if isinstance(error, OSError):
                later = None if undone else "correct this; the next paperloom command then restores the old files"
                raise refused(self._shown(error), error, later) from error
            raise
        with suppress(OSError):  # everything is written; what is left over, the next command removes
            clear(self._root, self._disk)

    def _stage(self, paths: list[str]) -> Journal:
        prepare(self._root, self._disk)
        folder = staging(self._root)
        changes = []
        for number, shown in enumerate(paths):
            planned = self._planned[shown]
            target = self._root / shown
            data = planned.data
            mode = None if planned.expected is None else target.stat().st_mode & 0o7777
            if data is not None:
                self._disk.write(folder / f"new-{number}", data, mode)
            if planned.expected is not None:
                self._disk.write(folder / f"old-{number}", planned.expected, mode)
            changes.append(Change(shown, digest(planned.expected), digest(data)))
        folders = {
            parent.as_posix() for shown in paths for parent in Path(shown).parents if not (self._root / parent).exists()
        }
        journal = Journal(tuple(changes), tuple(sorted(folders)))
        journal.stage(self._root, self._disk)
        replace(journal, undo=True).stage(self._root, self._disk)
        return journal

    def _undo(self, journal: Journal) -> bool:
        """Undo what was written and return whether that worked; if not, the next command does it."""
        backwards = replace(journal, undo=True)
        try:
            backwards.enact(self._root, self._disk)
            undo(self._root, backwards, self._disk)
            clear(self._root, self._disk)
        except OSError:
            return False
        return True

    def _relative(self, path: Path) -> str:
        """Return ``path`` relative to the root, symbolic links resolved: they are followed, not replaced."""
        root, resolved = self._root.resolve(), path.resolve()
        if not resolved.is_relative_to(root) or resolved == root:
            raise EditingError(f"{path}: lies outside of the knowledge base {self._root}; choose a path inside it")
        return resolved.relative_to(root).as_posix()

    def _shown(self, error: OSError) -> str:
        """Return the path that the system refused; for what is only prepared, the folder it is prepared in."""
        name = error.filename2 or error.filename
        if not name:
            return str(self._root)
        path = Path(name)
        if path.is_relative_to(self._root / ".paperloom"):
            return str(self._root)
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else str(path)
