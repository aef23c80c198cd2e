"""The doctrees of the tiny knowledge base: with placeholders as they are kept, and as builders see them."""

from __future__ import annotations

import pytest
from site_support import Site
from sphinx.testing.util import SphinxTestApp

PAGES = [
    "archive/2020-09",
    "archive/2020",
    "archive/2021",
    "archive/index",
    "index",
    "indexes/names",
    "indexes/papers",
    "papers/ember2020kettle",
    "papers/lake2019slow",
    "topics/heat",
    "topics/index",
    "topics/nature",
    "topics/wind",
    "weeks/2020-w38",
    "weeks/index",
]


@pytest.fixture(scope="module")
def doctrees(tmp_path_factory):
    """Return the doctrees of all pages, kept and resolved, as text."""
    site = Site(tmp_path_factory.mktemp("doctrees"))
    app = SphinxTestApp("xml", srcdir=site.source, builddir=site.folder / "build")
    app.build()
    kept = {name: site.anonymous(app.env.get_doctree(name).pformat()) for name in PAGES}
    resolved = {
        name: site.anonymous(app.env.get_and_resolve_doctree(name, app.builder, tags=app.tags).pformat())
        for name in PAGES
    }
    app.cleanup()
    return kept, resolved


@pytest.mark.parametrize("name", PAGES)
def test_the_doctree_that_is_kept_holds_placeholders(name, doctrees, file_regression):
    file_regression.check(doctrees[0][name], extension=".xml", basename=f"kept-{name.replace('/', '-')}")


@pytest.mark.parametrize("name", PAGES)
def test_the_doctree_that_is_written_holds_what_was_woven(name, doctrees, file_regression):
    resolved = doctrees[1][name]

    assert "view_placeholder" not in resolved
    assert "pending_xref" not in resolved
    file_regression.check(resolved, extension=".xml", basename=f"written-{name.replace('/', '-')}")
