"""After any history of edits and builds, a build gives what a clean build gives.

Histories are made at random, the same ones in every run. ``PAPERLOOM_EXAMPLES=500`` in the
environment tries so many others. A history that ever failed stands in
``test_contract_regressions.py``.
"""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from paperloom import builders
from sphinx.errors import ExtensionError

from tests.contract.breaking import broken_off, raising
from tests.contract.checkout import Checkout, CleanBuilds, Stamp
from tests.contract.edits import EDITS
from tests.contract.world import small_world

EXAMPLES = os.environ.get("PAPERLOOM_EXAMPLES")

#: The events at which a build is made to fail.
EVENTS = (
    "env-before-read-docs",
    "source-read",
    "doctree-read",
    "env-updated",
    "write-started",
    "doctree-resolved",
    "html-page-context",
    "html-collect-pages",
    "build-finished",
)


class Histories(RuleBasedStateMachine):
    """Edits, switches between saved states, and builds of all kinds in any order."""

    clean: CleanBuilds
    #: The folder that the machine's own folders are made in.
    room: Path

    @initialize()
    def begin(self):
        """Start with a folder that nothing was built in."""
        self.world = small_world()
        self.saved = []
        self.folder = Path(tempfile.mkdtemp(dir=self.room))
        self.checkout = Checkout(self.folder, self.world)

    def teardown(self):
        """Remove the folder."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @rule(name=st.sampled_from(sorted(EDITS)), stamp=st.sampled_from(Stamp), data=st.data())
    def edit(self, name, stamp, data):
        """Change something."""
        EDITS[name](self.world, lambda candidates: data.draw(st.sampled_from(list(candidates))))
        self.checkout.put(self.world, stamp)

    @rule(name=st.sampled_from(sorted(EDITS)), data=st.data(), workers=st.sampled_from((1, 2)))
    def edit_and_build(self, name, data, workers):
        """Change something and look at it, as people do."""
        self.edit(name, Stamp.NOW, data)
        self.build(workers)

    @rule(workers=st.sampled_from((1, 2)))
    def build(self, workers):
        """Build and compare."""
        out = self.checkout.do(parallel=workers).build.out
        self.clean.require(out, self.world)

    @rule(builder=st.sampled_from(("text", "dirhtml")))
    def build_with_another_builder(self, builder):
        """Build something else from the same doctrees, and compare."""
        out = self.checkout.do(builder).build.out
        if builder == "dirhtml":
            self.clean.require(out, self.world, builder)

    @rule()
    def save(self):
        """Keep this state, like a commit on a branch."""
        self.saved.append(copy.deepcopy(self.world))

    @rule(stamp=st.sampled_from(Stamp), data=st.data())
    def switch(self, stamp, data):
        """Go to a state that was kept, or to that of the beginning."""
        kept = [small_world(), *self.saved]
        self.world = copy.deepcopy(kept[data.draw(st.integers(0, len(self.saved)))])
        self.checkout.put(self.world, stamp)

    @rule(data=st.data(), when=st.sampled_from((None, (0, 0))))
    def touch(self, data, when):
        """Give a file another time and leave it as it is."""
        os.utime(self.checkout.path(data.draw(st.sampled_from(sorted(self.world.sources())))), when)

    @rule(event=st.sampled_from(EVENTS), error=st.sampled_from((RuntimeError, KeyboardInterrupt)))
    def fail(self, event, error):
        """Build with something that goes wrong on the way."""
        with raising(event, error) as watch, contextlib.suppress(RuntimeError, KeyboardInterrupt, ExtensionError):
            self.checkout.do(watch=watch)

    @rule(step=st.integers(1, 150), workers=st.sampled_from((1, 2)))
    def kill(self, step, workers):
        """Build and end the process on the way."""
        broken_off(self.checkout, step, parallel=workers)


@pytest.fixture
def machine(tmp_path_factory, clean, monkeypatch):
    """The machine with a folder to work in."""
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)
    return type("Histories", (Histories,), {"clean": clean, "room": tmp_path_factory.mktemp("histories")})


def test_any_history_of_edits_and_builds_ends_in_what_a_clean_build_gives(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(EXAMPLES or 15),
            stateful_step_count=12,
            derandomize=not EXAMPLES,
            print_blob=True,
            # Making a failing history shorter takes minutes.
            phases=[Phase.generate, *([Phase.shrink] if os.environ.get("PAPERLOOM_SHRINK") else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
