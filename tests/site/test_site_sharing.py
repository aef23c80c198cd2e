"""What search engines, previews of links and reading programs find in a built site."""

import json
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from paperloom.outputs import written_from_all
from site_support import Site, pages, rebuild, tree

BASE = "https://example.org/tiny/"
MOSS = "papers/moss2020quiet"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("published")).build(html_baseurl=BASE)


def meta(page):
    """Return the names and contents of the tags in the head of a page."""
    return {
        tag.get("property") or tag.get("name"): tag["content"]
        for tag in page.select("head meta")
        if tag.get("property") or tag.get("name")
    }


def test_a_paper_is_described_by_its_tldr_and_shared_as_an_article(published):
    page = published.page(MOSS)
    found = meta(page)
    assert found["description"] == found["og:description"] == "Gradients can be heard when the room is silent."
    assert found["og:title"] == "Quiet Gradients in Loud Rooms"
    assert found["og:type"] == "article"
    assert found["og:site_name"] == "Tiny documentation"
    assert found["og:url"] == f"{BASE}{MOSS}.html"
    assert found["og:image"] == f"{BASE}_cards/{MOSS}.png"
    assert page.select_one("link[rel=canonical]")["href"] == f"{BASE}{MOSS}.html"
    assert page.select_one('link[type="text/markdown"]')["href"] == "moss2020quiet.html.md"
    assert "robots" not in found


def test_the_head_of_a_published_paper_holds_what_each_reading_program_looks_for(published):
    head = published.page("papers/ember2020kettle").head
    relations = {(link["rel"][0], link.get("type")) for link in head.select("link[rel]")}

    assert {("canonical", None), ("cite-as", None)} <= relations
    assert {kind for relation, kind in relations if relation == "alternate"} == {
        *("application/atom+xml", "application/feed+json", "text/markdown", "application/x-bibtex"),
        *("application/x-research-info-systems", "application/vnd.citationstyles.csl+json"),
    }
    described = json.loads(head.select_one('script[type="application/ld+json"]').string)
    assert described["@id"] == f"{BASE}papers/ember2020kettle.html"
    assert described["about"]["name"] == "KettleNet: Boiling Networks Dry"
    assert "&lt;" not in published.text("papers/ember2020kettle.html").partition("<body")[0]


def test_other_pages_are_described_by_their_first_sentences(published):
    assert meta(published.page("weeks/2020-w38"))["description"] == "Two papers about water, and a talk."
    home = meta(published.page("index"))
    assert (home["og:title"], home["og:type"]) == ("Tiny documentation", "website")
    assert "description" not in home


def test_what_pages_say_is_escaped(site):
    site.edit(f"{MOSS}.md", "tldr: Gradients can be heard when the room is silent.", "tldr: 'Say \"x<y\" & go.'")
    built = site.build(html_baseurl=BASE)
    assert meta(built.page(MOSS))["description"] == 'Say "x<y" & go.'
    assert 'content="Say &#34;x&lt;y&#34; &amp; go."' in built.text(f"{MOSS}.html")


def test_a_description_that_the_page_states_itself_is_kept(site):
    site.write(
        "topics/heat.md", "---\ntopic:\nmyst:\n  html_meta:\n    description: Warm things.\n---\n# Heat\n\nHot.\n"
    )
    heads = site.build().page("topics/heat").select('meta[name="description"]')
    assert [tag["content"] for tag in heads] == ["Warm things."]


def test_without_the_address_of_the_site_nothing_is_absolute(tiny_html):
    page = tiny_html.page(MOSS)
    assert not {"og:url", "og:image", "twitter:card"} & meta(page).keys()
    assert meta(page)["og:type"] == "article"
    assert page.select_one("link[rel=canonical]") is None
    assert not (tiny_html.out / "sitemap.xml").exists()
    assert tiny_html.text("robots.txt") == "User-agent: *\nAllow: /\n"
    assert f"]({MOSS}.html.md): Gradients" in tiny_html.text("llms.txt")


def test_drafts_are_kept_from_search_engines_and_from_both_maps(site):
    site.edit(f"{MOSS}.md", "  topics: [rivers]\n", "  topics: [rivers]\n  draft: true\n")
    built = site.build(html_baseurl=BASE)
    assert meta(built.page(MOSS))["robots"] == "noindex"
    assert MOSS not in built.text("sitemap.xml")
    assert MOSS not in built.text("llms.txt")


def test_the_sitemap_lists_every_document_and_no_day_that_is_not_known(published):
    root = ET.fromstring(published.text("sitemap.xml"))
    places = {place.text for place in root.iter(f"{NAMESPACE}loc")}
    documents = pages(name for name in tree(published.out) if name.endswith(".html")) - {"404", "search", "genindex"}
    assert places == {f"{BASE}{name}.html" for name in documents}
    assert list(root.iter(f"{NAMESPACE}lastmod")) == []
    assert published.text("robots.txt").endswith(f"\nSitemap: {BASE}sitemap.xml\n")


def test_llms_txt_has_a_title_and_sections_of_links(published):
    lines = published.text("llms.txt").splitlines()
    assert lines[0] == "# Tiny documentation"
    assert [line for line in lines if line.startswith("## ")] == ["## Issues", "## Topics", "## Papers", "## Optional"]
    assert f"- [Week 38, 2020]({BASE}weeks/2020-w38.html.md): Two papers about water, and a talk." in lines
    papers = lines[lines.index("## Papers") : lines.index("## Optional")]
    assert f"({BASE}{MOSS}.html.md)" in "\n".join(papers)


