"""Builds of knowledge bases that tests make and take apart."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
TINY = CORPORA / "tiny"

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Build:
    """A finished build: where it wrote and what it said."""

    out: Path
    status: str
    warnings: list[str]

    def page(self, docname):
        """Return the page of a document as parsed HTML."""
        return BeautifulSoup((self.out / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")

    def text(self, name):
        """Return the text of an output file."""
        return (self.out / name).read_text(encoding="utf-8")


class Site:
    """A knowledge base in a folder of its own."""

    def __init__(self, folder: Path, corpus: Path = TINY):
        self.source = folder / "source"
        self.folder = folder
        shutil.copytree(corpus, self.source, ignore=shutil.ignore_patterns("_build"))

    def path(self, name):
        """Return the path of a source file."""
        return self.source / name

    def write(self, name, text):
        """Write a source file."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name, old, new):
        """Replace ``old``, which must stand there, by ``new``."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, builder="html", *, into="build", warnings=False, parallel=0, watch=None, only=(), **config):
        """Build the site and fail on any warning, unless the test asks for the warnings.

        ``watch`` is called with the application before it builds; ``only`` names the source files to write.
        """
        app = SphinxTestApp(
            builder, srcdir=self.source, builddir=self.folder / into, parallel=parallel, confoverrides=config
        )
        try:
            if watch:
                watch(app)
            app.build(filenames=[self.source / name for name in only])
            said = self.anonymous(_ESCAPE.sub("", app.warning.getvalue())).splitlines()
            if not warnings:
                assert said == []
            return Build(Path(app.outdir), _ESCAPE.sub("", app.status.getvalue()), said)
        finally:
            app.cleanup()

    def anonymous(self, text):
        """Return ``text`` without the folder of this site."""
        return text.replace(f"{self.source}/", "").replace(str(self.source), "")


def tree(folder):
    """Return the bytes of every file below ``folder`` by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def stamps(folder):
    """Return when each file below ``folder`` was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def pages(names):
    """Return the document names of the HTML pages among the names of output files."""
    return {name.removesuffix(".html") for name in names if name.endswith(".html")}


def rebuild(site, change, *, warnings=False, **options):
    """Build, ``change`` the sources, build again and require what a clean build gives.

    Returns the names of the files whose bytes changed. A page that was written again without need must
    hold a toctree with a page that was written, which is Sphinx's own rule, or be no document at all.
    """
    before = site.build(**options)
    old, old_stamps = tree(before.out), stamps(before.out)
    change(site)
    after = site.build(warnings=warnings, **options)
    new, new_stamps = tree(after.out), stamps(after.out)
    clean = site.build(into="clean", warnings=warnings, **options)
    expected = tree(clean.out)
    assert sorted(new) == sorted(expected)
    assert [name for name in new if new[name] != expected[name]] == []
    assert after.warnings == clean.warnings
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    written = {name for name in new if old_stamps.get(name) != new_stamps[name]}
    if options.get("builder", "html") == "html":
        needless = pages(written - changed) - {"genindex", "search"}
        assert needless <= _parents(site, pages(written))
    return changed


def _parents(site, docnames):
    """Return the documents with a toctree that holds one of ``docnames``."""
    parents = set()
    for path in site.source.rglob("*.md"):
        name = path.relative_to(site.source).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        folder = name.rpartition("/")[0]
        for docname in docnames:
            listed = docname if name == "index" else docname.rpartition("/")[2]
            globbed = name.endswith("/index") and docname.startswith(f"{folder}/")
            if f"\n{listed}\n" in text or globbed:
                parents.add(name)
    return parents
