"""Texts that are kept for the next run, each with a digest of itself: what was damaged is forgotten, not believed."""

from __future__ import annotations

from pathlib import Path

from paperloom.outputs.files import digest_of, write_if_changed


def write_kept(path: Path, text: str) -> None:
    """Keep ``text`` in the file ``path``, whole or not at all."""
    write_if_changed(path, f"{digest_of(text.encode('utf-8'))}\n{text}")


def read_kept(path: Path) -> str:
    """Return the text that was kept in ``path``.

    :raises OSError: if there is none.
    :raises ValueError: if the file does not hold what was written.
    """
    digest, _end_of_line, text = path.read_bytes().partition(b"\n")
    if digest.decode("ascii", "replace") != digest_of(text):
        raise ValueError(f"{path} was damaged")
    return text.decode("utf-8")
