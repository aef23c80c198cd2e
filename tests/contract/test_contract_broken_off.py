"""A build that was broken off, at any moment and in any way, is made up for by the next one."""

from __future__ import annotations

import copy
import os
import shutil
import signal
import subprocess
import sys

import pytest
from paperloom import builders
from sphinx.errors import ExtensionError

from tests.contract.breaking import (
    broken_off,
    in_a_process,
    interrupt_oneself,
    kill_oneself,
    out_of_space,
    raising,
    steps_of,
)
from tests.contract.checkout import Checkout
from tests.contract.economy import preferring
from tests.contract.edits import EDITS
from tests.contract.world import PICTURE, Topic, Week, small_world

#: Every how many steps a build is broken off: ``PAPERLOOM_STEPS=1`` tries all of them, both ways.
STRIDE = int(os.environ.get("PAPERLOOM_STEPS", "5"))

EDITS_BEFORE = ("a title and its entry", "a paper comes with an issue that lists it", "an issue goes", "a picture")


def edited_world():
    world = small_world()
    for name in EDITS_BEFORE:
        EDITS[name](world, preferring("lake2019slow", "2021-w06"))
    return world


def smallest_world():
    """So few pages that a build can be broken off at each of its steps."""
    world = small_world()
    world.papers = {key: world.papers[key] for key in ("lake2019slow", "moss2020quiet")}
    world.weeks = {"2020-w38": Week("Week 38, 2020", "A paper about water.", ["moss2020quiet"])}
    world.topics = {"rivers": Topic("Rivers", "Water that moves.")}
    world.archive, world.notes = {}, ["guide", "quiet"]
    listed = "weeks/*\ntopics/*\nnotes/index"
    world.files = {
        "index.md": f"# Small\n\n```{{latest-week}}\n```\n\n```{{toctree}}\n:hidden:\n:glob:\n\n{listed}\n```\n",
        "notes/guide.md": "# Guide\n\nText.\n",
        "notes/quiet.md": "# Quiet\n\nText.\n",
    }
    world.config["html_baseurl"] = "https://example.org/small/"
    return world


def smallest_world_edited():
    """Files of every kind come, go and change."""
    world = smallest_world()
    world.papers["gale2018windy"] = copy.deepcopy(world.papers["lake2019slow"])
    world.papers["gale2018windy"].title = "Windy Wood"
    del world.papers["moss2020quiet"]
    world.weeks["2020-w38"].papers = ["gale2018windy"]
    world.papers["lake2019slow"].former = ["papers/old1999kettle"]
    world.files["notes/quiet.md"] += "\n% Nothing of this shows.\n"
    world.files["notes/kettle.svg"] = PICTURE.format(size=1)
    world.files["notes/guide.md"] += "\n![A kettle](kettle.svg)\n\n{download}`It <kettle.svg>`\n"
    return world


def troubles_when_broken_off(checkout, clean, begin, wanted, act):
    """Break builds off at each of their steps, build what is ``wanted`` then, and return what went wrong, by step."""
    checkout.restore()
    begin()
    troubles = {}
    for step in range(1, steps_of(checkout) + 1, STRIDE):
        checkout.restore()
        begin()
        assert broken_off(checkout, step, act), f"there is no step {step}"
        checkout.put(wanted)
        try:
            clean.require(checkout.do().build.out, wanted)
        except Exception as error:  # noqa: BLE001  # a traceback is one of the troubles
            troubles[step] = f"{type(error).__name__}: {str(error)[:200]}"
    return troubles


@pytest.fixture(scope="module")
def smallest(tmp_path_factory):
    checkout = Checkout(tmp_path_factory.mktemp("smallest") / "site", smallest_world())
    checkout.do()
    checkout.keep()
    return checkout


@pytest.mark.parametrize("act", [kill_oneself, interrupt_oneself], ids=["killed", "interrupted"])
def test_a_first_build_that_was_broken_off_is_made_up_for(smallest, clean, act):
    def begin():
        shutil.rmtree(smallest.folder / "build")

    assert troubles_when_broken_off(smallest, clean, begin, smallest_world(), act) == {}


@pytest.mark.parametrize("wanted", [smallest_world_edited, smallest_world], ids=["", "and its edits were taken back"])
@pytest.mark.parametrize("act", [kill_oneself, interrupt_oneself], ids=["killed", "interrupted"])
def test_a_build_after_edits_that_was_broken_off_is_made_up_for(smallest, clean, wanted, act):
    """What a build has written for edits must not stay when the edits are gone."""

    def begin():
        smallest.put(smallest_world_edited())

    assert troubles_when_broken_off(smallest, clean, begin, wanted(), act) == {}


def test_a_first_build_that_was_killed_leaves_no_page_that_is_gone(smallest, clean):
    def begin():
        shutil.rmtree(smallest.folder / "build")
        smallest.put(smallest_world_edited())

    assert troubles_when_broken_off(smallest, clean, begin, smallest_world(), kill_oneself) == {}


