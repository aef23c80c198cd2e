"""What finishes a site is made up for like the site itself: after damage, kills and records of other sites."""

from __future__ import annotations

import shutil

import pytest
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import STEPS, finish

from tests.contract.breaking import in_a_process, interrupt_oneself, kill_oneself, steps_below
from tests.contract.checkout import Checkout, digests
from tests.contract.damages import DAMAGES, damage
from tests.contract.economy import preferring
from tests.contract.edits import EDITS
from tests.contract.world import small_world

#: Finishing is ended at this many moments, spread over all steps.
MOMENTS = 6


def published_world():
    world = small_world()
    world.config["html_baseurl"] = "https://example.org/small/"
    return world


def world_with_less():
    """The same without a paper, an issue and a topic: everything made of them has to go."""
    world = published_world()
    for name in ("a paper goes", "an issue goes", "a topic goes, and from its papers too"):
        EDITS[name](world, preferring("moss2020quiet", "2021-w06", "trees"))
    return world


WORLDS = {"the same sources": published_world, "with less": world_with_less}


def finish_here(checkout):
    problems = finish(BuiltSite(checkout.out, checkout.source, checkout.folder / "build" / "html-finished"), (), str)
    assert problems == []


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """What clean builds give when they are finished."""
    found = {}
    for name, world in WORLDS.items():
        checkout = Checkout(tmp_path_factory.mktemp("expected"), world())
        checkout.do()
        finish_here(checkout)
        found[name] = digests(checkout.out)
    return found


@pytest.fixture(scope="module")
def _finished(tmp_path_factory):
    checkout = Checkout(tmp_path_factory.mktemp("finished") / "site", published_world())
    checkout.do()
    finish_here(checkout)
    checkout.keep()
    return checkout


@pytest.fixture
def site(_finished):
    """A folder with a site that was built and finished."""
    _finished.restore()
    return _finished


def require(site, name, expected):
    """Build the sources called ``name`` and finish the site: it is what a clean build is when it is finished."""
    site.put(WORLDS[name]())
    site.do()
    finish_here(site)
    found, wanted = digests(site.out), expected[name]
    assert sorted(found.keys() ^ wanted.keys()) == []
    assert [file for file in found if found[file] != wanted[file]] == []


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("how", DAMAGES)
def test_damage_to_what_the_steps_remember_costs_time_and_no_file(site, expected, how, name):
    for path in (site.folder / "build" / "html-finished").iterdir():
        damage(path, how)

    require(site, name, expected)


@pytest.mark.parametrize("how", DAMAGES)
def test_damage_to_what_the_steps_wrote_is_made_good(site, expected, how):
    for step in STEPS:
        for pattern in step.files:
            for path in [path for path in site.out.glob(pattern) if path.is_file()]:
                damage(path, how)

    require(site, "the same sources", expected)


def test_every_step_says_what_its_files_are_called(site, expected):
    """Where the records are lost, they are found by their names; everything else is of the build."""
    shutil.rmtree(site.folder / "build")
    site.do()
    built = {path for path in site.out.rglob("*") if path.is_file()}
    finish_here(site)
    made = {path for path in site.out.rglob("*") if path.is_file()} - built
    known = {path for step in STEPS for pattern in step.files for path in site.out.glob(pattern)}

    assert made - known == set()
    assert built & known == set()


@pytest.mark.parametrize("name", WORLDS)
def test_what_the_steps_remember_of_another_site_is_not_believed(site, expected, tmp_path, name):
    other = published_world()
    EDITS["a paper gets another key"](other, preferring("lake2019slow"))
    EDITS["an issue comes"](other, preferring())
    for paper in other.papers.values():
        paper.tldr = "Foreign."
    foreign = Checkout(tmp_path / "foreign", other)
    foreign.do()
    finish_here(foreign)
    shutil.rmtree(site.folder / "build" / "html-finished")
    shutil.copytree(foreign.folder / "build" / "html-finished", site.folder / "build" / "html-finished")

    require(site, name, expected)


@pytest.mark.parametrize("act", [kill_oneself, interrupt_oneself], ids=["killed", "interrupted"])
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_finishing_that_was_broken_off_is_made_up_for(site, expected, moment, act):
    site.put(world_with_less())
    site.do()
    steps = steps_below(site.folder, lambda: finish_here(site))
    site.restore()
    site.put(world_with_less())
    site.do()

    ended = in_a_process(lambda: finish_here(site), below=site.folder, at=1 + moment * steps // MOMENTS, act=act)

    assert ended != 0
    # What was begun for other sources is taken back when those are.
    require(site, "the same sources" if moment % 2 else "with less", expected)
