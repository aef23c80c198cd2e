"""The operations that change files; nothing else in a transaction touches the disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path


class Disk:
    """Each method is one step that either happens or does not, as far as the file system gives that.

    Tests put a disk in its place that fails, or ends the process, at each step.
    """

    def make_folder(self, path: Path) -> None:
        """Create one folder; its parent exists."""
        path.mkdir()

    def write(self, path: Path, data: bytes, mode: int | None = None) -> None:
        """Write a new file that survives a power failure; ``mode`` are its permissions."""
        with path.open("xb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Move ``source`` to ``target``, whatever is there."""
        source.replace(target)

    def create(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target``, which nobody has.

        :raises FileExistsError: if there is such a file.
        """
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS):
                raise
            if target.exists():  # a file system without links
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
            source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink(missing_ok=True)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder survive a power failure."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
