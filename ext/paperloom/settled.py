"""Leaving at once when nothing changed since the last build.

Sphinx loads every extension and the whole environment to find that nothing is to be done. A build
that ended well leaves a digest of all that it was made from and of all that it wrote: names, sizes
and times of modification of files, the configuration, the code. Where they are the same, the
command ``sphinx-build`` ends before anything is loaded. Any doubt leads to a full look.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.cmd.build import get_parser
from sphinx.util import logging

from paperloom.finishing.output import recorded
from paperloom.history import History
from paperloom.leaving import is_command
from paperloom.outputs.files import write_if_changed
from paperloom.package import PACKAGE_DIGEST

logger = logging.getLogger(__name__)

#: Nanoseconds within which a file can change twice and keep its time of modification.
_CLOCK_STEP = 50_000_000
#: Settings that name folders which are read besides the sources.
_FOLDERS = ("html_static_path", "html_extra_path", "templates_path", "locale_dirs")
#: The builders whose output is known to be complete, and the tags that builders set.
_BUILDERS = ("html", "dirhtml")
_TAGS_OF_BUILDERS = frozenset({"html", "dirhtml", "format_html", "builder_html", "builder_dirhtml"})
_SETTINGS, _STARTED = "_paperloom_settings", "_paperloom_started"
_PLAIN = (str, int, float, bool, type(None))


def leave_if_settled(app: Sphinx) -> None:
    """End ``sphinx-build`` with success when everything is as the last build left it.

    Only the command line is ended so, and only without options that ask for a build in any case.
    """
    # Extensions complete the settings later; the same ones are wanted when a build starts and when it ends.
    settings = {**app.config._raw_config, **app.config.overrides}  # noqa: SLF001  # no public way
    app.__dict__[_SETTINGS] = {name: settings[name] for name in sorted(settings) if _is_plain(settings[name])}
    if not is_command() or sys.argv[1:2] in (["-M"], ["build"]):
        return
    options, _rest = get_parser().parse_known_args(sys.argv[1:])
    if options.builder not in _BUILDERS or options.force_all or options.freshenv or options.filenames:
        return
    try:
        record = json.loads(_path(app, options.builder).read_text(encoding="utf-8"))
        # The output, of many more files, is looked at only where the sources are the same.
        settled = (
            record["before"] == _started_from(app, options.builder)
            and record["others"] == _states(record["others"])
            and record["after"] == after(app)
        )
    except (OSError, ValueError, LookupError, TypeError):
        return
    if settled:
        logger.info("nothing changed since the last build: %s is up to date.", app.outdir)
        logger.info("build succeeded.")
        raise SystemExit(0)


def forget(app: Sphinx) -> None:
    """Forget the last build, whose output this one may leave half written; note what this one starts from."""
    if app.builder.name in _BUILDERS:
        _path(app, app.builder.name).unlink(missing_ok=True)
        _started_from(app, app.builder.name)


def _started_from(app: Sphinx, builder: str) -> str:
    """Return what :func:`before` says at the start of a build, and note when that was."""
    if _STARTED not in app.__dict__:
        app.__dict__[_STARTED] = time.time_ns(), before(app, builder)
    digest: str = app.__dict__[_STARTED][1]
    return digest


def note(app: Sphinx, exception: Exception | None) -> None:
    """Note what stands there after a build without errors and warnings, unless a source changed meanwhile."""
    name = app.builder.name
    if exception is not None or app.statuscode or app._warncount or _STARTED not in app.__dict__:  # noqa: SLF001
        return
    started, started_from = app.__dict__[_STARTED]
    if any(".." in pattern for pattern in app.config.paperloom_bibliography) or started_from != before(app, name):
        return
    files = app.env.get_domain("paperloom").data["files"]
    others = _states(sorted(path for path in files if path.startswith(("..", os.sep))), app.srcdir)
    if all(max(modified, changed) < started - _CLOCK_STEP for modified, changed, _size in others.values()):
        record = {"before": started_from, "after": after(app), "others": others}
        write_if_changed(_path(app, name), json.dumps(record) + "\n")


def _path(app: Sphinx, builder: str) -> Path:
    place = hashlib.blake2b(str(app.outdir).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"paperloom-settled-{builder}-{place}.json"


def before(app: Sphinx, builder: str) -> str:
    """Return a digest of what a build is made from: code, configuration, sources.

    :raises OSError: if a folder cannot be read.
    """
    digest = hashlib.blake2b(f"{PACKAGE_DIGEST} {builder} {app.confdir}".encode(), digest_size=16)
    settings: dict[str, Any] = app.__dict__[_SETTINGS]
    digest.update(repr(settings).encode())
    digest.update(repr(sorted({*app.tags} - _TAGS_OF_BUILDERS)).encode())
    source = Path(app.srcdir)
    left_out = {str(app.outdir), str(app.doctreedir)}
    left_out |= {str(source / pattern) for pattern in settings.get("exclude_patterns", ())}
    folders = [source, *(Path(app.confdir, name) for key in _FOLDERS for name in settings.get(key, ()))]
    for folder in folders:
        digest.update(_digest(str(folder), left_out, young_from=time.time_ns() - _CLOCK_STEP))
    digest.update(_state(Path(app.confdir, "conf.py")))
    if settings.get("html_baseurl"):
        digest.update(History(source, Path(app.doctreedir, "paperloom-history.json")).state.encode())
    return digest.hexdigest()


def after(app: Sphinx) -> str:
    """Return a digest of what stands in the output, the files of ``paperloom finish`` aside.

    :raises OSError: if a folder cannot be read.
    """
    out = Path(app.outdir)
    finished: set[str] = set()
    for path in sorted((out.parent / f"{out.name}-finished").glob("*.json")):
        finished.update(str(out / name) for name in recorded(path) or ())
    return hashlib.blake2b(_digest(str(out), finished), digest_size=16).hexdigest()


def _is_plain(value: Any) -> bool:
    """Return whether the text of a setting says all of it, in every process."""
    if isinstance(value, list | tuple):
        return all(_is_plain(each) for each in value)
    if isinstance(value, dict):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    return isinstance(value, _PLAIN)


def _state(path: Path) -> bytes:
    status = path.stat()
    return f"{path}\0{status.st_mtime_ns}\0{status.st_ctime_ns}\0{status.st_size}\n".encode()


def _states(paths: Iterable[str], folder: Path | str = "") -> dict[str, list[int]]:
    """Return time of modification, time of change and size of files, by path.

    :raises OSError: if one is not there.
    """
    found = {str(Path(folder, path)): Path(folder, path).stat() for path in paths}
    return {path: [status.st_mtime_ns, status.st_ctime_ns, status.st_size] for path, status in found.items()}


def _digest(folder: str, left_out: Iterable[str], young_from: int | None = None) -> bytes:
    """Return a digest of names, times and sizes of all files below a folder.

    The time of a file that is younger than ``young_from`` says nothing: it may change again within it.
    """
    lines = sorted(_lines(folder, frozenset(left_out), young_from))
    return hashlib.blake2b("".join(lines).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _lines(folder: str, left_out: frozenset[str], young_from: int | None) -> Iterator[str]:
    if not os.path.isdir(folder):  # noqa: PTH112  # for thousands of files
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.path in left_out:
                continue
            if entry.is_dir():
                yield from _lines(entry.path, left_out, young_from)
                continue
            status = entry.stat()
            young = young_from is not None and max(status.st_mtime_ns, status.st_ctime_ns) >= young_from
            # A file can be given the time of modification that another had; its time of change cannot be set.
            times = "young" if young else f"{status.st_mtime_ns}\0{status.st_ctime_ns}"
            yield f"{entry.path}\0{times}\0{status.st_size}\n"
