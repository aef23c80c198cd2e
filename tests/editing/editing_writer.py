"""Run as a process of its own: writes into the folder of the first argument and dies at a step.

``editing_writer.py ROOT commit|recover STEP before|during``
"""

import os
import sys
from pathlib import Path

from editing_support import STEPS
from paperloom.editing.disk import Disk
from paperloom.editing.transaction import Transaction, recover


class DeadlyDisk(Disk):
    def __init__(self, last, moment):
        self.count, self.last, self.moment = 0, last, moment

    def __getattribute__(self, name):
        method = super().__getattribute__(name)
        return (lambda *arguments: self.step(name, method, arguments)) if name in STEPS else method

    def step(self, name, method, arguments):
        self.count += 1
        if self.count == self.last:
            if self.moment == "during" and name == "write":
                arguments[0].write_bytes(arguments[1][: len(arguments[1]) // 2])
            elif self.moment == "during":
                method(*arguments)
            os._exit(9)
        method(*arguments)


def planned(root, disk):
    transaction = Transaction(root, disk)
    for path, old, new in (
        (root / "docs" / "references.bib", "old entries\n", "new entries\n"),
        (root / "docs" / "weeks" / "2021-w06.md", "old wéek\n", "new wéek\n"),
    ):
        transaction.replace(path, new, expected=old)
    transaction.create(root / "docs" / "papers" / "deep" / "ember2020kettle.md", "a page\n")
    transaction.create(root / "docs" / "papers" / "lake2019slow.md", "another page\n")
    transaction.remove(root / "docs" / "weeks" / "2020-w01.md", expected="a page under its old name\n")
    return transaction


if __name__ == "__main__":
    where, command, last, moment = sys.argv[1:]
    deadly = DeadlyDisk(int(last), moment)
    if command == "commit":
        planned(Path(where), deadly).commit()
    else:
        recover(Path(where), deadly)
