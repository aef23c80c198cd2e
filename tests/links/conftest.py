"""Services that answer as real ones do, and a small site that links to them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main

from tests.links import services as local


@pytest.fixture
def running():
    """Start servers by class; they are stopped at the end."""
    started = []

    def start(kind):
        started.append(kind())
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def host(running):
    """A running host; ``host.asked`` lists the paths it was asked for."""
    return running(local.Host)


@pytest.fixture
def arxiv(running):
    return running(local.Arxiv)


@pytest.fixture
def handles(running):
    return running(local.Handles)


@pytest.fixture
def crossref(running):
    return running(local.Crossref)


@pytest.fixture
def archive(running):
    return running(local.Archive)


@pytest.fixture(autouse=True)
def services(monkeypatch, tmp_path, arxiv, handles, crossref, archive):
    """Put local services in the place of the real ones, which no test may ask."""
    for name, server in {"ARXIV": arxiv, "DOI": handles, "CROSSREF": crossref, "ARCHIVE": archive}.items():
        monkeypatch.setenv(f"PAPERLOOM_{name}_URL", server.address)
    monkeypatch.setattr("paperloom.cli.clients.BACKOFF", 0)
    monkeypatch.setenv("PAPERLOOM_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def sources(tmp_path):
    """Write a knowledge base of files by path, with a built site that has no links of its own."""

    def write(files):
        docs = tmp_path / "docs"
        for name, content in {"conf.py": "", "references.bib": "", "_build/html/index.html": "<p>x", **files}.items():
            path = docs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return tmp_path

    return write


@pytest.fixture
def site(tmp_path):
    """Make a site of one page from Markdown text and build it."""

    def make(text):
        docs = tmp_path / "docs"
        docs.mkdir(exist_ok=True)
        (docs / "conf.py").write_text(
            'project = "Links"\nextensions = ["paperloom"]\nhtml_theme = "basic"\n', encoding="utf-8"
        )
        (docs / "references.bib").write_text("", encoding="utf-8")
        (docs / "index.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(docs / "_build" / "doctrees")]
        subprocess.run([*command, str(docs), str(docs / "_build" / "html")], check=True, capture_output=True)
        finish = [sys.executable, "-m", "paperloom", "--root", str(tmp_path), "finish", "--only", "sphinx-index"]
        subprocess.run(finish, check=True, capture_output=True)
        return tmp_path

    return make


@pytest.fixture
def run_links():
    """Run ``paperloom links`` on a root and return its exit code and output."""

    def run(root, *arguments):
        result = CliRunner().invoke(main, ["--root", str(root), "links", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        if "--json" in arguments:
            return result.exit_code, json.loads(result.output)
        return result.exit_code, result.output

    return run
