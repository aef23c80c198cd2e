"""What one builder has written into one folder, so that the next build writes what differs."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from paperloom.outputs.files import is_as_written, state_of
from paperloom.outputs.kept import read_kept, write_kept


@dataclass
class Written:
    """What stands in the output. Files are listed with time of modification (ns), size (bytes), digest.

    ``basis`` is a digest of the facts that the files made from all documents show, ``outputs``
    these files; ``bibliography`` is a digest of the entries and papers that the files with them
    show, ``entries`` one of the entries alone, ``bibliographies`` those files; ``copied`` are the
    pictures and downloads of documents, ``identity`` files that Sphinx makes from all documents,
    ``previews`` the cards of papers and ``sources`` the copies of sources by document name,
    ``inventory`` is a digest of what Sphinx's inventory lists and the state of that file, and
    ``pages`` what each document's page was made from: a stamp of its source and a digest of what
    it shows of others.
    """

    surroundings: str = ""
    basis: str = ""
    outputs: dict[str, list[Any]] = field(default_factory=dict)
    bibliography: str = ""
    entries: str = ""
    bibliographies: dict[str, list[Any]] = field(default_factory=dict)
    copied: dict[str, list[Any]] = field(default_factory=dict)
    identity: dict[str, list[Any]] = field(default_factory=dict)
    previews: dict[str, list[Any]] = field(default_factory=dict)
    sources: dict[str, list[Any]] = field(default_factory=dict)
    inventory: list[Any] = field(default_factory=lambda: ["", 0, 0, ""])
    pages: dict[str, list[Any]] = field(default_factory=dict)


def path_of(app: Sphinx) -> Path:
    """Return where the record of this builder and folder is kept."""
    place = hashlib.blake2b(str(app.outdir).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"paperloom-{app.builder.name}-{place}.json"


def load(path: Path) -> Written:
    """Return what ``path`` records; nothing where it is missing or damaged."""
    try:
        stored = json.loads(read_kept(path))
        pages = {
            str(name): [str(a), str(b), int(c), int(d), str(e)] for name, (a, b, c, d, e) in stored["pages"].items()
        }
        files: dict[str, Any] = {
            table: {str(name): [int(a), int(b), str(c)] for name, (a, b, c) in stored[table].items()}
            for table in ("outputs", "bibliographies", "copied", "identity", "previews", "sources")
        }
        names = ("surroundings", "basis", "bibliography", "entries")
        digests: dict[str, Any] = {name: str(stored[name]) for name in names}
        inventory = [kind(value) for kind, value in zip((str, int, int, str), stored["inventory"], strict=True)]
        return Written(**digests, **files, inventory=inventory, pages=pages)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Written()


def store(path: Path, written: Written) -> None:
    """Write the record, whole or not at all."""
    write_kept(path, json.dumps(written.__dict__, sort_keys=True) + "\n")


def states_of(out: Path, names: Iterable[str]) -> dict[str, list[Any]]:
    """Return the state of each file by its name below ``out``."""
    return {name: list(state_of(str(out / name))) for name in names}


def are_as_written(out: Path, states: dict[str, list[Any]]) -> bool:
    """Return whether all files below ``out`` have the content that they had in ``states``."""
    # Tens of thousands of paths: joining them as text takes a fifth of the time.
    folder = f"{out}{os.sep}"
    return all(is_as_written(folder + name, (state[0], state[1], state[2])) for name, state in states.items())


def digest_of_files(folders: Iterable[Path]) -> str:
    """Return a digest of the files in ``folders``, such as those of templates."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
