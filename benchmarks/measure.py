"""Runs a command and measures it: time, processor time of the whole tree of processes, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

#: Seconds between two looks at the memory of all processes. Each look costs about a millisecond.
SAMPLING_INTERVAL = 0.1
#: ``ru_maxrss`` counts KiB on Linux and bytes on macOS.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_SHOWN_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run. Times in seconds, memory in bytes; ``problem`` is empty when the run succeeded."""

    wall: float
    cpu: float | None = None
    peak_process: int | None = None
    peak_tree: int | None = None
    problem: str = ""


def measure(command: Sequence[str], *, folder: Path, environment: dict[str, str], timeout: float) -> Measurement:
    """Run ``command`` in ``folder`` for at most ``timeout`` seconds.

    ``cpu`` is user and system time of the command and of all descendants that were waited for.
    ``peak_process`` is the largest resident size of one of them; it cannot be told from the size
    of this process where it is smaller, so this process stays small. ``peak_tree`` is the largest
    sum over all processes that was seen; pages that processes share count for each of them.
    """
    log = folder / "bench.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # commands are this package's own
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with _MemorySampler(process.pid) as sampler, _TimeLimit(timeout, process.pid) as limit:
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except KeyboardInterrupt:
                os.killpg(process.pid, signal.SIGKILL)
                raise
            wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss * _MAXRSS_UNIT
    problem = ""
    if limit.reached:
        problem = f"stopped after {timeout:.0f} s"
    elif process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")
        problem = f"exit code {process.returncode}: {last_words(said)}"
    return Measurement(wall, usage.ru_utime + usage.ru_stime, peak, max(sampler.peak, peak), problem)


def last_words(said: str) -> str:
    """Return the end of what a command said, where the reason of a failure usually stands."""
    return said.strip()[-_SHOWN_CHARACTERS:]


class _Helper(threading.Thread):
    """A thread that runs while the command does."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._finished = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._finished.set()
        self.join()


class _MemorySampler(_Helper):
    """Adds up the resident sizes of a process and its descendants, again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._pid = pid
        self.peak = 0

    def run(self) -> None:
        try:
            root = psutil.Process(self._pid)
            while not self._finished.wait(SAMPLING_INTERVAL):
                self.peak = max(self.peak, sum(map(_resident, [root, *root.children(recursive=True)])))
        except psutil.Error:
            return  # the command is over


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it ended between two looks


class _TimeLimit(_Helper):
    """Stops a group of processes when its time is over."""

    def __init__(self, seconds: float, group: int) -> None:
        super().__init__()
        self._seconds = seconds
        self._group = group
        self.reached = False

    def run(self) -> None:
        if not self._finished.wait(self._seconds):
            self.reached = True
            os.killpg(self._group, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], seconds: float, interval: float = 0.02) -> bool:
    """Return whether ``condition`` became true within ``seconds``."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if condition():
            return True
        time.sleep(interval)
    return False
