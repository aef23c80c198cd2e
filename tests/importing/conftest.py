"""Fixtures of the tests of importing: sample issues, and real ones where they lie beside the repository."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main
from samples import CHINESE, ENGLISH, series

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "corpora" / "tiny"


def seeds_folder() -> Path | None:
    """Return the folder of real issues: the one in PAPERLOOM_SEEDS, or ``shared/seeds`` in a folder above."""
    if given := os.environ.get("PAPERLOOM_SEEDS"):
        return Path(given)
    return next((path for above in ROOT.parents if (path := above / "shared" / "seeds").is_dir()), None)


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The real issues."""
    folder = seeds_folder()
    if folder is None:
        pytest.skip("there are no real issues: set PAPERLOOM_SEEDS to a folder with them")
    return sorted(folder.glob("*.txt"))


@pytest.fixture
def base(tmp_path):
    """Return the folder of a small knowledge base with papers and weeks of its own."""
    folder = tmp_path / "base"
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("_build"))
    return folder


@pytest.fixture
def issue_file(tmp_path):
    """Return a function that writes an issue and returns its path."""

    def write(text: str | bytes, name: str = "issue.md") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def chinese_file(issue_file):
    """A made-up issue in Chinese, in the form of the series."""
    return issue_file(series(CHINESE), "chinese.md")


@pytest.fixture
def english_file(issue_file):
    """A made-up issue in English, in the form of the series."""
    return issue_file(series(ENGLISH), "english.md")


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Return a function that runs the command; no test asks another host."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="paperloom")

    return invoke


@pytest.fixture
def snapshot():
    """Return a function that returns the bytes of all files below a folder."""

    def take(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".paperloom" not in path.parts
        }

    return take
