"""The steps that write citations in official styles and the bibliographies of parts."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import finish

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "site"))

from site_support import Site, stamps, tree  # noqa: E402

STEPS = ("bibliographies", "citations")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a site and its output, built once."""
    site = Site(tmp_path_factory.mktemp("finishing"))
    site.edit("references.bib", "Moss, Ivo and Reed, Ana", "Moss, Ivo and Ember, Ada")
    return site, site.build().out


@pytest.fixture
def copied(built, tmp_path):
    """Return a copy of the built site, to be finished."""
    site, out = built
    shutil.copytree(out, tmp_path / "html")
    return BuiltSite(tmp_path / "html", site.source, tmp_path / "kept")


def run(site):
    """Finish ``site`` and return what the steps say."""
    said = []
    assert finish(site, STEPS, said.append) == []
    return said


def citations_of(site, key):
    """Return the data of a paper's script."""
    text = (site.folder / f"papers/{key}.citations.js").read_text(encoding="utf-8")
    call = f'paperloomCitations("{key}",'
    assert text.startswith(call)
    return json.loads(text.removeprefix(call).removesuffix(");\n"))


def test_each_paper_has_its_citations_in_a_script(copied):
    run(copied)

    data = citations_of(copied, "ember2020kettle")

    assert list(data["styles"]) == ["apa", "ieee", "acm", "chicago", "gb-t-7714"]
    assert data["styles"]["apa"].startswith("Ember, A., von Stone, B., &amp; The Kiln Team. (2021). KettleNet: Boiling")
    assert data["files"]["ris"] + "\n" == (copied.folder / "papers/ember2020kettle.ris").read_text(encoding="utf-8")


def test_each_part_has_its_files(copied):
    run(copied)

    names = {path.relative_to(copied.folder).as_posix() for path in copied.folder.rglob("*.ris")}
    week = (copied.folder / "weeks/2020-w38.bib").read_text(encoding="utf-8")

    assert {name for name in names if not name.startswith("papers/")} == {
        "archive/2020-09.ris",
        "archive/2020.ris",
        "archive/2021-02.ris",
        "archive/2021.ris",
        "authors/ada-ember.ris",
        "references.ris",
        "topics/heat.ris",
        "topics/rivers.ris",
        "topics/trees.ris",
        "weeks/2020-w38.ris",
        "weeks/2021-w06.ris",
    }
    assert week == "\n".join(
        (copied.folder / f"papers/{key}.bib").read_text(encoding="utf-8")
        for key in ("ember2020kettle", "moss2020quiet")
    )


def test_every_link_to_a_file_leads_to_one(copied):
    run(copied)
    from bs4 import BeautifulSoup  # noqa: PLC0415

    for path in copied.folder.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in page.select("a[download]"):
            assert (path.parent / link["href"]).is_file(), (path, link["href"])


def test_a_second_run_formats_nothing_and_writes_nothing(copied):
    first, before = run(copied), stamps(copied.folder)

    second = run(copied)

    assert ("4 of them formatted now" in first[1], "0 of them formatted now" in second[1]) == (True, True)
    assert stamps(copied.folder) == before


def test_what_was_kept_makes_no_difference(copied):
    run(copied)
    run(copied)
    before = tree(copied.folder)
    shutil.rmtree(copied.kept)

    run(copied)

    assert tree(copied.folder) == before


def test_a_changed_entry_is_formatted_again_alone(copied):
    run(copied)
    path = copied.folder / "papers/lake2019slow.bib"
    path.write_text(path.read_text(encoding="utf-8").replace("Céline", "Zoë"), encoding="utf-8")

    said = run(copied)

    assert "1 of them formatted now" in said[1]
    assert "Lake, Z. (2019)" in citations_of(copied, "lake2019slow")["styles"]["apa"]


def test_the_script_of_a_paper_that_is_gone_goes(copied):
    run(copied)
    catalog = json.loads((copied.folder / "catalog.json").read_text(encoding="utf-8"))
    catalog["papers"] = [paper for paper in catalog["papers"] if paper["key"] != "pine2021tall"]
    (copied.folder / "catalog.json").write_text(json.dumps(catalog), encoding="utf-8")

    run(BuiltSite(copied.folder, copied.sources, copied.kept))

    assert not (copied.folder / "papers/pine2021tall.citations.js").exists()
    assert (copied.folder / "papers/lake2019slow.citations.js").exists()


def test_without_pandoc_the_step_says_so_and_leaves_what_is_there(copied, monkeypatch):
    run(copied)
    monkeypatch.setattr("paperloom.citing.formatting._PACKAGES", ("no-such-package",))

    said = run(copied)

    assert said[1] == "citations: left out: no-such-package is not installed; pip install 'paperloom[citations]'"
    assert (copied.folder / "papers/lake2019slow.citations.js").exists()
