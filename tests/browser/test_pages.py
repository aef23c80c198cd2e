"""Every kind of page, in a phone's and a desktop's width, light and dark."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "home": "index.html",
    "week": "weeks/2020-w44.html",
    "paper": "papers/liu2020early.html",
    "background paper": "papers/grill2020bootstrap.html",
    "topic": "topics/self-supervised-learning.html",
    "upper topic": "topics/computer-vision.html",
    "month": "archive/2020-09.html",
    "year": "archive/2020.html",
    "table": "indexes/papers.html",
    "at a glance": "indexes/overview.html",
    "authors": "indexes/authors.html",
    "venues": "indexes/venues.html",
    "issues": "weeks/index.html",
    "topics": "topics/index.html",
    "contributing": "contributing/index.html",
}

CONTRAST = """() => {
  // The relative luminance and contrast of WCAG 2.2, for text directly in elements of ours.
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length && (color[3] ?? 1) > 0.99) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("[class*='loom-'], [class*='loom-'] *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(background(element))]
      .sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) poor.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits_its_window_and_reports_no_error(open_page, kind, width, scheme):
    page = open_page(PAGES[kind], width=width, scheme=scheme)

    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert overflow <= 0
    assert page.locator("h1").count() == 1
    assert page.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "week", "paper", "topic", "table", "at a glance", "year"])
def test_texts_of_ours_have_enough_contrast(open_page, kind, scheme):
    page = open_page(PAGES[kind], scheme=scheme)

    assert page.evaluate(CONTRAST) == []


def test_the_chosen_scheme_reaches_our_colors(open_page):
    page = open_page(PAGES["week"], scheme="light")
    warm = "getComputedStyle(document.querySelector('.loom-picks')).backgroundColor"
    light = page.evaluate(warm)

    page.evaluate("document.body.dataset.theme = 'dark'")

    assert page.evaluate(warm) != light


def test_a_reader_walks_from_home_to_a_week_to_a_paper_and_on(open_page):
    page = open_page("index.html")

    page.get_by_role("link", name="Week 6, 2021").first.click()
    page.locator(".loom-card-title a").first.click()
    first = page.locator("h1").inner_text()
    page.locator(".next-page").click()

    assert first.startswith("U-Noise")
    assert page.locator("h1").inner_text().startswith("Refining Activation Downsampling")
    assert page.locator(".sidebar-tree .current-page").inner_text().startswith("Refining")


def test_the_citation_can_be_copied(open_page):
    page = open_page(PAGES["paper"], permissions=["clipboard-read", "clipboard-write"])

    page.get_by_text("Cite this paper").click()
    page.locator(".loom-cite .highlight").hover()
    page.locator(".loom-cite button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("@inproceedings{liu2020early,")
    assert copied.rstrip().endswith("}")


def test_a_mention_leads_to_its_place(open_page):
    page = open_page(PAGES["background paper"])

    page.locator(".loom-mentions a", has_text="Understanding self-supervised").click()
    anchor = page.url.partition("#")[2]

    assert "2020-w39" in page.url
    assert page.evaluate("id => document.getElementById(id) !== null", anchor)


def test_the_search_page_finds_a_paper_by_its_text(open_page):
    page = open_page("search.html?q=bootstrap+latent", width=390)

    page.get_by_role("link", name="Bootstrap Your Own Latent").first.wait_for()

    assert page.problems == []


def test_pages_are_complete_without_scripts(open_page):
    page = open_page(PAGES["table"], java_script_enabled=False)

    assert page.locator("table.loom-papers tbody tr").count() > 80
    assert page.locator(".loom-controls").count() == 0
