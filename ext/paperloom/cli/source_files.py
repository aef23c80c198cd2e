"""The files of a knowledge base, found without reading them, and what its configuration says of them."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import NamedTuple

from paperloom.model.problems import Problem, Subtype
from paperloom.sources.text import read_text

#: What documents end in that are not Markdown: reStructuredText and notebooks.
_OTHER_MARKUPS = (".rst", ".ipynb")
#: What Sphinx never reads.
_NEVER = ("_build", "_templates", "_static")

#: Modification time, time of change and size of a file, and its number; it differs after every edit.
Signature = tuple[int, int, int, int]


class SourceFile(NamedTuple):
    """A file: its path, its path relative to the source directory, and its signature, None where it has none."""

    path: str
    name: str
    signature: Signature | None


def source_directory(root: Path) -> Path | None:
    """Return the directory with Sphinx's configuration, or with a bibliography, at or below ``root``, if any."""
    for candidate in (root / "docs", root):
        if any((candidate / name).is_file() for name in ("conf.py", "references.bib")):
            return candidate
    return None


def shown(path: Path, root: Path) -> str:
    """Return the path that problems name: relative to ``root``."""
    return path.relative_to(root).as_posix()


def settings_of(path: Path) -> dict[str, list[str]]:
    """Return the lists of strings that a ``conf.py`` assigns to names, without running it."""
    return {
        name: list(value)
        for name, value in _constants(path).items()
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    }


def configured_text(source: Path, name: str) -> str:
    """Return the string that ``conf.py`` below ``source`` assigns to ``name``, without running it; else nothing."""
    value = _constants(source / "conf.py").get(name)
    return value if isinstance(value, str) else ""


def _constants(path: Path) -> dict[str, object]:
    text, _problems = read_text(path, path.name)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what ast raises for bad input
        return {}
    found: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):  # not a constant
                continue
    return found


def find_documents(source: Path, settings: dict[str, list[str]]) -> tuple[list[SourceFile], frozenset[str]]:
    """Return the Markdown files below ``source``, folder by folder, and the names of the documents in other markups.

    What is excluded is not entered. Other markups only Sphinx reads.
    """
    is_excluded = _exclusion((*settings.get("exclude_patterns", ()), *_NEVER))
    if is_excluded("."):
        return [], frozenset()
    pages: list[SourceFile] = []
    others: set[str] = set()
    for file in _files(str(source), "", (".md", *_OTHER_MARKUPS), is_excluded):
        if file.name.endswith(".md"):
            pages.append(file)
        else:
            others.add(file.name.rpartition(".")[0])
    return sorted(pages, key=lambda file: file.name.split("/")), frozenset(others)


def find_bibliographies(source: Path, root: Path, settings: dict[str, list[str]]) -> tuple[list[Path], list[Problem]]:
    """Return the BibTeX files that the configuration names, sorted, and what is wrong with their patterns."""
    paths: set[Path] = set()
    problems: list[Problem] = []
    for pattern in settings.get("paperloom_bibliography", ["references.bib"]):
        try:
            paths.update(source.glob(pattern))
        except (NotImplementedError, ValueError):  # what pathlib raises for absolute and for empty patterns
            message = f"'paperloom_bibliography' has the pattern '{pattern}'"
            remedy = "write it relative to the folder of conf.py"
            problems.append(Problem(shown(source / "conf.py", root), 1, message, remedy, Subtype.FILE_NAME))
    return sorted(paths), problems


class _exclusion:  # noqa: N801  # a function with a memory
    """Tells whether a pattern matches a path; only ``**`` crosses folders, as in Sphinx."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        self._at_depth = cache(self._compile)

    def _compile(self, depth: int) -> re.Pattern[str]:
        able = [pattern for pattern in self._patterns if "**" in pattern or pattern.count("/") == depth]
        return re.compile("|".join(map(translate, able)) or r"(?!)")

    def __call__(self, name: str) -> bool:
        return self._at_depth(name.count("/")).match(name) is not None


def _files(folder: str, prefix: str, suffixes: tuple[str, ...], is_excluded: _exclusion) -> Iterator[SourceFile]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # a folder that may not be read holds no pages for us
        return
    for entry in entries:
        name = prefix + entry.name
        if is_excluded(name):
            continue
        if entry.name.endswith(suffixes):
            yield SourceFile(entry.path, name, _signature(entry))
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{name}/", suffixes, is_excluded)


def _signature(entry: os.DirEntry[str]) -> Signature | None:
    try:
        status = entry.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
