"""What keeps a command from writing."""

from __future__ import annotations

import errno
from collections.abc import Sequence

_REMEDIES = {
    errno.ENOSPC: "free some space and run the command again",
    errno.EDQUOT: "free some space and run the command again",
    errno.EFBIG: "the system limits the size of files; raise the limit and run the command again",
    errno.EACCES: "make the folder and the file writable and run the command again",
    errno.EPERM: "make the folder and the file writable and run the command again",
    errno.EROFS: "the file system is read-only; work in a copy that can be written",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EXDEV: "keep all pages of a knowledge base on one file system",
}


class EditingError(Exception):
    """Nothing was written; each of ``problems`` says ``path: what is wrong; what to do``."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class ConflictError(EditingError):
    """Files that hold what somebody else wrote; nothing was written."""


def refused(path: str, error: OSError, remedy: str | None = None) -> EditingError:
    """Return the error for ``path`` that the system refused, with what to do about it."""
    reason = (error.strerror or str(error)).lower()
    known = _REMEDIES.get(error.errno or 0, "correct this and run the command again")
    return EditingError(f"{path}: cannot be written: {reason}; {remedy or known}")
