"""The package as it is published: built once, and installed into an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

_PIN = re.compile(r"^[A-Za-z0-9._-]+==[^\\]+", re.MULTILINE)


def run(*command, cwd, environment=None):
    """Run a command without what this environment would lend it, and return what it printed."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def sdist(tmp_path_factory):
    """Return the source distribution."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.tar.gz")
    return path


@pytest.fixture(scope="session")
def wheel(sdist, tmp_path_factory):
    """Return the wheel, built from the unpacked source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=next(folder.iterdir()))
    (path,) = folder.glob("*.whl")
    return path


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds the wheel and what it declares."""

    bin: Path

    def __call__(self, name, *arguments, cwd):
        return run(self.bin / name, *arguments, cwd=cwd, environment={"PATH": f"{self.bin}{os.pathsep}/usr/bin"})


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """Return an environment with the wheel, the theme, and the versions that this project pins."""
    folder = tmp_path_factory.mktemp("clean")
    constraints = folder / "constraints.txt"
    pins = (ROOT / "requirements" / "docs.txt").read_text(encoding="utf-8")
    constraints.write_text("\n".join(_PIN.findall(pins)), encoding="utf-8")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    environment = Environment(folder / "venv" / "bin")
    environment("python", "-m", "pip", "install", "--quiet", "-c", constraints, wheel, "furo", cwd=folder)
    return environment
