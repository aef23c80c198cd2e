"""Internal links and anchors of built pages."""

from __future__ import annotations

import pytest
from paperloom.cli.links.internal import read_site


@pytest.fixture
def make_site(tmp_path):
    def make(**pages):
        for name, body in pages.items():
            path = tmp_path / f"{name.replace('__', '/')}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                f'<!doctype html>\n<html><body><main role="main">\n{body}\n</main></body></html>\n', encoding="utf-8"
            )
        return read_site(tmp_path)

    return make


@pytest.mark.parametrize(
    "body",
    [
        '<a href="other.html">x</a>',
        '<a href="other.html#here">x</a>',
        '<a href="other.html#old-style">x</a>',
        '<a href="#top">x</a><a href="#">x</a><a href="">x</a>',
        '<a href="sub/">x</a>',
        '<a href="https://example.org/missing">x</a><a href="mailto:a@example.org">x</a>',
        '<a href="sub/index.html?query=1#%C3%BC">x</a>',
    ],
)
def test_a_link_that_leads_somewhere_is_fine(make_site, body):
    site = make_site(index=body, other='<p id="here">x</p><a name="old-style">x</a>', sub__index='<p id="ü">x</p>')

    assert list(site.broken()) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="gone.html">x</a>', "there is no gone.html"),
        ('<a href="other.html#gone">x</a>', "other.html has no anchor 'gone'"),
        ('<a href="#gone">x</a>', "index.html has no anchor 'gone'"),
        ('<img src="gone.png" alt="">', "there is no gone.png"),
        ('<script src="gone.js"></script>', "there is no gone.js"),
        ('<a href="/other.html">x</a>', "an absolute path"),
        ('<a href="../outside.html">x</a>', "it leads out of the site"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_page_line_and_reason(make_site, body, reason):
    (broken,) = make_site(index=f"\n{body}", other="x").broken()

    assert (broken.page, broken.line) == ("index.html", 4)
    assert broken.reason.startswith(reason)


def test_addresses_that_cannot_be_read_are_broken(make_site):
    (broken,) = make_site(index='<a href="http://[broken">x</a>').broken()

    assert broken.address == "http://[broken"


def test_external_addresses_are_listed_once_without_their_anchor(make_site):
    site = make_site(index='<a href="https://b.example/#one">x</a><a href="https://b.example/#two">x</a>')

    assert site.external == ["https://b.example/"]


def test_addresses_around_the_content_are_the_themes(make_site):
    site = make_site(index='<main>x</main></main><a href="https://theme.example/">x</a>')

    assert site.external == []


def test_pages_of_assets_are_not_pages_of_the_site(make_site):
    site = make_site(index="x", _static__demo='<a href="gone.html">x</a>')

    assert sorted(site.pages) == ["index.html"]


def test_a_broken_link_fails_the_command(site, run_links):
    root = site("# Title\n\nText.\n")
    page = root / "docs" / "_build" / "html" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Text.", '<a href="gone.html">x</a>'), encoding="utf-8")

    code, output = run_links(root, "--offline")

    assert code == 1
    assert "index.html:" in output
    assert "broken link 'gone.html': there is no gone.html" in output


def test_a_site_that_was_not_built_is_said_plainly(tmp_path, run_links):
    (tmp_path / "conf.py").write_text("", encoding="utf-8")

    code, output = run_links(tmp_path)

    assert code == 1
    assert "there is no built site" in output
