"""After any edit a second build gives what a clean build gives, and writes what changed."""

from __future__ import annotations

import pytest
from site_support import pages, rebuild, stamps, tree

GALE = """\
---
paper:
  topics: [wind]
  tldr: Wind blows.
---
# Windy Wood

An older text.
"""
GALE_ENTRY = """
@misc{gale2018windy,
  author = {Gale, Una},
  title = {Windy Wood},
  year = {2018}
}
"""
WEEK_39 = """\
---
week:
  starts: 2020-09-20
---
# Week 39, 2020

A lull, SlowRiver aside.

## Papers

```{papers}
lake2019slow
```
"""

KITE = """\
```{article} A Kite
:id: kite
:kind: other
:topics: wind

See KettleNet.
```
"""


def without_entry(site, key):
    text = site.path("references.bib").read_text(encoding="utf-8")
    entries = text.split("\n\n")
    kept = [entry for entry in entries if f"{{{key}," not in entry]
    assert len(kept) == len(entries) - 1
    site.write("references.bib", "\n\n".join(kept))


def add_gale(site):
    site.write("papers/gale2018windy.md", GALE)
    site.write("references.bib", site.path("references.bib").read_text(encoding="utf-8") + GALE_ENTRY)


def remove_moss(site):
    site.path("papers/moss2020quiet.md").unlink()
    without_entry(site, "moss2020quiet")
    site.edit("weeks/2020-w38.md", "picks: [moss2020quiet, ", "picks: [")
    site.edit("weeks/2020-w38.md", "\nmoss2020quiet\n", "\n")


def move_ember(site):
    site.edit("weeks/2020-w38.md", "```{papers}\nember2020kettle\n", "```{papers}\n")
    site.edit("weeks/2021-w06.md", "```{papers}\n", "```{papers}\nember2020kettle\n")


def retitle_ember(site):
    site.edit("papers/ember2020kettle.md", "# KettleNet: Boiling Networks Dry", "# KettleNet: Boiling All Dry")
    site.edit("references.bib", "Boiling Networks Dry", "Boiling All Dry")


def test_a_second_build_reads_and_writes_no_document(site):
    first = site.build()
    old, old_stamps = tree(first.out), stamps(first.out)

    second = site.build()

    assert "0 added, 0 changed, 0 removed" in second.status
    assert "config changed" not in second.status
    assert "no targets are out of date" in second.status
    assert tree(second.out) == old
    written = {name for name, stamp in stamps(second.out).items() if old_stamps[name] != stamp}
    # Its static files Sphinx writes each time.
    assert {name for name in written if not name.startswith("_static/")} == set()


EVERYWHERE_IN_THE_ROUNDUPS = {"archive/2020", "archive/2020-09"}
PAPERS_OF_WEEK_38 = {"papers/ember2020kettle", "papers/moss2020quiet"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "only the useful part", "only the best part"),
            {"papers/ember2020kettle", "topics/heat", "topics/rivers", "weeks/2020-w38"},
            id="the TL;DR of a paper",
        ),
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "Steam was not measured.", "None."),
            {"papers/ember2020kettle"},
            id="prose",
        ),
        pytest.param(
            retitle_ember,
            EVERYWHERE_IN_THE_ROUNDUPS
            | PAPERS_OF_WEEK_38
            | {"archive/2021", "indexes/names", "indexes/papers", "papers/lake2019slow"}
            | {"topics/heat", "topics/nature", "topics/rivers", "weeks/2020-w38"},
            id="the title of a paper",
        ),
        pytest.param(
            lambda site: site.edit("papers/lake2019slow.md", "aliases: [SlowRiver]", "aliases: [cold lake]"),
            EVERYWHERE_IN_THE_ROUNDUPS | {"papers/lake2019slow", "index", "indexes/papers"},
            id="an alias",
        ),
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "[heat, rivers]", "[heat, wind]"),
            PAPERS_OF_WEEK_38
            | {"papers/lake2019slow", "indexes/papers", "topics/heat", "topics/index", "topics/nature"}
            | {"topics/rivers", "topics/wind", "weeks/2020-w38"},
            id="the topics of a paper",
        ),
        pytest.param(
            lambda site: site.edit("weeks/2020-w38.md", "[moss2020quiet, steam-talk]", "[ember2020kettle]"),
            EVERYWHERE_IN_THE_ROUNDUPS
            | PAPERS_OF_WEEK_38
            | {"indexes/papers", "topics/heat", "weeks/2020-w38", "weeks/index"},
            id="the picks of a week",
        ),
        pytest.param(
            lambda site: site.edit("references.bib", "Lake, Céline", "Lake, Selma and Pond, Jo"),
            EVERYWHERE_IN_THE_ROUNDUPS
            | PAPERS_OF_WEEK_38
            | {"indexes/names", "indexes/papers", "papers/lake2019slow", "topics/rivers"},
            id="the authors of an entry",
        ),
        pytest.param(
            lambda site: site.edit("references.bib", "year = {2019}", "year = {2018}"),
            EVERYWHERE_IN_THE_ROUNDUPS
            | PAPERS_OF_WEEK_38
            | {"indexes/names", "indexes/papers", "papers/lake2019slow", "topics/rivers"},
            id="the year of an entry",
        ),
        pytest.param(
            lambda site: site.edit("references.bib", "Slow Rivers", "Slow {Rivers}"),
            {"papers/lake2019slow"},
            id="the title of an entry",
        ),
        pytest.param(
            add_gale,
            {"index", "indexes/names", "indexes/papers", "papers/gale2018windy", "topics/wind"},
            id="a new paper",
        ),
        pytest.param(
            lambda site: site.edit("archive/2020-09.md", "# September 2020", "# A wet month"),
            {"archive/2020-09", "archive/2020", "archive/index", "papers/pine2021tall", "weeks/2020-w38"},
            id="the title of a month",
        ),
    ],
)
def test_an_edit_changes_these_pages_and_no_other(site, change, expected):
    assert pages(rebuild(site, change)) == expected


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(remove_moss, id="a paper goes"),
        pytest.param(move_ember, id="a paper moves to another week"),
        pytest.param(lambda site: site.write("weeks/2020-w39.md", WEEK_39), id="a week comes"),
        pytest.param(lambda site: site.path("weeks/2021-w06.md").unlink(), id="a week goes"),
        pytest.param(lambda site: site.path("archive/2021.md").unlink(), id="a year goes"),
        pytest.param(
            lambda site: site.edit("weeks/2020-w38.md", ":id: tea\n", ":id: tea-time\n"), id="an article's id"
        ),
        pytest.param(
            lambda site: site.write(
                "weeks/2021-w06.md", site.path("weeks/2021-w06.md").read_text(encoding="utf-8").split("## Other")[0]
            ),
            id="an article goes",
        ),
        pytest.param(
            lambda site: site.edit(
                "weeks/2021-w06.md",
                "## Other topics\n",
                "## Other topics\n\n" + KITE,
            ),
            id="an article comes",
        ),
        pytest.param(lambda site: site.edit("topics/rivers.md", "# Rivers", "# Streams"), id="the title of a topic"),
        pytest.param(lambda site: site.edit("topics/trees.md", "nature", "heat"), id="the topic above a topic"),
        pytest.param(
            lambda site: site.edit("weeks/2020-w38.md", "# Week 38, 2020", "# Wet week"), id="the title of a week"
        ),
        pytest.param(
            lambda site: site.edit("indexes/papers.md", "# Papers", "# All papers"), id="the title of a section"
        ),
        pytest.param(
            lambda site: site.edit("papers/ember2020kettle.md", "extends: [lake", "compares-with: [lake"),
            id="a relation",
        ),
    ],
)
def test_after_an_edit_the_site_is_that_of_a_clean_build(site, change):
    assert pages(rebuild(site, change))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_pages_of_a_paper_that_is_gone_are_removed(site, builder):
    changed = rebuild(site, remove_moss, builder=builder)

    folder = site.folder / "build" / builder
    assert not list(folder.rglob("*moss2020quiet*"))
    assert "papers/moss2020quiet.bib" in changed