@pytest.mark.parametrize("act", [kill_oneself, interrupt_oneself], ids=["killed", "interrupted"])
@pytest.mark.parametrize("event", ["source-read", "doctree-read", "doctree-resolved", "html-page-context"])
def test_a_build_whose_worker_was_killed_fails_and_is_made_up_for(built, clean, monkeypatch, event, act):
    """The system ends a process that needs too much memory."""
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)
    world = edited_world()
    # Enough documents have to be read that workers read them.
    world.files = {name: text.replace("\n# ", "\n# New ") for name, text in world.files.items()}
    built.put(world)

    def work():
        signal.alarm(120)  # a build that waits for a process that is gone
        parent = os.getpid()
        connect = lambda app: app.connect(event, lambda *_: os.getpid() != parent and act(), priority=999)  # noqa: E731
        built.do(parallel=2, watch=connect)

    assert os.waitstatus_to_exitcode(in_a_process(work)) == 1

    clean.require(built.do(parallel=2).build.out, world)


@pytest.mark.parametrize("deadly", [False, True], ids=["an error", "killed"])
@pytest.mark.parametrize("size", [0, 3_000, 20_000, 60_000])
@pytest.mark.parametrize("kind", ["clean", "after edits"])
def test_a_build_that_ran_out_of_space_is_made_up_for(built, clean, kind, size, deadly):
    checkout, world = built, small_world()
    if kind == "clean":
        shutil.rmtree(checkout.folder / "build")
    else:
        world = edited_world()
        checkout.put(world)

    out_of_space(checkout, size, deadly=deadly)

    clean.require(checkout.do().build.out, world)


def test_space_that_suffices_lets_a_build_finish(checkout):
    """The counterpart: builds above fail for want of space and for no other reason."""
    assert out_of_space(checkout, 12_000, deadly=False)
    assert not out_of_space(checkout, 50_000_000, deadly=False)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize(
    "event",
    [
        "env-get-outdated",
        "env-before-read-docs",
        "env-purge-doc",
        "source-read",
        "doctree-read",
        "env-updated",
        "env-get-updated",
        "env-check-consistency",
        "write-started",
        "doctree-resolved",
        "html-page-context",
        "html-collect-pages",
        "build-finished",
    ],
)
def test_a_build_that_failed_in_a_handler_is_made_up_for(built, clean, event, error):
    checkout = built
    checkout.put(edited_world())

    with raising(event, error) as watch, pytest.raises((error, ExtensionError)):
        checkout.do(watch=watch)

    clean.require(checkout.do().build.out, edited_world())


BREAKS = {
    "front matter that is no YAML": ("papers/lake2019slow.md", "---\npaper: [\n---\n# Lake\n"),
    "a page that is no text": ("papers/lake2019slow.md", "\0\0\0"),
    "an empty page": ("papers/lake2019slow.md", ""),
    "a bibliography that ends in an entry": ("references.bib", "@misc{lake2019slow,\n  author = {Lake, C"),
    "a duplicate entry": ("references.bib", "@misc{a, title={A}}\n@misc{a, title={B}}\n"),
    "a configuration that is no Python": ("conf.py", "project = \n"),
    "a configuration that raises": ("conf.py", "raise RuntimeError\n"),
    "an unknown theme": ("conf.py", 'extensions = ["paperloom"]\nhtml_theme = "none-such"\n'),
    "an unknown extension": ("conf.py", 'extensions = ["paperloom", "none_such"]\n'),
    "no root page": ("index.md", None),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_build_of_broken_sources_is_made_up_for_when_they_are_repaired(built, clean, world, name):
    checkout = built
    file, text = BREAKS[name]
    if text is None:
        checkout.path(file).unlink()
    else:
        checkout.write(file, text)
    build_in_a_process(checkout)

    checkout.put(world)

    clean.require(checkout.do().build.out, world)


#: Runs sphinx-build and acts on itself at a step, as ``Steps`` does.
SPHINX_BUILD = """
import sys
from pathlib import Path
from sphinx.cmd.build import main
from tests.contract.breaking import Steps, interrupt_oneself, kill_oneself
folder, step, how, *arguments = sys.argv[1:]
sys.addaudithook(Steps(Path(folder), int(step), {"kill": kill_oneself, "interrupt": interrupt_oneself}[how]))
sys.exit(main(arguments))
"""


def build_in_a_process(checkout, *, step=None, how="kill"):
    """Run sphinx-build with the folders that builds in this process use; return how it ended."""
    build = checkout.folder / "build"
    build.mkdir(exist_ok=True)
    arguments = ["-q", "-b", "html", "-d", build / "doctrees", checkout.source, build / "html"]
    program = ["-m", "sphinx"] if step is None else ["-c", SPHINX_BUILD, checkout.folder, str(step), how]
    finished = subprocess.run([sys.executable, *program, *arguments], capture_output=True, check=False)
    return finished.returncode


@pytest.mark.parametrize("how", ["kill", "interrupt"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_the_command_that_was_broken_off_is_made_up_for_by_the_command(built, clean, share, how):
    checkout = built
    checkout.put(edited_world())
    steps = steps_of(checkout)
    checkout.restore()
    checkout.put(edited_world())

    end = build_in_a_process(checkout, step=int(steps * share), how=how)
    assert end == -signal.SIGKILL if how == "kill" else end > 0
    assert build_in_a_process(checkout) == 0

    clean.require(checkout.out, edited_world())
