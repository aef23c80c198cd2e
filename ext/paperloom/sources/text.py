"""Reading source files: UTF-8 with or without a byte order mark, any line ending."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from paperloom.model.problems import Problem, Subtype

#: Categories of Unicode for control characters, halves of surrogate pairs and what no standard assigns.
_INVISIBLE = frozenset({"Cc", "Cs", "Cn"})
#: Marks that nobody sees and that change what stands around them: the direction of writing, blanks without width.
_MARKS = frozenset("\u00ad\u200b\u2060\ufeff" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))))


def read_text(path: Path, shown_as: str) -> tuple[str, list[Problem]]:
    r"""Return the text of ``path`` with ``\n`` line endings, and what is wrong with the file.

    A file that is not UTF-8 is returned with replacement characters, so that the rest of it
    can still be checked. ``shown_as`` is the path that problems name.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return "", [Problem(shown_as, 1, f"cannot be read: {reason}", "check the file", Subtype.ENCODING)]
    return decode(data, shown_as)


def decode(data: bytes, shown_as: str) -> tuple[str, list[Problem]]:
    """Return the text that the bytes of a file hold, and what is wrong with them, as :func:`read_text` does."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    problems = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(shown_as, line, message, "save the file as UTF-8", Subtype.ENCODING))
        text = data.decode("utf-8", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        problems.append(Problem(shown_as, 1, "the file is empty", "write it or delete it", Subtype.EMPTY))
    return text, problems


def clean(text: str) -> str:
    """Return ``text`` on one line: composed, single blanks, without control characters and hidden marks.

    This is the form in which text from outside is written and read back.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        c if c.isspace() or (unicodedata.category(c) not in _INVISIBLE and c not in _MARKS) else "" for c in composed
    )
    return " ".join(visible.split())
