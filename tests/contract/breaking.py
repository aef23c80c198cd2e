"""Builds that are broken off: killed, interrupted, out of space.

A build runs in a process of its own that ends itself at a chosen step. Steps are counted, not
timed, so that the same number always means the same moment: every file that is opened for
writing, replaced, removed, every folder that is made, is a step.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.contract.checkout import Checkout

_CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"})


def changed_path(event: str, arguments: tuple[object, ...]) -> str | None:
    """Return the path that an audited event is about to change."""
    if event == "open":
        path, mode, flags = arguments
        writing = bool(set("wax+") & set(mode)) if isinstance(mode, str) else bool(int(str(flags or 0)) & os.O_ACCMODE)
        return os.fsdecode(path) if writing and isinstance(path, str | bytes | os.PathLike) else None
    if event in _CHANGES:
        return os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else None
    return None


class Steps:
    """Counts the steps of this process below a folder and acts at one of them.

    The step is given by its number or by a part of the name of the file that is opened.
    """

    def __init__(self, folder: Path, at: int | str | None, act: Callable[[], None]) -> None:
        self.taken = 0
        self._folder = str(folder)
        self._at = at
        self._act = act
        self._process = os.getpid()

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Count an audited event; at the chosen one, act."""
        path = changed_path(event, arguments)
        if path is None or not path.startswith(self._folder) or os.getpid() != self._process:
            return
        self.taken += 1
        if self.taken == self._at or (isinstance(self._at, str) and event == "open" and self._at in path):
            self._at = None
            if event == "open" and self._act is kill_oneself:
                # What is on the disk when a process ends between opening a file and writing to it.
                with contextlib.suppress(OSError):
                    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644))
            self._act()


def kill_oneself() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt_oneself() -> None:
    """Interrupt this process as the keyboard does."""
    raise KeyboardInterrupt


def in_a_process(
    work: Callable[[], object],
    *,
    below: Path | None = None,
    at: int | str | None = None,
    act: Callable[[], None] = kill_oneself,
) -> int:
    """Run ``work`` in a process of its own and return what ``os.waitpid`` says of its end; 0 is well.

    With ``below``, ``act`` happens at the step ``at`` below that folder.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            if below:
                sys.addaudithook(Steps(below, at, act))
            work()
            status = 0
        finally:
            os._exit(status)
    _pid, end = os.waitpid(child, 0)
    # Workers that outlive a killed build must not write into the next one.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return end


def steps_of(checkout: Checkout, **options: object) -> int:
    """Build and return the number of steps that it took."""
    return steps_below(checkout.folder, lambda: checkout.do(**options))


def steps_below(folder: Path, work: Callable[[], object]) -> int:
    """Do ``work`` and return the number of steps below ``folder`` that it took."""
    answer, question = os.pipe()

    def count() -> None:
        steps = Steps(folder, None, kill_oneself)
        sys.addaudithook(steps)
        work()
        os.write(question, str(steps.taken).encode())

    try:
        assert in_a_process(count) == 0
        return int(os.read(answer, 20))
    finally:
        os.close(answer)
        os.close(question)


def broken_off(checkout: Checkout, at: int | str, act: Callable[[], None] = kill_oneself, **options: object) -> bool:
    """Build and ``act`` at step ``at``; return whether the build came that far and was broken off."""
    return in_a_process(lambda: checkout.do(**options), below=checkout.folder, at=at, act=act) != 0


def out_of_space(checkout: Checkout, size: int, *, deadly: bool, **options: object) -> bool:
    """Build where no file can grow beyond ``size`` bytes; return whether the build failed.

    Writing further is an error, as on a full disk, or the end of the process in the middle of the write.
    """

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if deadly else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        checkout.do(**options)

    return in_a_process(work) != 0


@contextlib.contextmanager
def raising(event: str, error: type[BaseException]) -> Iterator[Callable[[object], None]]:
    """Give a function for ``watch`` that makes the last handler of ``event`` raise ``error``."""

    def watch(app) -> None:
        def fail(*_arguments: object) -> None:
            raise error

        app.connect(event, fail, priority=999)

    yield watch
