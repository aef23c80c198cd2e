"""Books: everything or one issue as EPUB and as LaTeX, complete and the same every time."""

from __future__ import annotations

import posixpath
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from site_support import tree

OPF = "{http://www.idpf.org/2007/opf}"
WEEK = {"paperloom_book_week": "2020-w38"}


class Epub:
    """An EPUB file, read."""

    def __init__(self, build, name="*.epub"):
        (self.path,) = build.out.glob(name)
        self.bytes = self.path.read_bytes()
        with zipfile.ZipFile(self.path) as book:
            self.entries = book.infolist()
            self.files = {entry.filename: book.read(entry) for entry in self.entries}
        self.package = ET.fromstring(self.files["content.opf"])

    def page(self, name):
        return BeautifulSoup(self.files[name], "html.parser")

    def nav(self):
        """Return (depth, address) of everything in the list of contents."""
        return [(len(link.find_parents("ol")), link["href"]) for link in self.page("nav.xhtml").select("nav a")]

    def dead_links(self):
        """Return links within the book to files or places that are not there."""
        dead = []
        for name in [name for name in self.files if name.endswith(".xhtml")]:
            for link in self.page(name).select("a[href]"):
                address, _hash, anchor = link["href"].partition("#")
                if "://" in address or address.startswith("mailto:"):
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address)) if address else name
                if target not in self.files or (anchor and not self.page(target).find(id=anchor)):
                    dead.append((name, link["href"]))
        return dead


def test_the_book_of_everything_lists_weeks_with_their_papers_and_background_papers_last(site):
    book = Epub(site.build("epub"))

    nav = book.nav()
    assert nav[0] == (1, "index.xhtml")
    place = nav.index((2, "weeks/2020-w38.xhtml"))
    assert nav[place + 1] == (3, "papers/ember2020kettle.xhtml")
    assert nav[-2:] == [(1, "background-papers.xhtml"), (2, "papers/lake2019slow.xhtml")]
    assert len({address for _depth, address in nav}) == len(nav)
    assert book.dead_links() == []


def test_every_page_is_in_the_order_of_reading_once(site):
    book = Epub(site.build("epub"))

    names = {item.get("id"): item.get("href") for item in book.package.iter(f"{OPF}item")}
    spine = [names[item.get("idref")] for item in book.package.iter(f"{OPF}itemref")]
    assert sorted(spine) == sorted(set(spine))
    assert {name for name in book.files if name.endswith(".xhtml")} - {"nav.xhtml"} == set(spine)
    assert spine[0] == "epub-cover.xhtml"


def test_a_book_of_one_issue_holds_the_issue_and_its_papers_alone(site):
    book = Epub(site.build("epub", **WEEK))

    pages = sorted(name for name in book.files if name.endswith(".xhtml"))
    assert pages == [
        "epub-cover.xhtml",
        "nav.xhtml",
        "papers/ember2020kettle.xhtml",
        "papers/moss2020quiet.xhtml",
        "weeks/2020-w38.xhtml",
    ]
    assert book.path.name == "Tiny-2020-w38.epub"
    assert book.nav()[:2] == [(1, "weeks/2020-w38.xhtml"), (2, "papers/ember2020kettle.xhtml")]
    assert book.package.find(".//{http://purl.org/dc/elements/1.1/}title").text == "Tiny: Week 38, 2020"
    assert book.dead_links() == []


def test_links_out_of_a_book_lead_to_the_site_where_it_has_an_address(site):
    without = Epub(site.build("epub", **WEEK)).page("papers/ember2020kettle.xhtml")
    with_site = Epub(site.build("epub", into="other", html_baseurl="https://tiny.example/", **WEEK))

    assert not without.select('a[href*="topics/"]')
    assert "Heat" in without.text
    links = {link["href"] for link in with_site.page("papers/ember2020kettle.xhtml").select("a[href]")}
    assert "https://tiny.example/topics/heat.html" in links
    assert with_site.dead_links() == []


