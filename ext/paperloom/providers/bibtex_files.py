"""The text of BibTeX files, whatever their encoding, and the error that refuses one."""

from __future__ import annotations

import re
from pathlib import Path

_DECLARED = re.compile(rb"^%\s*Encoding:\s*([\w.-]+)", re.IGNORECASE | re.MULTILINE)


class BibtexError(Exception):
    """``problems`` are lines ``path:line: what is wrong; what to do``."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def decode(data: bytes, shown_as: str) -> str:
    """Return the text of a BibTeX file: UTF-8, what a byte order mark says, or what its first lines declare.

    :raises BibtexError: if it is in none of these.
    """
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif declared := _DECLARED.search(data[:1000]):
        encoding = declared[1].decode("ascii")
    try:
        text = data.decode(encoding)
    except LookupError as error:
        remedy = "save the file as UTF-8 and remove that line"
        raise BibtexError(f"{shown_as}:1: declares the unknown encoding '{encoding}'; {remedy}") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding == "utf-8-sig" else encoding
        message = f"{shown_as}:{line}: byte 0x{data[error.start]:02x} is not {name}; save the file as UTF-8"
        raise BibtexError(message) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_file(path: Path, shown_as: str) -> str:
    """Return the text of the BibTeX file ``path``.

    :raises BibtexError: if it cannot be read.
    """
    try:
        return decode(path.read_bytes(), shown_as)
    except OSError as error:
        raise BibtexError(f"{shown_as}:1: cannot be read: {error.strerror or error}; check the file") from error
