"""What pages and files of a built site say of papers: downloads, the head of pages, reference managers."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from site_support import rebuild, stamps

from tests.citing.reference_manager import guessed_authors, translator_of

PAPER = "papers/ember2020kettle"
SUFFIXES = (".bib", ".ris", ".json")


def test_every_paper_with_an_entry_has_a_file_in_each_format(tiny_html):
    names = {path.name for path in (tiny_html.out / "papers").iterdir()}

    assert {f"{key}{suffix}" for key in ("ember2020kettle", "pine2021tall") for suffix in SUFFIXES} <= names
    assert json.loads(tiny_html.text(f"{PAPER}.json"))[0]["id"] == "ember2020kettle"
    assert [item["id"] for item in json.loads(tiny_html.text("references.json"))] == [
        "ember2020kettle",
        "lake2019slow",
        "moss2020quiet",
        "pine2021tall",
    ]
    assert tiny_html.text("references.ris").count("\nER  - ") == 4


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_page_of_a_paper_offers_its_files(site, builder):
    built = site.build(builder)
    page = built.page(PAPER if builder == "html" else f"{PAPER}/index")
    folder = (built.out / PAPER).parent if builder == "html" else built.out / PAPER

    links = page.select(".loom-cite a[download]")

    assert [link.text for link in links] == ["BibTeX", "RIS", "CSL-JSON"]
    assert all((folder / link["href"]).is_file() for link in links)
    assert all((folder / link["href"]).is_file() for link in page.select("head link[rel=alternate][type^=application]"))


def test_pages_of_parts_offer_them(tiny_html):
    found = {
        name: [link["href"] for link in tiny_html.page(name).select("a[download]")][:3]
        for name in ("weeks/2020-w38", "topics/heat", "archive/2020", "archive/2020-09", "indexes/papers")
    }

    assert found == {
        "weeks/2020-w38": ["2020-w38.bib", "2020-w38.ris", "2020-w38.json"],
        "topics/heat": ["heat.bib", "heat.ris", "heat.json"],
        "archive/2020": ["2020.bib", "2020.ris", "2020.json"],
        "archive/2020-09": ["2020-09.bib", "2020-09.ris", "2020-09.json"],
        "indexes/papers": ["../references.bib", "../references.ris", "../references.json"],
    }


def test_a_topic_without_papers_offers_nothing(tiny_html):
    assert tiny_html.page("topics/wind").select("a[download]") == []


def test_authors_of_several_papers_have_a_part(site):
    site.edit("references.bib", "Moss, Ivo and Reed, Ana", "Moss, Ivo and Ember, Ada")

    page = site.build().page("indexes/names")
    entries = {item.strong.text: item.select("a[download]") for item in page.select(".loom-names li")}

    assert [link["href"] for link in entries["Ember, Ada"]] == [
        "../authors/ada-ember.bib",
        "../authors/ada-ember.ris",
        "../authors/ada-ember.json",
    ]
    assert entries["Moss, Ivo"] == []


def test_a_reference_manager_saves_the_paper_from_its_page(tiny_html):
    name, (saved,) = translator_of(tiny_html.page(PAPER))

    assert name == "COinS"
    assert (saved.kind, saved.fields["title"]) == ("conferencePaper", "KettleNet: Boiling Networks Dry")
    assert saved.creators == [("Ember", "Ada"), ("von Stone", "Bo"), ("The Kiln Team", "")]
    assert saved.fields["DOI"] == "10.1234/cwt.7"


def test_a_reference_manager_offers_the_papers_of_a_week(tiny_html):
    catalog = json.loads(tiny_html.text("catalog.json"))
    titles = {paper["key"]: paper["title"] for paper in catalog["papers"]}
    week = next(week for week in catalog["weeks"] if week["id"] == "2020-w38")

    name, saved = translator_of(tiny_html.page("weeks/2020-w38"))

    assert name == "COinS"
    assert [item.fields["title"] for item in saved] == [titles[key] for key in week["papers"]]


@pytest.mark.parametrize(
    "page", ["index", "weeks/index", "topics/heat", "topics/index", "archive/2020", "indexes/papers"]
)
def test_a_reference_manager_invents_no_authors_for_other_pages(tiny_html, page):
    assert guessed_authors(tiny_html.page(page)) == []


def test_the_head_names_the_paper_to_cite_and_the_page_is_about_it(tiny_html):
    head = tiny_html.page(PAPER).head

    data = json.loads(head.select_one("script[type='application/ld+json']").string)

    assert [link["href"] for link in head.select("link[rel=cite-as]")] == ["https://doi.org/10.1234/cwt.7"]
    assert (data["@type"], data["about"]["@id"]) == ("Article", "https://doi.org/10.1234/cwt.7")
    assert data["about"]["name"] == "KettleNet: Boiling Networks Dry"
    assert head.select("meta[name^=citation_]") == []


def test_only_pages_of_papers_speak_of_one_paper(tiny_html):
    for name in ("index", "weeks/2020-w38", "topics/heat"):
        assert tiny_html.page(name).select("link[rel=cite-as], script[type='application/ld+json']") == []


def test_where_the_site_has_an_address_json_ld_states_it(site):
    page = site.build(html_baseurl="https://papers.example/").page(PAPER)

    data = json.loads(page.select_one("script[type='application/ld+json']").string)

    assert data["url"] == f"https://papers.example/{PAPER}.html"


def test_highwire_tags_are_there_for_those_who_ask(site):
    page = site.build(paperloom_highwire_tags=True).page(PAPER)

    authors = [tag["content"] for tag in page.select("meta[name=citation_author]")]

    assert page.select_one("meta[name=citation_title]")["content"] == "KettleNet: Boiling Networks Dry"
    assert authors == ["Ember, Ada", "von Stone, Bo", "The Kiln Team"]
    assert translator_of(page)[0] == "COinS"


def test_a_single_page_offers_the_files_beside_it(site):
    out = site.build("singlehtml").out
    page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")

    links = [link["href"] for link in page.select(".loom-cite a[download]")]

    assert f"{PAPER}.ris" in links
    assert all((out / link).is_file() for link in links)


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_books_and_texts_have_no_links_to_files(site, builder):
    out = site.build(builder, warnings=builder == "epub").out

    texts = [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.suffix in (".txt", ".xhtml", ".tex")]

    assert texts
    assert not any(word in text for text in texts for word in ("loom-downloads", "Z3988", "ember2020kettle.ris"))


def test_an_edit_of_prose_writes_no_bibliography(site):
    before = stamps(site.build().out)
    site.edit(f"{PAPER}.md", "## Results", "More words.\n\n## Results")

    after = stamps(site.build().out)

    bibliographies = [name for name in before if name.endswith(SUFFIXES) and name.startswith(("papers/", "references"))]
    assert len(bibliographies) == 15
    assert {name for name in bibliographies if before[name] != after[name]} == set()


def test_a_changed_entry_writes_its_files_and_those_of_all(site):
    changed = rebuild(site, lambda site: site.edit("references.bib", "Céline", "Claire"))

    files = {name for name in changed if name.endswith(SUFFIXES) and name != "catalog.json"}
    assert files == {f"{stem}{suffix}" for stem in ("papers/lake2019slow", "references") for suffix in SUFFIXES}


def test_the_files_of_a_paper_without_an_entry_go(site):
    text = site.path("references.bib").read_text(encoding="utf-8")
    start = text.index("@article{lake2019slow")
    end = text.index("@misc{moss2020quiet")

    def change(site):
        site.write("references.bib", text[:start] + text[end:])

    changed = rebuild(site, change, warnings=True)

    assert {f"papers/lake2019slow{suffix}" for suffix in SUFFIXES} <= changed


def test_a_file_that_somebody_took_away_comes_back(site):
    out = site.build().out
    (out / f"{PAPER}.ris").unlink()

    site.build()

    assert (out / f"{PAPER}.ris").read_text(encoding="utf-8").startswith("TY  - CONF\n")
