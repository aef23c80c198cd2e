"""The search dialog: what it finds, and that it can be used by keyboard, on small screens and without a server."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.server import QuietHandler, serve
from tests.site.site_support import Site
from tests.site_finishing import finish_site

PAPER = "papers/ember2020kettle.html"
CHINESE = "这种方法先把图像分割成小块，再逐块识别。训练只用无标签的数据。"
DIALOG = ".loom-search-dialog[open]"
FIELD = f"{DIALOG} input"
#: What docs/contributing/search.md asks of a server, beside what furo's own styles and icons need.
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hashes}; img-src 'self' data:"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small knowledge base with Chinese names and text, and a draft, built and finished."""
    site = Site(tmp_path_factory.mktemp("search"))
    site.edit("papers/ember2020kettle.md", "aliases: [KettleNet]", "aliases: [KettleNet, 水壶网络, Trees]")
    site.edit("papers/pine2021tall.md", "Wind.", CHINESE)
    slow = site.path("papers/lake2019slow.md")
    slow.write_text(slow.read_text(encoding="utf-8") + "\n割裂的像素，分图处理。\n", encoding="utf-8")
    site.edit("papers/moss2020quiet.md", "paper:\n", "paper:\n  draft: true\n")
    site.build(warnings=True)
    return finish_site(site)


@pytest.fixture(scope="module")
def served(site):
    """The address of the small knowledge base."""
    with serve(site) as address:
        yield address


@pytest.fixture
def open_page(browser, served):
    """Open a page of the small knowledge base."""
    contexts = []

    def open_it(path=PAPER, *, address=None, width=1440, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.requests = []
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning")
                and "favicon" not in said.location["url"]
                and page.problems.append(said.text)
            ),
        )
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(f"{address or served}/{path}")
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def search(open_page):
    """Return a function that types words into the dialog and returns the titles found."""
    page = open_page()
    page.keyboard.press("/")
    page.locator(DIALOG).wait_for()

    def found(words):
        page.locator(FIELD).fill(words)
        settle(page)
        assert page.problems == []
        return titles(page)

    found.page = page
    return found


def titles(page):
    return [title.strip() for title in page.locator(f"{DIALOG} .loom-found a").all_inner_texts()]


def settle(page):
    """Wait until what is shown is what was asked for last."""
    page.locator('.loom-found[aria-busy="false"]').wait_for(state="attached")


KETTLE = "KettleNet: Boiling Networks Dry"
TREES = "Tall Trees for Small Data"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("boiling", KETTLE),
        ("KettleNet", KETTLE),
        ("ada ember", KETTLE),
        ("ember2020kettle", KETTLE),
        ("2009.00001", KETTLE),
        ("arXiv:2009.00001v2", KETTLE),
        ("https://arxiv.org/abs/2009.00001v3", KETTLE),
        ("weights gone", KETTLE),  # stems: "Half of the weight is gone"
        ("Week 38", "Week 38, 2020"),
        ("Trees", KETTLE),  # by this name, which is that of a topic and in the title of another paper
    ],
)
def test_names_authors_and_identifiers_find_their_paper_first(search, words, first):
    assert search(words)[0] == first


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("图像", TREES),
        ("分割", TREES),
        ("图像分割", TREES),
        ("无标签", TREES),
        ("水壶", KETTLE),
        ("壶网", KETTLE),
        ("识别 tree", TREES),
    ],
)
def test_chinese_words_find_chinese_text_wherever_a_word_begins(search, words, first):
    assert search(words)[0] == first


def test_characters_in_another_order_are_another_word(search):
    assert search("图像分割") == [TREES]
    assert search("分图") == ["Slow Rivers Learn Better"]


def test_chinese_text_is_shown_without_the_blanks_of_the_index(search):
    search("图像分割")

    assert "这种方法先把图像分割成小块，再逐块识别。" in search.page.locator(".loom-found-text").first.inner_text()


