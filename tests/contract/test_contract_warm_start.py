"""A fresh checkout with what was kept of an earlier build: right in any case, quick where it can be."""

from __future__ import annotations

import copy
import os
import shutil

import pytest

from tests.contract.checkout import Checkout, Stamp
from tests.contract.damages import DAMAGES, damage
from tests.contract.economy import look, preferring, require_only_what_shows_it
from tests.contract.edits import EDITS
from tests.contract.world import small_world


def check_out_anew(checkout, world):
    """Replace the sources by new files, and all times of what was kept by those of its unpacking."""
    shutil.rmtree(checkout.source)
    checkout.source.mkdir()
    checkout.put(world)
    for path in (checkout.folder / "build").rglob("*"):
        os.utime(path)


def edited_world():
    world = small_world()
    EDITS["a TL;DR"](world, preferring("lake2019slow"))
    return world


def test_a_fresh_checkout_reads_and_writes_what_differs_by_content(built, clean):
    world = edited_world()
    check_out_anew(built, world)
    before = look(built)

    done = built.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, {"papers/lake2019slow.md"})


def test_a_fresh_checkout_of_the_same_sources_has_nothing_to_do(built, clean, world):
    check_out_anew(built, world)
    before = look(built)

    done = built.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, set())


@pytest.mark.parametrize("stamp", Stamp)
def test_another_branch_and_back_reads_and_writes_what_differs(built, clean, world, stamp):
    branch = edited_world()
    for there, documents in ((branch, {"papers/lake2019slow.md"}), (world, {"papers/lake2019slow.md"})):
        before = look(built)
        built.put(there, stamp)

        done = built.do()

        clean.require(done.build.out, there)
        require_only_what_shows_it(done, before, documents)


@pytest.mark.parametrize("stamp", Stamp)
def test_another_branch_and_back_without_a_build_has_nothing_to_do(built, clean, world, stamp):
    before = look(built)
    built.put(edited_world(), stamp)
    built.put(world, stamp)

    done = built.do()

    clean.require(done.build.out, world)
    require_only_what_shows_it(done, before, set())


def test_sources_that_are_older_than_what_was_kept_are_seen(built, clean):
    """An archive of the sources carries the times of its commits."""
    world = edited_world()
    check_out_anew(built, world)
    for path in built.source.rglob("*"):
        os.utime(path, (0, 0))

    clean.require(built.do().build.out, world)


@pytest.mark.parametrize("world", [small_world(), edited_world()], ids=["the same sources", "other sources"])
def test_what_was_kept_serves_in_another_folder(built, tmp_path, clean, world):
    elsewhere = Checkout(tmp_path / "elsewhere", world)
    shutil.copytree(built.folder / "build", elsewhere.folder / "build")

    done = elsewhere.do()

    clean.require(done.build.out, world)


def kept_files(checkout):
    """Return the files beside the doctrees, each by its name, and all doctrees together."""
    folder = checkout.folder / "build" / "doctrees"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    groups = {path.name.rpartition("-")[0] or path.name: [path] for path in files if path.suffix != ".doctree"}
    return groups | {"doctrees": [path for path in files if path.suffix == ".doctree"]}


def troubles_of(cases, spoil, built, clean, world):
    """Return what went wrong, by case, when builds of ``world`` began with what ``spoil`` made of a finished one."""
    troubles = {}
    for case in cases:
        built.restore()
        spoil(case)
        built.put(world)
        try:
            clean.require(built.do().build.out, world)
        except Exception as error:  # noqa: BLE001  # a traceback is one of the troubles
            troubles[case] = f"{type(error).__name__}: {str(error)[:200]}"
    return troubles


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("edited", [False, True], ids=["nothing edited", "an edit"])
def test_damage_to_any_kept_file_costs_time_and_no_page(built, clean, how, edited):
    def spoil(name):
        for path in kept_files(built)[name]:
            damage(path, how)

    world = edited_world() if edited else small_world()
    assert troubles_of(list(kept_files(built)), spoil, built, clean, world) == {}


