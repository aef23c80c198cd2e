"""The weekly workflow: its own commands, run here with a ``gh`` that keeps issues in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

WORKFLOW = Path(__file__).parents[2] / ".github" / "workflows" / "keeping-up.yml"
GH = """#!{python}
import json, os, pathlib, sys
store = pathlib.Path(os.environ["ISSUES"])
state = json.loads(store.read_text())
group, action, *rest = sys.argv[1:]
options = dict(zip(rest[::2], rest[1::2])) if action in ("create", "list") else dict(zip(rest[1::2], rest[2::2]))
assert os.environ["GH_TOKEN"] and os.environ["GH_REPO"]
if group == "label":
    state["labels"] = sorted(set(state["labels"]) | {{rest[0]}})
elif action == "list":
    assert options["--state"] == "all" and "env.TITLE" in options["--jq"]
    wanted = (options["--label"], os.environ["TITLE"])
    found = [one for one in state["issues"] if (one["label"], one["title"]) == wanted]
    if found:
        first = min(found, key=lambda one: one["number"])
        print(first["number"], first["state"])
elif action == "create":
    assert options["--label"] in state["labels"]
    body = pathlib.Path(options["--body-file"]).read_text()
    state["issues"].append({{"number": 7, "title": options["--title"], "label": options["--label"], "state": "OPEN"}})
    state["issues"][-1]["body"] = body
else:
    (issue,) = [one for one in state["issues"] if str(one["number"]) == rest[0]]
    if action == "edit":
        issue["body"] = pathlib.Path(options["--body-file"]).read_text()
    else:
        issue["state"] = {{"close": "CLOSED", "reopen": "OPEN"}}[action]
    state["log"].append(action)
store.write_text(json.dumps(state))
"""
BUSY = "# Links\n\nTo look at: 1.\n\n## Gone (1)\n\n- one\n"
QUIET = "# Papers\n\nNothing needs to be looked at.\n"


@pytest.fixture
def keep_issue(tmp_path):
    """Run the step that keeps the issue, with two reports; return what ``gh`` holds then."""
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(GH.format(python=sys.executable), encoding="utf-8")
    gh.chmod(0o755)
    issues = tmp_path / "issues.json"
    issues.write_text(json.dumps({"labels": [], "issues": [], "log": []}), encoding="utf-8")
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    step = workflow["jobs"]["issue"]["steps"][-1]
    environment = {name: value for name, value in step["env"].items() if "${{" not in value}

    def run(links, papers):
        reports = tmp_path / "reports"
        reports.mkdir(exist_ok=True)
        (reports / "links.md").write_text(links, encoding="utf-8")
        (reports / "outdated.md").write_text(papers, encoding="utf-8")
        subprocess.run(
            ["bash", "-c", step["run"]],
            check=True,
            cwd=tmp_path,
            env={
                **environment,
                "PATH": f"{gh.parent}:{os.environ['PATH']}",
                "GH_TOKEN": "x",
                "GH_REPO": "kettles/paperloom",
                "RUN": "https://kettles.example/run",
                "ISSUES": str(issues),
            },
        )
        return json.loads(issues.read_text(encoding="utf-8"))

    return run


def test_the_first_report_opens_one_issue(keep_issue):
    held = keep_issue(BUSY, QUIET)

    (issue,) = held["issues"]
    assert (issue["state"], issue["label"]) == ("OPEN", "keeping-up")
    assert "https://kettles.example/run" in issue["body"]
    assert BUSY in issue["body"]
    assert QUIET in issue["body"]


def test_later_reports_are_written_into_the_same_issue(keep_issue):
    keep_issue(BUSY, QUIET)

    held = keep_issue(BUSY.replace("one", "two"), QUIET)

    (issue,) = held["issues"]
    assert "- two" in issue["body"]
    assert held["log"] == ["edit"]


def test_the_issue_is_closed_when_nothing_is_left_and_opened_again_when_something_is(keep_issue):
    keep_issue(BUSY, QUIET)

    assert keep_issue(QUIET, QUIET)["issues"][0]["state"] == "CLOSED"
    assert keep_issue(QUIET, QUIET)["log"] == ["edit", "close", "edit"]
    assert keep_issue(QUIET, BUSY)["issues"][0]["state"] == "OPEN"


def test_no_issue_is_opened_when_there_is_nothing_to_look_at(keep_issue):
    assert keep_issue(QUIET, QUIET)["issues"] == []


def test_a_report_that_is_too_long_for_an_issue_is_cut_at_a_line(keep_issue):
    held = keep_issue(BUSY + "- a row of kettles\n" * 5000, QUIET)

    body = held["issues"][0]["body"]
    assert len(body) < 65_000
    assert body.endswith("- a row of kettles\n\nCut here: see the run for the rest.\n")


def test_only_the_job_that_keeps_the_issue_may_write_and_it_runs_nothing_of_the_repository():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {}
    assert workflow["jobs"]["reports"]["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["issue"]["permissions"] == {"issues": "write"}
    assert not any("checkout" in step.get("uses", "") for step in workflow["jobs"]["issue"]["steps"])


@pytest.mark.parametrize("session", ["links", "outdated"])
def test_a_report_that_was_written_is_handed_over_even_if_something_is_gone(tmp_path, session):
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    (run,) = [s["run"] for s in workflow["jobs"]["reports"]["steps"] if f"nox -s {session} " in s.get("run", "")]
    (tmp_path / "nox").write_text(
        '#!/bin/sh\n[ -n "$WRITES" ] && mkdir reports && echo x > "$5"\nexit 1\n', encoding="utf-8"
    )
    (tmp_path / "nox").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    failed = subprocess.run(["bash", "-e", "-c", run], check=False, cwd=tmp_path, env=environment)
    written = subprocess.run(["bash", "-e", "-c", run], check=False, cwd=tmp_path, env={**environment, "WRITES": "1"})

    assert (failed.returncode, written.returncode) == (1, 0)
