"""What may happen to a file that is kept or written: cut off on its way, edited by hand, lost."""

from __future__ import annotations

import random
from pathlib import Path

DAMAGES = {
    "empty": lambda _data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "random": lambda data: random.Random(1).randbytes(len(data)),
    "one byte changed": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 255]) + data[len(data) // 2 + 1 :] if data else b"?"
    ),
    "text": lambda _data: b"[]",
    "missing": None,
}


def damage(path: Path, how: str) -> None:
    """Do to a file what ``how`` says."""
    change = DAMAGES[how]
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(path.read_bytes()))
