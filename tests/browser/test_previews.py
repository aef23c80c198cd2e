"""The card of a paper beside a link to it, with a pointer, with the keyboard, without either."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.browser.server import serve
from tests.browser.test_pages import CONTRAST
from tests.conftest import TINY

pytestmark = pytest.mark.browser

WEEK = "weeks/2020-w44.html"
LINK = "article p a[href$='papers/kaplan2020scaling.html'], article p a[href$='papers/liu2020early.html']"
CARD = ".loom-preview"


@pytest.fixture
def week(open_page):
    return open_page(WEEK)


def test_a_link_that_is_pointed_at_shows_its_card_and_hides_it_afterwards(week):
    link = week.locator(LINK).first
    assert week.locator(CARD).count() == 0

    link.hover()
    card = week.locator(CARD)
    card.wait_for()

    assert "Early-Learning Regularization" in card.inner_text()
    assert "NeurIPS 2020 · Week 44, 2020" in card.inner_text()
    assert card.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    assert card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    week.locator("h1").hover()
    card.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None
    assert week.problems == []


def test_the_pointer_may_move_onto_the_card(week):
    week.locator(LINK).first.hover()
    card = week.locator(CARD)
    card.wait_for()

    card.locator(".loom-preview-tldr").hover()
    week.wait_for_timeout(700)

    assert card.is_visible()


def test_escape_puts_the_card_away_until_the_pointer_returns(open_page):
    page = open_page("indexes/overview.html")
    link = page.locator(".loom-map a", has_text="SimCLR").first
    link.locator(".loom-hit").hover()
    card = page.locator(CARD)
    card.wait_for()

    page.keyboard.press("Escape")
    assert not card.is_visible()
    link.locator("text").hover()  # still the same link
    page.wait_for_timeout(700)
    assert not card.is_visible()

    page.locator(".loom-map a", has_text="BYOL").first.locator("text").hover()
    link.locator("text").hover()
    page.wait_for_function("document.querySelector('.loom-preview:not([hidden])')?.innerText.includes('SimCLR')")


def tab_to(page, link):
    """Move the focus to a link by the keyboard."""
    link.evaluate("element => element.focus()")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")


def test_the_focus_shows_the_card_and_takes_it_along(week):
    link = week.locator(LINK).first
    tab_to(week, link)
    card = week.locator(CARD)
    card.wait_for()
    assert link.get_attribute("aria-describedby") == "loom-preview"
    week.mouse.move(5, 5)
    week.wait_for_timeout(700)
    assert card.is_visible()  # the focus is still there

    week.keyboard.press("Escape")
    assert not card.is_visible()
    assert link.evaluate("element => element === document.activeElement")

    week.keyboard.press("Shift+Tab")
    week.keyboard.press("Tab")
    card.wait_for()
    week.locator("article .loom-facts a").first.focus()
    card.wait_for(state="hidden")


def test_a_link_in_the_map_shows_its_card_beside_it(open_page):
    page = open_page("indexes/overview.html")
    link = page.locator(".loom-map a", has_text="SimCLR").first

    tab_to(page, link)
    page.locator(CARD).wait_for()

    words, card = link.locator(".loom-hit").bounding_box(), page.locator(CARD).bounding_box()
    assert card["x"] >= words["x"] + words["width"]
    assert page.problems == []


@pytest.mark.parametrize("width", [390, 1440])
def test_a_card_stays_within_the_window_and_moves_nothing(open_page, width):
    page = open_page("papers/grill2020bootstrap.html", width=width)
    links = page.locator(".loom-related a")
    last = links.last
    last.scroll_into_view_if_needed()

    last.hover()
    before, where = page.evaluate("document.documentElement.scrollHeight"), last.bounding_box()
    card = page.locator(CARD)
    card.wait_for()

    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert last.bounding_box() == where


@pytest.mark.parametrize(("motion", "animation"), [("reduce", "none"), ("no-preference", "loom-preview-appears")])
def test_a_card_only_moves_for_those_who_like_it(open_page, motion, animation):
    page = open_page(WEEK, reduced_motion=motion)
    page.locator(LINK).first.hover()
    page.locator(CARD).wait_for()

    assert page.locator(CARD).evaluate("card => getComputedStyle(card).animationName") == animation


def test_a_finger_follows_the_link(open_page):
    page = open_page(WEEK, width=390, has_touch=True)

    link = page.locator(LINK).first
    page.evaluate("document.addEventListener('click', (event) => event.preventDefault(), { once: true })")

    link.tap()
    page.wait_for_timeout(700)
    assert page.locator(CARD).count() == 0

    link.tap()
    page.wait_for_url("**/papers/liu2020early.html")


def test_links_to_anything_but_another_paper_show_nothing(open_page):
    page = open_page("papers/liu2020early.html")
    for selector in (".loom-tags a", ".loom-featured a", ".sidebar-tree .current-page > a"):
        page.locator(selector).first.hover()
        page.wait_for_timeout(450)

    assert page.locator(CARD).count() == 0
    assert page.problems == []


def test_a_card_works_from_the_file_system(browser, real_site):
    page = browser.new_page()
    page.goto((real_site / WEEK).as_uri())

    page.locator(LINK).first.hover()

    page.locator(CARD).wait_for()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_card_have_enough_contrast(open_page, scheme):
    page = open_page(WEEK, scheme=scheme)
    page.locator(LINK).first.hover()
    page.locator(CARD).wait_for()
    page.wait_for_timeout(200)

    assert page.evaluate(CONTRAST) == []


def test_without_scripts_a_link_is_a_link(open_page):
    page = open_page(WEEK, java_script_enabled=False)

    page.locator(LINK).first.click()

    assert page.url.endswith("/papers/liu2020early.html")


def test_a_card_is_found_where_pages_are_folders(browser, tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dirhtml"]
    subprocess.run([*command, "-d", tmp_path / "doctrees", TINY, tmp_path / "site"], check=True)
    with serve(tmp_path / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}/weeks/2020-w38/")

        page.locator("article p a", has_text="KettleNet").last.hover()

        page.locator(CARD).wait_for()
        page.close()
