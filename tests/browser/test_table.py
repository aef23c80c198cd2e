"""The table of papers: sorting, filtering, and the address that keeps them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

TABLE = "indexes/papers.html"


def shown(page):
    """Return the titles of the rows that are visible, in order."""
    return page.locator("table.loom-papers tbody tr:not([hidden]) td:first-child a").all_text_contents()


def column(page, number):
    return page.locator(f"table.loom-papers tbody tr:not([hidden]) td:nth-child({number})").all_text_contents()


def test_typing_filters_by_title_author_and_venue(open_page):
    page = open_page(TABLE)
    everything = shown(page)

    page.get_by_label("Filter", exact=True).fill("völske")
    by_author = shown(page)
    page.get_by_label("Filter", exact=True).fill("VOLSKE")

    assert len(everything) > 80
    assert len(by_author) == 1
    assert shown(page) == by_author
    assert page.locator(".loom-count").inner_text() == f"1 of {len(everything)} papers"


def test_authors_beyond_the_first_are_found(open_page):
    page = open_page(TABLE)

    page.get_by_label("Filter", exact=True).fill("fernandez-granda")

    assert shown(page) == ["Early-Learning Regularization Prevents Memorization of Noisy Labels"]


def test_topic_year_and_week_narrow_together(open_page):
    page = open_page(TABLE)

    page.get_by_label("Week").select_option("2020-w44")
    in_week = shown(page)
    page.get_by_label("Topic").select_option("Label noise")

    assert len(in_week) == 8
    assert "Early-Learning Regularization Prevents Memorization of Noisy Labels" in shown(page)
    assert set(shown(page)) < set(in_week)


def test_clearing_shows_everything_again(open_page):
    page = open_page(TABLE)
    everything = shown(page)

    page.get_by_label("Filter", exact=True).fill("nothing has this title")
    nothing = shown(page)
    page.get_by_role("button", name="Clear").click()

    assert nothing == []
    assert shown(page) == everything
    assert "?" not in page.url


def test_headers_sort_up_and_down_and_say_so(open_page):
    page = open_page(TABLE)
    header = page.get_by_role("columnheader", name="Mentions")

    header.get_by_role("button").click()
    most_first = [int(value) for value in column(page, 7)]
    state = header.get_attribute("aria-sort")
    header.get_by_role("button").click()

    assert most_first == sorted(most_first, reverse=True)
    assert most_first[0] > 10
    assert state == "descending"
    assert [int(value) for value in column(page, 7)] == sorted(most_first)
    assert header.get_attribute("aria-sort") == "ascending"


def test_sorting_works_from_the_keyboard(open_page):
    page = open_page(TABLE)
    page.get_by_role("columnheader", name="Paper").get_by_role("button").focus()

    page.keyboard.press("Enter")
    titles = shown(page)

    assert titles == sorted(titles, key=str.casefold) or titles[0].startswith(("A ", "Activate"))
    assert page.get_by_role("columnheader", name="Paper").get_attribute("aria-sort") == "ascending"


def test_the_address_keeps_filters_and_order(open_page):
    page = open_page(TABLE)
    page.get_by_label("Filter", exact=True).fill("attention")
    page.get_by_role("columnheader", name="Year").get_by_role("button").click()
    before = shown(page)

    again = open_page(page.url.partition("/indexes/")[1].lstrip("/") + page.url.partition("/indexes/")[2])

    assert len(before) >= 1
    assert shown(again) == before
    assert again.get_by_label("Filter", exact=True).input_value() == "attention"


def test_the_table_works_from_the_file_system(browser, real_site):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((real_site / TABLE).as_uri())

    page.get_by_label("Filter", exact=True).fill("attention is all")

    assert shown(page) == ["Attention Is All You Need"]
    assert errors == []
    page.close()


def test_rows_read_well_on_a_phone(open_page):
    page = open_page(TABLE, width=390)
    row = page.locator("table.loom-papers tbody tr").first

    assert row.bounding_box()["width"] <= 390
    assert "Authors: " in row.locator("td").nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
