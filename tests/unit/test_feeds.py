"""What feeds are made of, without a site."""

from __future__ import annotations

import pytest
from paperloom.emails.fragments import mail_html, plain_text
from paperloom.feeds.content import PageText, clean, standalone
from paperloom.feeds.entries import NEVER, feeds_of
from paperloom.feeds.ids import article_id, earliest_name, stable_id
from paperloom.outputs.site_settings import SiteSettings, settings_of
from paperloom.site_address import default_ids

SETTINGS = SiteSettings("Tiny", "Ada", "en", "https://example.org/", ".html", "tag:example.org,2026:", 50)
NONE = dict.fromkeys(("arxiv", "doi", "openreview", "url", "revised", "tldr"))


def paper(key, **fields):
    return {
        **NONE,
        "key": key,
        "docname": f"papers/{key}",
        "title": key,
        "topics": [],
        "featured_in": [],
        "draft": False,
        **fields,
    }


def week(number, *keys):
    name = f"2020-w{number:02}"
    return {
        "id": name,
        "docname": f"weeks/{name}",
        "title": f"Week {number}",
        "starts": f"2020-01-{number:02}",
        "papers": list(keys),
        "picks": [],
        "articles": [],
    }


def feeds(papers=(), weeks=(), topics=(), **settings):
    catalog = {"papers": list(papers), "weeks": list(weeks), "topics": list(topics)}
    chosen = SiteSettings(**{**{name: getattr(SETTINGS, name) for name in SETTINGS.__dataclass_fields__}, **settings})
    return {feed.name: feed for feed in feeds_of(catalog, chosen)}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (paper("a2020b", arxiv="2006.07733", doi="10.1/x", openreview="r"), "arxiv:2006.07733"),
        (paper("a2020b", doi="10.1/x<y> z", openreview="r"), "doi:10.1/x%3Cy%3E%20z"),
        (paper("a2020b", openreview="r"), "openreview:r"),
        (paper("a2020b"), "papers/a2020b"),
        (paper("a2020b", former=["papers/first", "papers/second"]), "papers/first"),
        (paper("a2020b", former=[]), "papers/a2020b"),
        (paper("深度"), "papers/%E6%B7%B1%E5%BA%A6"),
    ],
)
def test_the_id_of_a_paper_is_what_does_not_change(record, expected):
    assert stable_id(record) == expected


def test_issues_and_articles_go_by_their_earliest_names():
    assert earliest_name({"docname": "weeks/2020-w02", "former": ["weeks/2020-w01"]}) == "weeks/2020-w01"
    assert article_id({"docname": "weeks/2020-w02"}, {"id": "a b"}) == "weeks/2020-w02/a%20b"


def test_a_topic_that_was_renamed_keeps_the_id_of_its_feed_and_its_addresses():
    new = {
        "id": "new",
        "docname": "topics/new",
        "title": "New",
        "parent": None,
        "former": ["topics/old", "topics/other"],
    }
    other = {"id": "other", "docname": "topics/other", "title": "Other", "parent": None}
    feed = feeds(topics=[new, other])["topics/new"]
    assert feed.id == "tag:example.org,2026:feeds/topics/old"
    assert feed.former == ("topics/old",)  # the other name has a page of its own


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("", ""),
        ("https://example.org/", "tag:example.org,2026:"),
        ("http://Example.org:8000/a/b/", "tag:example.org,2026:a/b/"),
        ("https://bücher.example/ä/", "tag:xn--bcher-kva.example,2026:%C3%A4/"),
        (f"https://{'a' * 70}.org/", f"tag:{'a' * 70}.org,2026:"),
    ],
)
def test_ids_begin_with_the_host_of_the_site(address, ids):
    assert default_ids(address) == ids


def test_a_paper_enters_the_feeds_with_the_first_issue_that_features_it():
    both = {"featured_in": ["2020-w05", "2020-w12"]}
    found = feeds([paper("a", **both)], [week(5, "a"), week(12, "a")])["papers"].entries
    assert [(entry.title, entry.published) for entry in found] == [("a", "2020-01-05")]


def test_an_entry_is_never_updated_before_it_is_published():
    early = paper("a", featured_in=["2020-w05"], revised={"on": "2019-01-01", "what": "x"})
    assert feeds([early], [week(5, "a")])["papers"].entries[0].updated == "2020-01-05"


def test_changes_stand_newest_first_and_then_by_key():
    revised = {
        key: paper(key, revised={"on": day, "what": "x"})
        for key, day in (("b", "2020-02-01"), ("a", "2020-02-01"), ("c", "2020-03-01"))
    }
    assert [entry.title for entry in feeds(revised.values())["changes"].entries] == ["c", "a", "b"]


