"""Every kind of page for everyone: axe, the keyboard, no scripts, a strict policy, a slow connection."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.published import policy_of, publish
from tests.conftest import ROOT
from tests.site.site_support import Site
from tests.site_finishing import finish_site

pytestmark = pytest.mark.browser

PAPER = "papers/xue2020mt5.html"
KINDS = {
    "home": "index.html",
    "week": "weeks/2020-w44.html",
    "issues": "weeks/index.html",
    "paper": PAPER,
    "paper with a formula": "papers/ziyin2020neural.html",
    "paper with a large drawing": "papers/kataoka2020pre.html",
    "background paper": "papers/grill2020bootstrap.html",
    "topic": "topics/self-supervised-learning.html",
    "upper topic": "topics/computer-vision.html",
    "topics": "topics/index.html",
    "authors": "indexes/authors.html",
    "venues": "indexes/venues.html",
    "at a glance": "indexes/overview.html",
    "table": "indexes/papers.html",
    "archive": "archive/index.html",
    "year": "archive/2020.html",
    "month": "archive/2020-09.html",
    "follow": "follow.html",
    "search": "search.html?q=attention",
    "not found": "papers/nowhere/at-all.html",
    "contributing": "contributing/index.html",
    "code and wide tables": "contributing/extension.html",
}
DIALOG = ".loom-search-dialog[open]"


@pytest.fixture(scope="module")
def published(real_site):
    """The address of the real site under the policy that the documentation gives."""
    with publish(real_site, policy_of(real_site)) as address:
        yield address


@pytest.fixture
def open_page(browser, published):
    """Open a page; what the policy refuses, other errors, and requests to other sites are in ``page.problems``."""
    contexts = []

    def open_it(path=PAPER, *, width=1440, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.problems = []

        def own(route):
            if not route.request.url.startswith((f"{published}/", "data:")):
                page.problems.append(f"asks for {route.request.url}")
            route.continue_()

        page.route("**/*", own)
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning") and "404 (" not in said.text and page.problems.append(said.text)
            ),
        )
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"{published}/{path}")
        return page

    yield open_it
    for context in contexts:
        context.close()


def faults(page):
    """Return what axe finds, its rule for the size of targets included, which it leaves out unless asked."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}})
    return [
        f"{page.url}: {fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_any_kind_of_page(open_page, published, width, scheme):
    page = open_page(width=width, scheme=scheme, bypass_csp=True)  # axe itself is an inline script
    found = []
    for path in KINDS.values():
        page.goto(f"{published}/{path}")
        found += faults(page)

    assert found == []


#: Pages that docs/ happens not to have: drafts, and where there is nothing to show yet.
UNFINISHED = {
    "draft": "papers/moss2020quiet.html",
    "week with a draft": "weeks/2020-w38.html",
    "topic without papers": "topics/wind.html",
    "months without issues": "archive/2022.html",
    "issue without papers": "weeks/2021-w07.html",
}
NOTHING = {
    "papers": "indexes/papers.html",
    "authors and venues": "indexes/names.html",
    "issues": "weeks/index.html",
    "topics": "topics/index.html",
    "archive": "archive/index.html",
}


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory):
    """The address of a small site with a draft and pages without content, under the policy."""
    site = Site(tmp_path_factory.mktemp("unfinished"))
    site.edit("papers/moss2020quiet.md", "paper:\n", "paper:\n  draft: true\n")
    site.write("archive/2022.md", "---\narchive:\n  period: 2022\n---\n# 2022\n\nNothing yet.\n")
    site.write("weeks/2021-w07.md", "---\nweek:\n  starts: 2021-02-07\n---\n# Week 7, 2021\n\nA quiet week.\n")
    site.build(warnings=True, html_copy_source=False)
    finished = finish_site(site)
    with publish(finished, policy_of(finished)) as address:
        yield address


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """The address of a site without papers, issues and topics, under the policy."""
    site = Site(tmp_path_factory.mktemp("nothing"))
    for folder in ("papers", "weeks", "topics", "archive"):
        for page in sorted(site.path(folder).glob("*.md")):
            if page.stem != "index":
                page.unlink()
    site.write("references.bib", "")
    site.build(warnings=True, html_copy_source=False)
    finished = finish_site(site)
    with publish(finished, policy_of(finished)) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_drafts_and_where_there_is_nothing(browser, unfinished, nothing, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    found = []
    for address, kinds in ((unfinished, UNFINISHED), (nothing, NOTHING)):
        for path in kinds.values():
            assert page.goto(f"{address}/{path}").status == 200, path
            found += faults(page)
    page.goto(f"{unfinished}/{UNFINISHED['draft']}")
    assert page.locator(".loom-draft").first.is_visible()
    page.goto(f"{nothing}/{NOTHING['topics']}")
    assert page.locator(".loom-empty").first.is_visible()
    page.close()

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_what_readers_open(open_page, published, width, scheme):
    page = open_page(width=width, scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.get_by_text("Cite this paper").click()
    page.get_by_role("tab", name="APA").click()
    page.locator(".loom-citation-text:visible", has_text="Xue, L.").wait_for()
    found = faults(page)
    page.keyboard.press("/")
    page.locator(f"{DIALOG} input").fill("attention")
    page.locator(".loom-found a").first.wait_for()
    found += faults(page)

    page.goto(f"{published}/{KINDS['week']}")
    page.locator("article p a[href$='papers/liu2020early.html']").first.hover()
    page.locator(".loom-preview").wait_for()
    found += faults(page)
    if width == 390:
        page.mouse.move(1, 1)
        for name in ("Toggle site navigation sidebar", "Toggle table of contents sidebar"):
            page.get_by_role("button", name=name).locator("visible=true").click()
            page.wait_for_timeout(400)  # the drawer moves in
            found += faults(page)
            page.keyboard.press("Escape")

    assert found == []


def test_the_site_keeps_to_its_policy(open_page, published):
    page = open_page()
    for path in KINDS.values():
        page.goto(f"{published}/{path}")
        page.locator("h1").first.wait_for()

    page.goto(f"{published}/search.html?q=attention")
    page.locator("#search-results li a").first.wait_for()
    page.goto(f"{published}/{KINDS['table']}")
    page.get_by_label("Filter", exact=True).fill("attention")
    page.get_by_role("columnheader", name="Year").get_by_role("button").click()
    page.goto(f"{published}/{KINDS['week']}")
    page.locator("article p a[href$='papers/liu2020early.html']").first.hover()
    page.locator(".loom-preview").wait_for()
    page.goto(f"{published}/{PAPER}")
    page.get_by_text("Cite this paper").click()
    page.get_by_role("tab", name="APA").click()
    page.get_by_role("button", name="Copy: APA").click()
    page.locator(".theme-toggle").locator("visible=true").click()
    page.keyboard.press("/")
    page.locator(f"{DIALOG} input").fill("attention")
    page.locator(".loom-found a").first.wait_for()

    assert page.problems == []


def test_the_documentation_gives_this_policy(real_site):
    text = (ROOT / "docs" / "contributing" / "accessibility.md").read_text(encoding="utf-8")

    assert f"Content-Security-Policy: {policy_of(real_site)}\n" in text


def test_the_policy_allows_one_inline_script_and_no_inline_style(real_site):
    assert policy_of(real_site).count("sha256-") == 1
    assert "unsafe-inline" not in policy_of(real_site)


def test_a_refused_script_would_be_noticed(browser, real_site):
    with publish(real_site, "default-src 'self'") as address:
        page = browser.new_page()
        refused = []
        page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
        page.goto(f"{address}/index.html")
        page.close()

    assert refused


def wait_for_focus(page, markup):
    """Wait until an element with ``markup`` in it has the focus: scripts and animations take their time."""
    page.wait_for_function("markup => document.activeElement.outerHTML.includes(markup)", arg=markup)


def focused(page):
    return page.evaluate("document.activeElement.outerHTML")


@pytest.fixture
def walker(open_page):
    """Open a page that can also be asked what has the focus."""
    return lambda path, **options: open_page(path, bypass_csp=True, **options)


def test_menu_and_contents_are_used_with_the_keyboard_on_a_small_screen(walker):
    page = walker(PAPER, width=390, reduced_motion="reduce")
    menu = page.get_by_role("button", name="Toggle site navigation sidebar")
    page.keyboard.press("Tab")
    wait_for_focus(page, "skip-to-content")
    page.keyboard.press("Tab")
    wait_for_focus(page, "nav-overlay-icon")
    assert menu.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    wait_for_focus(page, "sidebar-brand")

    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    wait_for_focus(page, "nav-overlay-icon")
    seen = []
    for _step in range(8):  # a closed drawer takes no focus
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('.sidebar-drawer, .toc-drawer') !== null"))
    assert not any(seen)

    contents = page.get_by_role("button", name="Toggle table of contents sidebar").locator("visible=true")
    contents.focus()
    page.keyboard.press("Space")
    wait_for_focus(page, 'href="#why-it-matters"')
    page.keyboard.press("Enter")
    page.wait_for_url("**#why-it-matters")
    assert page.problems == []


def test_branches_of_the_menu_open_with_the_keyboard(walker):
    page = walker(PAPER)
    switch = page.locator(".sidebar-tree input.toctree-checkbox").first
    before = switch.is_checked()
    switch.focus()
    page.keyboard.press("Space")

    assert switch.is_checked() is not before


def test_the_table_is_sorted_and_filtered_with_the_keyboard(walker):
    page = walker(KINDS["table"])
    rows = page.locator("table.loom-papers tbody tr:not([hidden])")
    everything = rows.count()
    page.get_by_label("Filter", exact=True).focus()
    page.keyboard.type("attention")
    page.wait_for_function(f"document.querySelectorAll('.loom-papers tbody tr:not([hidden])').length < {everything}")
    page.keyboard.press("Tab")
    assert 'name="topic"' in focused(page)
    for _step in range(3):  # year, week, clear
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert rows.count() == everything
    header = page.get_by_role("columnheader", name="Year")
    header.get_by_role("button").focus()
    page.keyboard.press("Enter")

    assert header.get_attribute("aria-sort") == "descending"


def test_a_citation_is_copied_with_the_keyboard(walker):
    page = walker(PAPER, permissions=["clipboard-read", "clipboard-write"])
    page.locator("details.loom-cite summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert 'role="tab"' in focused(page)
    for _step in range(5):
        page.keyboard.press("Tab")
        if "<button" in focused(page) and 'role="tab"' not in focused(page):
            break
    page.keyboard.press("Enter")
    page.locator(".loom-citation-status:not(:empty), .copybtn.success").first.wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("@inproceedings{xue2020mt5,")


def test_wide_code_and_tables_are_scrolled_with_the_keyboard(walker):
    page = walker("contributing/performance.html", width=390)
    scrolled = page.locator(".table-wrapper[tabindex='0']").first
    scrolled.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_are_used_without_scripts(open_page, published, width):
    page = open_page(java_script_enabled=False, width=width)
    for kind, path in KINDS.items():
        page.goto(f"{published}/{path}")
        assert page.locator("h1").first.is_visible(), kind
        assert page.locator("main, [role=main]").inner_text().strip(), kind

    page.goto(f"{published}/{PAPER}")
    page.locator("details.loom-cite summary").click()
    assert page.get_by_text("@inproceedings{xue2020mt5").is_visible()
    if width == 390:
        page.locator("label.nav-overlay-icon").click()
    page.locator(".sidebar-tree").get_by_role("link", name="Topics", exact=True).click()
    assert page.url.endswith("/topics/index.html")


def test_without_scripts_the_focus_opens_the_menu(open_page):
    page = open_page(java_script_enabled=False, width=390)
    link = page.locator(".sidebar-tree").get_by_role("link", name="Topics", exact=True)
    link.focus()
    page.wait_for_timeout(400)  # the drawer moves in

    assert link.bounding_box()["x"] >= 0


@pytest.mark.parametrize("path", [PAPER, KINDS["paper with a large drawing"], KINDS["paper with a formula"]])
def test_a_first_visit_of_a_paper_is_small(browser, published, path):
    context = browser.new_context()
    page = context.new_page()
    loaded = {}
    page.on("response", lambda answer: loaded.update({answer.url: len(gzip.compress(answer.body(), 6))}))
    page.goto(f"{published}/{path}", wait_until="networkidle")
    context.close()

    assert sum(loaded.values()) < 100_000, loaded
    assert not any("/pagefind/" in url or ("citations.js" in url and "papers/" in url) for url in loaded)


def test_the_head_of_a_paper_is_markup_and_not_text(real_site):
    head = (real_site / PAPER).read_text(encoding="utf-8").partition("</head>")[0]

    assert "&lt;" not in head
    for tag in (
        '<link rel="cite-as"',
        '<script type="application/ld+json">',
        '<link rel="alternate" type="application/',
    ):
        assert tag in head


def test_the_place_of_the_controls_is_kept_free(open_page):
    page = open_page(KINDS["table"], width=390, bypass_csp=True)
    shifts = page.evaluate("""() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(sum), 300);
    })""")

    assert shifts < 0.1
