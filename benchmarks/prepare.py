"""Stores a corpus in the formats of the systems, and each edit as the files it changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.corpus import generate
from benchmarks.edits import EDITS, Expectation
from benchmarks.systems import ALL_SYSTEMS


@dataclass(frozen=True, slots=True)
class PlannedEdit:
    """The ``number``-th edit of a kind; ``name`` is unique and names its folder."""

    name: str
    kind: str
    number: int


def prepare(papers: int, seed: int, systems: Sequence[str], edits: Sequence[PlannedEdit], into: Path) -> None:
    """Write ``into/<system>/tree`` and ``into/<system>/edits/<name>`` for each system and edit.

    Edits follow each other: each holds the files that differ from those after the edit before.
    """
    corpus = generate(papers, seed)
    files = {name: ALL_SYSTEMS[name].write(corpus) for name in systems}
    for name in systems:
        _write(files[name], into / name / "tree")
    for edit in edits:
        edited = EDITS[edit.kind](corpus, edit.number)
        corpus = edited.corpus
        expected = json.dumps([asdict(each) for each in edited.expected])
        for name in systems:
            before, after = files[name], ALL_SYSTEMS[name].write(corpus)
            folder = into / name / "edits" / edit.name
            _write({path: text for path, text in after.items() if before.get(path) != text}, folder)
            folder.with_suffix(".json").write_text(expected, encoding="utf-8")
            files[name] = after


def apply(prepared: Path, edit: str, tree: Path) -> tuple[Expectation, ...]:
    """Copy the files of ``edit`` over ``tree`` and return what the site shows when it is built."""
    folder = prepared / "edits" / edit
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            target = tree / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)  # leaves the time of the original behind, as an editor does
    stored = json.loads(folder.with_suffix(".json").read_text(encoding="utf-8"))
    return tuple(Expectation(**each) for each in stored)


def _write(files: dict[str, str], root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
