"""Sessions install what is pinned when that changed, and not in every run."""

from __future__ import annotations

import runpy
import shutil
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT

registry = pytest.importorskip("nox.registry")

STARTER = ROOT / "ext" / "paperloom" / "starter"
PLACES = {"project": (ROOT, ("docs",), "requirements/docs.txt"), "starter": (STARTER, (), "requirements.txt")}


class Session:
    """What a noxfile uses of a session, counting what is installed."""

    def __init__(self, folder, backend="virtualenv"):
        self.venv_backend = backend
        self.virtualenv = SimpleNamespace(location=str(folder))
        self.installed = 0

    def install(self, *_arguments):
        self.installed += 1


@pytest.fixture(params=sorted(PLACES))
def place(request, tmp_path, monkeypatch):
    """A folder with a noxfile and its requirements, and a function that installs into a session."""
    folder, arguments, pins = PLACES[request.param]
    for name in {"noxfile.py", pins, *(["pyproject.toml"] if folder == ROOT else [])}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(folder / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "_REGISTRY", {})
    (tmp_path / "environment").mkdir()
    install = runpy.run_path("noxfile.py")["install"]
    return tmp_path, pins, lambda session: install(session, *arguments)


def test_a_second_run_installs_nothing(place):
    folder, _pins, install = place
    for expected in (True, False, False):
        session = Session(folder / "environment")
        install(session)
        assert bool(session.installed) is expected


def test_other_pins_are_installed(place):
    folder, pins, install = place
    install(Session(folder / "environment"))
    (folder / pins).write_text("other\n", encoding="utf-8")

    session = Session(folder / "environment")
    install(session)

    assert session.installed


def test_an_installation_that_failed_is_tried_again(place):
    folder, _pins, install = place
    failing = Session(folder / "environment")

    def fail(*_arguments):
        raise RuntimeError

    failing.install = fail
    with pytest.raises(RuntimeError):
        install(failing)

    session = Session(folder / "environment")
    install(session)
    assert session.installed


def test_without_environments_nothing_is_installed(place):
    folder, _pins, install = place
    session = Session(folder / "environment", backend="none")
    install(session)
    assert not session.installed