def test_a_result_shows_the_sentence_found_with_its_words_marked(search):
    search("weight")

    text = search.page.locator(".loom-found-text").first
    assert text.inner_text().startswith("Half of the weight is gone")
    assert text.locator("mark").all_inner_texts() == ["weight"]
    facts = search.page.locator(".loom-found .loom-details").first.inner_text()
    assert "Week 38, 2020" in facts
    assert "Heat" in facts


def test_drafts_indexes_and_what_pages_repeat_are_not_found(search):
    assert "Quiet" not in " ".join(search("quiet moss"))
    everything = search("paper")
    assert not {"All papers", "Authors and venues"} & {*everything}


def test_filters_and_the_order_by_date(search):
    page = search.page
    assert len(search("the")) > 2
    page.locator(".loom-search-filters summary").click()
    kind = page.get_by_label("Kind")
    kind.locator("option[value=paper]").wait_for(state="attached")
    kind.select_option("paper")
    settle(page)
    page.get_by_label("Year").select_option("2019")
    settle(page)
    assert titles(page) == ["Slow Rivers Learn Better"]
    assert page.locator(".loom-search-filters summary").inner_text() == "Filters (2)"

    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Sort").select_option("date")
    settle(page)
    assert titles(page).index(KETTLE) < titles(page).index("Slow Rivers Learn Better")


def test_a_filter_alone_lists_what_has_it(search):
    page = search.page
    page.locator(".loom-search-filters summary").click()
    page.get_by_label("Topic").locator("option").nth(1).wait_for(state="attached")
    page.get_by_label("Topic").select_option("Trees")
    settle(page)

    assert TREES in titles(page)
    assert KETTLE not in titles(page)


def test_it_is_used_by_keyboard_alone_and_gives_the_focus_back(open_page):
    page = open_page()
    page.locator(".loom-search-open").focus()
    page.keyboard.press("Enter")
    page.locator(DIALOG).wait_for()
    page.keyboard.type("water")
    page.locator(".loom-found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "loom-found-title"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.type("s")
    assert page.evaluate("document.activeElement.value") == "waters"
    page.keyboard.press("Escape")
    if page.locator(DIALOG).count():  # the first one may have emptied the field
        page.keyboard.press("Escape")
    assert page.locator(DIALOG).count() == 0
    assert page.evaluate("document.activeElement.classList.contains('loom-search-open')")

    page.keyboard.press("Control+k")
    page.locator(DIALOG).wait_for()
    page.locator(FIELD).fill("tall trees")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/pine2021tall.html")


def test_a_slash_in_a_field_is_a_slash(open_page):
    page = open_page("indexes/papers.html")
    page.locator(".loom-controls input").first.click()
    page.keyboard.press("/")

    assert page.locator(".loom-controls input").first.input_value() == "/"
    assert page.locator(DIALOG).count() == 0


def test_screen_readers_hear_how_much_was_found(search):
    search("kettle")
    status = search.page.get_by_role("status").first

    assert status.inner_text().startswith("Results: ")
    assert search.page.get_by_role("dialog", name="Search").count() == 1
    assert search.page.get_by_role("list", name="Results").count() == 1


def test_on_a_small_screen_a_button_in_the_header_opens_it(open_page):
    page = open_page(width=390)
    page.locator(".loom-search-header").click()
    page.locator(DIALOG).wait_for()
    page.keyboard.type("kettle")
    page.locator(".loom-found a").first.wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(DIALOG).bounding_box()
    assert (box["x"], box["width"]) == (0, 390)


def test_nothing_of_it_is_loaded_before_it_is_opened(open_page):
    page = open_page()

    assert not [url for url in page.requests if "/pagefind/" in url or "search-labels" in url or "searchindex" in url]


def hold_back(page, address):
    """Hold back what is asked for at ``address``, and return a function that waits for it and returns its route."""
    held = []

    def hold(route):
        held.append(route)

    def route():
        while not held:
            page.wait_for_timeout(20)
        return held[0]

    page.route(address, hold)
    return route


def test_what_is_typed_at_once_is_sought_however_slow_the_network_is(open_page):
    page = open_page()
    labels, index = (hold_back(page, f"**/{name}.js") for name in ("search-labels", "pagefind/pagefind"))

    page.keyboard.press("Control+k")
    page.keyboard.type("boi")
    labels().continue_()
    page.locator(DIALOG).wait_for()
    page.keyboard.type("ling")
    assert page.locator(FIELD).input_value() == "boiling"
    index().continue_()

    page.get_by_role("link", name=KETTLE).first.wait_for()
    assert page.problems == []


@contextmanager
def under_policy(site, policy):
    """Serve ``site`` with a content security policy, in which ``{hashes}`` stands for those of inline scripts."""
    inline = re.findall(r"<script>(.*?)</script>", (site / PAPER).read_text(encoding="utf-8"), re.DOTALL)
    digests = (b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline)
    header = policy.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))

    class Strict(QuietHandler):
        def end_headers(self):
            self.send_header("Content-Security-Policy", header)
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_it_works_under_a_strict_content_security_policy(site, open_page):
    with under_policy(site, POLICY) as address:
        page = open_page(address=address)
        page.keyboard.press("/")
        page.locator(DIALOG).wait_for()
        page.keyboard.type("kettle")
        page.locator(".loom-found a").first.wait_for()
        assert page.problems == []


