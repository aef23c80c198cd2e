"""``paperloom init`` makes a knowledge base that is complete and right, or nothing at all."""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
import sys
import tomllib

import paperloom
import pytest
import yaml
from click.testing import CliRunner
from paperloom.cli import starter
from paperloom.cli.main import main
from paperloom.editing.disk import Disk
from paperloom.editing.transaction import Transaction
from sphinx.testing.util import SphinxTestApp

from tests.conftest import ROOT


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start") / "deep" / "papers"
    done = run("init", folder)
    assert done.exit_code == 0, done.output
    return folder


def test_it_has_what_a_knowledge_base_needs(started):
    expected = {
        *("README.md", "noxfile.py", "requirements.txt", ".gitignore", ".gitattributes"),
        *("docs/conf.py", "docs/index.md", "docs/references.bib", "docs/indexes/papers.md", "docs/indexes/overview.md"),
        *("docs/weeks/index.md", "docs/weeks/2020-w28.md", "docs/papers/liu2020early.md"),
        *("docs/archive/index.md", "docs/archive/2020.md", "docs/archive/2020-07.md", "docs/topics/index.md"),
    }
    files = contents(started)
    assert expected <= files.keys()
    assert len([name for name in files if name.startswith("docs/topics/") and "index" not in name]) == 3
    assert not [name for name in files if name.startswith((".paperloom", "dot-")) or "/dot-" in name]


def test_it_passes_the_check_without_a_word(started):
    done = run("check", "--mentions", "--root", started)
    assert done.exit_code == 0, done.output
    assert done.output.endswith("checked: no problems\n")


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
@pytest.mark.parametrize("builder", ["html", "text"])
def test_it_builds_without_a_warning(started, tmp_path, theme, builder):
    app = SphinxTestApp(
        builder, srcdir=started / "docs", builddir=tmp_path, freshenv=True, confoverrides={"html_theme": theme}
    )
    try:
        app.build()
        assert app.warning.getvalue() == ""
        suffix = "html" if builder == "html" else "txt"
        page = (tmp_path / builder / "papers" / f"liu2020early.{suffix}").read_text(encoding="utf-8")
        assert "Also mentioned in" in page
    finally:
        app.cleanup()


@pytest.mark.parametrize("title", ["Papers", 'Maps & "Charts" \\ [x](y) *é* `z` $5 # 😀', "Ünïcode 论文"])
def test_the_title_is_the_name_of_the_site(tmp_path, title):
    assert run("init", tmp_path / "kb", "--title", title).exit_code == 0
    (assigned,) = (
        node.value
        for node in ast.parse((tmp_path / "kb/docs/conf.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "project"
    )
    assert ast.literal_eval(assigned) == title
    app = SphinxTestApp("text", srcdir=tmp_path / "kb" / "docs", builddir=tmp_path / "built")
    try:
        app.build()
        assert app.warning.getvalue() == ""
        assert (tmp_path / "built" / "text" / "index.txt").read_text(encoding="utf-8").splitlines()[0] == title
    finally:
        app.cleanup()
    assert run("check", "--root", tmp_path / "kb").exit_code == 0


@pytest.mark.parametrize("title", ["", "  ", "a\x00b", "<b>"])
def test_a_title_that_cannot_be_shown_is_refused(tmp_path, title):
    done = run("init", tmp_path / "kb", "--title", title)
    assert done.exit_code == 2
    assert "Invalid value for '--title'" in done.output
    assert not (tmp_path / "kb").exists()


def test_a_folder_that_holds_something_is_refused_and_left_as_it_was(tmp_path):
    for name in ("d.txt", "c.txt", "b.txt", "a.txt"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    done = run("init", tmp_path)
    assert done.exit_code == 1
    assert f"{tmp_path}: the folder is not empty (a.txt, b.txt, c.txt and 1 more); choose" in done.output
    assert contents(tmp_path) == {f"{letter}.txt": "mine" for letter in "abcd"}


def test_a_second_start_is_refused(started):
    before = contents(started)
    assert run("init", started).exit_code == 1
    assert contents(started) == before


def test_an_empty_folder_and_a_fresh_repository_are_filled(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert run("init", tmp_path).exit_code == 0
    status = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "docs/papers/liu2020early.md" in status
    assert ".paperloom" not in status


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "kb").write_text("mine", encoding="utf-8")
    done = run("init", tmp_path / "kb")
    assert done.exit_code == 1
    assert "Error: " in done.output
    assert "Traceback" not in done.output
    assert (tmp_path / "kb").read_text(encoding="utf-8") == "mine"


class StoppingDisk(Disk):
    """A disk that is full from a given write on."""

    def __init__(self, writes):
        self.left = writes

    def write(self, path, data, mode=None):
        if not self.left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        self.left -= 1
        super().write(path, data, mode)


@pytest.mark.parametrize("writes", [0, 1, 7])
def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch, writes):
    monkeypatch.setattr(starter, "Transaction", lambda root: Transaction(root, StoppingDisk(writes)))
    done = run("init", tmp_path / "new" / "kb")
    assert done.exit_code == 1
    assert "no space left on device; free some space" in done.output
    assert list(tmp_path.iterdir()) == []


ENDED = """
import os, sys
from paperloom.cli import starter
from paperloom.editing.disk import Disk
from paperloom.editing.transaction import Transaction
from pathlib import Path

class EndingDisk(Disk):
    def create(self, source, target):
        if target.name == "conf.py":
            os._exit(9)
        super().create(source, target)

starter.Transaction = lambda root: Transaction(root, EndingDisk())
starter.start(Path(sys.argv[1]), "Papers")
"""


def test_a_start_that_was_cut_off_is_finished_by_the_next_one(tmp_path, started):
    ended = subprocess.run([sys.executable, "-c", ENDED, tmp_path / "kb"], check=False)
    assert ended.returncode == 9
    assert not (tmp_path / "kb" / "docs" / "conf.py").exists()
    done = run("init", tmp_path / "kb")
    assert done.exit_code == 0, done.output
    assert contents(tmp_path / "kb") == contents(started)


def test_the_requirements_name_this_version_and_the_theme_it_is_written_for(started):
    lines = (started / "requirements.txt").read_text(encoding="utf-8").splitlines()
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    (ours,) = (line for line in lines if line.startswith("paperloom[citations] @ "))
    assert ours.endswith(f"@v{paperloom.__version__}")
    (theme,) = (line for line in groups["docs"] if str(line).startswith("furo"))
    assert theme in lines


def test_the_files_that_the_readme_names_are_there(started):
    text = (started / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:docs|\.github)/[^`<]*|\w+\.txt)`", text))
    assert len(named) > 6
    assert [name for name in named if "_build" not in name and not (started / name).exists()] == []


def test_workflows_and_nox_sessions_fit_together(started):
    sessions = set(re.findall(r"^def (\w+)\(session", (started / "noxfile.py").read_text(encoding="utf-8"), re.M))
    used = set()
    for path in (started / ".github" / "workflows").glob("*.yml"):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                used.update(re.findall(r"nox -s (\w+)", step.get("run", "")))
    assert {"docs", "check"} <= used <= sessions
