"""The e-mail of a week: what mail clients show, and the same as plain text."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from feed_support import ADDRESS, finished
from site_support import Site

WEEK = "weeks/2020-w38.md"
NAME = "emails/2020-w38"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The tiny knowledge base, finished, for tests that only look at it."""
    return finished(Site(tmp_path_factory.mktemp("emails")))


def mail(built, name=NAME):
    return BeautifulSoup(built.text(f"{name}.html"), "html.parser")


def test_each_week_is_an_e_mail_in_both_forms(tiny):
    files = sorted(path.name for path in (tiny.out / "emails").iterdir())
    assert files == ["2020-w38.html", "2020-w38.txt", "2021-w06.html", "2021-w06.txt"]


def test_it_says_what_the_week_says_in_its_order(tiny):
    page = mail(tiny)
    assert page.title.text == "Tiny – Week 38, 2020"
    assert page.html["lang"] == "en"
    headings = [heading.get_text(strip=True) for heading in page.select("h1, h2, h3")]
    assert headings == [
        "Week 38, 2020",
        "★ Editor’s picks",
        "Papers",
        "KettleNet: Boiling Networks Dry",
        "Quiet Gradients in Loud Rooms",
        "Technical articles",
        "A Talk about Steam",
        "Use cases",
        "Tea for a Hundred",
    ]
    text = page.get_text()
    for part in (
        "Two papers about water, and a talk.",
        "Ivo Moss, Ana Reed · arXiv 2020",
        "A kitchen in a harbor serves tea.",
    ):
        assert part in text
    assert text.count("★ Editor’s pick") == 3  # the heading and two picks


def test_the_plain_text_says_the_same(tiny):
    text = tiny.text(f"{NAME}.txt")
    assert text.startswith("Tiny – Week 38, 2020\n")
    flat = " ".join(text.split())
    for paragraph in mail(tiny).select("p, h3, li"):
        if "site" not in (paragraph.get("class") or ()):
            assert " ".join(paragraph.get_text().split()) in flat
    for link in mail(tiny).select("h1 a, h3 a, li a"):
        assert link["href"] in text
    assert "<p>" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_links_lead_to_the_site_and_to_articles(tiny):
    links = {link.get_text(): link["href"] for link in mail(tiny).select("h1 a, h3 a")}
    assert links["KettleNet: Boiling Networks Dry"] == f"{ADDRESS}papers/ember2020kettle.html"
    assert links["A Talk about Steam"] == "https://example.org/steam"
    assert links["Tea for a Hundred"] == f"{ADDRESS}{WEEK.removesuffix('.md')}.html#tea"
    assert all(re.match(r"https?://|mailto:", link["href"]) for link in mail(tiny).select("a"))


def test_mail_clients_can_show_it(tiny):
    page = mail(tiny)
    assert not page.select("script, link, img, svg, math, form, iframe, details, section, div:not(.preheader)")
    assert not page.select("[onclick], [id]")
    # Styles stand at the elements; the one sheet that is left is for the dark scheme.
    (sheet,) = page.select("style")
    assert sheet.text.strip().startswith("@media (prefers-color-scheme: dark)")
    for element in page.select("body, h1, h2, h3, p, a, td"):
        assert element.get("style"), element
    tables = page.select("table")
    assert all(table["role"] == "presentation" for table in tables)
    assert "max-width: 600px" in page.select_one(".sheet")["style"]
    # One client knows no greatest width: it gets a table of its own, which all others read as a comment.
    assert '<!--[if mso]><table role="presentation" width="600"' in tiny.text(f"{NAME}.html")
    assert not page.select("[width], [align], [border], [cellpadding]")
    assert page.select_one('meta[name="color-scheme"]')["content"] == "light dark"
    assert page.select_one(".preheader").get_text() == "Two papers about water, and a talk."
    assert "display: none" in page.select_one(".preheader")["style"]
    assert "url(" not in tiny.text(f"{NAME}.html")


def test_what_people_write_is_text_and_no_markup(site):
    title = "Steam < Heat & <script>alert(1)</script> “深度学习”"
    site.edit(WEEK, "A Talk about Steam", title)
    written = "水 is {math}`x^{2} + \\frac{1}{a}` <b onclick='x()'>bold</b><script>alert(2)</script>."
    site.edit(WEEK, "Two papers about water, and a talk.", written)
    site.edit("papers/ember2020kettle.md", "tldr: ", "tldr: <i>1 < 2 & 3</i> ")
    built = finished(site)
    page = mail(built)
    assert title in [heading.get_text() for heading in page.select("h3")]
    assert "<i>1 < 2 & 3</i>" in page.get_text()
    assert not page.select("script, [onclick], i")
    text = built.text(f"{NAME}.txt")
    assert "水 is x^2+(1)/(a) bold." in text
    assert "<i>1 < 2 & 3</i>" in text
    assert title in " ".join(text.split())


def test_links_in_text_keep_their_addresses_where_they_leave_the_site(site):
    site.edit(
        WEEK,
        "Two papers about water, and a talk.",
        "See [this](https://example.com/a) and {paper}`moss2020quiet`.\n\n1. one\n2. two\n\n- a\n- b",
    )
    text = finished(site).text(f"{NAME}.txt")
    assert "See this <https://example.com/a> and Quiet Gradients in Loud Rooms." in " ".join(text.split())
    assert "1. one\n\n2. two\n\n- a\n\n- b\n" in text


def test_drafts_are_left_out(site):
    site.edit("papers/moss2020quiet.md", "paper:\n", "paper:\n  draft: true\n")
    built = finished(site)
    assert "Quiet Gradients" not in built.text(f"{NAME}.html")
    assert "Quiet Gradients" not in built.text(f"{NAME}.txt")


def test_the_page_of_a_week_links_it_at_its_end_and_that_of_a_topic_its_feed(tiny):
    def line(name):
        page = BeautifulSoup(tiny.text(name), "html.parser")
        return {link.get_text(): link["href"] for link in page.select("[role=main] .loom-edition a")}

    assert line("weeks/2020-w38.html") == {"HTML": f"../{NAME}.html", "plain text": f"../{NAME}.txt"}
    assert line("topics/heat.html") == {"Atom": "../feeds/topics/heat.xml", "JSON Feed": "../feeds/topics/heat.json"}
    assert line("index.html") == line("papers/ember2020kettle.html") == {}


def test_an_issue_that_is_gone_takes_its_e_mail_along_and_a_change_elsewhere_writes_none(site):
    first = finished(site)
    assert (first.out / f"{NAME}.html").is_file()
    site.edit("papers/pine2021tall.md", "## Results\n", "## Results\n\nTaller.\n")
    assert finished(site).said[1] == "emails: 2 weeks, 0 of them written"
    site.edit("papers/pine2021tall.md", "tldr: A tall", "tldr: A very tall")
    assert finished(site).said[1] == "emails: 2 weeks, 1 of them written"
    site.path(WEEK).unlink()
    assert sorted(path.name for path in (finished(site, warnings=True).out / "emails").iterdir()) == [
        "2021-w06.html",
        "2021-w06.txt",
    ]