@pytest.mark.parametrize("edited", [False, True], ids=["nothing edited", "an edit"])
@pytest.mark.parametrize(
    "name",
    [
        "papers/lake2019slow.html",
        "papers/lake2019slow.bib",
        "topics/rivers.html",
        "catalog.json",
        "objects.inv",
        ".buildinfo",
        "_sources/papers/lake2019slow.md.txt",
        "_static/paperloom.css",
        "_images/kettle.svg",
    ],
)
def test_damage_to_any_output_is_made_good(built, clean, name, edited):
    """What was kept of the output may have been cut off on its way, or edited by hand."""

    def spoil(how):
        damage(built.out / name, how)

    world = edited_world() if edited else small_world()
    assert troubles_of(DAMAGES, spoil, built, clean, world) == {}


@pytest.mark.parametrize("how", DAMAGES)
def test_damage_to_the_whole_output_is_made_good(built, clean, world, how):
    for path in [path for path in built.out.rglob("*") if path.is_file()]:
        damage(path, how)

    clean.require(built.do().build.out, world)


@pytest.mark.parametrize("lost", ["doctrees", "html"])
def test_a_page_that_goes_while_a_part_of_the_build_was_lost_leaves_no_file(built, clean, world, lost):
    """Without doctrees nobody remembers the page."""
    shutil.rmtree(built.folder / "build" / lost)
    EDITS["a paper goes"](world, preferring("moss2020quiet"))
    built.put(world)

    clean.require(built.do().build.out, world)


def foreign_world():
    """Another knowledge base with documents of the same names."""
    world = small_world()
    for paper in world.papers.values():
        paper.title, paper.tldr, paper.aliases, paper.topics = (
            f"Foreign {paper.title}",
            "Foreign.",
            ["rivers"],
            ["heat"],
        )
    world.papers["gale2018windy"] = copy.deepcopy(world.papers["lake2019slow"])
    world.weeks.pop("2021-w06")
    world.files["notes/lost.md"] = "---\norphan: true\n---\n# Lost\n"
    return world


@pytest.fixture
def foreign(tmp_path):
    """A finished build of another knowledge base."""
    checkout = Checkout(tmp_path / "foreign", foreign_world())
    checkout.do()
    return checkout


def take_over(built, foreign, part):
    """Put a part of the build of ``foreign`` in the place of that of ``built``."""
    shutil.rmtree(built.folder / "build" / part)
    shutil.copytree(foreign.folder / "build" / part, built.folder / "build" / part)


@pytest.mark.parametrize("parts", [("doctrees",), ("html",), ("doctrees", "html")], ids=" and ".join)
def test_what_was_kept_of_another_knowledge_base_costs_time_and_no_page(built, foreign, clean, world, parts):
    for part in parts:
        take_over(built, foreign, part)

    clean.require(built.do().build.out, world)


@pytest.mark.parametrize("part", ["doctrees", "html"])
def test_parts_of_two_builds_of_one_knowledge_base_do_not_mix(built, tmp_path, clean, part):
    """Doctrees and output are kept in two places and come from two builds."""
    shutil.copytree(built.folder / "build", tmp_path / "first")
    world = edited_world()
    world.papers["ember2020kettle"].topics = ["trees"]
    EDITS["a paper comes"](world, preferring())
    built.put(world)
    built.do()
    shutil.rmtree(built.folder / "build" / part)
    shutil.copytree(tmp_path / "first" / part, built.folder / "build" / part)

    clean.require(built.do().build.out, world)


def test_one_foreign_file_among_what_was_kept_costs_time_and_no_page(built, foreign, clean):
    theirs = kept_files(foreign)

    def spoil(name):
        for mine, other in zip(kept_files(built)[name], theirs.get(name, []), strict=False):
            mine.write_bytes(other.read_bytes())

    assert troubles_of(list(kept_files(built)), spoil, built, clean, edited_world()) == {}


def test_a_cache_of_another_version_of_a_library_costs_time_and_no_page(built, clean, world, monkeypatch):
    """Libraries are updated between two builds; what they left behind need not be what they read now."""
    monkeypatch.setattr("sphinx.environment.ENV_VERSION", 1)
    built.do()
    monkeypatch.undo()

    clean.require(built.do().build.out, world)
