"""Everything this knowledge base does from the command line: ``pip install nox``, then ``nox -s NAME``."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.reuse_venv = "yes"
nox.options.sessions = ["docs"]

HTML = "docs/_build/html"
DOCTREES = "docs/_build/doctrees"


def install(session: nox.Session) -> None:
    """Install what requirements.txt names, unless the environment has it.

    With ``nox --no-venv`` the environment is taken as it is.
    """
    if session.venv_backend == "none":
        return
    wanted = Path("requirements.txt").read_text(encoding="utf-8")
    stamp = Path(session.virtualenv.location) / "installed-requirements"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    session.install("-r", "requirements.txt")
    stamp.write_text(wanted, encoding="utf-8")


@nox.session
def docs(session: nox.Session) -> None:
    """Check the sources, build and finish the site, check its links. Options: --strict-links, --offline."""
    install(session)
    session.run("paperloom", "check")
    session.run(*("sphinx-build", "-b", "html", "-W", "--keep-going", "-n", "-j", "auto", "-d", DOCTREES, "docs", HTML))
    session.run("paperloom", "finish", HTML)
    session.run("paperloom", "links", *session.posargs)
    session.log(f"The site is in {HTML}/index.html")


@nox.session
def check(session: nox.Session) -> None:
    """Validate pages and bibliography without building; arguments go to paperloom check."""
    install(session)
    session.run("paperloom", "check", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Write entry and page of a paper; arguments go to paperloom new."""
    install(session)
    session.run("paperloom", "new", *session.posargs)


@nox.session
def rename(session: nox.Session) -> None:
    """Give a page another name; arguments go to paperloom rename."""
    install(session)
    session.run("paperloom", "rename", *session.posargs)


@nox.session
def changes(session: nox.Session) -> None:
    """List the pages that differ between two builds; arguments go to paperloom changes."""
    install(session)
    session.run("paperloom", "changes", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Serve the site, rebuild it when a file is saved, and reload the browser."""
    install(session)
    session.run(
        "python", "-m", "paperloom.live_preview", "-b", "html", "-n", "-d", DOCTREES, *session.posargs, "docs", HTML
    )