def test_where_a_policy_forbids_what_it_needs_the_search_of_sphinx_takes_over(site, open_page):
    with under_policy(site, POLICY.replace(" 'wasm-unsafe-eval'", "")) as address:
        page = open_page(address=address)
        page.keyboard.press("/")
        page.wait_for_url("**/search.html")


def test_without_its_index_the_same_keys_lead_to_the_search_of_sphinx(tmp_path, site, open_page):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in site.iterdir():
        if path.name != "pagefind":
            (copy / path.name).symlink_to(path)
    with serve(copy) as address:
        page = open_page(address=address)
        page.keyboard.press("/")
        page.wait_for_url("**/search.html")
        page.locator("input[name=q]").fill("boiling")
        page.keyboard.press("Enter")
        page.get_by_role("link", name=KETTLE).first.wait_for()


def test_without_its_index_what_was_typed_goes_to_the_search_of_sphinx(open_page):
    page = open_page()
    index = hold_back(page, "**/pagefind/pagefind.js")

    page.keyboard.press("/")
    page.locator(DIALOG).wait_for()
    page.keyboard.type("boiling")
    index().abort()

    page.wait_for_url("**/search.html?q=boiling")
    page.get_by_role("link", name=KETTLE).first.wait_for()


def test_from_the_file_system_the_search_of_sphinx_works(site, open_page):
    page = open_page(address=site.as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("boiling")
    page.keyboard.press("Enter")

    page.get_by_role("link", name=KETTLE).first.wait_for()
    assert "search.html" in page.url


def test_from_the_file_system_it_is_used_on_a_small_screen(site, open_page):
    page = open_page(address=site.as_uri(), width=390)
    page.locator(".loom-search-header").click()
    page.wait_for_url("**/search.html")
    field = page.locator(".loom-search-again input")
    field.wait_for()
    page.keyboard.type("boiling")
    page.keyboard.press("Enter")

    page.get_by_role("link", name=KETTLE).first.wait_for()
    assert field.input_value() == "boiling"
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('form').className") == "loom-search-again"


def test_a_site_that_was_built_and_not_finished_says_so_on_its_search_page(tmp_path, site, open_page):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in site.iterdir():
        if path.name not in ("pagefind", "searchindex.js"):
            (copy / path.name).symlink_to(path)
    with serve(copy) as address:
        page = open_page("search.html?q=boiling", address=address)

        page.get_by_text("The index of this search is missing. Make it with: paperloom finish").wait_for()


def test_without_scripts_the_form_leads_to_a_page_that_says_what_is_missing(open_page):
    page = open_page(java_script_enabled=False)
    page.locator("input[name=q]").fill("boiling")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search.html?*")
    assert "activate JavaScript" in page.locator("noscript, .admonition").first.inner_text()
