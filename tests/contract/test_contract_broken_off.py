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

from tests.contract.breaking import broken_off, interrupt_oneself, kill_oneself, out_of_space, raising, steps_of
from tests.contract.checkout import Checkout
from tests.contract.economy import preferring
from tests.contract.edits import EDITS
from tests.contract.world import small_world

#: Builds are broken off at this many moments each, spread over all steps.
MOMENTS = int(os.environ.get("PAPERLOOM_MOMENTS", "12"))

EDITS_BEFORE = ("a title and its entry", "a paper comes with an issue that lists it", "an issue goes", "a picture")


def edited_world():
    world = small_world()
    for name in EDITS_BEFORE:
        EDITS[name](world, preferring("lake2019slow", "2021-w06"))
    return world


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    """The number of steps of a clean build and of one after edits."""
    checkout = Checkout(tmp_path_factory.mktemp("steps"), small_world())
    clean = steps_of(checkout)
    checkout.put(edited_world())
    return {"clean": clean, "after edits": steps_of(checkout)}


@pytest.mark.parametrize("act", [kill_oneself, interrupt_oneself], ids=["killed", "interrupted"])
@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("kind", ["clean", "after edits"])
def test_a_build_that_was_broken_off_is_made_up_for(built, clean, steps, kind, moment, act):
    checkout, world = built, small_world()
    if kind == "clean":
        shutil.rmtree(checkout.folder / "build")
    else:
        world = edited_world()
        checkout.put(world)
    step = 1 + moment * (steps[kind] - 1) // max(1, MOMENTS - 1)

    assert broken_off(checkout, step, act)

    clean.require(checkout.do().build.out, world)


@pytest.mark.parametrize("moment", range(4))
def test_a_build_with_processes_that_was_killed_is_made_up_for(built, clean, monkeypatch, moment):
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)
    checkout = built
    checkout.put(edited_world())

    broken_off(checkout, 1 + moment * 12, parallel=2)

    clean.require(checkout.do(parallel=2).build.out, edited_world())


@pytest.mark.parametrize("taken_back", [False, True], ids=["", "and the edit was taken back"])
@pytest.mark.parametrize("moment", range(6))
def test_an_edit_whose_build_was_killed_is_shown_or_not_as_the_sources_say(
    built, clean, world, steps, moment, taken_back
):
    """What a killed build has written for an edit must not stay when the edit is gone."""
    checkout = built
    edited = copy.deepcopy(world)
    edited.papers["lake2019slow"].tldr = "Nothing."
    edited.papers["lake2019slow"].title = "Nothing at All"
    checkout.put(edited)

    broken_off(checkout, 1 + moment * steps["after edits"] // 6)
    now = world if taken_back else edited
    checkout.put(now)

    clean.require(checkout.do().build.out, now)


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
def test_the_command_that_was_broken_off_is_made_up_for_by_the_command(built, clean, steps, share, how):
    checkout = built
    checkout.put(edited_world())

    end = build_in_a_process(checkout, step=int(steps["after edits"] * share), how=how)
    assert end == -signal.SIGKILL if how == "kill" else end > 0
    assert build_in_a_process(checkout) == 0

    clean.require(checkout.out, edited_world())
