"""The Markdown twin of each page."""

from markdown_it import MarkdownIt
from paperloom.finishing.markdown import twin

MOSS = "papers/moss2020quiet.html"


def test_a_twin_holds_what_the_page_shows(finished):
    finished.run("markdown")
    text = (finished.folder / f"{MOSS}.md").read_text(encoding="utf-8")
    assert text.startswith("# Quiet Gradients in Loud Rooms\n")
    assert "**TL;DR** Gradients can be heard when the room is silent." in text
    assert "```text\n@" in text
    assert "[Rivers](../topics/rivers.html.md)" in text
    assert "## Featured in\n\n- [Week 38, 2020](../weeks/2020-w38.html.md)" in text
    assert "$x_1 < |y|$" in text
    assert "$$\n\\alpha = 0.3\n$$" in text
    assert text.endswith("Source: <https://example.org/tiny/papers/moss2020quiet.html>\n")
    assert "¶" not in text


def test_words_of_a_page_read_the_same_in_the_twin(finished):
    finished.run("markdown")
    text = (finished.folder / f"{MOSS}.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("Only one"))
    shown = MarkdownIt().renderInline(line)
    assert "Only one <em>listener</em>, <code>a_b*c</code>" in shown
    assert "2 * 3_4 [sic] &lt;b&gt;." in shown


def test_every_document_has_a_twin_and_links_between_twins_lead_somewhere(finished):
    finished.run("bibliographies", "feeds", "emails", "markdown")
    twins = {path.relative_to(finished.folder).as_posix() for path in finished.folder.rglob("*.html.md")}
    assert {"index.html.md", MOSS + ".md", "weeks/2020-w38.html.md", "topics/heat.html.md"} <= twins
    assert not {"search.html.md", "404.html.md", "genindex.html.md"} & twins
    for name in twins:
        tokens = MarkdownIt().parse((finished.folder / name).read_text(encoding="utf-8"))
        links = [
            child.attrGet("href") for token in tokens for child in token.children or () if child.type == "link_open"
        ]
        for link in links:
            path = link.partition("#")[0]
            if path and "://" not in path:
                assert ((finished.folder / name).parent / path).exists(), (name, link)


def test_the_twin_of_an_old_address_says_where_the_page_is(finished):
    finished.run("markdown")
    text = (finished.folder / "papers/old2020quiet.html.md").read_text(encoding="utf-8")
    assert text == "# Quiet Gradients in Loud Rooms\n\nThis page has moved to <moss2020quiet.html.md>.\n"


def test_only_the_twins_of_changed_pages_are_written_and_those_of_lost_pages_go(finished):
    finished.run("markdown")
    before = finished.stamps()
    page = finished.folder / MOSS
    page.write_text(page.read_text(encoding="utf-8").replace("one <em>", "three <em>"), encoding="utf-8")
    (finished.folder / "papers/pine2021tall.html").unlink()
    (finished.folder / "topics/heat.html.md").unlink()
    assert finished.run("markdown")[0].endswith("2 of them written anew")
    after = finished.stamps()
    assert {name for name in after if name.endswith(".md") and after[name] != before[name]} == {
        f"{MOSS}.md",
        "topics/heat.html.md",
    }
    assert "papers/pine2021tall.html.md" not in after


def test_a_drawing_is_replaced_by_its_words_and_a_part_that_opens_by_its_content():
    page = (
        '<head><link rel="alternate" type="text/markdown" href="x"></head><body><article role="main"><h1>T</h1>'
        '<svg role="img" aria-label="Two boxes [a]"><text>x</text></svg><svg><path/></svg>'
        "<details><summary>More</summary><p>Inside.</p></details></article></body>"
    )
    assert twin(page) == "# T\n\n[Figure: Two boxes \\[a\\]]\n\n**More**\n\nInside.\n"


def test_a_page_that_is_no_document_has_no_twin():
    assert twin("<head><title>Search</title></head><body><article role='main'>x</article></body>") is None
