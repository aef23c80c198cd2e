"""The page with the whole at a glance: in every builder, by both writers, after a change."""

from __future__ import annotations

import zipfile
from unittest.mock import patch

import pytest
from paperloom.transforms import ExpandViewsInBooks, ExpandViewsInPages
from site_support import pages, rebuild, tree
from sphinx.testing.util import SphinxTestApp
from test_site_writers import canonical

PAGE = "indexes/overview"
OVERVIEW = """\
# The whole

```{timeline}
```

```{topic-counts}
```

```{topic-map}
```
"""
EPUB = {"version": "1", "copyright": "nobody"}


@pytest.fixture
def whole(site):
    """The tiny knowledge base with the three drawings on a page of their own."""
    site.write(f"{PAGE}.md", OVERVIEW)
    site.edit("index.md", "indexes/papers\n", f"indexes/papers\n{PAGE}\n")
    return site


def test_each_drawing_is_announced_and_its_links_lead_to_pages(whole):
    build = whole.build()

    page = build.page(PAGE)
    drawings = page.select("svg.loom-chart")
    assert [drawing["aria-label"] for drawing in drawings] == [
        "Issues over time with the topics of their papers",
        "Papers by topic over time",
        "Topics and papers",
    ]
    for drawing in drawings:
        assert drawing["role"] == "group"
        assert "style" not in str(drawing)
        for link in drawing.select("a"):
            assert (build.out / "indexes" / link["href"]).resolve().is_file()
            assert link.text.strip()
    assert drawings[0].select_one("a[href='../weeks/2021-w06.html']")
    assert drawings[2].select_one("a[href='../papers/ember2020kettle.html']")
    assert drawings[2].select_one("a[href='../topics/rivers.html']")


def test_each_drawing_stands_beside_a_table_with_the_same_links(whole):
    page = whole.build().page(PAGE)

    tables = page.select("details table.loom-data")
    for drawing, table in zip(page.select("svg.loom-chart"), tables, strict=True):
        in_drawing = {link["href"] for link in drawing.select("a")}
        assert in_drawing <= {link["href"] for link in table.select("a")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_both_writers_draw_the_same(whole, builder):
    as_text = whole.build(builder, into="as-text")
    with (
        patch.object(ExpandViewsInPages, "is_supported", lambda _self: False),
        patch.object(ExpandViewsInBooks, "is_supported", lambda _self: True),
    ):
        as_nodes = whole.build(builder, into="as-nodes")

    name = PAGE if builder == "html" else f"{PAGE}/index"
    assert as_text.page(name).select("svg.loom-chart a")
    assert canonical(as_text.page(name)) == canonical(as_nodes.page(name))


def test_the_doctree_that_is_written_holds_the_tables(whole, file_regression):
    app = SphinxTestApp("xml", srcdir=whole.source, builddir=whole.folder / "build")
    app.build()
    resolved = app.env.get_and_resolve_doctree(PAGE, app.builder, tags=app.tags).pformat()
    app.cleanup()

    assert "pending_xref" not in resolved
    assert "<svg" not in resolved
    file_regression.check(whole.anonymous(resolved), extension=".xml")


def test_text_and_books_have_the_tables_and_no_drawing(whole):
    text = whole.build("text").text(f"{PAGE}.txt")
    latex = whole.build("latex", into="latex").text("tiny.tex")
    with zipfile.ZipFile(whole.build("epub", into="book", **EPUB).out / "Tiny.epub") as archive:
        book = archive.read(f"{PAGE}.xhtml").decode()

    for output in (text, latex, book):
        assert "Often together with" in output
        assert "<svg class" not in output
    assert "Nature (1), Heat (1)" in text.replace("\n", "") or "Heat (1), Nature (1)" in text


def test_a_book_in_one_page_keeps_the_drawings(whole):
    page = whole.build("singlehtml").page("index")

    assert len(page.select("svg.loom-chart")) == 3
    assert page.select_one("svg.loom-chart a[href='#document-papers/ember2020kettle']")


@pytest.mark.parametrize(
    ("change", "written"),
    [
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "Steam was not measured.", "None."), False, id="prose"
        ),
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "only the useful part", "the best part"),
            False,
            id="a TL;DR",
        ),
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "[heat, rivers]", "[heat, wind]"), True, id="topics"
        ),
        pytest.param(
            lambda site: site.edit("papers/lake2019slow.md", "aliases: [SlowRiver]", "aliases: [cold lake]"),
            True,
            id="the short name of a paper",
        ),
        pytest.param(lambda site: site.edit("topics/heat.md", "# Heat", "# Warmth"), True, id="the title of a topic"),
        pytest.param(lambda site: site.path("weeks/2021-w06.md").unlink(), True, id="a week goes"),
        pytest.param(
            lambda site: site.edit("archive/2020-09.md", "# September 2020", "# A wet month"), True, id="a month"
        ),
    ],
)
def test_the_page_is_written_when_what_it_shows_changes_and_only_then(whole, change, written):
    assert (PAGE in pages(rebuild(whole, change))) == written


def test_two_processes_draw_what_one_draws(whole):
    assert tree(whole.build(parallel=2, into="together").out) == tree(whole.build(into="alone").out)


def test_a_knowledge_base_without_issues_has_an_empty_page(whole):
    for name in ("2020-w38", "2021-w06"):
        whole.path(f"weeks/{name}.md").unlink()
    for path in (whole.source / "archive").glob("20*.md"):
        path.unlink()

    page = whole.build(warnings=True).page(PAGE)

    assert len(page.select("svg.loom-chart")) == 1
