"""What a step remembers of pages, so that it does again only what changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from paperloom.outputs.files import is_as_written, state_of
from paperloom.outputs.kept import read_kept, write_kept
from paperloom.package import PACKAGE_DIGEST

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Fewer items than this are not worth another process.
WORTH_A_PROCESS = 48


class Remembered:
    """Files with what was made of them, kept in a file that may be deleted at any time.

    A file is known as long as it has the bytes that it had; its time of modification only spares the
    reading. What another version of this package, or of what ``versions`` names, made is forgotten.
    """

    def __init__(self, kept: Path, *versions: str) -> None:
        """Take up what the file ``kept`` holds."""
        self._kept = kept
        self._version = " ".join((PACKAGE_DIGEST, *versions))
        self._before: Mapping[str, Any] = {}
        self._now: dict[str, Any] = {}
        try:
            stored = json.loads(read_kept(kept))
            if stored["version"] == self._version:
                self._before = dict(stored["files"])
        except (OSError, ValueError, LookupError, TypeError):
            pass

    def known(self, name: str, path: Path) -> Any:
        """Return what was noted of the file called ``name``, None where it changed since or nothing was."""
        try:
            modified, size, digest, noted = self._before[name]
        except (LookupError, TypeError, ValueError):
            return None
        if not is_as_written(str(path), (modified, size, digest)):
            return None
        self._now[name] = self._before[name]
        return noted

    def note(self, name: str, path: Path, noted: Any) -> None:
        """Note something, in the terms of JSON, of the file at ``path``."""
        self._now[name] = [*state_of(str(path)), noted]

    def store(self) -> None:
        """Keep what was known or noted in this run, and nothing else."""
        write_kept(self._kept, json.dumps({"version": self._version, "files": self._now}, sort_keys=True) + "\n")


def in_processes(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result of ``work`` for each of ``items``, in their order; all processors take part in long work."""
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < WORTH_A_PROCESS or processes == 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, items, chunksize=16)


def as_written(folder: Path, state: Iterable[Any], name: str) -> bool:
    """Return whether the file ``name`` below ``folder`` has the ``state`` that was noted when it was made."""
    modified, size, digest = state
    return is_as_written(str(folder / name), (modified, size, digest))
