"""The sidebar and the neighbours of a page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from site_support import Site

from benchmarks.sites import without_sidebar

FIRST_SUNDAY = date(2019, 12, 29)


def entries(build, docname):
    """Return the sidebar as (level, title) pairs and the title of the page in view."""
    tree = build.page(docname).select_one(".sidebar-tree")
    rows = [(int(item["class"][0].removeprefix("toctree-l")), item.select_one("a").text) for item in tree.select("li")]
    current = [item.select_one("a").text for item in tree.select("li.current-page")]
    return rows, current


def neighbours(build, docname):
    page = build.page(docname)
    found = {name: page.select_one(f".{name}-page .title") for name in ("prev", "next")}
    return tuple(title.text if title else None for title in found.values())


def test_a_paper_shows_its_year_its_week_and_the_papers_of_the_week(tiny_html):
    rows, current = entries(tiny_html, "papers/moss2020quiet")

    assert rows == [
        (1, "Issues"),
        (2, "2021"),
        (2, "2020"),
        (3, "Week 38, 2020"),
        (4, "KettleNet: Boiling Networks Dry"),
        (4, "Quiet Gradients in Loud Rooms"),
        (1, "Papers"),
        (1, "Authors and venues"),
        (1, "Topics"),
        (1, "Archive"),
    ]
    assert current == ["Quiet Gradients in Loud Rooms"]


@pytest.mark.parametrize(
    ("docname", "shown", "current"),
    [
        ("weeks/2021-w06", [(2, "2021"), (3, "Week 6, 2021"), (4, "Tall Trees for Small Data"), (2, "2020")], "Week 6"),
        ("archive/2020", [(2, "2021"), (2, "2020"), (3, "Week 38, 2020")], "2020"),
        ("archive/2020-09", [(2, "2021"), (2, "2020"), (3, "Week 38, 2020")], None),
        ("papers/lake2019slow", [(2, "2021"), (2, "2020")], None),
        ("topics/heat", [(2, "2021"), (2, "2020")], None),
        ("indexes/papers", [(2, "2021"), (2, "2020")], "Papers"),
    ],
)
def test_only_the_year_and_the_week_in_view_are_opened(tiny_html, docname, shown, current):
    rows, marked = entries(tiny_html, docname)

    assert [row for row in rows if row[0] > 1] == shown
    assert len(marked) == (1 if current else 0)
    assert not current or marked[0].startswith(current)


@pytest.mark.parametrize(
    ("docname", "section"),
    [
        ("topics/heat", "Topics"),
        ("papers/lake2019slow", "Papers"),
        ("papers/moss2020quiet", None),
        ("archive/2020-09", None),
        ("topics/index", None),
        ("index", None),
    ],
)
def test_the_section_of_a_page_is_marked_where_the_page_itself_is_not_shown(tiny_html, docname, section):
    tree = tiny_html.page(docname).select_one(".sidebar-tree")

    marked = tree.select('a[aria-current="true"]')

    assert [link.text for link in marked] == ([section] if section else [])
    assert all("current" in link.parent["class"] for link in marked)


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        ("weeks/2020-w38", (None, "KettleNet: Boiling Networks Dry")),
        ("papers/ember2020kettle", ("Week 38, 2020", "Quiet Gradients in Loud Rooms")),
        ("papers/moss2020quiet", ("KettleNet: Boiling Networks Dry", "Week 6, 2021")),
        ("weeks/2021-w06", ("Quiet Gradients in Loud Rooms", "Tall Trees for Small Data")),
        ("papers/pine2021tall", ("Week 6, 2021", None)),
        ("papers/lake2019slow", (None, None)),
    ],
)
def test_previous_and_next_follow_the_weeks_and_their_papers(tiny_html, docname, expected):
    assert neighbours(tiny_html, docname) == expected


def test_a_section_with_pages_of_its_own_lists_them_while_one_of_them_is_in_view(site):
    site.edit("index.md", "archive/index\n", "archive/index\nguide/index\n")
    site.write("guide/index.md", "# Guide\n\n```{toctree}\none\ntwo\n```\n")
    site.write("guide/one.md", "# First <step>\n")
    site.write("guide/two.md", "# Second\n")

    build = site.build()

    rows, current = entries(build, "guide/one")
    assert rows[-3:] == [(1, "Guide"), (2, "First <step>"), (2, "Second")]
    assert current == ["First <step>"]
    assert (1, "Guide") in entries(build, "topics/heat")[0]
    assert (2, "Second") not in entries(build, "topics/heat")[0]
    assert neighbours(build, "guide/one") == ("Guide", "Second")
    assert neighbours(build, "guide/two") == ("First <step>", None)


def test_a_year_without_a_page_is_named_and_not_linked(site):
    site.path("archive/2021.md").unlink()

    tree = site.build().page("weeks/index").select_one(".sidebar-tree")

    assert "2021" in tree.text
    assert "2021" not in [link.text for link in tree.select("a")]


def test_the_benchmark_knows_what_the_sidebar_is(tiny_html):
    page = (tiny_html.out / "papers" / "moss2020quiet.html").read_bytes()

    content = without_sidebar(page)

    assert b"sidebar-tree" in page
    assert b"sidebar-tree" not in content
    assert b"</article>" in content
    assert b"toc-drawer" in content


def test_the_search_page_has_the_sidebar_too(tiny_html):
    assert entries(tiny_html, "search")[0][0] == (1, "Issues")


def with_weeks(folder, number):
    return add_weeks(Site(folder), number).build()


def add_weeks(site, number):
    for week in range(1, number + 1):
        starts = FIRST_SUNDAY + timedelta(weeks=week - 1)
        year, place = (2020, week) if week <= 52 else (2021, week - 52)
        name = f"{year}-w{place:02}"
        if not site.path(f"weeks/{name}.md").exists():
            site.write(f"weeks/{name}.md", f"---\nweek:\n  starts: {starts}\n---\n# Week {place}, {year}\n")
    return site


def test_the_sidebar_of_a_page_does_not_grow_with_what_it_does_not_show(tmp_path):
    few = with_weeks(tmp_path / "few", 0)
    many = with_weeks(tmp_path / "many", 30)

    def size(build, docname):
        return len(str(build.page(docname).select_one(".sidebar-tree")))

    for docname in ("papers/pine2021tall", "topics/heat", "papers/lake2019slow", "archive/2021"):
        assert size(few, docname) == size(many, docname)
    # Week 38 shows the weeks of its year, and the papers of none but itself.
    assert len(entries(many, "weeks/2020-w38")[0]) == len(entries(few, "weeks/2020-w38")[0]) + 30


def test_a_long_year_shows_its_months_and_the_weeks_of_one(tmp_path):
    site = Site(tmp_path)
    for number in range(1, 13):
        name = f"2020-{number:02}"
        if not site.path(f"archive/{name}.md").exists():
            title = date(2020, number, 1).strftime("%B %Y")
            site.write(f"archive/{name}.md", f'---\narchive:\n  period: "{name}"\n---\n# {title}\n')

    build = add_weeks(site, 52).build()

    rows, current = entries(build, "papers/moss2020quiet")
    months = [title for level, title in rows if level == 3]
    assert months == [date(2020, number, 1).strftime("%B %Y") for number in range(12, 0, -1)]
    weeks = [title for level, title in rows if level == 4]
    assert weeks == [f"Week {number}, 2020" for number in (39, 38, 37, 36)]
    assert [title for level, title in rows if level == 5][-1] == "Quiet Gradients in Loud Rooms"
    assert current == ["Quiet Gradients in Loud Rooms"]
    assert entries(build, "archive/2020-03")[1] == ["March 2020"]
    assert [title for level, title in entries(build, "archive/2020")[0] if level > 3] == []
