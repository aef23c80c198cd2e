from xml.etree import ElementTree as ET

import pytest
from paperloom.model.records import Revision
from paperloom.outputs import published
from paperloom.outputs.modified import _own_day, days_of_pages
from paperloom.outputs.published import Place, Redirect, llms_text, redirect_text, robots_text, sitemap_files
from paperloom.weave.woven import Woven
from unit_support import make_article, make_facts, make_paper, make_period, make_topic, make_week

BASE = "https://example.org/papers/"
PLACE = Place("A *Site*", "index", BASE, lambda docname: f"{docname}.html")
FOLDERS = Place("S", "index", BASE, lambda docname: "" if docname == "index" else f"{docname}/")


def addresses(text):
    return [place.text for place in ET.fromstring(text).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_a_sitemap_lists_pages_by_name_and_days_where_they_are_known():
    ((name, text),) = sitemap_files(["b", "a&b"], {"b": "2021-03-01"}, PLACE)
    assert name == "sitemap.xml"
    assert addresses(text) == [f"{BASE}a&b.html", f"{BASE}b.html"]
    assert text.count("<lastmod>2021-03-01</lastmod>") == text.count("<lastmod>") == 1


def test_more_pages_than_one_file_may_hold_stand_in_several(monkeypatch):
    monkeypatch.setattr(published, "MOST_ADDRESSES", 2)
    files = dict(sitemap_files("abcde", {}, PLACE))
    assert addresses(files["sitemap.xml"]) == [f"{BASE}sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [place for name in sorted(files) if name != "sitemap.xml" for place in addresses(files[name])]
    assert listed == [f"{BASE}{name}.html" for name in "abcde"]


def test_robots_learn_of_the_sitemap_only_where_it_has_an_address():
    assert robots_text(PLACE).endswith(f"Sitemap: {BASE}sitemap.xml\n")
    assert "Sitemap" not in robots_text(Place("S", "index", "", str))


def test_what_titles_say_is_no_markup_in_llms_txt():
    facts = make_facts(make_paper("a2020a", title="On [x](y) & *z*", tldr="Say _it_."))
    text = llms_text(facts, {"papers/a2020a": "Say _it_."}.get, PLACE, lambda uri: f"{uri}.md")
    assert text.startswith("# A \\*Site\\*\n")
    assert f"- [On \\[x\\](y) & \\*z\\*]({BASE}papers/a2020a.html.md): Say \\_it\\_." in text.splitlines()


@pytest.mark.parametrize(
    ("place", "uri", "docname", "expected"),
    [
        (PLACE, "papers/old.html", "papers/new", "new.html"),
        (PLACE, "old.html", "papers/new", "papers/new.html"),
        (PLACE, "a/b/old.html", "index", "../../index.html"),
        (FOLDERS, "papers/old/", "papers/new", "../new/"),
        (FOLDERS, "old/", "index", "../"),
    ],
)
def test_an_old_address_leads_to_the_new_one_from_wherever_it_is(place, uri, docname, expected):
    facts = make_facts(make_paper("new", docname=docname, title="<New>"))
    text = redirect_text(facts, Redirect("x", uri, docname), place, "en", "Moved to {title}.")
    assert f'content="0; url={expected}"' in text
    assert f'Moved to <a href="{expected}">&lt;New&gt;</a>.' in text


def test_a_page_changed_when_what_it_lists_did_and_no_day_is_guessed():
    facts = make_facts(
        make_paper("a2020a", topics=("heat",)), make_paper("b2020b", topics=("cold",), figure="figures/b2020b.svg"),
        make_topic("heat"), make_topic("cold"), make_period("2021"),
        make_week("2021-w06", ["a2020a"], articles=[make_article("tea", topics=("cold",))]),
    )  # fmt: skip
    files = {
        "papers/a2020a.md": "2021-03-01", "papers/b2020b.md": "2021-03-02", "weeks/2021-w06.md": "2021-02-01",
        "topics/heat.md": "2021-01-01", "topics/cold.md": "2021-01-01", "archive/2021.md": "2021-01-01",
    }  # fmt: skip
    known = {"papers/a2020a": "2021-03-01", "weeks/2021-w06": "2021-03-01", "topics/heat": "2021-03-01"}
    assert days_of_pages(Woven(facts), files, "{}.md".format) == known
    files["figures/b2020b.svg"] = "2021-04-01"
    more = {"papers/b2020b": "2021-04-01", "topics/cold": "2021-04-01"}
    assert days_of_pages(Woven(facts), files, "{}.md".format) == known | more


@pytest.mark.parametrize(
    ("committed", "revised", "expected"),
    [
        ("2021-03-01", "2021-05-01", "2021-05-01"),
        ("2021-06-01", "2021-05-01", "2021-06-01"),
        (None, "2021-05-01", "2021-05-01"),
        (None, None, None),
    ],
)
def test_the_day_on_which_a_writer_revised_a_summary_counts(committed, revised, expected):
    paper = make_paper("a", revised=Revision(revised, "News.") if revised else None)
    document = make_facts(paper).documents["papers/a"]
    assert _own_day(document, {"papers/a.md": committed} if committed else {}, "{}.md".format) == expected
