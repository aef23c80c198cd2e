"""Any Sphinx project gets the machinery with ``extensions = ["paperloom"]``, and nothing it did not ask for."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from sphinx.testing.util import SphinxTestApp

VIEWS = (
    *("statistics", "latest-week", "paper-table", "author-index"),
    *("venue-index", "topic-tree", "week-list", "archive-list"),
)
PAPER = """---
paper:
  topics: [rivers]
  tldr: Rivers are slow.
---
# Slow rivers

Water takes its time.
"""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def project(tmp_path):
    """A project with a configuration of one line, a page in Markdown and one in reStructuredText."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["paperloom"]\n', encoding="utf-8")
    (source / "index.md").write_text("# Notes\n\n```{toctree}\nguide\n```\n", encoding="utf-8")
    (source / "guide.rst").write_text("Guide\n=====\n\nSome text.\n", encoding="utf-8")
    return source


def build(source, builder="html", theme="alabaster"):
    app = SphinxTestApp(
        builder,
        srcdir=source,
        builddir=source.parent / f"{builder}-{theme}",
        confoverrides={"html_theme": theme, "nitpicky": True},
    )
    try:
        app.build()
        return app.outdir, _COLOUR.sub("", app.warning.getvalue()).replace(f"{source}/", "").splitlines()
    finally:
        app.cleanup()


_WITHOUT_FURO = """
import sys
from importlib.abc import MetaPathFinder

class Nowhere(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "furo":
            raise ModuleNotFoundError(name)

def find_spec(name, package=None, find=__import__("importlib.util").util.find_spec):
    return None if name == "furo" else find(name, package)

sys.meta_path.insert(0, Nowhere())
sys.modules["importlib.util"].find_spec = find_spec
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_project_builds_where_the_theme_is_not_installed(project, tmp_path):
    """The theme furo is none of the dependencies."""
    command = [sys.executable, "-c", _WITHOUT_FURO, "-W", "-q", str(project), str(tmp_path / "built")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "built" / "guide.html").is_file()


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "text", "latex"])
def test_a_project_without_papers_builds_without_a_warning(project, builder, theme):
    out, warnings = build(project, builder, theme)
    assert warnings == []
    if builder == "html":
        catalog = json.loads((out / "catalog.json").read_text(encoding="utf-8"))
        assert (catalog["papers"], catalog["weeks"], catalog["topics"]) == ([], [], [])
        assert "Some text." in (out / "guide.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_the_views_of_a_project_without_papers_say_that_there_is_nothing_yet(project, theme):
    views = "".join(f"\n```{{{view}}}\n```\n" for view in VIEWS)
    (project / "index.md").write_text(f"# Notes\n\n```{{toctree}}\nguide\n```\n{views}", encoding="utf-8")
    out, warnings = build(project, theme=theme)
    assert warnings == []
    page = (out / "index.html").read_text(encoding="utf-8")
    for said in ("No paper has an author yet.", "There is no topic yet.", "There is no issue yet.", "0 issues"):
        assert said in page


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_what_a_project_lacks_is_said_in_one_line_each(project, theme):
    (project / "papers").mkdir()
    (project / "papers" / "lake2019slow.md").write_text(PAPER, encoding="utf-8")
    (project / "index.md").write_text(
        "# Notes\n\n{paper}`lake2019slow`, {paper}`lake2019slower` and {cite}`nobody2020`.\n\n"
        "```{papers}\nlake2019slow\nember2020kettle\n```\n\n```{toctree}\nguide\n```\n",
        encoding="utf-8",
    )
    out, warnings = build(project, theme=theme)
    unknown, missing = "[paperloom.unknown-paper]", "[paperloom.missing-entry]"
    no_entry = "no entry for the paper 'lake2019slow'; add '@…{lake2019slow,' to the bibliography"
    assert sorted(warnings) == [
        f"index.md:3: WARNING: no bibliography entry 'nobody2020'; add an entry for it {unknown}",
        f"index.md:3: WARNING: unknown paper 'lake2019slower'; did you mean 'lake2019slow'? {unknown}",
        f"index.md:7: WARNING: no page for the paper 'ember2020kettle'; add papers/ember2020kettle.md {unknown}",
        f"papers/lake2019slow.md:1: WARNING: {no_entry} {missing}",
        "papers/lake2019slow.md:3: WARNING: unknown topic 'rivers'; add topics/rivers.md [paperloom.unknown-topic]",
    ]
    assert "Rivers are slow." in (out / "papers" / "lake2019slow.html").read_text(encoding="utf-8")


def test_extensions_that_are_loaded_already_do_no_harm(project):
    extensions = ["myst_parser", "sphinx_design", "paperloom", "sphinxcontrib.bibtex"]
    (project / "conf.py").write_text(f"extensions = {extensions}\n", encoding="utf-8")
    assert build(project)[1] == []
