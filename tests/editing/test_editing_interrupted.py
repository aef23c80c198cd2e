"""A command may be killed at any moment: what is there afterwards is the old state or the new one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editing_support import CountingDisk, tree
from editing_writer import planned
from paperloom.editing.transaction import recover

WRITER = Path(__file__).parent / "editing_writer.py"


def steps_of_a_commit(root):
    disk = CountingDisk()
    planned(root, disk).commit()
    return len(disk.steps)


def die(root, command, step, moment):
    """Run the writer until it dies at ``step``; return whether it did."""
    arguments = [sys.executable, str(WRITER), str(root), command, str(step), moment]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_commit_killed_at_any_step_leaves_the_old_or_the_new_state(root, tmp_path, moment):
    old = tree(root)
    finished = tmp_path / "finished"
    shutil.copytree(root, finished)
    steps = steps_of_a_commit(finished)
    new = tree(finished)
    seen = []
    for step in range(1, steps + 1):
        work = tmp_path / f"killed-{step}"
        shutil.copytree(root, work)
        assert die(work, "commit", step, moment)
        recover(work)
        assert tree(work) in (old, new), step
        seen.append(tree(work) == new)
    assert steps >= 20
    assert seen == sorted(seen), "once the commit point is passed, every later death gives the new state"
    assert not seen[0]
    assert seen[-1]


def test_a_recovery_killed_at_any_step_is_finished_by_the_next_one(root, tmp_path):
    finished = tmp_path / "finished"
    shutil.copytree(root, finished)
    steps = steps_of_a_commit(finished)
    new = tree(finished)
    half = [step for step in range(1, steps + 1) if half_written(root, tmp_path / f"half-{step}", step)]
    assert len(half) >= 4
    for step in half:
        for again in range(1, steps + 1):
            work = tmp_path / f"again-{step}-{again}"
            shutil.copytree(tmp_path / f"half-{step}", work)
            died = die(work, "recover", again, "before")
            recover(work)
            assert tree(work) == new
            if not died:
                break


def half_written(root, work, step):
    """Whether a commit of a copy in ``work``, killed at ``step``, has changed some of the files only."""
    shutil.copytree(root, work)
    assert die(work, "commit", step, "before")
    written = [
        path for path in ("references.bib", "weeks/2021-w06.md") if b"new" in (work / "docs" / path).read_bytes()
    ]
    return len(written) == 1 or (len(written) == 2 and (work / ".paperloom" / "transaction" / "journal").exists())


def test_recovering_where_nothing_was_interrupted_changes_nothing(root):
    before = tree(root)
    assert recover(root) == ()
    assert tree(root) == before
