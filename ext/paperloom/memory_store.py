"""Storing what was woven, beside the doctrees."""

from __future__ import annotations

import gc
import pickle
import zlib
from pathlib import Path
from typing import Any

from paperloom.model.identifiers import Identifier
from paperloom.model.records import Mention
from paperloom.outputs.files import write_bytes
from paperloom.weave.memory import Made, MadeText, Memory
from paperloom.weave.related import Related

#: Bytes of the checksum before what is kept.
_CHECKSUM = 4
#: The tables of the memory, with the type of records that are their values, or in the tuples that are.
_RECORDS: dict[str, Any] = {"pages": Made, "records": MadeText}
_TUPLES_OF_RECORDS: dict[str, Any] = {"identifiers": Identifier, "mentions": Mention, "related": Related}
_TABLES = (*_RECORDS, *_TUPLES_OF_RECORDS, "results")
#: A table of which a larger part than this has changed since all was stored leads to storing all again.
_LARGEST_PART = 0.2

Tables = dict[str, dict[str, Any]]


class Store:
    """A memory in two files: all of it, and what has changed since.

    Most builds change little, and all of it takes half a second to store at 5,000 papers.
    """

    def __init__(self, path: Path, version: str) -> None:
        """Keep a memory of code with ``version`` in the file ``path`` and one beside it."""
        self._path = path
        self._path_of_changes = path.with_name(f"{path.stem}-changes{path.suffix}")
        self._version = version
        self._all: Tables = {}
        self._checksum = b""

    def load(self) -> Memory:
        """Return what is stored, or an empty memory where it is missing, damaged or of another version."""
        enabled = gc.isenabled()
        gc.disable()
        try:
            return self._load()
        except Exception:  # noqa: BLE001  # whatever is wrong with it, weaving everything makes up for it
            self._all, self._checksum = {}, b""
            return Memory()
        finally:
            if enabled:
                gc.enable()

    def _load(self) -> Memory:
        checksum, (version, facts, tables) = _unpickled(self._path)
        if version != self._version:
            return Memory()
        self._all, self._checksum = {name: _as_records(name, tables[name]) for name in _TABLES}, checksum
        now = {name: dict(table) for name, table in self._all.items()}
        if self._path_of_changes.exists():
            _checksum, (checksum_of_all, later_facts, changes) = _unpickled(self._path_of_changes)
            if checksum_of_all == checksum:
                facts = later_facts
                for name, (changed, removed) in changes.items():
                    now[name] |= _as_records(name, changed)
                    for key in removed:
                        del now[name][key]
        return Memory(**(facts | now))

    def store(self, memory: Memory) -> None:
        """Store ``memory``: the whole of it, or what differs from what was stored as a whole."""
        facts = {name: getattr(memory, name) for name in ("basis", "facts", "sections", "consistent")}
        changes: dict[str, tuple[dict[str, Any], list[str]]] = {}
        for name in _TABLES:
            before, now = self._all.get(name, {}), getattr(memory, name)
            changed = {
                key: value for key, value in now.items() if (stored := before.get(key)) is not value and stored != value
            }
            removed = [key for key in before if key not in now]
            if len(changed) + len(removed) > max(_LARGEST_PART * len(before), 1):
                changes = {}
                break
            changes[name] = (_as_plain(name, changed), removed)
        if self._checksum and changes:
            write_bytes(self._path_of_changes, *_pickled((self._checksum, facts, changes)))
            return
        tables = {name: _as_plain(name, getattr(memory, name)) for name in _TABLES}
        # Changes that belong to what stood here are not taken for those of what stands here from now on.
        write_bytes(self._path, *_pickled((self._version, facts, tables)))
        self._path_of_changes.unlink(missing_ok=True)


def _as_records(name: str, table: dict[str, Any]) -> dict[str, Any]:
    if record := _RECORDS.get(name):
        return {key: record._make(value) for key, value in table.items()}
    if each := _TUPLES_OF_RECORDS.get(name):
        return {key: tuple(map(each._make, values)) for key, values in table.items()}
    return table


def _as_plain(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with plain tuples, which are pickled much faster than records."""
    if name in _RECORDS:
        return {key: tuple(value) for key, value in table.items()}
    if name in _TUPLES_OF_RECORDS:
        return {key: tuple(map(tuple, values)) for key, values in table.items()}
    return table


def _pickled(value: Any) -> tuple[bytes, bytes]:
    """Return a checksum and ``value`` as bytes."""
    pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return zlib.crc32(pickled).to_bytes(_CHECKSUM, "big"), pickled


def _unpickled(path: Path) -> tuple[bytes, Any]:
    """Return the checksum of what ``path`` holds, and the value.

    :raises ValueError: if it was damaged.
    """
    stored = memoryview(path.read_bytes())
    checksum, pickled = bytes(stored[:_CHECKSUM]), stored[_CHECKSUM:]
    if zlib.crc32(pickled) != int.from_bytes(checksum, "big"):
        raise ValueError(f"{path} was damaged")
    return checksum, pickle.loads(pickled)  # noqa: S301  # written by us, beside the doctrees
