"""The days on which source files were changed last, as far as the version control system knows them.

A day is that of the commit with which a change came into the branch, in UTC, so that every complete
clone gives the same. Nothing is known of a file with uncommitted changes, in a clone without its
whole history, and without git: a sitemap then says nothing, which is better than something wrong.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from paperloom.outputs.files import write_if_changed

_SECONDS = 60
#: Stands before each day; no path holds it.
_MARK = "\x1e"


class History:
    """The history of the files below a folder, asked when it is first needed."""

    def __init__(self, source: Path, kept: Path) -> None:
        """Look at the folder ``source``; what was read of a commit's history is kept in the file ``kept``."""
        self._source = source
        self._kept = kept
        self.commit = ""
        self._changed: frozenset[str] = frozenset()
        if _git(source, "rev-parse", "--is-shallow-repository") == "false\n":
            self.commit = (_git(source, "rev-parse", "HEAD") or "").strip()
        if self.commit:
            status = _git(source, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".")
            root = (_git(source, "rev-parse", "--show-prefix") or "").strip()
            if status is None:
                self.commit = ""
            else:
                self._changed = frozenset(_paths_of_status(status, root))

    @property
    def state(self) -> str:
        """A text that changes whenever the days can."""
        return " ".join((self.commit, *sorted(self._changed)))

    def days(self) -> dict[str, str]:
        """Return the day of the last change (``2026-11-21``) of each file, by its path below the folder."""
        if not self.commit:
            return {}
        return {path: day for path, day in self._committed().items() if path not in self._changed}

    def _committed(self) -> dict[str, str]:
        try:
            kept = json.loads(self._kept.read_text(encoding="utf-8"))
            if kept["commit"] == self.commit:
                return {str(path): str(day) for path, day in kept["days"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            pass
        log = _git(
            self._source,
            *("-c", "log.showSignature=false", "log", "-z", "--first-parent", "--diff-merges=first-parent"),
            *("--no-renames", "--name-only", "--relative", "--date=format-local:%Y-%m-%d"),
            *(f"--format={_MARK}%cd", "HEAD", "--", "."),
        )
        days: dict[str, str] = {}
        for part in (log or "").split(_MARK)[1:]:
            day, _end, names = part.partition("\0")
            for name in names.split("\0"):
                if name.strip("\n"):
                    days.setdefault(name.lstrip("\n"), day.strip())
        write_if_changed(self._kept, json.dumps({"commit": self.commit, "days": days}, indent=0, sort_keys=True))
        return days


def _paths_of_status(status: str, root: str) -> list[str]:
    """Return the paths, below the folder ``root`` of the repository, of files that differ from the commit."""
    found = []
    fields = iter(status.split("\0"))
    for field in fields:
        if not field:
            continue
        found.append(field[3:])
        if field[0] in "RC":  # the name before a renaming follows by itself
            found.append(next(fields, ""))
    return [path.removeprefix(root) for path in found if path.startswith(root)]


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, None where it cannot say anything."""
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and no argument from outside
            ["git", *arguments],  # noqa: S607  # wherever it is installed
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
