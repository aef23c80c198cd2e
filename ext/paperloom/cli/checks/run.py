"""A run of ``paperloom check``: what changed is read, the rest is remembered, and the checks look at all of it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperloom.cli.checks import find_problems
from paperloom.cli.checks.facts import PageFacts, plain, restore
from paperloom.cli.checks.kept import (
    Kept,
    KeptBibliography,
    KeptPage,
    digest_of,
    key_of,
    lasting,
    load,
    place_of,
    save,
)
from paperloom.cli.checks.overview import Overview
from paperloom.cli.source_files import (
    SourceFile,
    find_bibliographies,
    find_documents,
    settings_of,
    shown,
)
from paperloom.model.problems import Problem
from paperloom.sources.text import read_text
from paperloom.sources.unique_entries import add_entries

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A knowledge base with fewer pages is read as fast as what was kept of it.
FEWEST_PAGES = 100
#: This many touched files are worth writing down that they are still the same.
_WORTH_SAVING = 100


@dataclass(frozen=True, slots=True)
class Result:
    """The problems of a knowledge base in a total order, and the number of files that were checked."""

    problems: list[Problem]
    files: int


def examine(root: Path, source: Path, *, keep: bool = True, fewest: int = FEWEST_PAGES) -> Result:
    """Return what is wrong with the knowledge base below ``source``; paths are relative to ``root``.

    With ``keep``, what earlier runs learned is used, and what this one learns is kept, if there
    are at least ``fewest`` pages. The result is the same with and without.
    """
    with _without_garbage_collection():
        return _examine(root, source, keep=keep, fewest=fewest)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Spare the collector the hundreds of thousands of records that all stay until the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _examine(root: Path, source: Path, *, keep: bool, fewest: int) -> Result:
    started = time.time_ns()
    settings = settings_of(source / "conf.py")
    files, unread = find_documents(source, settings)
    prefix = "" if source == root else f"{shown(source, root)}/"
    keep = keep and len(files) >= fewest
    key = key_of(prefix) if keep else b""
    before = load(place_of(source), key) if keep else Kept()

    changes = _Changes(before, started)
    paths, problems = find_bibliographies(source, root, settings)
    now = Kept()
    known, unknown = changes.compare(files)
    if unknown:
        from paperloom.cli.checks import refresh  # noqa: PLC0415  # the parsers, which a run without changes spares

        with refresh.read_pages(unknown, prefix) as pages:
            now.bibliographies = changes.bibliographies(paths, root)
            for file, page in zip(unknown, pages, strict=True):
                known[file.name] = page._replace(signature=lasting(file.signature, started) if page.digest else None)
    else:
        now.bibliographies = changes.bibliographies(paths, root)
    now.pages = {file.name: known[file.name] for file in files}

    base = Overview(root, source, {page.facts.docname: page.facts for page in now.pages.values()})
    base.problems = problems
    base.unread = unread
    _add_bibliographies(base, now.bibliographies)
    if unknown or now.pages.keys() != before.pages.keys():
        _find_unlinked(base, now, before)
    base.unlinked = {page.facts.docname: page.unlinked for page in now.pages.values()}
    if keep and changes.are_worth_saving(now):
        _look_again(now, files)
        save(place_of(source), key, now, before.whole)
    return Result(find_problems(base), len(now.pages) + len(now.bibliographies))


class _Changes:
    """What differs between the files and what was kept of them."""

    def __init__(self, before: Kept, started: int) -> None:
        self._before = before
        self._started = started
        self._touched = 0

    def compare(self, files: list[SourceFile]) -> tuple[dict[str, KeptPage], list[SourceFile]]:
        """Return the pages that are as they were, by name, and the files that have to be read."""
        known: dict[str, KeptPage] = {}
        unknown: list[SourceFile] = []
        for file in files:
            page = self._before.pages.get(file.name)
            if page is None:
                unknown.append(file)
            elif file.signature is not None and file.signature == page.signature:
                known[file.name] = page
            elif _digest_of_file(file.path) == page.digest:
                known[file.name] = page._replace(signature=lasting(file.signature, self._started))
                self._touched += known[file.name].signature is not None
            else:
                unknown.append(file)
        return known, unknown

    def bibliographies(self, paths: list[Path], root: Path) -> dict[str, KeptBibliography]:
        """Return what the BibTeX files at ``paths`` hold, read where they changed."""
        found: dict[str, KeptBibliography] = {}
        for path in paths:
            name = shown(path, root)
            found[name] = self._bibliography(path, name)
        return found

    def _bibliography(self, path: Path, name: str) -> KeptBibliography:
        try:
            data = path.read_bytes()
        except OSError:
            _text, problems = read_text(path, name)
            return KeptBibliography(b"", tuple(map(plain, problems)), ())
        before = self._before.bibliographies.get(name)
        if before and before.digest == digest_of(data):
            return before
        from paperloom.cli.checks import refresh  # noqa: PLC0415  # as above

        return refresh.read_bibliography(data, name, before)

    def are_worth_saving(self, now: Kept) -> bool:
        """Return whether the next run would be faster if it knew what this one does."""
        before = self._before
        return (
            self._touched >= _WORTH_SAVING
            or now.pages.keys() != before.pages.keys()
            or now.bibliographies != before.bibliographies
            or any(page.digest != before.pages[name].digest for name, page in now.pages.items())
        )


def _digest_of_file(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # thousands of them
            return digest_of(file.read())
    except OSError:
        return None


def _look_again(now: Kept, files: list[SourceFile]) -> None:
    """Have the next run know the files by their times that were too new for it when they were read."""
    seen = time.time_ns()
    for file in files:
        page = now.pages[file.name]
        signature = lasting(file.signature, seen) if page.signature is None else None
        if signature and _digest_of_file(file.path) == page.digest:
            now.pages[file.name] = page._replace(signature=signature)


def _add_bibliographies(base: Overview, files: Mapping[str, KeptBibliography]) -> None:
    base.bibliography_files = tuple(files)
    for name, file in files.items():
        base.problems.extend(restore(problem, name) for problem in file.problems)
        for piece in file.pieces:
            base.problems.extend(restore(problem, name, piece.line) for problem in piece.problems)
            base.unreadable.update(piece.unreadable)
    entries = (entry for file in files.values() for piece in file.pieces for entry in piece.entries)
    add_entries(entries, base.entries, base.problems)


def _find_unlinked(base: Overview, now: Kept, before: Kept) -> None:
    """Look for unlinked names in the pages that changed, and in those that have a name that changed."""
    from paperloom.cli.checks import unlinked  # noqa: PLC0415  # as above

    names = unlinked.names_of(base.papers)
    papers_before = Overview(base.root, base.source, _facts_of(before)).papers
    changed = unlinked.changed_names(unlinked.names_of(papers_before), names)
    wanted = None if changed is None else unlinked.as_bytes(changed)
    affected: dict[str, KeptPage] = {}
    for name, page in now.pages.items():
        old = before.pages.get(name)
        is_new = old is None or old.digest != page.digest or not page.digest
        if is_new or wanted is None or unlinked.names_any(page.text, wanted):
            affected[name] = page
    index = unlinked.index_of(names, [page.text for page in affected.values()])
    for name, page in affected.items():
        now.pages[name] = page._replace(unlinked=unlinked.find_unlinked(page.facts, page.text, index))


def _facts_of(kept: Kept) -> dict[str, PageFacts]:
    return {page.facts.docname: page.facts for page in kept.pages.values()}
