"""A small folder to write into."""

import pytest


@pytest.fixture
def root(tmp_path):
    """A folder with two files that a transaction changes, one that it removes and one that it leaves alone."""
    folder = tmp_path / "base"
    (folder / "docs" / "weeks").mkdir(parents=True)
    (folder / "docs" / "weeks" / "2020-w01.md").write_text("a page under its old name\n", encoding="utf-8")
    (folder / "docs" / "references.bib").write_text("old entries\n", encoding="utf-8")
    (folder / "docs" / "weeks" / "2021-w06.md").write_text("old wéek\n", encoding="utf-8")
    (folder / "docs" / "index.md").write_text("home\n", encoding="utf-8")
    return folder
