"""Writing files whole, and only when their bytes change."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from pathlib import Path, PosixPath

_TEMPORARY = re.compile(r"\..+\.[0-9]+-[0-9]+")


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
    # tempfile would look for a name that is free, which costs as much as writing. ``remove_temporary`` knows the form.
    temporary = f"{path.parent}{os.sep}.{path.name}.{os.getpid()}-{threading.get_ident()}"
    try:
        try:
            file = open(temporary, "wb")  # noqa: PTH123, SIM115  # closed below; for thousands of files
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = open(temporary, "wb")  # noqa: PTH123, SIM115
        with file:
            file.writelines(parts)
        os.replace(temporary, path)  # noqa: PTH105  # for thousands of files
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class FileOfPage(PosixPath):
    """The path of a file that keeps its time where it is written with the bytes that it has."""

    def write_text(
        self, data: str, encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> int:
        """Write the file whole, or not at all; line ends stay as they are."""
        write_bytes_if_changed(Path(self), data.encode(encoding or "utf-8", errors or "strict"))
        return len(data)


def remove_temporary(folder: Path) -> None:
    """Remove the files below ``folder`` that were being written when a process was ended."""
    for path in sorted(folder.rglob(".*")):
        if _TEMPORARY.fullmatch(path.name) and path.is_file():
            path.unlink()


#: Time of modification (ns), size (bytes) and digest of a file.
State = tuple[int, int, str]


def state_with(path: str, digest: str) -> State:
    """Return the state of a file whose digest is known."""
    status = os.stat(path)  # noqa: PTH116  # for thousands of files
    return status.st_mtime_ns, status.st_size, digest


def digest_of(data: bytes) -> str:
    """Return the digest that stands in the state of a file with this content."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def state_of(path: str) -> State:
    """Return the state of a file, zeros and an empty digest where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116  # for thousands of files
        data = Path(path).read_bytes()
    except OSError:
        return 0, 0, ""
    return status.st_mtime_ns, status.st_size, digest_of(data)


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
