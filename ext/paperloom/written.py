"""What one builder has written into one folder, so that the next build writes what differs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from paperloom.outputs.files import write_if_changed


@dataclass
class Written:
    """What stands in the output.

    ``basis`` is a digest of the facts that the files made from all documents show, ``outputs``
    their names, and ``pages`` what each document's page was made from: a stamp of its source and a
    digest of what it shows of others, and the page's time of modification (ns) and size (bytes).
    """

    surroundings: str = ""
    basis: str = ""
    outputs: list[str] = field(default_factory=list)
    pages: dict[str, list[Any]] = field(default_factory=dict)


def path_of(app: Sphinx) -> Path:
    """Return where the record of this builder and folder is kept."""
    place = hashlib.blake2b(str(app.outdir).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"paperloom-{app.builder.name}-{place}.json"


def load(path: Path) -> Written:
    """Return what ``path`` records; nothing where it is missing or damaged."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        pages = {str(name): [str(a), str(b), int(c), int(d)] for name, (a, b, c, d) in stored["pages"].items()}
        outputs = [str(name) for name in stored["outputs"]]
        return Written(str(stored["surroundings"]), str(stored["basis"]), outputs, pages)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Written()


def store(path: Path, written: Written) -> None:
    """Write the record, whole or not at all."""
    write_if_changed(path, json.dumps(written.__dict__, indent=0, sort_keys=True) + "\n")


def state_of(path: Path) -> list[int]:
    """Return time of modification (ns) and size (bytes) of a file, zeros where there is none."""
    try:
        status = path.stat()
    except OSError:
        return [0, 0]
    return [status.st_mtime_ns, status.st_size]


def digest_of_files(folders: Iterable[Path]) -> str:
    """Return a digest of the files in ``folders``, such as those of templates."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
