"""Everything this project does from the command line: ``pip install nox``, then ``nox -s NAME``."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["docs"]

DOCS = Path("docs")
BUILD = DOCS / "_build"
HTML = BUILD / "html"
REQUIREMENTS = Path("requirements")
GITHUB = (Path(".github"), Path("ext/paperloom/starter/dot-github"))
WORKFLOWS = sorted(path for folder in GITHUB for path in folder.glob("workflows/*.yml"))
FORMS = sorted(path for folder in GITHUB for path in folder.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config")


def install(session: nox.Session, group: str) -> None:
    """Install the pinned requirements of ``group`` and this package, unless the environment has them.

    With ``nox --no-venv`` the environment is taken as it is.
    """
    if session.venv_backend == "none":
        return
    pins = REQUIREMENTS / f"{group}.txt"
    wanted = hashlib.sha256(pins.read_bytes() + Path("pyproject.toml").read_bytes()).hexdigest()
    stamp = Path(session.virtualenv.location) / "paperloom-installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    session.install("--require-hashes", "-r", str(pins))
    session.install("--no-deps", "--no-build-isolation", "-e", ".")
    stamp.write_text(wanted, encoding="utf-8")


def build_html(session: nox.Session) -> None:
    """Check the sources, build the site strictly and finish it."""
    session.run("paperloom", "check")
    session.run(
        *("sphinx-build", "-b", "html", "-W", "--keep-going", "-n", "-j", "auto"),
        *("-d", str(BUILD / "doctrees"), str(DOCS), str(HTML)),
    )
    session.run("paperloom", "finish", str(HTML))


@nox.session
def docs(session: nox.Session) -> None:
    """Check the sources, build the site, check its links. Options: --strict-links, --offline."""
    install(session, "docs")
    build_html(session)
    session.run("paperloom", "links", "--no-archive", *session.posargs)
    session.log(f"The site is in {HTML}/index.html")
    session.log(f"Serve it with: python -m http.server --directory {HTML}")


@nox.session
def epub(session: nox.Session) -> None:
    """Make an EPUB of everything; --week ID: of one issue."""
    install(session, "docs")
    session.run("paperloom", "book", "epub", *session.posargs)


@nox.session
def pdf(session: nox.Session) -> None:
    """Make a PDF of everything; --week ID: of one issue. Skipped with a message where LaTeX is missing."""
    install(session, "docs")
    session.run("paperloom", "book", "pdf", "--if-possible", *session.posargs)


@nox.session
def offline(session: nox.Session) -> None:
    """Build the site and pack it as a ZIP file that is read without a server."""
    install(session, "docs")
    build_html(session)
    session.run("paperloom", "offline", str(HTML))


@nox.session
def valid(session: nox.Session) -> None:
    """Check every page of the built site with the Nu checker, and the books with EPUBCheck."""
    install(session, "tests")
    build_html(session)
    session.run("paperloom", "book", "epub")
    session.run("python", "-m", "tests.valid", str(HTML), str(BUILD / "books"))


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Ask Lighthouse about the main pages; a number says how often. Skipped with a message without Node.js."""
    install(session, "tests")
    build_html(session)
    session.run("python", "-m", "tests.lighthouse", str(HTML), str(BUILD / "lighthouse"), *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests with coverage; arguments go to pytest."""
    install(session, "tests")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report", *(["--fail-under=0"] if session.posargs else []))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, workflow files and the knowledge base."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("mypy", "noxfile.py")
    session.run("yamllint", "--strict", ".")
    lint_workflows(session)
    session.run("paperloom", "check")


def lint_workflows(session: nox.Session) -> None:
    """Check what GitHub reads: the form of each file, and that workflows give nothing away."""
    github = Path(".github")
    workflows, forms = list(map(str, WORKFLOWS)), list(map(str, FORMS))
    for schema, paths in (
        ("vendor.github-workflows", workflows),
        ("custom.github-workflows-require-timeout", workflows),
        ("vendor.github-issue-forms", forms),
        ("vendor.github-issue-config", [str(github / "ISSUE_TEMPLATE" / "config.yml")]),
        ("vendor.dependabot", [str(github / "dependabot.yml")]),
        ("vendor.readthedocs", [".readthedocs.yaml"]),
        ("vendor.citation-file-format", ["CITATION.cff"]),
    ):
        session.run("check-jsonschema", "--builtin-schema", schema, *paths)
    session.run("zizmor", "--offline", "--no-progress", "--strict-collection", *map(str, GITHUB))


@nox.session
def check(session: nox.Session) -> None:
    """Validate pages and bibliography without building; arguments go to paperloom check."""
    install(session, "docs")
    session.run("paperloom", "check", *session.posargs)


@nox.session(name="import")
def import_issue(session: nox.Session) -> None:
    """Import newsletter issues; arguments go to paperloom import."""
    install(session, "docs")
    session.run("paperloom", "import", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Add a paper from an identifier; arguments go to paperloom new."""
    install(session, "docs")
    session.run("paperloom", "new", *session.posargs)


@nox.session
def rename(session: nox.Session) -> None:
    """Give a page another name; arguments go to paperloom rename."""
    install(session, "docs")
    session.run("paperloom", "rename", *session.posargs)


@nox.session
def links(session: nox.Session) -> None:
    """Check the links of the built site; arguments go to paperloom links."""
    install(session, "docs")
    session.run("paperloom", "links", *session.posargs)


@nox.session
def changes(session: nox.Session) -> None:
    """List the pages that differ between two builds; arguments go to paperloom changes."""
    install(session, "docs")
    session.run("paperloom", "changes", *session.posargs)


@nox.session
def suggestion(session: nox.Session) -> None:
    """Read a filled-in form "Suggest a paper"; arguments go to paperloom suggestion."""
    install(session, "docs")
    session.run("paperloom", "suggestion", *session.posargs)


@nox.session
def outdated(session: nox.Session) -> None:
    """List what happened to the papers since they were read; arguments go to paperloom outdated."""
    install(session, "docs")
    session.run("paperloom", "outdated", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Serve the site, rebuild it when a file is saved, and reload the browser."""
    install(session, "docs")
    session.run(
        *("python", "-m", "paperloom.live_preview", "-b", "html", "-n", "-j", "auto", "-d", str(BUILD / "doctrees")),
        *("--watch", "ext", *session.posargs, str(DOCS), str(HTML)),
    )


@nox.session
def screenshot(session: nox.Session) -> None:
    """Draw the README's screenshot from the built site."""
    install(session, "tests")
    build_html(session)
    session.run("python", "-m", "tests.browser.screenshot", str(HTML), str(DOCS / "_static" / "screenshot.png"))


@nox.session
def figures(session: nox.Session) -> None:
    """Compute the plots anew, complete the colors of drawings, and write a preview into docs/_build/figures."""
    install(session, "docs")
    session.run("python", "-m", "figures.plots")
    session.run("python", "-m", "figures.colors")
    session.run("python", "-m", "figures.preview", str(BUILD / "figures"), *session.posargs)


@nox.session
def messages(session: nox.Session) -> None:
    """Extract the texts of the interface for translators into ext/paperloom/locale/paperloom.pot."""
    install(session, "docs")
    session.run("python", "-m", "paperloom.messages", str(Path("ext") / "paperloom"))


@nox.session
def bench(session: nox.Session) -> None:
    """Measure how fast this and other tools build; arguments go to python -m benchmarks (see --help)."""
    install(session, "bench")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def pins(session: nox.Session) -> None:
    """Compile requirements/*.txt anew; --upgrade as an argument takes newer versions."""
    session.install("uv")
    for group in ("docs", "tests", "lint", "bench"):
        session.run(
            *("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"),
            *("--no-emit-index-url", "--no-annotate", "--no-header", "--group", group, *session.posargs),
            *("pyproject.toml", "-o", str(REQUIREMENTS / f"{group}.txt")),
        )


if __name__ == "__main__":
    sys.exit("run this with nox: pip install nox && nox -s docs")