def test_latex_links_out_of_a_book_likewise(site):
    without = site.build("latex", **WEEK).text("tiny-2020-w38.tex")
    with_site = site.build("latex", into="other", html_baseurl="https://tiny.example/", **WEEK)

    assert "topics/heat::doc" not in without
    assert r"\sphinxhref{https://tiny.example/topics/heat.html}" in with_site.text("tiny-2020-w38.tex")


@pytest.mark.parametrize("builder", ["epub", "latex"])
def test_links_of_all_kinds_to_documents_outside_become_text(site, builder):
    site.edit("topics/heat.md", "Warm things", "(warm)=\n## Warmth\n\nWarm things")
    links = "[by path](../topics/heat.md), {doc}`by name </topics/heat>`, {ref}`warm`, {topic}`heat`, {any}`warm`"
    site.edit("papers/ember2020kettle.md", "Steam was", f"{links}. Steam was")

    build = site.build(builder, **WEEK)

    text = (
        Epub(build).page("papers/ember2020kettle.xhtml").text if builder == "epub" else build.text("tiny-2020-w38.tex")
    )
    assert re.search(r"by path\}*, .*by name.*, .*Warmth.*, .*Heat.*, .*Warmth.*\. Steam was", text)
    if builder == "epub":
        assert Epub(build).dead_links() == []
    else:
        assert "topics/heat" not in text


def test_pages_with_formulas_and_icons_say_so_in_the_package(site):
    site.edit("papers/ember2020kettle.md", "Steam was", "The steam {math}`x^2` was")
    book = Epub(site.build("epub"))

    properties = {item.get("href"): item.get("properties") for item in book.package.iter(f"{OPF}item")}
    assert properties["papers/ember2020kettle.xhtml"] == "mathml svg"
    assert properties["papers/moss2020quiet.xhtml"] == "svg"
    assert properties["topics/heat.xhtml"] is None
    assert properties["nav.xhtml"] == "nav"
    assert properties["_static/paperloom-cover.svg"] == "cover-image"


