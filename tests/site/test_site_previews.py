"""Small figures on cards, and the cards that links to papers show."""

from __future__ import annotations

import json
import zipfile

import pytest
from paperloom import builders
from site_support import rebuild, tree

from tests.drawing import DRAWING

PAPER = "papers/ember2020kettle.md"
SVG = "figures/ember2020kettle.svg"
CARD = "papers/ember2020kettle.card.js"
FIGURE = """
```{paper-figure} /figures/ember2020kettle.svg
:alt: A kettle.
:origin: Drawn for Tiny.
What to see.
```
"""
EPUB = {"version": "1", "copyright": "nobody"}


@pytest.fixture
def drawn(site):
    """The tiny knowledge base with a figure on the page of one paper."""
    site.edit(PAPER, "It follows", f"{FIGURE}\nIt follows")
    site.write(SVG, DRAWING)
    return site


def card(build, name=CARD):
    text = build.text(name)
    assert text.startswith("paperloomPreview({")
    return json.loads(text.removeprefix("paperloomPreview(").removesuffix(");\n"))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("docname", ["weeks/2020-w38", "topics/heat", "archive/2020-09"])
def test_a_card_shows_the_figure_of_its_paper_small(drawn, builder, docname):
    drawn.edit("weeks/2020-w38.md", "picks: [moss2020quiet, steam-talk]", "picks: [ember2020kettle]")
    build = drawn.build(builder)
    name = docname if builder == "html" else f"{docname}/index"

    image, *others = build.page(name).select(".loom-card img")

    assert others == []
    assert "KettleNet" in image.find_parent(class_="loom-card").text
    assert (image["alt"], image["loading"], image["width"], image["height"]) == ("", "lazy", "144", "96")
    copied = ((build.out / f"{name}.html").parent / image["src"]).resolve()
    assert copied.read_text(encoding="utf-8") == DRAWING


def test_a_paper_without_figure_has_no_room_for_one(tiny_html):
    assert tiny_html.page("weeks/2020-w38").select(".loom-card")
    assert not tiny_html.page("weeks/2020-w38").select(".loom-card img")
    assert "figure" not in card(tiny_html)


def test_a_book_has_the_figure_on_the_card_and_plain_text_leaves_it_out(drawn):
    with zipfile.ZipFile(drawn.build("epub", into="book", **EPUB).out / "Tiny.epub") as book:
        week = book.read("weeks/2020-w38.xhtml").decode()
        assert 'src="../_images/ember2020kettle.svg"' in week
        assert "loading=" not in week
        assert not [name for name in book.namelist() if name.endswith(".card.js")]
    assert "image" not in drawn.build("text").text("weeks/2020-w38.txt")
    assert drawn.build("latex", into="latex").text("tiny.tex").count("includegraphics") == 1


def test_a_card_says_what_the_paper_is(drawn):
    assert card(drawn.build()) == {
        "title": "KettleNet: Boiling Networks Dry",
        "facts": "Ada Ember, Bo von Stone, The Kiln Team · CWT 2021 · Week 38, 2020",
        "tldr": "KettleNet removes water from networks until only the useful part is left.",
        "topics": "Heat, Rivers",
        "figure": "_images/ember2020kettle.svg",
    }


def test_every_page_of_a_paper_has_a_card_and_no_other_page(site):
    build = site.build()

    cards = {path.relative_to(build.out).as_posix() for path in build.out.rglob("*.card.js")}

    papers = {path.relative_to(site.source).as_posix() for path in (site.source / "papers").glob("*.md")}
    assert cards == {name.replace(".md", ".card.js") for name in papers}


def test_pages_that_are_folders_have_their_cards_inside(site):
    assert card(site.build("dirhtml"), "papers/ember2020kettle/index.card.js")["topics"] == "Heat, Rivers"


@pytest.mark.parametrize("parallel", [0, 2])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda site: site.edit(PAPER, "only the useful part", "the best part"),
            {CARD, "weeks/2020-w38.html"},
            id="a TL;DR",
        ),
        pytest.param(
            lambda site: site.edit("topics/heat.md", "# Heat", "# Warmth"), {CARD, "weeks/2020-w38.html"}, id="a topic"
        ),
        pytest.param(lambda site: site.edit("weeks/2020-w38.md", "# Week 38, 2020", "# Wet week"), {CARD}, id="a week"),
        pytest.param(
            lambda site: site.edit(PAPER, FIGURE, ""),
            {CARD, "weeks/2020-w38.html", "topics/heat.html", "_images/ember2020kettle.svg"},
            id="the figure goes",
        ),
        pytest.param(
            lambda site: site.edit(SVG, "kettle &amp;", "pot &amp;"), {"_images/ember2020kettle.svg"}, id="the drawing"
        ),
    ],
)
def test_cards_and_figures_follow_what_they_show(drawn, change, expected, parallel, monkeypatch):
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)

    changed = rebuild(drawn, change, parallel=parallel)

    assert expected <= changed
    assert not {name for name in changed - expected if name.endswith((".card.js", ".svg"))} - {
        "papers/moss2020quiet.card.js",
        "papers/lake2019slow.card.js",
    }


def test_the_card_of_a_paper_that_is_gone_is_removed(site):
    site.build()
    site.path("papers/pine2021tall.md").unlink()

    build = site.build(warnings=True)

    assert not (build.out / "papers/pine2021tall.card.js").exists()


@pytest.mark.parametrize("damage", ["removed", "changed"])
def test_a_card_that_was_lost_or_changed_is_made_good(site, damage):
    build = site.build()
    before = tree(build.out)
    if damage == "removed":
        (build.out / CARD).unlink()
    else:
        (build.out / CARD).write_text("something else", encoding="utf-8")

    assert tree(site.build().out) == before


def test_a_page_that_becomes_something_else_loses_its_card(site):
    site.write("papers/notes.md", "---\npaper:\n  topics: [heat]\n  tldr: Notes.\n---\n# Notes\n")
    assert (site.build(warnings=True).out / "papers/notes.card.js").is_file()
    site.write("papers/notes.md", "---\ntopic:\n---\n# Notes\n")

    assert not (site.build(warnings=True).out / "papers/notes.card.js").exists()


def test_a_lost_copy_of_a_figure_is_made_good(drawn):
    build = drawn.build()
    before = tree(build.out)
    (build.out / "_images/ember2020kettle.svg").unlink()

    assert tree(drawn.build().out) == before