def test_a_feed_without_entries_has_a_day_that_no_build_changes():
    assert {feed.updated for feed in feeds().values()} == {NEVER}


def test_topics_above_each_other_in_a_circle_do_no_harm():
    topics = [{"id": a, "docname": f"topics/{a}", "title": a, "parent": b} for a, b in (("x", "y"), ("y", "x"))]
    found = feeds([paper("a", topics=["x"], featured_in=["2020-w05"])], [week(5, "a")], topics)
    assert [len(found[f"topics/{slug}"].entries) for slug in "xy"] == [1, 1]


@pytest.mark.parametrize(
    ("suffix", "docname", "name", "file"),
    [
        (".html", "index", "index.html", "index.html"),
        (".html", "papers/a", "papers/a.html", "papers/a.html"),
        ("", "papers/a", "papers/a", "papers/a.html"),
        ("/", "index", "", "index.html"),
        ("/", "weeks/index", "weeks/", "weeks/index.html"),
        ("/", "papers/a", "papers/a/", "papers/a/index.html"),
    ],
)
def test_pages_are_found_as_the_builder_names_them(suffix, docname, name, file):
    settings = SiteSettings("", "", "en", "https://example.org/", suffix, "", 1)
    assert (settings.page_name(docname), settings.page_file(docname)) == (name, file)


def test_settings_are_read_as_they_were_written():
    assert settings_of(SETTINGS.text()) == SETTINGS


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": "x"}', "null"])
def test_settings_that_are_none_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        settings_of(text)


def page(body):
    return PageText(
        f'<main role="main"><section>{body}</section></main>',
        "papers/a",
        "https://e.org/papers/a.html",
        "https://e.org/d/",
    )


def test_text_is_what_people_wrote():
    text = page(
        '<h1>T<a class="headerlink" href="#t">¶</a></h1><div class="loom-header"><p class="loom-facts">NeurIPS</p>'
        '<div class="loom-new">x</div></div><p>A <a href="b.html" title="B">b</a> <a href="#c">c</a></p>'
        '<div class="loom-other">woven</div><div hidden>y</div><pre><span class="k">if</span>\n\n x</pre>'
        '<details class="sd-dropdown"><summary>More</summary><p>text</p></details><img src="../_images/p.png" alt="P">'
    ).whole()
    assert text.html == (
        '<div><p>NeurIPS</p></div><p>A <a href="https://e.org/papers/b.html">b</a> <a href="https://e.org/papers/a.html#c">c</a></p>'
        "<pre>if\n\n x</pre><details><summary>More</summary><p>text</p></details>"
        '<img src="https://e.org/_images/p.png" alt="P">'
    )
    assert text.picture == "https://e.org/_images/p.png"


def test_a_page_without_text_gives_none():
    assert PageText("", "a", "https://e.org/a", "").whole().html == ""
    assert page("<p>x</p>").section("nowhere").html == ""


def test_a_section_that_has_an_odd_id_is_found():
    assert page('<section id="a.b:c"><h3>T</h3><p>x</p></section>').section("a.b:c").html == "<p>x</p>"


def test_nothing_that_runs_or_loads_is_left():
    html = clean(
        '<a href="data:text/html,x">a</a><iframe src="https://e.org"></iframe><p style="x" onload="y">z</p><!-- c -->'
    )
    assert html == "<a>a</a><p>z</p>"


def test_a_drawing_is_a_file_of_its_own():
    svg = standalone('<svg viewBox="0 0 1 1" class="loom-drawing" aria-label="a &gt; b"><text>x&nbsp;y</text></svg>')
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"')
    assert "&nbsp;" not in svg


def test_formulas_and_pictures_are_text_in_a_mail():
    formula = "<math><msub><mi>x</mi><mi>i</mi></msub><mo>=</mo><msqrt><mi>y</mi></msqrt></math>"
    assert mail_html(f'<p>{formula} <img src="https://e.org/a.svg" alt="a & b"></p>') == "<p>x_i=√(y) a &amp; b</p>"


def test_paragraphs_of_plain_text_are_those_of_the_mail():
    html = "<p>a<br>b</p><ul><li><p>c</p></li></ul><blockquote><p>d</p></blockquote>e <a href='https://x.org/'>f</a>"
    assert plain_text(html, "https://e.org/") == ["a b", "- c", "d", "e f <https://x.org/>"]