def test_a_book_has_no_time_but_that_of_its_issues(site, monkeypatch):
    book = Epub(site.build("epub"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    stamped = Epub(site.build("epub"))

    def modified(package):
        return [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == "dcterms:modified"]

    assert {entry.date_time for entry in book.entries} == {(1980, 1, 1, 0, 0, 0)}
    assert modified(book.package) == ["2021-02-06T00:00:00Z"]
    assert modified(stamped.package) == ["2023-11-14T22:13:20Z"]


@pytest.mark.parametrize("config", [{}, WEEK])
def test_a_book_is_the_same_whatever_was_built_before(site, config):
    site.build("epub", **({} if config else WEEK))
    site.build("html")
    before = Epub(site.build("epub", **config), "Tiny-2020-w38.epub" if config else "Tiny.epub")
    serial = Epub(site.build("epub", into="serial", **config))
    parallel = Epub(site.build("epub", into="parallel", parallel=2, **config))

    assert before.files.keys() == serial.files.keys()
    assert before.bytes == serial.bytes == parallel.bytes


def test_making_a_book_leaves_the_site_as_it_was(site):
    site.build("html")
    site.build("epub", **WEEK)
    site.build("latex", **WEEK)

    after = site.build("html")

    assert tree(after.out) == tree(site.build(into="clean").out)
    assert "0 added, 0 changed, 0 removed" in after.status


def test_a_book_holds_only_the_assets_that_its_pages_ask_for(site):
    site.write("_static/large.png", "unused")
    site.write("_static/font.woff2", "unused")

    book = Epub(site.build("epub", html_static_path=["_static"]))

    assert [name for name in book.files if name.endswith((".js", ".png", ".woff2"))] in ([], ["_static/file.png"])
    assert "_static/paperloom.css" in book.files


def test_a_folder_may_hold_the_doctrees_and_other_books(site, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "epub"]

    for week in ("", "2020-w38", ""):
        subprocess.run([*command, "-D", f"paperloom_book_week={week}", str(site.source), str(out)], check=True)

    assert sorted(path.name for path in out.glob("*.epub")) == ["Tiny-2020-w38.epub", "Tiny.epub"]
    with zipfile.ZipFile(out / "Tiny.epub") as book:
        assert not [name for name in book.namelist() if name.endswith((".epub", ".doctree"))]


def test_patterns_leave_documents_out_of_books(site):
    config = {"paperloom_book_without": ["topics/**", "topics"]}
    book = Epub(site.build("epub", **config))
    text = site.build("latex", **config).text("tiny.tex")

    assert not [name for name in book.files if name.startswith("topics/")]
    assert book.dead_links() == []
    assert "Nobody has written about wind." not in text


def test_an_unknown_issue_is_refused_with_the_ids_that_there_are(site):
    with pytest.raises(Exception, match=r"no issue '2020-w39'; name one by its id, such as 2020-w38, 2021-w06"):
        site.build("latex", paperloom_book_week="2020-w39")


def test_print_holds_every_paper_once_with_the_cards_of_an_issue_before_its_papers(site):
    text = site.build("latex").text("tiny.tex")

    headings = re.findall(r"\\(part|chapter|section|subsection|subsubsection)\{([^}]*)\}", text)
    assert ("chapter", "Week 38, 2020") in headings
    assert ("part", "Background papers") in headings
    labels = re.findall(r"label\{\\detokenize\{(papers/\w+)::doc\}\}", text)
    assert sorted(labels) == sorted(set(labels))
    assert set(labels) >= {"papers/ember2020kettle", "papers/lake2019slow", "papers/moss2020quiet"}
    assert text.index("loom-card") < text.index(r"\label{\detokenize{papers/ember2020kettle::doc}}")
    assert r"\chapter*" not in text


def test_the_table_that_stands_for_a_drawing_in_a_book_is_open(site):
    site.write("indexes/all.md", "# At a glance\n\n```{timeline}\n```\n")
    site.edit("index.md", "indexes/papers", "indexes/papers\nindexes/all")
    book = Epub(site.build("epub"))

    page = book.page("indexes/all.xhtml")
    assert not page.select("svg.loom-chart")
    assert page.select_one("details[open] table").text
    assert book.page("papers/ember2020kettle.xhtml").select("details:not([open])")


def test_tables_of_data_go_on_on_the_next_page_with_widths_of_their_own(site):
    site.write("indexes/all.md", "# At a glance\n\n```{topic-map}\n```\n")
    site.edit("index.md", "indexes/papers", "indexes/papers\nindexes/all")
    text = site.build("latex").text("tiny.tex")

    widths = re.findall(r"\\begin\{longtable\}\{((?:\\X\{\d+\}\{\d+\})+)\}", text)
    assert sorted(width.count("X") for width in widths) == [4, 7]
    assert "tabulary" not in text


def test_print_states_the_days_of_its_issues_and_fixes_the_time_of_the_pdf(site):
    build = site.build("latex")

    assert r"\date{Sep 13, 2020\,–\,Feb 6, 2021}" in build.text("tiny.tex").replace("\u2009", r"\,")
    assert "$ENV{'SOURCE_DATE_EPOCH'} = '1612569600';" in build.text("latexmkrc")


def test_a_project_keeps_what_it_says_of_its_latex_documents(site):
    documents = [("index", "own.tex", "Own", "Nobody", "howto")]

    build = site.build("latex", latex_documents=documents, latex_engine="lualatex")

    assert "sphinxhowto" in build.text("own.tex")
    assert not (build.out / "tiny.tex").exists()


def test_a_title_with_signs_of_latex_and_of_xml_stands_in_both_books(site):
    config = {"project": "Tea & 50% more_", "author": "A & B <c>"}

    text = site.build("latex", **config).text("tea50more_.tex")
    book = Epub(site.build("epub", **config))

    assert r"\title{Tea \& 50\% more\_}" in text
    assert b"Tea &amp; 50% more_" in book.files["content.opf"]
    ET.fromstring(book.files["_static/paperloom-cover.svg"])
