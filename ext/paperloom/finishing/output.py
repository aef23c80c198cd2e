"""What one step writes into a site, so that what it no longer writes goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from paperloom.outputs.files import write_bytes_if_changed, write_if_changed


class Output:
    """The files of one step below the folder of a site.

    Names are relative, with slashes. What the step wrote in its last run and does not write or
    :meth:`keep` in this one is removed by :meth:`close`.
    """

    def __init__(self, site: Path, record: Path) -> None:
        self._site = site
        self._record = record
        self._names: set[str] = set()

    @property
    def before(self) -> frozenset[str]:
        """The names of the files of the last run."""
        try:
            names = json.loads(self._record.read_text(encoding="utf-8"))
            return frozenset(str(name) for name in names)
        except (OSError, ValueError, TypeError):
            return frozenset()

    def write(self, name: str, data: bytes | str) -> bool:
        """Write a file whole, unless it holds ``data`` already; return whether it was written."""
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
        write_if_changed(self._record, json.dumps(sorted(self._names), indent=0) + "\n")
