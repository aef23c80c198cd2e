"""What was found out about addresses earlier, and how old that is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

#: The layout of the file; a file of another layout is started anew.
_LAYOUT = 1
#: How long a copy in the archive that was found is believed to be there, in days.
DAYS_OF_COPY = 90
#: What nobody has asked for in so many days is dropped from the file.
_DAYS_KEPT = 400


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of an address, and since when (ISO 8601, UTC).

    ``state``, ``detail``, ``new`` (its address from now on) and ``lasting`` are those of
    :class:`~.external.Verdict`; ``archived`` is None where the archive was not asked and empty where it has no copy.
    """

    state: str = ""
    detail: str = ""
    new: str | None = None
    asked: str = ""
    lasting: bool = True
    archived: str | None = None
    archive_asked: str = ""


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Memory:
    """The file at ``path``: what is remembered by address. ``now`` tells the time."""

    path: Path
    max_age: timedelta
    now: Callable[[], datetime] = utc_now
    known: dict[str, Remembered] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def load(self) -> None:
        """Read the file; one that is missing, damaged or of another layout is started anew."""
        try:
            data = json.loads(self.path.read_bytes())
        except (OSError, ValueError, RecursionError):  # what reading and decoding raise
            return
        if isinstance(data, dict) and data.get("layout") == _LAYOUT and isinstance(data.get("known"), dict):
            self.known = {address: one for address, row in data["known"].items() if (one := _remembered(row))}

    def save(self) -> None:
        """Write the file whole.

        :raises OSError: if it cannot be written.
        """
        oldest = self.now() - timedelta(days=_DAYS_KEPT)
        rows = {
            address: asdict(one)
            for address, one in sorted(self.known.items())
            if max(_time(one.asked), _time(one.archive_asked)) > oldest
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        ignore = self.path.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        partial = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            text = json.dumps({"layout": _LAYOUT, "known": rows}, ensure_ascii=False, indent=1)
            partial.write_text(text, encoding="utf-8")
            partial.replace(self.path)
        finally:
            partial.unlink(missing_ok=True)

    def fresh(self, address: str) -> Remembered | None:
        """Return what is remembered of the state of ``address`` if that is fresh."""
        one = self.known.get(address)
        return one if one and one.state and one.lasting and self._is_within(one.asked, self.max_age) else None

    def fresh_copy(self, address: str) -> str | None:
        """Return the copy of ``address`` in the archive, empty where there is none, None where that is not known."""
        one = self.known.get(address)
        if one is None or one.archived is None:
            return None
        age = max(self.max_age, timedelta(days=DAYS_OF_COPY)) if one.archived else self.max_age
        return one.archived if self._is_within(one.archive_asked, age) else None

    def note(self, address: str, **changes: Any) -> None:
        """Change what is remembered of ``address``; threads may do so at once."""
        with self._lock:
            one = self.known.get(address, Remembered())
            self.known[address] = Remembered(**{**asdict(one), **changes})

    def stamp(self) -> str:
        """Return the time, as it is stored."""
        return self.now().isoformat(timespec="seconds")

    def _is_within(self, asked: str, age: timedelta) -> bool:
        passed = self.now() - _time(asked)
        return timedelta(0) <= passed < age  # a clock that was wrong is no proof of freshness


def _time(stamp: str) -> datetime:
    try:
        time = datetime.fromisoformat(stamp)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _remembered(row: object) -> Remembered | None:
    if not isinstance(row, dict):
        return None
    known = {each.name: row[each.name] for each in fields(Remembered) if each.name in row}
    for each in fields(Remembered):
        value = known.get(each.name, each.default)
        if type(value) is not type(each.default) and not (each.default is None and isinstance(value, str)):
            return None
    return Remembered(**known)
