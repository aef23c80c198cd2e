"""Feeds: what readers who follow a site get, and what they know it by."""

from __future__ import annotations

import re
import shutil
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from feed_support import ADDRESS, Finished, finished, mistakes_of_atom, mistakes_of_json
from lxml import etree
from site_support import Site, stamps, tree

from tests.drawing import DRAWING

KETTLE = "papers/ember2020kettle.md"
FRONT = "paper:\n"
REVISED = "paper:\n  revised: {on: 2021-03-01, what: The kettle was measured again.}\n"
BASE = "tag:example.org,2026:tiny/"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The tiny knowledge base, finished, for tests that only look at it."""
    return finished(Site(tmp_path_factory.mktemp("feeds")))


def titles(feed):
    return [entry.title for entry in feed.entries]


def days(entry):
    return entry.published[:10], entry.updated[:10]


def test_there_are_feeds_of_the_site_and_of_each_topic(tiny):
    assert tiny.problems == []
    topics = [f"topics/{slug}" for slug in ("heat", "nature", "rivers", "trees", "wind")]
    assert tiny.feeds == ["all", "changes", "issues", "papers", *topics]


def test_everything_is_issues_and_papers_the_newest_issue_first(tiny):
    papers = ["Tall Trees for Small Data", "KettleNet: Boiling Networks Dry", "★ Quiet Gradients in Loud Rooms"]
    assert titles(tiny.atom("all")) == ["Week 6, 2021", papers[0], "Week 38, 2020", *papers[1:]]
    assert titles(tiny.atom("papers")) == papers
    assert titles(tiny.atom("issues")) == ["Week 6, 2021", "Week 38, 2020"]


def test_a_topic_has_its_papers_and_articles_and_those_of_topics_below_it(tiny):
    assert titles(tiny.atom("topics/heat")) == [
        "KettleNet: Boiling Networks Dry",
        "★ A Talk about Steam",
        "Tea for a Hundred",
    ]
    assert set(titles(tiny.atom("topics/trees"))) < set(titles(tiny.atom("topics/nature")))


def test_every_feed_keeps_to_its_format(tiny):
    atom = {path.name: mistakes_of_atom(path) for path in tiny.out.joinpath("feeds").rglob("*.xml")}
    json = {path.name: mistakes_of_json(path) for path in tiny.out.joinpath("feeds").rglob("*.json")}
    assert len(atom) == len(json) == len(tiny.feeds)
    assert not any(atom.values()), atom
    assert not any(json.values()), json


def test_both_formats_say_the_same(tiny):
    for name in tiny.feeds:
        atom, json = tiny.atom(name), tiny.json(name)
        assert atom.feed.title == json["title"]
        for entry, item in zip(atom.entries, json["items"], strict=True):
            assert (entry.id, entry.title, entry.link) == (item["id"], item["title"], item["url"])
            assert (entry.published, entry.updated) == (item["date_published"], item["date_modified"])
            assert entry.content[0].value == item["content_html"]
            assert entry.get("summary") in (item.get("summary"), item["content_html"])
            assert {"editors-pick"} & {tag.term for tag in entry.get("tags", ())} == (
                {"editors-pick"} if item["_paperloom"]["picked"] else set()
            )


def test_days_are_those_of_the_issue(tiny):
    assert days(tiny.entry("all", "Week 38, 2020")) == ("2020-09-13", "2020-09-13")
    assert days(tiny.entry("all", "KettleNet: Boiling Networks Dry")) == ("2020-09-13", "2020-09-13")
    assert tiny.atom("all").feed.updated == "2021-01-31T00:00:00Z"


def test_an_entry_holds_the_whole_text_and_nothing_that_other_pages_change(tiny):
    text = tiny.entry("papers", "Quiet Gradients in Loud Rooms").content[0].value
    for part in ("Ivo Moss, Ana Reed", "Gradients can be heard", "Why it matters", "One microphone for each layer"):
        assert part in text
    for part in ("Also mentioned in", "Featured in", "Related", "@misc", "Link to this heading", "<h1"):
        assert part not in text
    issue = tiny.entry("issues", "Week 38, 2020").content[0].value
    for part in ("Two papers about water", "Editor’s picks", "KettleNet removes", "A kitchen in a harbor"):
        assert part in issue


def test_all_addresses_are_absolute(tiny):
    for name in tiny.feeds:
        for entry in tiny.atom(name).entries:
            page = BeautifulSoup(entry.content[0].value, "html.parser")
            for element in page.select("[href], [src]"):
                address = element.get("href") or element.get("src")
                assert urlsplit(address).scheme in ("http", "https", "mailto"), address
            assert not page.select("script, style, svg, [class], [id], [onclick]")


def test_entries_link_their_page_and_the_paper_itself(tiny):
    kettle = tiny.entry("papers", "KettleNet: Boiling Networks Dry")
    links = {link.rel: link.href for link in kettle.links}
    assert links == {
        "alternate": f"{ADDRESS}papers/ember2020kettle.html",
        "related": "https://arxiv.org/abs/2009.00001",
    }
    talk = tiny.entry("topics/heat", "A Talk about Steam")
    assert talk.link == f"{ADDRESS}weeks/2020-w38.html#steam-talk"


def test_addresses_follow_the_builder(site):
    built = finished(site, builder="dirhtml")
    assert built.entry("papers", "KettleNet: Boiling Networks Dry").link == f"{ADDRESS}papers/ember2020kettle/"
    assert built.atom("all").feed.links[1].href == ADDRESS


def test_ids_are_those_of_the_papers(tiny):
    assert [entry.id for entry in tiny.atom("all").entries] == [
        f"{BASE}weeks/2021-w06",
        f"{BASE}arxiv:2101.00003",
        f"{BASE}weeks/2020-w38",
        f"{BASE}arxiv:2009.00001",
        f"{BASE}arxiv:2009.00002",
    ]


def test_an_id_survives_another_citation_key_title_and_address(site):
    before = finished(site).entry("papers", "KettleNet: Boiling Networks Dry")
    for path in site.source.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        new = text.replace("ember2020kettle", "glow2020pot").replace("Boiling Networks Dry", "Networks Boiled Dry")
        path.write_text(new, encoding="utf-8")
    site.path(KETTLE).rename(site.path("papers/glow2020pot.md"))
    moved = finished(site, html_baseurl="https://example.net/", paperloom_feed_ids=BASE)
    after = moved.entry("papers", "KettleNet: Networks Boiled Dry")
    assert after.id == before.id
    assert after.link == "https://example.net/papers/glow2020pot.html"
    assert after.updated == before.updated


def test_only_a_stated_revision_changes_the_day(site):
    first = finished(site)
    before = first.entry("papers", "KettleNet: Boiling Networks Dry")
    site.edit(KETTLE, "## Results\n", "## Results\n\nA word more.\n")
    silent = finished(site).entry("papers", "KettleNet: Boiling Networks Dry")
    assert silent.updated == before.updated
    assert "A word more." in silent.content[0].value
    site.edit(KETTLE, FRONT, REVISED)
    announced = finished(site)
    entry = announced.entry("papers", "KettleNet: Boiling Networks Dry")
    assert entry.id == before.id
    assert days(entry) == ("2020-09-13", "2021-03-01")
    assert announced.atom("papers").feed.updated == "2021-03-01T00:00:00Z"


def test_a_change_is_an_entry_of_its_own(site):
    assert finished(site).atom("changes").entries == []
    site.edit(KETTLE, FRONT, REVISED)
    built = finished(site)
    (change,) = built.atom("changes").entries
    assert change.id == f"{BASE}arxiv:2009.00001/2021-03-01"
    assert days(change) == ("2021-03-01", "2021-03-01")
    assert change.summary == "The kettle was measured again."
    assert "The kettle was measured again." in change.content[0].value
    assert "Why it matters" in change.content[0].value
    assert mistakes_of_atom(built.out / "feeds" / "changes.xml") == []
    assert "Revised on March 1, 2021: The kettle was measured again." in built.text("papers/ember2020kettle.html")


def test_a_background_paper_is_announced_when_it_changes_alone(site):
    site.edit("papers/lake2019slow.md", FRONT, "paper:\n  revised: {on: 2021-03-02, what: Read anew.}\n")
    built = finished(site)
    assert "Slow Rivers Learn Better" not in titles(built.atom("papers"))
    assert titles(built.atom("changes")) == ["Slow Rivers Learn Better"]


def test_an_edit_elsewhere_leaves_an_entry_alone(site):
    before = finished(site).entry("papers", "Quiet Gradients in Loud Rooms")
    site.edit("weeks/2021-w06.md", "\n## Papers\n", "\n{paper}`moss2020quiet` again, and quiet.\n\n## Papers\n")
    after = finished(site).entry("papers", "Quiet Gradients in Loud Rooms")
    assert after == before


def test_drafts_are_in_no_feed(site):
    site.edit(KETTLE, FRONT, "paper:\n  draft: true\n  revised: {on: 2021-03-01, what: Begun.}\n")
    built = finished(site)
    for name in built.feeds:
        assert not [title for title in titles(built.atom(name)) if "KettleNet" in title]
    assert "Boiling Networks Dry" not in built.entry("issues", "Week 38, 2020").content[0].value


def test_what_people_write_is_text_and_no_markup(site):
    title = "A < B & C ]]> <script>alert(1)</script> “深度学习”"
    site.edit("weeks/2020-w38.md", "A Talk about Steam", title)
    written = "<p onclick='x()'>水 ]]> & \x0b<a href='javascript:x()'>run</a></p>"
    site.edit("weeks/2020-w38.md", "Two papers about water, and a talk.", written)
    built = finished(site)
    assert all(mistakes_of_atom(path) == [] for path in (built.out / "feeds").rglob("*.xml"))
    assert built.entry("topics/heat", title).title == f"★ {title}"
    text = built.entry("issues", "Week 38, 2020").content[0].value
    assert "水 ]]&gt; &amp;" in text
    assert "onclick" not in text
    assert "javascript:" not in text
    assert "<script" not in text


def test_pictures_have_addresses_and_drawings_files(site):
    site.write("figures/kettle.svg", DRAWING)
    figure = (
        "```{paper-figure} /figures/kettle.svg\n:alt: A kettle at 5 degrees.\n:origin: Drawn by us.\n\nCold.\n```\n"
    )
    site.edit(KETTLE, "## Results\n", f"{figure}\n## Results\n")
    built = finished(site)
    entry = built.entry("papers", "KettleNet: Boiling Networks Dry")
    image = BeautifulSoup(entry.content[0].value, "html.parser").img
    name = "feeds/drawings/papers-ember2020kettle-1.svg"
    assert (image["src"], image["alt"]) == (ADDRESS + name, "A kettle at 5 degrees.")
    drawing = etree.fromstring((built.out / name).read_bytes())
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "kettle & lid" in "".join(drawing.itertext())
    item = next(item for item in built.json("papers")["items"] if item["id"] == entry.id)
    assert item["image"] == ADDRESS + name
    site.edit(KETTLE, f"{figure}\n", "")
    assert not (finished(site).out / name).exists()


def test_pages_announce_the_feeds_that_belong_to_them(tiny):
    def announced(name):
        page = BeautifulSoup(tiny.text(name), "html.parser")
        found = [link["href"] for link in page.select("head link[rel=alternate][href*='feeds/']")]
        folder = (tiny.out / name).parent
        assert all((folder / href).resolve().is_file() for href in found)
        return [href.partition("feeds/")[2] for href in found if href.endswith(".xml")]

    assert announced("index.html") == ["all.xml", "issues.xml", "papers.xml", "changes.xml"]
    assert announced("topics/heat.html") == ["topics/heat.xml", "all.xml"]
    assert announced("weeks/2020-w38.html") == ["issues.xml", "all.xml"]
    assert announced("papers/ember2020kettle.html") == ["papers.xml", "changes.xml"]
    assert announced("archive/2020.html") == announced("search.html") == []


def test_the_list_of_feeds_names_them_all(site):
    site.write("follow.md", "# Follow\n\n```{feed-list}\n```\n")
    site.edit("index.md", "archive/index\n", "archive/index\nfollow\n")
    built = finished(site)
    page = BeautifulSoup(built.text("follow.html"), "html.parser")
    links = [link["href"] for link in page.select("[role=main] a[href^=feeds]")]
    assert sorted(links) == sorted(
        [*(f"feeds/{name}.{suffix}" for name in built.feeds for suffix in ("xml", "json")), "feeds/all.opml"]
    )
    assert "topics/heat.html" in [link["href"] for link in page.select("[role=main] td a")]
    opml = built.text("feeds/all.opml")
    assert re.findall(r'xmlUrl="([^"]*)"', opml)[0] == f"{ADDRESS}feeds/all.xml"
    assert opml.count("<outline") == len(built.feeds)


def test_without_an_address_there_are_no_feeds_and_nothing_links_them(site):
    site.write("follow.md", "# Follow\n\n```{feed-list}\n```\n")
    site.edit("index.md", "archive/index\n", "archive/index\nfollow\n")
    with_address = finished(site)
    assert with_address.feeds
    built = finished(site, html_baseurl="")
    assert [line.partition(",")[0] for line in built.said] == ["feeds: none", "emails: none"]
    assert "html_baseurl" in built.said[0]
    assert not (built.out / "feeds").exists()
    assert not (built.out / "emails").exists()
    for name in ("index.html", "weeks/2020-w38.html", "topics/heat.html", "follow.html"):
        assert "feeds/" not in built.text(name)
        assert "emails/" not in built.text(name)
    assert "This site has no feeds" in built.text("follow.html")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"html_baseurl": "example.org"}, "'html_baseurl' is 'example.org', not a web address"),
        ({"paperloom_feed_ids": "my ids"}, "'paperloom_feed_ids' is 'my ids', not the beginning of an address"),
    ],
)
def test_an_address_that_is_none_is_reported(site, config, said):
    (warning,) = site.build(warnings=True, **config).warnings
    assert said in warning
    assert "[paperloom.url]" in warning


def test_a_knowledge_base_without_issues_has_empty_feeds(site):
    for name in ("weeks/2020-w38.md", "weeks/2021-w06.md", "archive/2020.md", "archive/2020-09.md", "archive/2021.md"):
        site.path(name).unlink()
    built = finished(site, warnings=True)
    assert built.problems == []
    assert all(mistakes_of_atom(path) == [] for path in (built.out / "feeds").rglob("*.xml"))
    assert all(mistakes_of_json(path) == [] for path in (built.out / "feeds").rglob("*.json"))
    assert built.atom("all").entries == []


def test_a_feed_holds_no_more_than_asked_for(site):
    assert titles(finished(site, paperloom_feed_entries=2).atom("all")) == ["Week 6, 2021", "Tall Trees for Small Data"]


def test_a_number_of_entries_that_is_none_is_the_usual_one(site):
    assert len(finished(site, paperloom_feed_entries=-1).atom("all").entries) == 5


def test_the_author_of_a_feed_is_that_of_the_site_or_its_name(site):
    assert finished(site).atom("all").feed.author == "Tiny"
    assert finished(site, author="Ada & Bo").atom("all").feed.author == "Ada & Bo"


def test_feeds_of_topics_that_are_gone_go(site):
    site.write("topics/snow.md", "---\ntopic:\n---\n# Snow\n\nWhite.\n")
    assert "topics/snow" in finished(site).feeds
    site.path("topics/snow.md").unlink()
    built = finished(site)
    assert "topics/snow" not in built.feeds
    assert not (built.out / "feeds/topics/snow.json").exists()


def test_pages_that_were_renamed_keep_their_ids_and_topics_the_addresses_of_their_feeds(site):
    site.edit(
        "references.bib",
        "  eprint = {2009.00002},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.LG}",
        "  note = {x}",
    )
    before = finished(site)
    old = before.entry("papers", "Quiet Gradients in Loud Rooms"), before.atom("topics/heat").feed.id
    for path in site.source.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("moss2020quiet", "moss2020calm").replace("heat", "warmth"), encoding="utf-8")
    site.path("papers/moss2020quiet.md").rename(site.path("papers/moss2020calm.md"))
    site.path("topics/heat.md").rename(site.path("topics/warmth.md"))
    site.edit("papers/moss2020calm.md", "paper:\n", "former: [papers/moss2020quiet]\npaper:\n")
    site.edit("topics/warmth.md", "topic:", "former: [topics/heat]\ntopic:")
    after = finished(site)
    entry = after.entry("papers", "Quiet Gradients in Loud Rooms")
    assert (entry.id, entry.updated) == (old[0].id, old[0].updated)
    assert entry.link == f"{ADDRESS}papers/moss2020calm.html"
    assert after.atom("topics/warmth").feed.id == old[1]
    for suffix in ("xml", "json"):
        assert after.text(f"feeds/topics/warmth.{suffix}") == after.text(f"feeds/topics/heat.{suffix}")
    assert mistakes_of_atom(after.out / "feeds" / "topics" / "heat.xml") == []


def test_only_what_changed_is_written_and_the_result_is_that_of_a_clean_build(site):
    first = finished(site)
    assert first.said == ["feeds: 9 feeds, 9 of them written", "emails: 2 weeks, 2 of them written"]
    again = finished(site)
    assert again.said == ["feeds: 9 feeds, 0 of them written", "emails: 2 weeks, 0 of them written"]
    before = stamps(again.out / "feeds")
    site.edit("papers/pine2021tall.md", "## Results\n", "## Results\n\nTaller.\n")
    after = finished(site)
    now = stamps(after.out / "feeds")
    changed = {name for name in now if now[name] != before.get(name)}
    assert {"all.xml", "papers.xml", "topics/trees.xml"} <= changed
    assert not {"topics/heat.xml", "issues.xml", "changes.xml"} & changed
    clean = finished(site, into="clean")
    assert tree(after.out / "feeds") == tree(clean.out / "feeds")
    assert tree(after.out / "emails") == tree(clean.out / "emails")


def test_what_is_kept_may_go_or_be_damaged_and_files_that_changed_are_made_good(site):
    first = finished(site)
    expected = tree(first.out / "feeds")
    kept = site.folder / "build-finished"
    (kept / "feeds-kept.json").write_text("{", encoding="utf-8")
    (first.out / "feeds" / "all.xml").write_text("nothing", encoding="utf-8")
    assert tree(finished(site).out / "feeds") == expected
    (first.out / "feeds" / "papers.json").unlink()
    assert tree(finished(site).out / "feeds") == expected
    shutil.rmtree(kept)
    assert tree(finished(site).out / "feeds") == expected


def test_a_page_that_is_missing_is_a_problem_with_a_remedy(site):
    built = site.build(html_baseurl=ADDRESS)
    (built.out / "papers" / "pine2021tall.html").unlink()
    found = Finished(built, site.source, site.folder / "kept")
    assert "pine2021tall.html" in found.problems[0]
    assert "build the site anew" in found.problems[0]


def test_other_builders_list_the_published_feeds(site):
    site.write("follow.md", "# Follow\n\n```{feed-list}\n```\n")
    site.edit("index.md", "archive/index\n", "archive/index\nfollow\n")
    text = site.build("text", html_baseurl=ADDRESS).out / "follow.txt"
    assert "Everything: issues and papers" in text.read_text(encoding="utf-8")
    latex = next(site.build("latex", html_baseurl=ADDRESS).out.glob("*.tex")).read_text(encoding="utf-8")
    assert f"{ADDRESS}feeds/all.xml" in latex.replace("\\sphinxhyphen{}", "-").replace("\\_", "_")
