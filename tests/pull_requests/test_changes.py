"""``paperloom changes`` names the pages that differ between two builds, and no others."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main

PAGE = """<!DOCTYPE html><html><head><title>{title} - Site</title></head><body>
<nav><a href="x.html">{sidebar}</a></nav>
<article role="main"><h1>{title}<a class="headerlink" href="#t">¶</a></h1>
<p>{text}<br><img src="a.png"></p></article><footer>{footer}</footer></body></html>"""


def page(title, text="Words.", sidebar="One", footer="Foot"):
    return PAGE.format(title=title, text=text, sidebar=sidebar, footer=footer)


@pytest.fixture
def builds(tmp_path):
    """Two equal builds."""
    for name in ("old", "new"):
        for path in ("index.html", "papers/kettle.html", "papers/river.html", "_static/theme.html"):
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(page(path.rpartition("/")[2].removesuffix(".html").title()), encoding="utf-8")
    return tmp_path


def compare(builds, *options):
    done = CliRunner().invoke(main, ["changes", str(builds / "old"), str(builds / "new"), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_equal_builds_have_no_changes(builds):
    assert compare(builds) == "no page changed\n"


def test_added_changed_and_removed_pages_are_named_with_their_titles(builds):
    (builds / "new" / "papers" / "kettle.html").write_text(page("Kettle", "Other words."), encoding="utf-8")
    (builds / "new" / "papers" / "river.html").unlink()
    (builds / "new" / "papers" / "pine.html").write_text(page("Pine & <b>Bark</b>"), encoding="utf-8")

    assert compare(builds).splitlines() == [
        "added: papers/pine.html: Pine & Bark",
        "changed: papers/kettle.html: Kettle",
        "removed: papers/river.html: River",
        "1 added, 1 changed, 1 removed",
    ]
    assert json.loads(compare(builds, "--format", "json")) == {
        "added": [{"path": "papers/pine.html", "title": "Pine & Bark"}],
        "changed": [{"path": "papers/kettle.html", "title": "Kettle"}],
        "removed": [{"path": "papers/river.html", "title": "River"}],
        "around": 0,
    }


@pytest.mark.parametrize(
    "altered",
    [page("Kettle", sidebar="Two"), page("Kettle", footer="Other"), page("Kettle").replace("Words.", "Words.\n  ")],
)
def test_what_stands_around_the_content_and_blanks_are_no_change(builds, altered):
    (builds / "new" / "papers" / "kettle.html").write_text(altered, encoding="utf-8")
    assert compare(builds) == "no page changed (1 more around their content alone)\n"


def test_an_attribute_in_the_content_is_a_change(builds):
    altered = page("Kettle").replace("a.png", "b.png")
    (builds / "new" / "papers" / "kettle.html").write_text(altered, encoding="utf-8")
    assert compare(builds).splitlines()[0] == "changed: papers/kettle.html: Kettle"


def test_all_of_a_page_counts_where_it_marks_no_content(builds):
    for name, words in (("old", "One"), ("new", "Two")):
        (builds / name / "papers" / "kettle.html").write_text(f"<p>{words}</p>", encoding="utf-8")
    assert compare(builds).splitlines()[0] == "changed: papers/kettle.html: "


def test_files_of_the_theme_are_no_pages(builds):
    (builds / "new" / "_static" / "theme.html").write_text("changed", encoding="utf-8")
    assert compare(builds) == "no page changed\n"


def test_markdown_escapes_titles_and_cuts_long_lists(builds):
    (builds / "new" / "index.html").write_text(page("*Home* @team [x](y)", "New"), encoding="utf-8")
    for number in range(205):
        (builds / "new" / f"{number:03}.html").write_text(page(f"Page {number}"), encoding="utf-8")

    lines = compare(builds, "--format", "markdown").splitlines()

    assert lines[:3] == ["### Changed pages", "", "205 added, 1 changed."]
    assert lines[4] == "- added: `000.html` Page 0"
    assert lines[-1] == "- and 6 more"
    assert len(lines) == 4 + 200 + 1
    shutil.rmtree(builds / "new")
    shutil.copytree(builds / "old", builds / "new")
    (builds / "new" / "index.html").write_text(page("*Home* @team [x](y)", "New"), encoding="utf-8")
    assert r"- changed: `index.html` \*Home\* \@team \[x\]\(y\)" in compare(builds, "--format", "markdown")


def test_a_folder_without_a_site_is_refused(builds):
    (builds / "new" / "index.html").unlink()
    done = CliRunner().invoke(main, ["changes", str(builds / "old"), str(builds / "new")])
    assert done.exit_code == 1
    assert "there is no built site in" in done.output
