"""The index of the search dialog holds what pages say themselves, is repeatable, and leaves nothing behind."""

from __future__ import annotations

import gzip
import json
import stat

import pytest
from paperloom.finishing import pagefind_service
from paperloom.finishing.pagefind_files import in_order
from paperloom.finishing.search_facts import FactsOfPages
from paperloom.finishing.search_pages import separated
from paperloom.finishing.site import FinishingError

from tests.site.site_support import tree

STEP = "search"


def finished(site, builder="html", into="build"):
    site.build(builder, into=into, warnings=True)
    return site.finish(STEP, builder=builder, into=into)


def records(site, builder="html"):
    """Return what the index keeps of each page, by its address."""
    found = {}
    for path in site.out("pagefind/fragment", builder=builder).iterdir():
        record = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[record["url"]] = record
    return found


def index_of(site, builder="html", into="build"):
    return tree(site.out("pagefind", builder=builder, into=into))


@pytest.fixture(scope="module")
def tiny_records(tiny):
    tiny.finish(STEP)
    return records(tiny)


def test_a_paper_is_known_by_its_names_and_found_by_its_fields(tiny_records):
    paper = tiny_records["papers/ember2020kettle.html"]

    assert paper["meta"] == {
        "title": "KettleNet: Boiling Networks Dry",
        "also": "KettleNet",
        "authors": "Ada Ember, Bo von Stone, The Kiln Team",
        "ids": "ember2020kettle 2009.00001 arXiv:2009.00001 10.1234/cwt.7",
        "named": "kettlenetboilingnetworksqxz kettlenetqxz",
        "topics": "Heat · Rivers",
        "week": "Week 38, 2020",
    }
    assert paper["filters"]["kind"] == ["paper"]
    assert paper["filters"]["week"] == ["2020-W38"]
    assert paper["filters"]["year"] == ["2021"]
    assert paper["filters"]["venue"] == ["CWT"]
    assert {"Heat", "Rivers"} <= {*paper["filters"]["topic"]}


def test_a_topic_is_found_with_the_topics_above_it(tiny_records):
    above = tiny_records["topics/rivers.html"]["filters"]["topic"]

    assert above == ["Nature", "Rivers"]
    assert "Nature" in tiny_records["papers/ember2020kettle.html"]["filters"]["topic"]


def test_an_article_is_found_by_itself_and_not_with_its_week(tiny_records):
    talk = tiny_records["weeks/2020-w38.html#steam-talk"]

    assert talk["meta"]["title"] == "A Talk about Steam"
    assert talk["filters"]["kind"] == ["article"]
    assert "cold lake" in talk["content"]
    assert "cold lake" not in tiny_records["weeks/2020-w38.html"]["content"]


def test_a_page_is_found_by_what_it_says_itself(tiny_records):
    week = tiny_records["weeks/2020-w38.html"]["content"]
    paper = tiny_records["papers/ember2020kettle.html"]["content"]

    assert "Two papers about water, and a talk." in week
    assert "removes water from networks" not in week  # the card of a paper
    assert "removes water from networks" in paper
    assert "Featured in" not in paper
    assert "@inproceedings" not in paper
    assert "Skip to content" not in paper


def test_headings_lead_to_their_sections(tiny_records):
    anchors = tiny_records["papers/ember2020kettle.html"]["anchors"]

    assert [anchor["id"] for anchor in anchors] == ["why-it-matters", "how-it-works", "results", "limits"]


def test_indexes_and_pages_of_no_document_are_left_out(tiny_records):
    assert not {"indexes/papers.html", "indexes/names.html", "weeks/index.html", "search.html"} & tiny_records.keys()
    assert {"index.html", "topics/wind.html"} <= tiny_records.keys()


