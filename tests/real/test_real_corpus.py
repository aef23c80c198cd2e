"""The five issues in docs/: complete, sized as the style guide asks, and woven together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from paperloom.cli.checks import check
from paperloom.cli.knowledge_base import load
from paperloom.cli.links.internal import read_site

from tests.conftest import ROOT

WEEKS = {"2020-w38": (6, 8), "2020-w39": (7, 8), "2020-w44": (8, 5), "2020-w47": (9, 6), "2021-w06": (9, 9)}
BACKGROUND = [
    "brown2020language",
    "chen2020simple",
    "devlin2018bert",
    "dosovitskiy2020image",
    "goodfellow2014generative",
    "grill2020bootstrap",
    "he2015deep",
    "he2019momentum",
    "he2020deberta",
    "ioffe2015batch",
    "kingma2013auto",
    "kitaev2020reformer",
    "lin2004rouge",
    "nair2010rectified",
    "pennington2014glove",
    "radford2019language",
    "raffel2019exploring",
    "rajbhandari2019zero",
    "ramachandran2017searching",
    "ronneberger2015net",
    "silver2017general",
    "vaswani2017attention",
    "wang2019superglue",
    "zhou2015learning",
    "bergmann2019mvtec",
    "brock2018large",
    "evci2019rigging",
]


@pytest.fixture(scope="module")
def base():
    return load(ROOT, ROOT / "docs")


@pytest.fixture(scope="module")
def catalog(real_site):
    return json.loads((real_site / "catalog.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def papers(catalog):
    return {paper["key"]: paper for paper in catalog["papers"]}


def words(page):
    """Return the number of words in a page's own text, without directives."""
    return sum(len(paragraph.text.split()) for paragraph in page.paragraphs)


def test_the_sources_have_no_problem(base):
    assert [str(problem) for problem in check(base) if problem.severity.value != "notice"] == []


def test_the_catalog_is_what_its_schema_says(real_site, catalog):
    schema = json.loads((real_site / "catalog.schema.json").read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema).iter_errors(catalog)) == []


def test_every_issue_is_complete(catalog):
    found = {week["id"]: (len(week["papers"]), len(week["articles"])) for week in catalog["weeks"]}

    assert found == WEEKS


def test_the_picks_are_those_of_the_issues(catalog):
    picks = {week["id"]: week["picks"] for week in catalog["weeks"]}
    articles = {week["id"]: [article["id"] for article in week["articles"]] for week in catalog["weeks"]}

    assert picks["2020-w38"] == picks["2020-w39"] == []
    assert picks["2020-w44"] == ["liu2020early", "mitrovic2020representation", "alsallakh2020mind"]
    assert picks["2020-w47"][:2] == ["koh2020text", "yang2020large"]
    assert picks["2020-w47"][2] in articles["2020-w47"]
    assert picks["2021-w06"] == ["wu2020curricula", "ke2021chextransfer", "park2021image"]


def test_what_the_issues_mention_has_a_page(papers):
    assert [key for key in BACKGROUND if key not in papers] == []
    assert all(papers[key]["background"] for key in BACKGROUND)


def test_summaries_have_the_agreed_length(base):
    wrong = {}
    for key, page in base.papers.items():
        low, high = (180, 450) if key in base.featured else (60, 150)
        if not low <= words(page) <= high:
            wrong[key] = words(page)

    assert wrong == {}


def test_articles_have_the_agreed_length(base):
    wrong = {}
    for page in base.weeks.values():
        for directive in page.directives:
            if directive.name == "article":
                text = re.sub(r"\{\w+\}`([^`<]*)[^`]*`", r"\1", " ".join(line for line, _ in directive.content))
                if not 40 <= len(text.split()) <= 120:
                    wrong[directive.options["id"][0]] = len(text.split())

    assert wrong == {}


def test_every_page_of_a_topic_or_period_is_introduced(base):
    short = [page.path for kind in ("topic", "archive", "week") for page in base.of_kind(kind) if words(page) < 40]

    assert 25 <= len(base.topics) <= 40
    assert {page.name for page in base.of_kind("archive")} == {
        "2020", "2021", "2020-09", "2020-10", "2020-11", "2021-02",
    }  # fmt: skip
    assert short == []


def sentences(paper, week):
    return [row["context"] for row in paper["mentioned_in"] if row["week"] == week]


def test_byol_is_mentioned_where_the_issues_name_it(papers):
    byol = papers["grill2020bootstrap"]

    assert any("code" in sentence for sentence in sentences(byol, "2020-w38"))
    places = [row["anchor"] for row in byol["mentioned_in"] if row["docname"] == "weeks/2020-w39"]
    assert len(places) == 1


@pytest.mark.parametrize(
    ("key", "weeks"),
    [
        ("grill2020bootstrap", {"2020-w38", "2020-w39"}),
        ("brown2020language", {"2020-w38", "2020-w39"}),
        ("dosovitskiy2020image", {"2020-w44", "2021-w06"}),
        ("raffel2019exploring", {"2020-w38", "2020-w44", "2021-w06"}),
        ("he2015deep", {"2020-w44", "2021-w06"}),
        ("he2019momentum", {"2020-w38", "2020-w39"}),
        ("chen2020simple", {"2020-w38", "2020-w39"}),
        ("vaswani2017attention", {"2020-w38", "2020-w39", "2020-w44", "2021-w06"}),
    ],
)
def test_papers_are_mentioned_across_issues(papers, key, weeks):
    assert weeks <= {row["week"] for row in papers[key]["mentioned_in"]}


def test_wrong_claims_of_the_source_are_corrected():
    docs = ROOT / "docs"
    snake = (docs / "papers" / "ziyin2020neural.md").read_text(encoding="utf-8")
    everything = "\n".join(path.read_text(encoding="utf-8") for path in docs.rglob("*.md"))

    assert "x + sin²(x)" in snake
    assert "starts: 2020-09-20" in (docs / "weeks" / "2020-w39.md").read_text(encoding="utf-8")
    for wrong in ("castration", "super glue", "strong glue", "MVTe ", "DeBEAT", "Kim Jong", " ESR "):
        assert wrong not in everything


def test_no_internal_link_or_anchor_is_broken(real_site):
    site = read_site(real_site)

    assert list(site.broken()) == []
    assert site.internal_count > 5_000


def test_nothing_on_a_page_names_a_machine_path(real_site):
    for path in real_site.rglob("*.html"):
        assert str(Path.home()) not in path.read_text(encoding="utf-8")


def test_every_paper_of_these_issues_has_a_drawing(base):
    featured = {key for week in WEEKS for key, _line in base.papers_of_weeks[week]}

    without = {
        key
        for key in featured
        if not any(
            directive.name == "paper-figure" and directive.argument == f"/figures/{key}.svg"
            for directive in base.papers[key].directives
        )
    }

    assert len(featured) == sum(papers for papers, _articles in WEEKS.values())
    assert without == set()
