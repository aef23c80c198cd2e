"""Sphinx's search index is made after the build, from the pages, and is that of the pages as they are."""

from __future__ import annotations

import pytest
from paperloom.finishing.site import FinishingError
from search_support import SphinxIndex

STEP = "sphinx-index"


def finished(site, builder="html"):
    site.build(builder)
    said = site.finish(STEP, builder=builder)
    return SphinxIndex(site.out("searchindex.js", builder=builder).read_text(encoding="utf-8")), said


def test_a_build_writes_no_index_and_has_all_that_the_search_page_needs(tiny):
    names = {path.name for path in tiny.out("_static").iterdir()}

    assert not tiny.out("searchindex.js").exists()
    assert {"searchtools.js", "language_data.js", "english-stemmer.js"} <= names
    assert "EnglishStemmer" in tiny.out("_static/language_data.js").read_text(encoding="utf-8")
    assert "searchindex.js" in tiny.out("search.html").read_text(encoding="utf-8")
    assert 'action="../search.html"' in tiny.out("papers/ember2020kettle.html").read_text(encoding="utf-8")


def test_the_index_has_words_by_their_stems_headings_with_anchors_and_objects(site):
    index, said = finished(site)

    assert index.found("weight") == ["papers/ember2020kettle"]  # "Half of the weight is gone"
    assert index.found("boil", "titleterms") == ["papers/ember2020kettle"]
    assert ("papers/ember2020kettle", "limits") in index.headings("Limits")
    assert index.headings("KettleNet: Boiling Networks Dry") == [("papers/ember2020kettle", None)]
    assert ("paperloom:paper", "KettleNet: Boiling Networks Dry", "papers/ember2020kettle") in {
        (kind, index.data["titles"][index.names.index(docname)], docname) for kind, _name, docname in index.objects()
    }
    assert index.data["filenames"][index.names.index("index")] == "index.md"
    assert f"{len(index.names)} pages" in said


def test_what_views_repeat_from_other_pages_is_found_at_its_source_alone(site):
    index, _said = finished(site)

    # The week and the topics show the TL;DR on a card; navigation names every week.
    assert index.found("remov") == ["papers/ember2020kettle"]
    assert "papers/ember2020kettle" not in index.found("navig")
    # Who wrote a paper is said in its own view.
    assert "papers/lake2019slow" in index.found("céline")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_index_after_changes_is_that_of_a_clean_build(site, builder):
    finished(site, builder)
    site.edit("papers/ember2020kettle.md", "Half of the weight", "Two thirds of the mass")
    site.edit("papers/lake2019slow.md", "# ", "# Very ")
    site.path("papers/moss2020quiet.md").rename(site.path("papers/fern2020quiet.md"))
    for path in site.source.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace("moss2020quiet", "fern2020quiet"), encoding="utf-8")

    index, said = finished(site, builder)
    site.build(builder, into="clean")
    site.finish(STEP, builder=builder, into="clean")

    assert (
        site.out("searchindex.js", builder=builder).read_bytes()
        == site.out("searchindex.js", builder=builder, into="clean").read_bytes()
    )
    assert index.found("mass") == ["papers/ember2020kettle"]
    assert "papers/moss2020quiet" not in index.names
    assert f"{len(index.names)} were read" not in said


def test_a_second_run_reads_no_page_and_writes_nothing(site):
    finished(site)
    before = site.out("searchindex.js").stat().st_mtime_ns

    said = site.finish(STEP)

    assert said.endswith("of which 0 were read")
    assert site.out("searchindex.js").stat().st_mtime_ns == before


def test_only_pages_whose_files_changed_are_read_again(site):
    finished(site)
    site.edit("papers/pine2021tall.md", "Wind.", "Storms.")

    index, said = finished(site)

    assert said.endswith("of which 1 were read")
    assert index.found("storm") == ["papers/pine2021tall"]


@pytest.mark.parametrize("damage", ["", "{", '{"code": 1}', "[]"])
def test_what_was_kept_may_be_damaged(site, damage):
    _index, _said = finished(site)
    whole = site.out("searchindex.js").read_bytes()
    kept = site.folder / "build" / "html-finished" / "sphinx-index-pages.json"
    kept.write_text(damage, encoding="utf-8")
    site.out("searchindex.js").write_text("damaged", encoding="utf-8")

    site.finish(STEP)

    assert site.out("searchindex.js").read_bytes() == whole


def test_a_page_that_asks_not_to_be_found_is_not_found(site):
    site.edit("topics/wind.md", "---\n", "---\nno-search: true\n")

    index, _said = finished(site)

    assert "topics/wind" not in index.found("wind", "titleterms")


def test_a_draft_is_not_found(site):
    site.edit("papers/moss2020quiet.md", "paper:\n", "paper:\n  draft: true\n")
    site.build(warnings=True)
    site.finish(STEP)

    index = SphinxIndex(site.out("searchindex.js").read_text(encoding="utf-8"))
    assert "papers/moss2020quiet" not in index.found("quiet", "titleterms")
    assert "papers/moss2020quiet" not in index.found("quiet")
    assert "Quiet Gradients" not in site.out("searchindex.js").read_text(encoding="utf-8")


def test_entries_of_index_directives_are_found(site):
    site.edit("topics/wind.md", "# Wind\n", "# Wind\n\n```{index} pair: storm; gale\n```\n")

    index, _said = finished(site)

    assert {"storm", "gale"} <= index.data["indexentries"].keys()
    assert index.data["indexentries"]["gale"][0][0] == index.names.index("topics/wind")


@pytest.mark.parametrize("name", ["objects.inv", "_static/search-settings.json"])
def test_a_folder_that_another_builder_wrote_is_refused_with_advice(site, name):
    site.build()
    site.out(name).write_bytes(b"nothing")

    with pytest.raises(FinishingError, match=r"build the site"):
        site.finish(STEP)
