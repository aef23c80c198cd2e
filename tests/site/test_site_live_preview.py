"""The live preview: a build after each save, started prepared."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from inspect import getsource
from pathlib import Path

import paperloom
import pytest
from paperloom import live_preview
from site_support import Site
from sphinx_autobuild import build as autobuild_build

SECONDS = 60
PAGE = "papers/moss2020quiet"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def text_of(port, docname):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", f"/{docname}.html")
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()


def wait_until(holds, saved=None):
    """Wait until something holds; a file that was ``saved`` is touched now and then, should nobody have watched."""
    begin = touched = time.monotonic()
    while not holds():
        now = time.monotonic()
        assert now < begin + SECONDS
        if saved and now > touched + SECONDS / 6:
            saved.touch()
            touched = now
        time.sleep(0.1)


@contextmanager
def served(site, folder):
    port, log = free_port(), folder / "log.txt"
    command = [sys.executable, "-m", "paperloom.live_preview", "-b", "html", "-n", "-j", "2", "--port", str(port)]
    command += ["-d", str(folder / "doctrees"), "--watch", str(folder / "code"), str(site.source), str(folder / "html")]
    environment = {**os.environ, "PYTHONPATH": str(folder / "code"), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=folder, start_new_session=True
        )
    try:
        wait_until(lambda: "</html>" in text_of(port, PAGE))
        time.sleep(1)  # the watcher starts about when the server does
        yield port, log, server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture
def site(tmp_path):
    """A site, and beside it a copy of the extension that builds it."""
    package = Path(paperloom.__file__).parent
    shutil.copytree(package, tmp_path / "code" / "paperloom", ignore=shutil.ignore_patterns("__pycache__"))
    return Site(tmp_path)


def test_what_is_saved_is_shown_and_a_build_that_fails_is_said_and_survived(site, tmp_path):
    path = site.path(f"{PAGE}.md")
    with served(site, tmp_path) as (port, log, server):
        path.write_text(path.read_text() + "\nA zebra was saved.\n")
        wait_until(lambda: "A zebra was saved." in text_of(port, PAGE), path)

        configuration = site.path("conf.py")
        good = configuration.read_text()
        configuration.write_text(good + "\nraise RuntimeError('a giraffe')\n")
        wait_until(lambda: "Sphinx exited with exit code: 2" in log.read_text(), configuration)
        assert "a giraffe" in log.read_text()

        configuration.write_text(good)
        path.write_text(path.read_text() + "\nAn okapi was saved.\n")
        wait_until(lambda: "An okapi was saved." in text_of(port, PAGE), path)

        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(SECONDS) == 0


def test_an_edit_of_the_extension_counts(site, tmp_path):
    code = tmp_path / "code" / "paperloom" / "__init__.py"
    with served(site, tmp_path) as (port, _log, _server):
        code.write_text(
            f"{code.read_text()}\n\n_before = setup\n\n\n"
            "def _add(app, docname, source):\n"
            "    source[0] += '\\n\\nAdded by new code.\\n'\n\n\n"
            "def setup(app):\n"
            "    app.connect('source-read', _add)\n"
            "    return _before(app)\n"
        )
        wait_until(lambda: "Added by new code." in text_of(port, PAGE), code)


def test_builds_are_asked_for_as_they_are_recognized(monkeypatch):
    asked = []

    class Recorder(live_preview.PreparedSubprocess):
        def run(self, command, **options):
            asked.append((command, options))

    monkeypatch.setattr(autobuild_build, "subprocess", Recorder())
    builder = autobuild_build.Builder(["a", "b"], url_host="x", pre_build_commands=[], post_build_commands=[])
    builder(changed_paths=())
    assert asked == [([*live_preview._BUILD, "a", "b"], {"check": True})]
    assert set(re.findall(r"subprocess\.(\w+)", getsource(autobuild_build))) <= set(
        dir(live_preview.PreparedSubprocess)
    )


def test_other_commands_and_those_of_the_server_itself_run_as_ever():
    prepared = live_preview.PreparedSubprocess()
    assert prepared.run([sys.executable, "-c", "raise SystemExit(3)"], check=False).returncode == 3
    with pytest.raises(subprocess.CalledProcessError):
        prepared.run([sys.executable, "-c", "raise SystemExit(3)"], check=True)
    assert prepared.run([*live_preview._BUILD, "--version"], check=True).returncode == 0


def test_what_is_imported_beforehand_is_not_this_extension():
    assert not [name for name in live_preview.PREPARED if name.startswith("paperloom")]
