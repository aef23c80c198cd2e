"""What the last build has woven, kept so that the next one weaves only what changed."""

from __future__ import annotations

import gc
import pickle
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from paperloom.model.identifiers import Identifier
from paperloom.model.records import Mention
from paperloom.weave.related import Related
from paperloom.weave.tracking import Touch

#: Bytes of the checksum before what is kept.
_CHECKSUM = 4


class Made(NamedTuple):
    """What a page shows: its digest, the names of what it was made from, joined, and its description."""

    digest: str
    reads: str
    description: str


class MadeText(NamedTuple):
    """A text that was made, and the names of what it was made from, joined."""

    text: str
    reads: str


@dataclass
class Memory:
    """What was woven from documents and bibliography whose digest is ``basis``.

    ``identifiers`` are those of each paper, ``mentions`` those in each document, ``related`` the
    closest papers of each, ``pages`` what each document shows of others, ``results`` what was read
    for the results that pages share, and ``records`` the records of the catalog by name.
    ``sections`` is a digest of the site's sections, which every page shows; ``consistent`` says
    that nothing is wrong with all documents together.
    """

    basis: str = ""
    sections: str = ""
    consistent: bool = False
    identifiers: dict[str, tuple[Identifier, ...]] = field(default_factory=dict)
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    related: dict[str, tuple[Related, ...]] = field(default_factory=dict)
    pages: dict[str, Made] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    records: dict[str, MadeText] = field(default_factory=dict)

    def depending_on(self, changed: set[str]) -> set[str]:
        """Return ``changed`` and the names of the shared results that were made from any of it."""
        found = set(changed)
        while True:
            touched = Touch(found)
            more = {
                name
                for result, reads in self.results.items()
                if (name := f"shared/{result}") not in found and touched(reads)
            }
            if not more:
                return found
            found |= more


#: The tables of the memory whose values are records, or tuples of records, of this type.
_RECORDS: dict[str, Any] = {"pages": Made, "records": MadeText}
_TUPLES_OF_RECORDS: dict[str, Any] = {"identifiers": Identifier, "mentions": Mention, "related": Related}


def load(path: Path, version: str) -> Memory:
    """Return what ``path`` holds, or an empty memory where it is missing, damaged or of another version."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        stored = memoryview(path.read_bytes())
        checksum, pickled = stored[:_CHECKSUM], stored[_CHECKSUM:]
        if zlib.crc32(pickled) != int.from_bytes(checksum, "big"):
            return Memory()
        stored_version, tables = pickle.loads(pickled)  # noqa: S301  # written by us, beside the doctrees
        if stored_version == version:
            for name, record in _RECORDS.items():
                tables[name] = {key: record._make(value) for key, value in tables[name].items()}
            for name, each in _TUPLES_OF_RECORDS.items():
                tables[name] = {key: tuple(map(each._make, values)) for key, values in tables[name].items()}
            return Memory(**tables)
    except Exception:  # noqa: BLE001, S110  # whatever is wrong with it, weaving everything makes up for it
        pass
    finally:
        if enabled:
            gc.enable()
    return Memory()


def dumped(memory: Memory, version: str) -> bytes:
    """Return ``memory`` as bytes that :func:`load` reads; plain tuples are pickled much faster than records."""
    tables = dict(memory.__dict__)
    for name in _RECORDS:
        tables[name] = {key: tuple(value) for key, value in tables[name].items()}
    for name in _TUPLES_OF_RECORDS:
        tables[name] = {key: tuple(map(tuple, values)) for key, values in tables[name].items()}
    pickled = pickle.dumps((version, tables), pickle.HIGHEST_PROTOCOL)
    return zlib.crc32(pickled).to_bytes(_CHECKSUM, "big") + pickled
