"""Building and finishing after a change: the files of a clean build that is finished, and nothing else."""

from __future__ import annotations

import gzip
import json
import shutil

from click.testing import CliRunner
from paperloom import builders
from paperloom.cli.main import main
from paperloom.finishing import remembered
from site_support import Site, stamps, tree

from tests.site_finishing import finish_site

BASE = "https://example.org/tiny/"
OLD, NEW = "ember2020kettle", "ember2020boiling"
#: Sphinx writes these in every build that writes anything.
OF_EVERY_BUILD = {".buildinfo", "genindex.html", "objects.inv", "search.html"}
SENT_OR_SEARCHED = {
    *("feeds/all.xml", "feeds/all.json", "feeds/papers.xml", "feeds/papers.json", "feeds/topics/rivers.xml"),
    *("feeds/issues.xml", "emails/2020-w38.html", "emails/2020-w38.txt"),
    *("sitemap.xml", "llms.txt", "pagefind/fragment"),
}
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 100" role="img">
<rect x="10" y="10" width="80" height="80" class="{color}"/></svg>
"""
SHOWN = "```{paper-figure} kettle.svg\n:alt: A kettle.\n:caption: It boils.\n:origin: drawn for this page\n```\n\n"
ADDED = """---
paper:
  topics: [trees]
  tldr: A bench beside 树木 is a good place.
---
# The Bench

## Why it matters

People sit, as {paper}`KettleNet <ember2020kettle>` does not. 神经网络
"""
ENTRY = """@article{oak2021bench,
  author = {Oak, Ada and Lake, Lena},
  title = {The Bench},
  year = {2021},
  journal = {Journal of Parks},
}

