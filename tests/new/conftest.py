"""A copy of the corpus ``tiny``, all services on a host of this machine, and the command."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main
from paperloom.providers.endpoints import Endpoints, variable

from tests.services.host import running

TINY = Path(__file__).parent.parent / "corpora" / "tiny"


@pytest.fixture
def tiny(tmp_path):
    return shutil.copytree(TINY, tmp_path / "tiny")


@pytest.fixture
def host(monkeypatch):
    """All services; what is asked for nothing else is there."""
    with running() as server:
        for name in Endpoints.__slots__:
            monkeypatch.setenv(variable(name), f"{server.address}/{name}")
        yield server


@pytest.fixture
def new(tiny, monkeypatch, tmp_path):
    """Run ``paperloom new`` on the copy and return its exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERLOOM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PAPERLOOM_PATIENCE", "0")

    def run(*arguments, stdin=None):
        command = ["--root", str(tiny), "new", *map(str, arguments)]
        result = CliRunner().invoke(main, command, input=stdin, prog_name="paperloom")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run
