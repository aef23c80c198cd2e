"""The report of links as a page, and what it makes of the words of others."""

from __future__ import annotations

import pytest
from paperloom.cli import markdown


def test_the_page_lists_what_has_to_be_looked_at_the_gravest_first(sources, host, archive, run_links, tmp_path):
    week = (
        f"```{{article}} T\n:id: t\n:kind: other\n:url: {host.address}/fine\n```\n"
        f"```{{article}} U\n:id: u\n:kind: other\n:url: {host.address}/removed\n:archived: https://web.archive.org/web/2020/x\n```\n"
    )
    text = "# T\n\n" + " ".join(f"<{host.address}/{path}>" for path in ("missing", "old", "home-instead", "forbidden"))
    archive.copies = {f"{host.address}/fine": "20201026000000"}
    page = tmp_path / "reports" / "links.md"
    html = '<a href="nowhere.html">x</a>'
    files = {"index.md": text, "weeks/2020-w44.md": week, "_build/html/index.html": html}

    run_links(sources(files), "--report", str(page))

    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# Links", "", "To look at: 5."]
    assert [line for line in lines if line.startswith("## ")] == [
        "## Broken inside the site (1)",
        "## Gone (1)",
        "## Moved (1)",
        "## Moved, to be looked at (1)",
        "## Articles without an archived copy (1)",
        "## Unsure (2)",
        "## Gone, with an archived copy (1)",
    ]
    assert f"- `docs/index.md:3`; <{host.address}/old>; is now <{host.address}/new/old>" in lines


def test_a_site_without_faults_has_nothing_to_look_at(sources, host, run_links, tmp_path):
    page = tmp_path / "links.md"

    run_links(sources({"index.md": f"# T\n\n<{host.address}/forbidden>\n"}), "--report", str(page))

    assert "\nNothing needs to be looked at.\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see @everyone and #1", "`see @everyone and #1`"),
        ("`` a ``\nb", "`'' a '' b`"),
        ("<script>\x00\x1b", "`<script>`"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_words_of_others_are_code(words, shown):
    assert markdown.quoted(words) == shown


def test_long_words_are_cut():
    assert markdown.quoted("x" * 1000) == f"`{'x' * 299}…`"


def test_what_is_no_address_is_no_link():
    assert markdown.address("https://k.example/a") == "<https://k.example/a>"
    assert markdown.address("https://k.example/> @a <b") == "`https://k.example/> @a <b`"
    assert markdown.address(None) == ""


def test_our_words_cannot_format():
    assert markdown.plain("a *b* [c](d) @e\nf") == r"a \*b\* \[c\](d) \@e f"


def test_a_long_section_is_bounded():
    section = markdown.section("Rows", map(str, range(250)))

    assert section.startswith("## Rows (250)")
    assert section.endswith("- 99\n- and 150 more")
