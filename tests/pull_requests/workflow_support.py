"""Workflows read from their files, and their steps run as a runner of GitHub runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.conftest import ROOT

STARTER = ROOT / "ext" / "paperloom" / "starter"
FOLDERS = {"project": ROOT / ".github", "starter": STARTER / "dot-github"}
PATHS = sorted(path for folder in FOLDERS.values() for path in folder.glob("workflows/*.yml"))
SHELLS = {"bash": ["bash", "-eo", "pipefail"], "python": [sys.executable]}


@dataclass(frozen=True)
class Workflow:
    """A workflow with one job."""

    data: dict

    @classmethod
    def read(cls, path: Path) -> Workflow:
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    @property
    def triggers(self):
        return self.data[True]  # YAML 1.1 reads the key `on` as a truth value

    @property
    def job(self):
        (job,) = self.data["jobs"].values()
        return job

    def step(self, name):
        (step,) = (step for step in self.job["steps"] if step.get("name") == name)
        return step

    def run(self, name, folder, environment):
        """Run a step in ``folder``; every variable that workflow or step sets must be in ``environment``."""
        step = self.step(name)
        needed = set(step.get("env", {})) | set(self.job.get("env", {}))
        assert needed <= environment.keys(), f"give a value to {needed - environment.keys()}"
        script = folder.parent / f"step.{step.get('shell', 'bash')}"
        script.write_text(step["run"], encoding="utf-8")
        return subprocess.run(
            [*SHELLS[step.get("shell", "bash")], script],
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )


def program(folder, name, text):
    """Write an executable file."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def git(folder, *arguments):
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
