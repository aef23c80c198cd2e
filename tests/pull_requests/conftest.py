"""A repository, and the programs that a runner has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from paperloom.cli.starter import start
from workflow_support import git, program

RECORDING_GH = """#!{python}
import json, os, sys
from pathlib import Path

folder = Path(os.environ["GH_FOLDER"])
given = sys.stdin.read() if "--input" in sys.argv else None
with (folder / "calls.jsonl").open("a", encoding="utf-8") as file:
    file.write(json.dumps([sys.argv[1:], given]) + "\\n")
for wanted, answer in json.loads((folder / "answers.json").read_text(encoding="utf-8")):
    if all(word in sys.argv for word in wanted):
        print(json.dumps(answer))
        break
"""


@pytest.fixture
def programs(tmp_path):
    """A folder of programs that comes first, and the environment of steps with it: no network, no virtualenvs."""
    folder = tmp_path / "programs"
    program(folder, "paperloom", f'#!/bin/sh\nexec {sys.executable} -m paperloom "$@"\n')
    nowhere = "http://127.0.0.1:9"
    return folder, {
        "PATH": f"{folder}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "NOX_DEFAULT_VENV_BACKEND": "none",
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }


@pytest.fixture
def repository(tmp_path):
    """A repository with a knowledge base on the branch ``main``."""
    folder = tmp_path / "repository"
    start(folder, "Papers")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Start")
    return folder


@pytest.fixture
def gh(tmp_path, programs):
    """A program ``gh`` that notes what it is asked and answers as the test says."""
    folder, environment = programs
    program(folder, "gh", RECORDING_GH.replace("{python}", sys.executable))
    environment["GH_FOLDER"] = str(tmp_path)
    (tmp_path / "answers.json").write_text("[]", encoding="utf-8")
    return tmp_path
