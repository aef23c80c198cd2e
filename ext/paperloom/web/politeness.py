"""How often a host is asked: never more often than it wants, over all commands of a user."""

from __future__ import annotations

import fcntl
import ipaddress
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

#: Seconds between two requests: arXiv asks for three (https://info.arxiv.org/help/api/tou.html).
_ARXIV = 3.0
_OTHERS = 1.0


def interval(host: str) -> float:
    """Return the least number of seconds between two requests to ``host``; hosts on this machine have none."""
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return _ARXIV
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return 0.0 if local else _OTHERS


class Politeness:
    """Waits before a request until the host may be asked again.

    With ``folder``, the time of the last request is kept there, so that commands that run one
    after another, or beside each other, are as polite as one. ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        interval_of: Callable[[str], float] = interval,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._sleep = sleep
        self._interval_of = interval_of
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}

    def wait(self, host: str) -> None:
        """Return when ``host`` may be asked; the caller asks at once."""
        pause = self._interval_of(host)
        if pause <= 0:
            return
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:  # who waits for one host keeps nobody from asking another
            if self._folder is not None:
                try:
                    self._wait_with_others(self._folder / re.sub(r"[^\w.-]", "_", host), pause)
                except OSError:  # the folder cannot be written; this command is polite by itself
                    self._folder = None
                else:
                    return
            self._last[host] = self._pause_after(self._last.get(host, 0.0), pause)

    def _wait_with_others(self, file: Path, pause: float) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+", encoding="utf-8") as record:
            fcntl.flock(record, fcntl.LOCK_EX)
            record.seek(0)
            try:
                last = float(record.read())
            except ValueError:  # new, or not ours
                last = 0.0
            now = self._pause_after(last, pause)
            record.seek(0)
            record.truncate()
            record.write(f"{now:.3f}")

    def _pause_after(self, last: float, pause: float) -> float:
        """Sleep until ``pause`` has passed since ``last``; return the time then."""
        now = self._clock()
        if 0 <= now - last < pause:  # a last request in the future is a clock that was put back
            self._sleep(last + pause - now)
            now = max(self._clock(), last + pause)
        return now
