"""Writing files whole, and only when their bytes change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def write_if_changed(path: Path, text: str) -> bool:
    """Write ``text`` to ``path`` atomically, unless it already holds it; return whether it was written."""
    return write_bytes_if_changed(path, text.encode("utf-8"))


def write_bytes_if_changed(path: Path, data: bytes) -> bool:
    """Write ``data`` to ``path`` atomically, unless it already holds it; return whether it was written."""
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    write_bytes(path, data)
    return True


def write_bytes(path: Path, *parts: bytes) -> None:
    """Write ``parts``, one after another, to ``path`` atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


#: Time of modification (ns), size (bytes) and digest of a file.
State = tuple[int, int, str]


def state_of(path: str) -> State:
    """Return the state of a file, zeros and an empty digest where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116  # for thousands of files
        data = Path(path).read_bytes()
    except OSError:
        return 0, 0, ""
    return status.st_mtime_ns, status.st_size, hashlib.blake2b(data, digest_size=12).hexdigest()


def is_as_written(path: str, state: State | None) -> bool:
    """Return whether a file has the content that it had in ``state``; it is read only where its time differs."""
    if state is None:
        return False
    try:
        status = os.stat(path)  # noqa: PTH116  # for thousands of files
    except OSError:
        return False
    modified, size, digest = state
    if status.st_size != size:
        return False
    return status.st_mtime_ns == modified or state_of(path)[2] == digest
