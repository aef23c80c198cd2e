"""Figures and formulas in every builder, and what a change of a drawing writes anew."""

from __future__ import annotations

import re
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from paperloom.domain import domain_of
from site_support import rebuild, tree

from tests.drawing import DRAWING

PAPER = "papers/ember2020kettle.md"
SVG = "figures/ember2020kettle.svg"
FIGURE = """
```{paper-figure} /figures/ember2020kettle.svg
:alt: A kettle & its lid.
:origin: Drawn for *Tiny*.
What to see: **steam**, as in {paper}`lake2019slow`.

A second paragraph.
```

A formula, {math}`x^2`, and

```{math}
\\frac{1}{x} < 2
```
"""
EPUB = {"version": "1", "copyright": "nobody"}


@pytest.fixture
def drawn(site):
    """The tiny knowledge base with a figure and formulas on the page of one paper."""
    site.edit(PAPER, "It follows", f"{FIGURE}\nIt follows")
    site.write(SVG, DRAWING)
    return site


def test_a_page_holds_the_drawing_itself_with_its_words(drawn):
    build = drawn.build()

    figure = build.page("papers/ember2020kettle").select_one("figure.loom-figure")
    drawing = figure.select_one("svg.loom-drawing")
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "A kettle & its lid."
    assert drawing["viewbox"] == "0 0 400 200"
    assert drawing.select_one("rect.figure-a")
    assert figure.select_one("img") is None
    caption = figure.select_one("figcaption")
    assert "What to see: steam, as in" in caption.text
    assert caption.select_one("a[href='lake2019slow.html']")
    assert "A second paragraph." in caption.text
    assert caption.select_one("p.loom-origin em").text == "Tiny"


def test_a_page_needs_no_script_for_its_formulas(drawn):
    build = drawn.build()

    page = build.page("papers/ember2020kettle")
    assert page.select_one("span.math > math msup")
    assert page.select_one("div.math > math[display=block] mfrac")
    assert not [script for script in page.select("script[src]") if "mathjax" in script["src"].lower()]
    assert "://" not in "".join(script["src"] for script in page.select("script[src]"))


def test_a_numbered_formula_can_be_referred_to(site):
    site.edit(PAPER, "It follows", "```{math}\n:label: law\nx = 1\n```\n\nSee {eq}`law`. It follows")

    page = site.build().page("papers/ember2020kettle")

    assert page.select_one("#equation-law .eqno").text.startswith("(1)")
    assert page.select_one("a[href='#equation-law']")


def test_an_epub_holds_the_drawing_as_an_image_and_stays_well_formed(drawn):
    build = drawn.build("epub", **EPUB)

    with zipfile.ZipFile(build.out / "Tiny.epub") as book:
        text = book.read("papers/ember2020kettle.xhtml").decode()
        assert "_images/ember2020kettle.svg" in book.namelist()
    ET.fromstring(text)
    assert 'alt="A kettle &amp; its lid."' in text
    assert "Drawn for" in text


def test_text_and_translators_have_the_words_of_a_figure(drawn):
    text = drawn.build("text").text("papers/ember2020kettle.txt")
    catalog = drawn.build("gettext", into="catalog").text("papers.pot")

    assert "A kettle & its lid." in text
    assert "Drawn for *Tiny*." in text
    assert 'msgid "What to see: **steam**, as in {paper}`lake2019slow`."' in catalog


def test_latex_has_the_drawing_as_a_pdf_that_is_the_same_every_time(drawn):
    first = drawn.build("latex")
    second = drawn.build("latex", into="again")

    assert re.search(r"\\sphinxincludegraphics.*ember2020kettle.*\.pdf", first.text("tiny.tex"))
    (pdf,) = first.out.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert b"D:20000101000000Z" in pdf.read_bytes()
    assert (second.out / pdf.name).read_bytes() == pdf.read_bytes()


