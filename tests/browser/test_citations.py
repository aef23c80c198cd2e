"""Copying a citation: with the mouse, with the keyboard, from a server and from the file system."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import finish

from tests.browser.server import serve
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

PAPER = "papers/xue2020mt5.html"
TABS = ["BibTeX", "RIS", "CSL-JSON", "APA", "IEEE", "ACM", "Chicago", "GB/T 7714"]
CLIPBOARD = "navigator.clipboard.readText()"
RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  return item.types.includes("text/html") ? (await item.getType("text/html")).text() : null;
}"""


@pytest.fixture(scope="session")
def finished(real_site, tmp_path_factory):
    """The real site with its citations, as ``paperloom finish`` leaves it."""
    folder = tmp_path_factory.mktemp("finished")
    shutil.copytree(real_site, folder / "html")
    assert finish(BuiltSite(folder / "html", ROOT / "docs", folder / "kept"), ("citations",), print) == []
    return folder / "html"


@pytest.fixture(scope="session")
def finished_address(finished):
    with serve(finished) as url:
        yield url


def is_problem(said):
    """Return whether the console shows an error of the page; Chromium may ask for an icon by itself."""
    return said.type == "error" and "favicon" not in said.location["url"]


@pytest.fixture
def open_citation(browser):
    """Open a page and its citation; errors are collected on ``page.problems``."""
    contexts = []

    def open_it(url, *, allowed=True, **options):
        context = browser.new_context(**options)
        if allowed:
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("console", lambda said: is_problem(said) and page.problems.append(said.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(url)
        page.get_by_text("Cite this paper").click()
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_citation, finished_address):
    opened = open_citation(f"{finished_address}/{PAPER}")
    yield opened
    assert opened.problems == []


def copy(page, title):
    """Choose a format, copy it, and wait until that is said."""
    page.get_by_role("tab", name=title, exact=True).click()
    page.get_by_role("button", name=f"Copy: {title}").click()
    page.locator(".loom-citation-status", has_text=f"{title} copied").wait_for()


def test_each_format_and_style_can_be_copied(page, finished):
    copied = {}
    for title in TABS:
        copy(page, title)
        copied[title] = page.evaluate(CLIPBOARD).strip()

    folder = finished / "papers"
    assert copied["BibTeX"] == (folder / "xue2020mt5.bib").read_text(encoding="utf-8").strip()
    assert copied["RIS"] == (folder / "xue2020mt5.ris").read_text(encoding="utf-8").strip()
    assert json.loads(copied["CSL-JSON"])[0]["id"] == "xue2020mt5"
    assert re.match(r"Xue, L\., Constant, N\., .*, & Raffel, C\. \(2021\)\. mT5: A massively", copied["APA"])
    assert copied["IEEE"].startswith("L. Xue et al., “mT5: A massively multilingual")
    assert copied["ACM"].startswith("Linting Xue, Noah Constant, ")
    assert copied["Chicago"].startswith("Xue, Linting, Noah Constant, Adam Roberts, et al. 2021. ")
    assert copied["GB/T 7714"].startswith("XUE L, CONSTANT N, ROBERTS A, et al. mT5")


def test_a_word_processor_gets_the_italics(page):
    copy(page, "APA")

    assert "<i>Proceedings of the 2021 Conference" in page.evaluate(RICH)


def test_tabs_are_used_with_the_keyboard(page):
    page.get_by_role("tab", name="BibTeX").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "End", "Home", "ArrowLeft"):
        page.keyboard.press(key)

    chosen = page.get_by_role("tab", selected=True)
    assert chosen.inner_text() == "GB/T 7714"
    assert page.evaluate("document.activeElement.textContent") == "GB/T 7714"
    assert page.get_by_role("tabpanel").count() == 1
    page.locator(".loom-citation-text:visible", has_text="XUE L").wait_for()
    page.keyboard.press("Tab")  # the text, which may be scrolled
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".loom-citation-status", has_text="GB/T 7714 copied").wait_for()
    assert page.evaluate(CLIPBOARD).startswith("XUE L")