"""


def added(site):
    site.write("papers/oak2021bench.md", ADDED)
    site.edit("references.bib", "@misc{pine2021tall", f"{ENTRY}@misc{{pine2021tall")
    site.edit("weeks/2021-w06.md", "pine2021tall\n", "pine2021tall\noak2021bench\n")


def edited(site):
    site.edit("papers/pine2021tall.md", "Data are often few.", "Data are few, see {paper}`moss2020quiet`.")


def retitled(site):
    site.edit("papers/pine2021tall.md", "# Tall Trees for Small Data", "# Taller Trees")


def renamed(site):
    done = CliRunner().invoke(main, ["--root", str(site.source), "rename", OLD, NEW])
    assert done.exit_code == 0, done.output


def renamed_topic(site):
    done = CliRunner().invoke(main, ["--root", str(site.source), "rename", "topics/trees", "topics/wood"])
    assert done.exit_code == 0, done.output


def draft(site):
    site.edit("papers/moss2020quiet.md", "  topics: [rivers]\n", "  topics: [rivers]\n  draft: true\n")


def removed(site):
    site.path("papers/moss2020quiet.md").unlink()
    removed_from_week(site)


def removed_from_week(site):
    site.edit("weeks/2020-w38.md", "moss2020quiet\n```", "```")
    site.edit("weeks/2020-w38.md", "picks: [moss2020quiet, steam-talk]", "picks: [steam-talk]")


def without_week(site):
    site.path("weeks/2021-w06.md").unlink()


def revised(site):
    site.edit(
        "papers/pine2021tall.md", "  topics: [trees]\n", "  topics: [trees]\n  revised: {on: 2021-03-01, what: News.}\n"
    )


def drawn(site):
    site.write("papers/kettle.svg", FIGURE.format(color="ink"))
    site.edit("papers/ember2020kettle.md", "## Limits", f"{SHOWN}## Limits")


CHANGES = (edited, added, retitled, drawn, renamed, draft, revised, renamed_topic, removed, without_week)


def finished(site, into="build", **options):
    """Build and finish what stands there; the changes leave things that a build may warn about."""
    site.build(into=into, html_baseurl=BASE, warnings=True, **options)
    return finish_site(site, into=into)


def difference(left, right):
    """Return the names of the files that only one of two trees has, or that differ."""
    return {name for name in left.keys() | right.keys() if left.get(name) != right.get(name)}


def test_after_each_change_of_a_history_the_site_is_that_of_a_clean_build(tmp_path):
    site = Site(tmp_path)
    finished(site)
    for change in CHANGES:
        change(site)
        again = tree(finished(site))
        shutil.rmtree(site.folder / "clean", ignore_errors=True)

        assert (change.__name__, difference(again, tree(finished(site, "clean")))) == (change.__name__, set())


def test_many_processes_finish_what_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)
    site = Site(tmp_path)
    renamed(site)
    alone = tree(finished(site, "alone"))
    monkeypatch.setattr(remembered, "WORTH_A_PROCESS", 2)

    assert difference(tree(finished(site, "together", parallel=3)), alone) == set()


def test_finishing_again_writes_nothing(tmp_path):
    site = Site(tmp_path)
    folder = finished(site)
    before = stamps(folder)
    finish_site(site)

    assert stamps(folder) == before


def test_after_the_edit_of_a_paper_only_files_that_show_it_are_written(tmp_path):
    site = Site(tmp_path)
    folder = finished(site)
    before = stamps(folder)
    site.edit("papers/pine2021tall.md", "Nine of ten saplings stood.", "Eight of ten saplings stood.")
    finished(site)
    after = stamps(folder)

    written = {name for name in after if before.get(name) != after[name]}
    parts = {name for name in written if name.startswith("pagefind/")}
    assert {name for name in written - parts if not name.startswith("_static/")} - OF_EVERY_BUILD == {
        *("papers/pine2021tall.html", "papers/pine2021tall.html.md", "_sources/papers/pine2021tall.md.txt"),
        *("searchindex.js", "feeds/all.xml", "feeds/all.json", "feeds/papers.xml", "feeds/papers.json"),
        *("feeds/topics/trees.xml", "feeds/topics/trees.json", "feeds/topics/nature.xml", "feeds/topics/nature.json"),
    }
    assert len([name for name in parts if name.startswith("pagefind/fragment/")]) == 1


def test_a_removed_paper_leaves_no_file(tmp_path):
    site = Site(tmp_path)
    folder = finished(site)
    drawn(site)
    finished(site)
    site.path("papers/moss2020quiet.md").unlink()
    removed_from_week(site)
    finished(site)

    assert [name for name in tree(folder) if "moss" in name] == []


def test_a_renamed_paper_has_all_its_files_and_the_old_address_those_that_others_know(tmp_path):
    site = Site(tmp_path)
    folder = finished(site)
    before = {name for name in tree(folder) if OLD in name}
    entries = ids(folder)
    renamed(site)
    finished(site)
    after = tree(folder)

    assert {name for name in after if NEW in name} == {name.replace(OLD, NEW) for name in before}
    kept = {name for name in after if OLD in name}
    assert kept == {f"papers/{OLD}{suffix}" for suffix in (".bib", ".html", ".html.md", ".json", ".ris")}
    assert b"{The Kiln Team}" in after[f"papers/{OLD}.bib"]
    assert ids(folder) == entries


def test_a_draft_is_in_nothing_that_is_sent_or_searched(tmp_path):
    site = Site(tmp_path)
    folder = finished(site)
    shown = places_of(folder, "moss2020quiet", "Quiet Gradients")
    draft(site)
    finished(site)

    assert shown >= SENT_OR_SEARCHED
    assert places_of(folder, "moss2020quiet", "Quiet Gradients").isdisjoint(SENT_OR_SEARCHED)


def ids(folder):
    """Return the ids of the entries of all feeds."""
    return {
        path.name: [item["id"] for item in json.loads(path.read_text(encoding="utf-8"))["items"]]
        for path in (folder / "feeds").rglob("*.json")
    }


def places_of(folder, *names):
    """Return the files that hold one of ``names``, packed ones unpacked."""
    found = set()
    for name, data in tree(folder).items():
        text = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        if any(each.encode() in text for each in names):
            found.add("pagefind/fragment" if name.startswith("pagefind/fragment/") else name)
    return found
