"""What commands write to a file that their user names: the old content or the new, and a plain word otherwise."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main
from paperloom.cli.written import write_output

TINY = Path(__file__).parent.parent / "corpora" / "tiny"


def run(*arguments, root):
    return CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)], prog_name="paperloom")


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(TINY, tmp_path / "base")


@pytest.fixture
def full(monkeypatch):
    """A disk that has no room left when a file is to take its place."""

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)


FORM = "### Identifier\n\n2010.11934\n"


@pytest.mark.parametrize("name", ["export", "suggestion"])
def test_a_full_disk_leaves_the_old_file_and_is_said_plainly(root, full, tmp_path, name):
    file = tmp_path / "out"
    file.write_text("old\n")
    (tmp_path / "form.md").write_text(FORM)
    arguments = {"export": ["export", "bib", "-o", file], "suggestion": ["suggestion", tmp_path / "form.md"]}[name]
    result = run(*arguments, *(["--output", file] if name == "suggestion" else []), root=root)
    assert (result.exit_code, file.read_text()) == (1, "old\n")
    assert f"Error: '{file}' cannot be written: No space left on device; choose another place" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "form.md", "out"]


def test_a_file_of_a_workflow_keeps_what_other_steps_wrote(root, tmp_path):
    file = tmp_path / "out"
    file.write_text("other=1\n")
    (tmp_path / "form.md").write_text(FORM)
    assert run("suggestion", tmp_path / "form.md", "--output", file, root=root).exit_code == 0
    assert file.read_text().startswith("other=1\nid")


def test_a_device_is_written_to_and_stays_one(tmp_path):
    device = tmp_path / "device"
    device.symlink_to(os.devnull)
    write_output(device, b"text")
    assert device.is_symlink()
    assert not device.is_file()


def test_a_link_leads_on_to_the_file_that_is_written(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_output(tmp_path / "link", b"text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"text"


def test_any_command_that_finds_no_room_says_so_without_a_traceback(root, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "docs/_build/x")

    monkeypatch.setattr("paperloom.cli.main.recover", refuse)
    result = run("check", root=root)
    assert (result.exit_code, result.output) == (
        1,
        (
            "Error: 'docs/_build/x': Read-only file system; free some space, or see who may write there, "
            "and run the command again\n"
        ),
    )
