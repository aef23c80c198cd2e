"""Books and small sites for the checkers; and a word at the end where no PDF could be made."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner
from paperloom.cli.book import PACKAGES, PROGRAMS
from paperloom.cli.main import main

from tests.conftest import ROOT, TINY

LATEX = all(shutil.which(program) for program in PROGRAMS)


def sphinx(builder, source, out, doctrees, *options):
    """Build strictly; return the output folder."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, "-d", str(doctrees)]
    built = subprocess.run([*command, *options, str(source), str(out)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return out


@pytest.fixture(scope="session")
def real_books(real_site, tmp_path_factory):
    """The books of the knowledge base in docs/: everything, and one issue."""
    folder = tmp_path_factory.mktemp("books")
    doctrees = real_site.parent / "doctrees"
    for name, week in (("whole", ""), ("week", "2021-w06")):
        sphinx("epub", ROOT / "docs", folder / name, doctrees, "-D", f"paperloom_book_week={week}")
    return {book.parent.name: book for book in folder.glob("*/*.epub")}


@pytest.fixture(scope="session")
def finished_site(real_site, tmp_path_factory):
    """The real site with everything that is made after Sphinx."""
    site = tmp_path_factory.mktemp("finished") / "html"
    shutil.copytree(real_site, site)
    done = CliRunner().invoke(main, ["--root", str(ROOT), "finish", str(site)])
    assert done.exit_code == 0, done.output
    return site


@pytest.fixture(scope="session", params=["html", "dirhtml"])
def tiny_site(request, tmp_path_factory):
    """A small knowledge base, built by each of the builders of folders of pages."""
    folder = tmp_path_factory.mktemp("tiny")
    return sphinx(request.param, TINY, folder / request.param, folder / "doctrees")


@pytest.fixture
def base(tmp_path):
    """A small knowledge base that commands may write into."""
    shutil.copytree(TINY, tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    return tmp_path


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    """Say loudly that LaTeX was not run."""
    if not LATEX:
        terminalreporter.section("NO PDF WAS MADE", sep="!", red=True)
        terminalreporter.line(f"LaTeX is not installed; the tests of the PDF need: {PACKAGES}", yellow=True)
