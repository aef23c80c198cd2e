"""The folders that are built in, and the surroundings every command runs in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import paperloom

from benchmarks.systems import CORES, System

ROOT = Path(__file__).parents[1]
_INHERITED = ("HOME", "PATH", "SYSTEMROOT", "TEMP", "TMPDIR")


def environment() -> dict[str, str]:
    """Return the same environment for every command: little is inherited, nothing is asked for."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": os.pathsep.join([str(Path(paperloom.__file__).parents[1]), str(ROOT)]),
        "NO_MKDOCS_2_WARNING": "1",
    }


def use_cores() -> None:
    """Keep this process and all commands to the same two cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


class Workplace:
    """Where one corpus is stored in all formats, and built, each in a folder of its own below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.all_prepared = root / "prepared"

    def prepared(self, system: System) -> Path:
        """Return the folder that holds the tree and the edits of ``system``."""
        return self.all_prepared / system.name

    def tree(self, system: System, purpose: str = "build") -> Path:
        """Return the folder in which ``system`` is built; it is the same in all rounds."""
        return self.root / purpose / system.name

    def fresh_copy(self, system: System, purpose: str = "build") -> Path:
        """Copy the sources of ``system`` anew, with nothing built, and return the folder."""
        tree = self.tree(system, purpose)
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(self.prepared(system) / "tree", tree, copy_function=shutil.copyfile)
        return tree

    def remove_built(self) -> None:
        """Remove all trees but the prepared ones."""
        for purpose in self.root.iterdir():
            if purpose != self.all_prepared and purpose.is_dir():
                shutil.rmtree(purpose)

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.root, ignore_errors=True)


def check_out_anew(tree: Path, built: Path) -> None:
    """Make ``tree`` look like a fresh checkout that got ``built``, relative to it, from a cache.

    All sources get new files and the time of now; what was built keeps its times.
    """
    old = tree.with_name(f"{tree.name}-before")
    shutil.rmtree(old, ignore_errors=True)
    tree.rename(old)

    def what_was_built(folder: str, _names: list[str]) -> set[str]:
        return {built.name} if Path(folder) == (old / built).parent else set()

    shutil.copytree(old, tree, copy_function=shutil.copyfile, ignore=what_was_built)
    (old / built).rename(tree / built)
    shutil.rmtree(old)
