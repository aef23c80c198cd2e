"""Every builder shows what was woven."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from site_support import Site, stamps, tree
from sphinx.errors import ExtensionError

EPUB = {"version": "1", "copyright": "nobody"}


def epub_names(build):
    with zipfile.ZipFile(build.out / "Tiny.epub") as book:
        return book.namelist()


@pytest.mark.parametrize("parallel", [0, 2])
def test_text_shows_the_head_and_the_foot_of_a_paper(site, parallel):
    build = site.build("text", parallel=parallel)

    paper = build.text("papers/ember2020kettle.txt")
    assert "CWT 2021 · arXiv:2009.00001 · doi:10.1234/cwt.7 · example.org · Code" in paper
    assert "@inproceedings{ember2020kettle," in paper
    assert "Summary based on the paper v2, read on September 20, 2020." in paper
    assert "-[ Also mentioned in ]-" in paper
    assert "Half of the weight is gone, see Lake [2019]." in paper


def test_dirhtml_links_pages_by_their_folders(site):
    build = site.build("dirhtml")

    page = build.text("weeks/2020-w38/index.html")
    assert 'href="../../papers/ember2020kettle/"' in page
    assert (build.out / "papers/ember2020kettle.bib").is_file()
    assert (build.out / "catalog.json").is_file()


@pytest.mark.parametrize("builder", ["latex", "singlehtml"])
def test_a_book_of_all_documents_shows_each_view_for_its_own_document(site, builder):
    build = site.build(builder)

    text = build.text("tiny.tex" if builder == "latex" else "index.html")
    assert "Ida Iron" in text
    assert text.count("★ Editor’s pick") == 6
    assert "Nobody has written about wind." in text
    assert "view_placeholder" not in text


def test_latex_links_a_citation_to_the_page_of_the_paper(site):
    site.edit("topics/heat.md", "Warm things", "{cite:t}`ember2020kettle` on warm things")

    text = site.build("latex").text("tiny.tex")

    assert re.search(r"hyperref\[\\detokenize\{papers/ember2020kettle::doc\}\]\{\\sphinxcrossref\{2021\}\}", text)
    assert r"\sphinxcite" not in text


def test_epub_holds_the_pages_and_no_downloads(site):
    names = epub_names(site.build("epub", **EPUB))

    assert "papers/ember2020kettle.xhtml" in names
    assert not [name for name in names if name.endswith((".bib", "catalog.json"))]


def test_epub_does_not_take_in_the_page_of_a_document_that_is_gone(site):
    site.build("epub", **EPUB)
    site.path("topics/wind.md").unlink()

    assert "topics/wind.xhtml" not in epub_names(site.build("epub", **EPUB))


def test_gettext_offers_the_prose_for_translation(site):
    build = site.build("gettext")

    assert 'msgid "Networks carry water that nobody needs."' in build.text("papers.pot")


def test_the_interface_is_written_in_the_language_of_the_site_as_far_as_dates_go(site):
    build = site.build(language="de")

    assert build.page("weeks/2020-w38").select_one(".loom-venue").text == "13.–19. Sept. 2020"


def test_builders_share_the_doctrees_but_not_their_memory_of_what_was_written(site):
    site.build("html")
    site.edit("references.bib", "Lake, Céline", "Lake, Selma")
    site.build("text")

    html = site.build("html")

    assert tree(html.out) == tree(site.build(into="clean").out)


def test_two_output_folders_of_one_builder_are_kept_up_to_date_each(site, tmp_path):
    doctrees = site.folder / "build" / "doctrees"
    other = tmp_path / "other"
    other.mkdir()
    (other / "doctrees").symlink_to(doctrees)
    site.build()
    site.build(into="other")
    site.edit("references.bib", "Lake, Céline", "Lake, Selma")

    first, second = site.build(), site.build(into="other")

    assert tree(first.out) == tree(second.out)


def test_a_page_written_alone_does_not_make_the_others_forget_the_edit(site):
    site.build()
    site.edit("papers/ember2020kettle.md", "useful part", "best part")
    site.build(only=["papers/ember2020kettle.md"])

    assert tree(site.build().out) == tree(site.build(into="clean").out)


@pytest.mark.parametrize("event", ["doctree-resolved", "html-page-context"])
@pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt])
def test_the_build_after_one_that_broke_off_while_writing_makes_up_for_it(site, event, end):
    """Sphinx forgets what it read after an error and keeps it when it is stopped from outside."""

    def fail(app, *arguments):
        if "topics/heat" in arguments:
            raise end

    site.build()
    site.edit("papers/ember2020kettle.md", "useful part", "best part")
    site.path("topics/wind.md").unlink()
    with pytest.raises((end, ExtensionError)):
        site.build(watch=lambda app: app.connect(event, fail))

    after = site.build()

    assert tree(after.out) == tree(site.build(into="clean").out)


def test_the_memory_of_a_build_that_cannot_be_read_means_writing_everything(site):
    build = site.build()
    old = stamps(build.out)
    memories = list((site.folder / "build/doctrees").glob("paperloom-html-*.json"))
    for memory, text in zip(memories, ["[]"], strict=True):
        memory.write_text(text, encoding="utf-8")

    new = stamps(site.build().out)

    assert all(old[name] != new[name] for name in new if name.endswith(".html") and name != "404.html")


def test_a_site_without_papers_weeks_or_topics_says_so(tmp_path):
    corpus = tmp_path / "empty"
    views = ("archive-list", "author-index", "latest-week", "paper-table", "statistics")
    views += ("topic-tree", "venue-index", "week-list")
    corpus.mkdir()
    (corpus / "conf.py").write_text('project = "Empty"\nextensions = ["paperloom"]\nhtml_theme = "furo"\n')
    (corpus / "index.md").write_text("# Empty\n\n" + "".join(f"```{{{view}}}\n```\n\n" for view in views))

    page = Site(tmp_path / "site", corpus).build().page("index")

    assert [found.text for found in page.select(".loom-empty")] == [
        "The archive is empty.",
        "No paper has an author yet.",
        "There is no topic yet.",
        "No paper has a venue yet.",
        "There is no issue yet.",
    ]


def test_pages_of_an_epub_are_well_formed(site):
    built = site.build("epub", **EPUB)

    for page in built.out.rglob("*.xhtml"):
        ET.parse(page)