def test_a_page_that_a_living_document_writes_to_is_kept_when_another_document_goes(site):
    """``tea.md`` and ``tea/index.md`` write one page in dirhtml."""
    site.write("tea.md", "---\norphan: true\n---\n# Tea\n")
    site.write("tea/index.md", "---\norphan: true\n---\n# Tea leaves\n")

    rebuild(site, lambda site: site.path("tea.md").unlink(), builder="dirhtml")

    assert "Tea leaves" in (site.folder / "build/dirhtml/tea/index.html").read_text(encoding="utf-8")


def test_a_file_of_another_origin_in_the_output_is_kept(site):
    out = site.build().out
    (out / "papers/notes.html").write_text("ours", encoding="utf-8")
    remove_moss(site)

    site.build()

    assert (out / "papers/notes.html").read_text(encoding="utf-8") == "ours"


def test_the_bibtex_file_of_an_entry_that_is_gone_is_removed_though_the_page_stays(site):
    changed = rebuild(site, lambda site: without_entry(site, "pine2021tall"), warnings=True)

    assert "papers/pine2021tall.bib" in changed


def test_a_week_whose_paper_lost_its_page_says_so_in_the_next_build(site):
    changed = rebuild(site, lambda site: site.path("papers/pine2021tall.md").unlink(), warnings=True)

    assert "weeks/2021-w06" in pages(changed)


def test_a_paper_that_comes_after_the_week_that_lists_it_is_taken_in(site):
    site.edit("weeks/2021-w06.md", "pine2021tall\n", "pine2021tall\ngale2018windy\n")
    assert len(site.build(warnings=True).warnings) == 1

    add_gale(site)
    build = site.build()

    assert build.page("weeks/2021-w06").select_one('.loom-card a[href="../papers/gale2018windy.html"]')
    assert tree(build.out) == tree(site.build(into="clean").out)


def test_a_page_that_links_to_another_by_its_name_shows_its_new_title(site):
    site.edit("topics/wind.md", "Nobody", "See [](../papers/ember2020kettle.md) and {doc}`/topics/heat`.\n\nNobody")

    def retitle(site):
        retitle_ember(site)
        site.edit("topics/heat.md", "# Heat", "# Warmth")

    assert "topics/wind" in pages(rebuild(site, retitle))


def test_an_edit_that_another_builder_has_read_reaches_the_pages_that_show_it(site):
    site.build()
    site.edit("papers/lake2019slow.md", "tldr: Rivers that flow slowly", "tldr: Streams that flow slowly")
    site.build("text")

    built = site.build()

    assert "Streams that flow slowly" in built.text("topics/rivers.html")