def test_tabs_say_what_they_are(page):
    tabs = page.get_by_role("tab")

    assert tabs.all_inner_texts() == TABS
    assert page.get_by_role("tablist", name="Formats of the citation").count() == 1
    for tab in tabs.all():
        panel = page.locator(f"#{tab.get_attribute('aria-controls')}")
        assert panel.get_attribute("aria-labelledby") == tab.get_attribute("id")
        assert panel.locator("pre, p").first.get_attribute("tabindex") == "0"  # long lines can be scrolled
    assert page.locator(".loom-citation-status[role=status]").count() == 1


def test_nothing_is_loaded_before_a_reader_asks(page):
    assert not any("citations.js" in url and "papers/" in url for url in page.asked)

    page.get_by_role("tab", name="IEEE").click()
    page.locator(".loom-citation-text:visible", has_text="L. Xue").wait_for()
    page.get_by_role("tab", name="ACM").click()
    page.locator(".loom-citation-text:visible", has_text="Linting Xue").wait_for()

    assert sum(url.endswith("/papers/xue2020mt5.citations.js") for url in page.asked) == 1


def test_it_works_from_the_file_system(open_citation, finished):
    page = open_citation(f"file://{finished}/{PAPER}")

    for title, words in (("Chicago", "Xue, Linting"), ("RIS", "TY  - CONF"), ("CSL-JSON", '"id": "xue2020mt5"')):
        page.get_by_role("tab", name=title, exact=True).click()
        page.locator(".loom-citation-text:visible", has_text=words).wait_for()
    assert page.problems == []


def test_where_copying_is_refused_the_text_is_selected(open_citation, finished_address):
    page = open_citation(f"{finished_address}/{PAPER}", allowed=False)
    page.evaluate("""() => {
      navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
      document.execCommand = () => false;
    }""")
    page.get_by_role("tab", name="APA").click()
    page.get_by_role("button", name="Copy: APA").click()

    page.locator(".loom-citation-status", has_text="copy it with the keyboard").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("Xue, L.")


def test_a_site_without_formatted_citations_offers_what_it_has(open_citation, finished_address):
    def missing(route):
        route.fulfill(status=404)

    page = open_citation(f"{finished_address}/{PAPER}")
    page.route("**/*.citations.js", missing)

    page.get_by_role("tab", name="RIS").click()
    page.locator(".loom-citation-text:visible", has_text="TY  - CONF").wait_for()
    page.get_by_role("tab", name="APA").click()
    page.locator(".loom-citation-text:visible", has_text="This format is not here. Take a file below.").wait_for()

    assert page.get_by_role("button", name="Copy: APA").count() == 0
    assert all("404" in problem for problem in page.problems)


def test_without_scripts_there_is_bibtex_and_the_files(open_citation, finished_address):
    page = open_citation(f"{finished_address}/{PAPER}", java_script_enabled=False)

    assert page.get_by_role("tab").count() == 0
    assert "@inproceedings{xue2020mt5" in page.locator(".loom-cite pre").inner_text()
    with page.expect_download() as download:
        page.locator(".loom-cite").get_by_role("link", name="RIS").click()
    assert download.value.suggested_filename == "xue2020mt5.ris"


def test_it_works_under_a_strict_policy(browser, finished, finished_address):
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(10_000)
    refused = []
    page.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))

    def with_policy(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": "default-src 'self'"})

    page.route("**/*.html", with_policy)
    page.goto(f"{finished_address}/{PAPER}")
    page.get_by_text("Cite this paper").click()
    copy(page, "APA")

    assert page.evaluate(CLIPBOARD).startswith("Xue, L.")
    assert not any("ld+json" in text or "citations" in text for text in refused)
    context.close()
