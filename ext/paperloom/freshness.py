"""Which documents have changed, by content.

Sphinx compares times of modification with the time of reading. That misses files that changed and
are older (another branch, a restored copy), reads everything anew in a fresh checkout, and reads
what was touched or changed and changed back. Here each document keeps digests of the files it was
read from; a file's size and times of modification and of change only spare the digest where they are
the same. The time of change (of the file system's record of a file) cannot be set: archives and copies
give files with other text the time of modification that the file before them had.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from paperloom.domain import domain_of
from paperloom.outputs.files import is_as_written, state_of

#: Nanoseconds within which a file can change twice and keep its time of modification.
_CLOCK_STEP = 50_000_000
_MISSING = ""


class SourceFiles:
    """The state of files by path: (time of modification in ns, time of change in ns, size in bytes, digest)."""

    def __init__(self, known: dict[str, tuple[int, int, int, str]], root: Path) -> None:
        """Use and complete what is ``known``; paths are relative to ``root`` or absolute."""
        self._known = known
        self._root = f"{root}{os.sep}"
        self._checked: dict[str, str] = {}

    def digest(self, path: str) -> str:
        """Return the digest of the file's content, an empty text where there is none."""
        if path not in self._checked:
            self._checked[path] = self._digest(path)
        return self._checked[path]

    def _digest(self, path: str) -> str:
        full = os.path.join(self._root, path)  # noqa: PTH118  # for thousands of files
        try:
            status = os.stat(full)  # noqa: PTH116  # for thousands of files
            known = self._known.get(path)
            if known and known[:3] == (status.st_mtime_ns, status.st_ctime_ns, status.st_size):
                return known[3]
            digest = hashlib.blake2b(Path(full).read_bytes(), digest_size=16).hexdigest()
        except OSError:
            return _MISSING
        settled = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _CLOCK_STEP
        self._known[path] = (status.st_mtime_ns if settled else 0, status.st_ctime_ns, status.st_size, digest)
        return digest


def note_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep the state of the file that is being read."""
    path = str(app.env.doc2path(docname, base=False))
    domain_of(app.env).data["sources"][docname] = {path: _files(app.env).digest(path)}


def note_dependencies(app: Sphinx, doctree: object) -> None:
    """Keep the state of the other files that the document was read from."""
    sources = domain_of(app.env).data["sources"].setdefault(app.env.docname, {})
    files = _files(app.env)
    for dependency in app.env.dependencies.get(app.env.docname, ()):
        path = os.path.relpath(dependency, app.srcdir) if os.path.isabs(dependency) else str(dependency)  # noqa: PTH117
        sources[path] = files.digest(path)


def _files(env: BuildEnvironment) -> SourceFiles:
    return SourceFiles(domain_of(env).data["files"], Path(env.srcdir))


def note_doctrees(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Keep the state of the doctrees that were written for ``docnames``: others in their place are not used."""
    kept = f"{env.doctreedir}{os.sep}"
    domain_of(env).data["doctrees"].update({docname: state_of(f"{kept}{docname}.doctree") for docname in docnames})


def stamp(env: BuildEnvironment, docname: str) -> str:
    """Return a text that changes with the content of the files that ``docname`` was read from, and with its numbers."""
    return " ".join(domain_of(env).data["sources"].get(docname, {}).values()) + numbers(env, docname)


def numbers(env: BuildEnvironment, docname: str) -> str:
    """Return the numbers of the document's sections and figures, which toctrees of others give it."""
    given = env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)
    return f" {given}" if any(given) else ""


def outdated_files(env: BuildEnvironment, config_changed: bool) -> tuple[set[str], set[str], set[str]]:
    """Return the documents that are (added, changed, removed), by content."""
    removed = env.all_docs.keys() - env.found_docs
    if config_changed:
        return set(env.found_docs), set(), removed
    files = _files(env)
    sources = domain_of(env).data["sources"]
    kept = f"{env.doctreedir}{os.sep}"
    doctrees = domain_of(env).data["doctrees"]
    added: set[str] = set()
    changed: set[str] = set()
    for docname in env.found_docs:
        if docname not in env.all_docs:
            added.add(docname)
        elif (
            docname in env.reread_always
            or docname not in sources
            or not is_as_written(f"{kept}{docname}.doctree", doctrees.get(docname))
            or any(not digest or files.digest(path) != digest for path, digest in sources[docname].items())
        ):
            changed.add(docname)
    return added, changed, removed
