"""The ZIP file of the site, unpacked: read from the file system, without a server."""

from __future__ import annotations

import zipfile

import pytest
from paperloom.outputs.offline import write_offline

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(real_site, tmp_path_factory):
    """The folder that the ZIP file of the real site holds."""
    folder = tmp_path_factory.mktemp("offline")
    write_offline(real_site, folder / "paperloom.zip", "Paperloom")
    with zipfile.ZipFile(folder / "paperloom.zip") as archive:
        archive.extractall(folder)
    return folder / "paperloom"


@pytest.fixture
def page(browser):
    """A page that notes every request for anything but a file."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.asked = []
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or page.asked.append(request.url))
    yield page
    page.close()


def test_a_reader_walks_from_the_first_page_to_a_paper_and_its_figure(page, unpacked):
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link", name="Issues", exact=True).first.click()
    page.locator("article").get_by_role("link", name="Week 6, 2021").first.click()
    page.locator("article").get_by_role("link", name="Neural Networks Fail to Learn Periodic").first.click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("Neural Networks Fail to Learn Periodic")
    assert page.locator("figure svg").is_visible()
    assert page.asked == []


def test_the_search_of_sphinx_finds_pages(page, unpacked):
    page.goto((unpacked / "search.html").as_uri() + "?q=softpool")

    page.locator("#search-results li a").first.wait_for()
    links = page.locator("#search-results li a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(link.startswith("papers/stergiou2021refining.html") for link in links)
    assert page.asked == []
