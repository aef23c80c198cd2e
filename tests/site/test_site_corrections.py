"""Every page links to a form for corrections that is filled in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from paperloom.cli.links.internal import read_site

from tests.conftest import ROOT

ADDRESS = "https://example.org/new?form=correct&page={page}&title=Correction%3A%20{title}"


def link_of(built, docname):
    return built.page(docname).select_one("[role=main] .loom-correction a")


def test_the_link_names_the_page_and_its_title(site):
    site.edit("papers/ember2020kettle.md", "# ", "# “Steam” & <Heat>: 100% ")
    site.edit("references.bib", "title = {", "title = {“Steam” & <Heat>: 100% ")
    built = site.build(warnings=True, paperloom_correction_url=ADDRESS)
    address = urlsplit(link_of(built, "papers/ember2020kettle")["href"])
    query = parse_qs(address.query)
    assert address.netloc == "example.org"
    assert query["form"] == ["correct"]
    assert query["page"] == ["papers/ember2020kettle"]
    assert query["title"][0].startswith("Correction: “Steam” & <Heat>: 100% ")


def test_all_documents_have_it_and_pages_without_a_source_have_not(site):
    built = site.build(paperloom_correction_url=ADDRESS)
    for docname in ("index", "weeks/2020-w38", "topics/heat", "archive/2020-09"):
        assert link_of(built, docname).get_text() == "Suggest a correction"
    assert link_of(built, "search") is None


def test_the_link_is_no_content_whose_address_is_to_be_checked(site):
    built = site.build(paperloom_correction_url=ADDRESS)
    assert not [address for address in read_site(built.out).external if "example.org/new" in address]


def test_without_an_address_there_is_no_link(site):
    assert link_of(site.build(), "papers/ember2020kettle") is None


@pytest.mark.parametrize("address", ["new?page={page}", "javascript:alert(1)", "https://"])
def test_an_address_that_leads_nowhere_is_reported_and_not_linked(site, address):
    built = site.build(warnings=True, paperloom_correction_url=address)
    (warning,) = built.warnings
    assert f"'paperloom_correction_url' is '{address}', not a web address; write it as" in warning
    assert link_of(built, "index") is None


def test_a_new_title_shows_in_the_link_of_the_next_build(site):
    site.build(paperloom_correction_url=ADDRESS)
    site.edit("topics/heat.md", "# Heat", "# Warmth")
    built = site.build(paperloom_correction_url=ADDRESS)
    assert parse_qs(urlsplit(link_of(built, "topics/heat")["href"]).query)["title"] == ["Correction: Warmth"]


def test_the_form_of_this_project_has_the_fields_that_its_link_fills_in(real_site):
    page = (real_site / "papers" / "grill2020bootstrap.html").read_text(encoding="utf-8")
    start = page.index('rel="nofollow" href="') + len('rel="nofollow" href="')
    query = parse_qs(urlsplit(page[start : page.index('"', start)].replace("&amp;", "&")).query)
    form = ROOT / ".github" / "ISSUE_TEMPLATE" / query.pop("template")[0]
    fields = {field.get("id") for field in yaml.safe_load(form.read_text(encoding="utf-8"))["body"]}
    assert set(query) == {"page", "title"}
    assert set(query) - {"title"} <= fields
