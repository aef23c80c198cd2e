"""A built site for the steps that finish it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "site"))

from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import finish
from site_support import Site

BASE = "https://example.org/tiny/"


class Finished:
    """A copy of a built site, and what a step makes of it."""

    def __init__(self, source, folder):
        self.source = source
        self.folder = folder

    def run(self, *names):
        said = []
        site = BuiltSite(self.folder, self.source, self.folder.parent / "kept")
        assert finish(site, names, said.append) == []
        return said

    def stamps(self):
        return {
            path.relative_to(self.folder).as_posix(): path.stat().st_mtime_ns
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def bytes(self):
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The tiny knowledge base with a formula and an old address, built as a published site."""
    site = Site(tmp_path_factory.mktemp("published"))
    site.edit("papers/moss2020quiet.md", "---\npaper:", "---\nformer: [papers/old2020quiet]\npaper:")
    site.edit(
        "papers/moss2020quiet.md",
        "Only one listener.",
        "Only one *listener*, `a_b*c`, {math}`x_1 < |y|` and 2 * 3_4 [sic] \\<b>.\n\n"
        "```{math}\n\\alpha = 0.3\n```\n\n# 1 is no heading\n".replace("# 1", "1\\. # one"),
    )
    return site, site.build(html_baseurl=BASE).out


@pytest.fixture
def finished(published, tmp_path):
    site, out = published
    folder = tmp_path / "html"
    shutil.copytree(out, folder)
    return Finished(site.source, folder)