def test_without_cairo_a_pdf_build_says_what_is_missing(drawn, monkeypatch):
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    monkeypatch.setattr("paperloom.converter.DrawingConverter.available", None)

    warnings = drawn.build("latex", warnings=True).warnings

    assert "drawings cannot be converted for LaTeX" in warnings[0]
    assert "install the package 'cairosvg'" in warnings[0]
    assert warnings[0].endswith("[paperloom.figure]")


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_change_of_a_drawing_writes_its_page_and_its_file(drawn, parallel):
    changed = rebuild(drawn, lambda site: site.edit(SVG, "lid", "spout"), parallel=parallel)

    assert changed == {"papers/ember2020kettle.html", "_images/ember2020kettle.svg"}


def test_a_drawing_that_comes_later_is_found(drawn):
    drawn.path(SVG).unlink()
    drawn.build(warnings=True)
    drawn.write(SVG, DRAWING)

    assert drawn.build().page("papers/ember2020kettle").select_one("svg.loom-drawing")


def test_the_record_of_a_paper_knows_its_first_drawing(drawn):
    found = {}

    def look(app, error):
        documents = domain_of(app.env).documents
        found.update({name: each.paper.figure for name, each in documents.items() if each.paper})

    drawn.build(watch=lambda app: app.connect("build-finished", look))

    assert found["papers/ember2020kettle"] == SVG
    assert found["papers/lake2019slow"] is None


def test_a_photograph_is_an_image(site):
    site.write("figures/kettle.gif", "")
    site.path("figures/kettle.gif").write_bytes(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")
    site.edit(PAPER, "It follows", FIGURE.replace("ember2020kettle.svg", "kettle.gif") + "\nIt follows")

    image = site.build().page("papers/ember2020kettle").select_one("figure.loom-figure img")

    assert image["alt"] == "A kettle & its lid."


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (":alt: A kettle & its lid.\n", "", "the figure lacks its 'alt'; write ':alt:'"),
        (":origin: Drawn for *Tiny*.\n", "", "the figure lacks its 'origin'; write ':origin:'"),
        ("ember2020kettle.svg", "kettel.svg", "there is no picture '/figures/kettel.svg'; correct the path"),
    ],
)
def test_a_figure_that_is_not_complete_is_reported_with_its_line(drawn, old, new, problem):
    drawn.edit(PAPER, old, new)

    (warning,) = drawn.build(warnings=True).warnings

    assert warning.startswith(f"{PAPER}:19: WARNING: {problem}")
    assert warning.endswith("[paperloom.figure]")


def test_a_figure_without_caption_is_reported(site):
    site.write(SVG, DRAWING)
    site.edit(PAPER, "It follows", f"```{{paper-figure}} /{SVG}\n:alt: A\n:origin: B\n```\n\nIt follows")

    (warning,) = site.build(warnings=True).warnings

    assert "the figure lacks its caption; write below the options what to see" in warning


def test_a_drawing_that_is_not_safe_is_left_out_and_reported_with_its_line(drawn):
    drawn.edit(SVG, "<rect", "<script/>\n<rect")

    build = drawn.build(warnings=True)

    assert build.warnings[0].startswith(f"{SVG}:2: WARNING: the element 'script'; use ")
    assert build.warnings[0].endswith("[paperloom.drawing]")
    assert "<script/>" not in build.text("papers/ember2020kettle.html")
    assert build.page("papers/ember2020kettle").select_one(".loom-figure") is None


def test_a_formula_that_cannot_be_read_is_shown_as_code_and_reported(site):
    site.edit(PAPER, "It follows", "{math}`\\frobnicate`\n\n```{math}\n_1\n```\n\nIt follows")

    build = site.build(warnings=True)

    assert [warning.rpartition("[")[2] for warning in build.warnings] == ["paperloom.formula]"] * 2
    assert build.warnings[0].startswith(f"{PAPER}:")
    page = build.page("papers/ember2020kettle")
    assert page.select_one("span.math > code").text == r"\frobnicate"
    assert page.select_one("div.math > pre").text == "_1"


def test_a_book_of_all_pages_is_the_same_twice(drawn):
    assert tree(drawn.build("singlehtml").out) == tree(drawn.build("singlehtml", into="again").out)
