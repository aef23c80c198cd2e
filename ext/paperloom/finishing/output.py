"""What one step writes into a site, so that what it no longer writes goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from paperloom.outputs.files import write_bytes_if_changed
from paperloom.outputs.kept import read_kept, write_kept


class Output:
    """The files of one step below the folder of a site.

    Names are relative, with slashes. What the step wrote in its last run and does not write or
    :meth:`keep` in this one is removed by :meth:`close`. What a run was about to write is recorded
    first, so that the next one knows it where this one is ended on the way. Where the record is lost or
    is not that of this site, all files whose names match ``patterns`` count as those of the last run.
    """

    def __init__(self, site: Path, record: Path, patterns: Iterable[str] = ()) -> None:
        self._site = site
        self._record = record
        self._patterns = patterns
        self._names: set[str] = set()
        self._announced = False

    @cached_property
    def before(self) -> frozenset[str]:
        """The names of the files of the last run."""
        names = recorded(self._record) or frozenset()
        if names and all((self._site / name).is_file() for name in names):
            return names
        found = (path for pattern in self._patterns for path in self._site.glob(pattern) if path.is_file())
        return names | {path.relative_to(self._site).as_posix() for path in found}

    def write(self, name: str, data: bytes | str) -> bool:
        """Write a file whole, unless it holds ``data`` already; return whether it was written."""
        if name not in self.before and not self._announced:
            # Without a record, the next run finds whatever this one writes by the patterns.
            self._record.unlink(missing_ok=True)
            self._announced = True
        self._names.add(name)
        return write_bytes_if_changed(self._site / name, data.encode("utf-8") if isinstance(data, str) else data)

    def keep(self, names: Iterable[str]) -> None:
        """Count files that stand there as written in this run."""
        self._names.update(names)

    def close(self) -> None:
        """Remove the files of the last run that are not among those of this one, and folders that get empty."""
        for name in sorted(self.before - self._names):
            path = self._site / name
            path.unlink(missing_ok=True)
            folder = path.parent
            while folder != self._site and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        write_kept(self._record, json.dumps(sorted(self._names), indent=0) + "\n")


def recorded(record: Path) -> frozenset[str] | None:
    """Return the names that a step recorded in the file ``record``, None where that is no such record."""
    try:
        names = json.loads(read_kept(record))
    except (OSError, ValueError):
        return None
    return frozenset(str(name) for name in names) if isinstance(names, list) else None