def test_drafts_and_pages_that_ask_for_it_are_left_out(site):
    site.edit("papers/moss2020quiet.md", "paper:\n", "paper:\n  draft: true\n")
    site.edit("topics/wind.md", "---\n", "---\nno-search: true\n")

    finished(site)

    assert not {"papers/moss2020quiet.html", "topics/wind.html"} & records(site).keys()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_index_after_changes_is_that_of_a_clean_build_and_nothing_is_left_over(site, builder):
    finished(site, builder)
    before = index_of(site, builder)
    site.edit("papers/ember2020kettle.md", "Half of the weight", "Two thirds of the mass")
    site.path("papers/pine2021tall.md").unlink()

    said = finished(site, builder)
    finished(site, builder, into="clean")

    assert index_of(site, builder) == index_of(site, builder, into="clean") != before
    assert "nothing changed" not in said
    if builder == "dirhtml":
        assert "papers/ember2020kettle/" in records(site, builder)


def test_where_nothing_changed_pagefind_is_not_called(site, monkeypatch):
    finished(site)
    before = index_of(site)
    monkeypatch.setattr(pagefind_service, "_Service", None)

    said = site.finish(STEP)

    assert said.endswith("0 pages were read, nothing changed")
    assert index_of(site) == before


def test_the_index_is_made_again_where_it_was_damaged_or_what_was_kept_is_gone(site):
    finished(site)
    before = index_of(site)
    next(site.out("pagefind/index").iterdir()).write_bytes(b"damaged")
    site.finish(STEP)
    assert index_of(site) == before

    for path in (site.folder / "build" / "html-finished").iterdir():
        path.unlink()
    (site.out("pagefind") / "fragment" / "en_0000000.pf_fragment").write_bytes(b"of an earlier site")
    site.finish(STEP)
    assert index_of(site) == before


def test_the_files_of_pagefind_are_the_same_whatever_order_it_wrote_them_in():
    text = '<html><body><p data-pagefind-filter="topic">Topic {0}</p><h1>Page {0}</h1></body></html>'
    pages = [(f"{number}.html", text.format(number)) for number in range(12)]
    made = [in_order(pagefind_service.pagefind_files(pages, "en")) for _time in range(3)]

    assert made[0] == made[1] == made[2]
    assert [name for name in made[0] if name.startswith("filter/")] != []


def test_files_of_an_unknown_format_are_refused():
    with pytest.raises(ValueError, match="unknown format"):
        in_order({"pagefind-entry.json": b'{"languages": {"en": {"hash": "en_1"}}}'})


@pytest.mark.parametrize("script", ["exit 1", "head -c 9; echo nonsense,"])
def test_a_pagefind_that_fails_is_a_message(tmp_path, monkeypatch, script):
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))

    with pytest.raises(FinishingError, match="Pagefind ended early"):
        pagefind_service.pagefind_files([("a.html", "<p>a</p>")], "en")


def test_a_pagefind_that_is_missing_is_a_message_with_advice(monkeypatch, tmp_path):
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))

    with pytest.raises(FinishingError, match=r"pip install 'pagefind\[extended\]'"):
        pagefind_service.pagefind_files([("a.html", "<p>a</p>")], "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("图像分割", "图 像 分 割"),
        ("用BERT做分类。然后", "用 BERT 做 分 类。 然 后"),
        ("カタカナ", "カ タ カ ナ"),
        ("한국어 그대로", "한국어 그대로"),
        ("a 图 b", "a 图 b"),
        ("𠀀𠀁", "𠀀 𠀁"),
    ],
)
def test_characters_of_scripts_without_blanks_are_words_of_their_own(text, expected):
    assert separated(text) == expected
    assert separated(expected) == expected


def test_topics_that_are_above_each_other_end():
    topic = {"docname": "topics/a", "papers": [], "articles": []}
    one, two = {**topic, "id": "a", "title": "A", "parent": "b"}, {**topic, "id": "b", "title": "B", "parent": "a"}

    facts = FactsOfPages({"papers": [], "weeks": [], "topics": [one, two]}).of("topics/a", "A")

    assert facts.filters["topic"] == ("A", "B")
