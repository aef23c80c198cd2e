"""Disks that count their steps or fail at some of them, and what is in a folder."""

import errno
import os

from paperloom.editing.disk import Disk

STEPS = ("make_folder", "write", "replace", "create", "remove", "remove_folder", "sync_folder")


class CountingDisk(Disk):
    """Counts the steps; a subclass may stop at one of them."""

    def __init__(self):
        self.steps = []

    def __getattribute__(self, name):
        method = super().__getattribute__(name)
        if name not in STEPS:
            return method

        def step(*arguments):
            self.steps.append(name)
            self.before(name, len(self.steps), arguments)
            return method(*arguments)

        return step

    def before(self, name, number, arguments):
        pass


class FailingDisk(CountingDisk):
    """Fails with ``error`` at the steps whose numbers are given."""

    def __init__(self, steps, error=errno.ENOSPC):
        super().__init__()
        self.failing, self.error = steps, error

    def before(self, name, number, arguments):
        if number in self.failing:
            if name == "write":  # a full disk takes the first bytes and then no more
                arguments[0].write_bytes(arguments[1][:3])
            raise OSError(self.error, os.strerror(self.error), str(arguments[0]))


def tree(folder):
    """Every file and folder below ``folder``, with the contents of the files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
