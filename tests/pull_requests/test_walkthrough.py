"""The guide from a link to a merged page, followed word for word in a fresh copy of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from paperloom.providers.endpoints import Endpoints, variable
from workflow_support import git

from tests.conftest import ROOT
from tests.services.answers import atom_entry, feed
from tests.services.host import running

GUIDE = ROOT / "docs" / "contributing" / "from-link-to-merge.md"
EXAMPLE = ROOT / "docs" / "contributing" / "adding-a-paper.md"
#: What the test does in another way: the copy is there, nox is installed, and nobody looks at a browser or pushes.
NOT_RUN = ("git clone ", "cd ", "pip install nox", "nox -s serve", "git push ")
PAGE = "docs/papers/marlowe2026lanternet.md"


def steps():
    """Return the (command, output that the guide shows) pairs of the guide, in order."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture
def copy(tmp_path):
    """A repository with the files of this one."""
    folder = tmp_path / "paperloom"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "A reader")
    git(folder, "config", "user.email", "reader@example.org")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Start")
    return folder


def finished_page():
    """Return the page of the longer guide."""
    blocks = re.findall(r"```markdown\n(---\npaper:.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)
    (page,) = (block for block in blocks if "# LanterNet" in block)
    return page


def test_every_command_of_the_guide_works_as_it_stands(copy, programs, tmp_path):
    environment = os.environ | programs[1] | {"PAPERLOOM_CACHE_DIR": str(tmp_path / "cache"), "PAPERLOOM_PATIENCE": "0"}
    for proxy in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        environment.pop(proxy, None)  # the services are on this machine
    entry = atom_entry("2601.99999v2", "LanterNet: Reading Faded Maps with Few Labels", ("Ada Marlowe", "Jun Okafor"))
    summary = "<summary>Old maps fade. A network that learned to restore erased ink finds roads and rivers.</summary>"
    entry = re.sub(r"<summary>.*?</summary>", summary, entry, flags=re.DOTALL).replace("cs.LG", "cs.CV")
    ran = []
    with running() as host:
        host.answers["/arxiv/api/query"] = [feed(entry)]
        for name in Endpoints.__slots__:
            environment[variable(name)] = f"{host.address}/{name}"
        for command, expected in steps():
            if command.startswith(NOT_RUN):
                continue
            done = subprocess.run(
                ["bash", "-c", command], cwd=copy, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            if expected:
                assert done.stdout.rstrip("\n") == expected.rstrip("\n"), command
            ran.append(command.partition(" -- ")[0])
            if command.startswith("nox -s new"):
                assert "draft: true" in (copy / PAGE).read_text(encoding="utf-8")
                (copy / PAGE).write_text(finished_page(), encoding="utf-8")

    assert ran == [
        *("git switch --create lanternet", "nox -s new", "nox -s check", "nox -s check", "nox -s docs"),
        *("git status --short", "git add docs", 'git commit --message "Add a page for LanterNet"'),
    ]
    assert (copy / "docs" / "_build" / "html" / "papers" / "marlowe2026lanternet.html").is_file()
    committed = git(copy, "show", "--stat", "--format=%s")
    changed = {PAGE, "docs/addresses.txt", "docs/references.bib", "docs/weeks/2021-w06.md"}
    assert changed == set(re.findall(r"docs/\S+", committed))