def test_files_that_the_site_brings_itself_are_left_alone(site):
    site.write("extra/robots.txt", "User-agent: *\nDisallow: /\n")
    assert "Allow" in site.build().text("robots.txt")
    built = site.build(html_extra_path=["extra"])
    assert built.text("robots.txt") == "User-agent: *\nDisallow: /\n"


def test_the_page_404_works_at_any_depth(published):
    page = published.page("404")
    addresses = [tag.get("href") or tag.get("src") for tag in page.select("[href], [src]")]
    inner = [each for each in addresses if "://" not in each]
    assert [each for each in inner if not each.startswith(("/tiny/", "#"))] == []
    assert "/tiny/search.html" in inner
    assert "/tiny/weeks/index.html" in inner
    assert meta(page)["robots"] == "noindex"
    assert page.h1.get_text(strip=True) == "Page not found"
    assert page.html["data-content_root"] == "/tiny/"


def test_a_document_called_404_takes_the_place_of_the_page(site):
    site.write("404.md", "---\norphan: true\n---\n# Lost\n")
    assert site.build().page("404").h1.get_text() == "Lost¶"


def test_addresses_of_folders_work_in_the_same_way(site):
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [papers/old2020quiet]\npaper:")
    built = site.build("dirhtml", html_baseurl=BASE)
    page = BeautifulSoup(built.text(f"{MOSS}/index.html"), "html.parser")
    assert page.select_one("link[rel=canonical]")["href"] == f"{BASE}{MOSS}/"
    assert page.select_one('link[type="text/markdown"]')["href"] == "index.html.md"
    old = BeautifulSoup(built.text("papers/old2020quiet/index.html"), "html.parser")
    assert old.a["href"] == "../moss2020quiet/"
    assert 'href="/tiny/topics/"' in built.text("404.html")
    assert f"<loc>{BASE}</loc>" in built.text("sitemap.xml")


def test_an_old_address_leads_to_the_page_without_a_script(site):
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [papers/old2020quiet, notes/quiet]\npaper:")
    built = site.build(html_baseurl=BASE)
    page = built.page("notes/quiet")
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../papers/moss2020quiet.html"
    assert page.a["href"] == "../papers/moss2020quiet.html"
    assert page.a.get_text() == "Quiet Gradients in Loud Rooms"
    assert page.select_one("link[rel=canonical]")["href"] == f"{BASE}{MOSS}.html"
    assert meta(page)["robots"] == "noindex"
    assert page.script is None
    assert built.page("papers/old2020quiet").a["href"] == "moss2020quiet.html"
    assert built.text("papers/old2020quiet.bib") == built.text(f"{MOSS}.bib")
    assert "old2020quiet" not in built.text("sitemap.xml") + built.text("llms.txt")


def test_old_addresses_come_and_go_with_the_front_matter(site):
    def came(site):
        site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [papers/old2020quiet, notes/quiet]\npaper:")
        site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")

    def went(site):
        site.edit(f"{MOSS}.md", "former: [papers/old2020quiet, notes/quiet]\n", "former: [papers/old2020quiet]\n")
        site.edit(f"{MOSS}.md", "Only two listeners.", "Only three listeners.")
        site.write("notes/quiet.md", "---\norphan: true\n---\n# Quiet notes\n")

    assert rebuild(site, came) >= {"papers/old2020quiet.html", "papers/old2020quiet.bib", "notes/quiet.html"}
    rebuild(site, went)
    assert site.build().page("notes/quiet").h1.get_text() == "Quiet notes¶"


def test_a_former_name_that_is_taken_is_a_warning_and_nothing_is_written_over(site):
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [papers/lake2019slow]\npaper:")
    built = site.build(warnings=True)
    assert any("former name 'papers/lake2019slow'" in line and "former-name" in line for line in built.warnings)
    assert "Slow Rivers" in built.page("papers/lake2019slow").h1.get_text()


def test_an_old_address_never_takes_the_place_of_a_page(site):
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [search, weeks]\npaper:")
    built = site.build("dirhtml", warnings=True)
    assert any("former name 'search'" in line for line in built.warnings)
    assert 'http-equiv="refresh"' not in built.text("search/index.html") + built.text("weeks/index.html")


def test_a_new_tldr_changes_the_page_and_the_map_for_reading_programs(site):
    def change(site):
        site.edit(f"{MOSS}.md", "Gradients can be heard when the room is silent.", "Silence helps.")

    changed = rebuild(site, change, html_baseurl=BASE)
    assert {f"{MOSS}.html", "llms.txt"} <= changed
    assert "papers/pine2021tall.html" not in changed


@pytest.mark.parametrize("builder", ["text", "latex", "gettext", "epub"])
def test_other_builders_take_no_notice(site, builder):
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [papers/old2020quiet]\npaper:")
    options = {"epub_show_urls": "no", "version": "1"} if builder == "epub" else {}
    out = site.build(builder, warnings=True, **options).out
    assert [path for path in out.rglob("*") if path.name in ("llms.txt", "robots.txt", "404.html", "404.xhtml")] == []


def test_an_old_address_that_an_interrupted_build_wrote_goes_with_the_front_matter(site, monkeypatch):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    site.build()
    site.edit(f"{MOSS}.md", "---\npaper:", "---\nformer: [notes/quiet]\npaper:")
    with monkeypatch.context() as patched:
        patched.setattr(written_from_all, "states_of", interrupt)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert (site.folder / "build/html/notes/quiet.html").exists()
    site.edit(f"{MOSS}.md", "former: [notes/quiet]\n", "")
    built = site.build()
    assert not (built.out / "notes").exists()
    assert tree(built.out) == tree(site.build(into="clean").out)
