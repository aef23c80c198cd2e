"""Fixtures shared by all tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "corpora" / "tiny"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory):
    """The knowledge base in docs/, built and finished once as ``nox -s docs`` does it: any warning fails."""
    target = tmp_path_factory.mktemp("real")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-n", "-j", "2", "-q"]
    command += ["-d", str(target / "doctrees"), str(ROOT / "docs"), str(target / "html")]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    finish = [sys.executable, "-m", "paperloom", "--root", str(ROOT), "finish", str(target / "html")]
    finished = subprocess.run(finish, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return target / "html"
