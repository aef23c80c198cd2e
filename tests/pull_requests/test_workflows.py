"""The workflows are safe for pull requests of strangers, and what their steps run works."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from workflow_support import FOLDERS, PATHS, STARTER, Workflow, git, program

from tests.conftest import ROOT

ALL = pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
BOTH = pytest.mark.parametrize("place", sorted(FOLDERS))


def workflow(place, name):
    return Workflow.read(FOLDERS[place] / "workflows" / f"{name}.yml")


@ALL
def test_actions_are_github_s_own_and_pinned_by_commit(path):
    for job in Workflow.read(path).data["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])


@ALL
def test_no_script_has_values_of_an_event_written_into_it(path):
    for job in Workflow.read(path).data["jobs"].values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


@ALL
def test_rights_are_those_of_reading_unless_a_job_says_otherwise(path):
    found = Workflow.read(path)
    assert found.data["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in found.triggers
    assert "secrets." not in path.read_text(encoding="utf-8")
    if "pull_request" in found.triggers:
        assert not [job for job in found.data["jobs"].values() if "permissions" in job]


@ALL
def test_no_checkout_leaves_a_token_behind(path):
    for job in Workflow.read(path).data["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@BOTH
def test_the_workflow_that_comments_runs_nothing_of_a_pull_request(place):
    found = workflow(place, "pull-request-comment")
    assert found.triggers["workflow_run"]["workflows"] == [workflow(place, "docs").data["name"]]
    assert not [step for step in found.job["steps"] if "uses" in step]
    assert set(found.job["permissions"].items()) == {("actions", "read"), ("pull-requests", "write")}


def test_a_new_knowledge_base_gets_the_workflows_of_this_project():
    names = {path.name for path in FOLDERS["starter"].glob("workflows/*.yml")}
    assert names == {"docs.yml", "pull-request-comment.yml"}
    for name in names:
        ours, starter = (folder / "workflows" / name for folder in (FOLDERS["project"], FOLDERS["starter"]))
        expected = ours.read_text(encoding="utf-8").replace("requirements/docs.txt", "requirements.txt")
        expected = re.sub(r"  schedule:\n    - cron:.*\n", "", expected)
        assert starter.read_text(encoding="utf-8") == expected, f"copy {ours} to {starter} and adapt it"


@BOTH
def test_a_pull_request_is_annotated_built_and_compared(place, repository, programs, tmp_path):
    found = workflow(place, "docs")
    if place == "project":
        (repository / "noxfile.py").write_text((ROOT / "noxfile.py").read_text(encoding="utf-8"), encoding="utf-8")
        git(repository, "commit", "--quiet", "--all", "--message", "Use the sessions of the project")
    topic = repository / "docs" / "topics" / "image-classification.md"
    topic.write_text(topic.read_text(encoding="utf-8") + "\nThe data sets are large.\n", encoding="utf-8")
    (repository / "docs" / "topics" / "speech.md").write_text(
        "---\ntopic:\n---\n# Speech\n\nWords.\n", encoding="utf-8"
    )
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "A pull request")
    _folder, environment = programs
    environment["GITHUB_STEP_SUMMARY"] = str(tmp_path / "summary.md")

    def run(name):
        done = found.run(name, repository, environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "checked: no problems" in run("Annotate the lines that have a problem")
    run("Build the site and check its links")
    run("Build what the pull request starts from")
    run("List the pages that change")

    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "- added: `topics/speech.html` Speech" in summary
    assert "- changed: `topics/image-classification.html` Image classification" in summary
    assert summary.startswith("### Changed pages\n")
    changes = json.loads((repository / "changes" / "changes.json").read_text(encoding="utf-8"))
    assert [page["path"] for page in changes["added"]] == ["topics/speech.html"]
    assert found.step("Hand the list to the workflow that comments")["with"]["path"] == "changes"
    assert (repository / found.step("Keep the site for a look at it")["with"]["path"] / "index.html").is_file()


@BOTH
def test_a_fresh_checkout_takes_up_what_the_last_run_kept(place, repository, programs, tmp_path):
    """A runner starts with new files, whose times say nothing."""
    found = workflow(place, "docs")
    if place == "project":
        (repository / "noxfile.py").write_text((ROOT / "noxfile.py").read_text(encoding="utf-8"), encoding="utf-8")
        git(repository, "commit", "--quiet", "--all", "--message", "Use the sessions of the project")
    names = found.step("Take up the last build")["with"]["path"].split()

    def build():
        done = found.run("Build the site and check its links", repository, programs[1])
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout, {path: path.stat().st_mtime_ns for path in repository.glob("docs/_build/html/**/*.html")}

    build()
    assert "docs/_build/doctrees" in names
    for name in [name for name in names if (repository / name).is_dir()]:
        shutil.copytree(repository / name, tmp_path / "kept" / name)
    git(tmp_path, "clone", "--quiet", str(repository), "fresh")
    shutil.rmtree(repository)
    shutil.move(tmp_path / "fresh", repository)
    shutil.copytree(tmp_path / "kept", repository, dirs_exist_ok=True)
    _said, same = build()
    topic = repository / "docs" / "topics" / "label-noise.md"
    topic.write_text(topic.read_text(encoding="utf-8") + "\nLabels are often wrong.\n", encoding="utf-8")
    said, changed = build()

    assert "0 added, 1 changed, 0 removed" in said
    written = {
        path.relative_to(repository / "docs/_build/html").as_posix() for path in same if same[path] != changed[path]
    }
    assert written - {"genindex.html", "search.html", "404.html"} == {"topics/label-noise.html"}


@pytest.mark.parametrize("name", ["docs", "keeping-up"])
def test_what_is_taken_up_belongs_to_the_pins_and_is_kept_for_each_commit(name):
    steps = next(iter(workflow("project", name).data["jobs"].values()))["steps"]
    (step,) = (step["with"] for step in steps if step.get("name") == "Take up the last build")
    assert step["key"] == step["restore-keys"] + "${{ github.sha }}"
    assert "hashFiles('requirements/docs.txt')" in step["key"]


@BOTH
def test_a_problem_is_shown_on_its_line_and_fails_the_run(place, repository, programs):
    paper = repository / "docs" / "papers" / "liu2020early.md"
    paper.write_text(paper.read_text(encoding="utf-8").replace("[label-noise,", "[label-noises,"), encoding="utf-8")
    done = workflow(place, "docs").run("Annotate the lines that have a problem", repository, programs[1])
    assert done.returncode == 1
    assert "::error file=docs/papers/liu2020early.md,line=3,title=paperloom.unknown-topic::" in done.stdout


CHANGES = {
    "added": [{"path": "papers/new.html", "title": "@everyone"}],
    "changed": [{"path": "index.html", "title": "[x](https://example.org)"}],
    "removed": [],
    "around": 0,
}
PULL = {"number": 7, "head": {"sha": "abc"}}


class TestComment:
    """The comment with the changed pages."""

    def comment(self, gh, environment, changes, pulls, comments=()):
        folder = gh / "work"
        (folder / "changes").mkdir(parents=True)
        (folder / "changes" / "changes.json").write_text(json.dumps(changes), encoding="utf-8")
        answers = [
            [["GET", "repos/o/r/pulls"], list(pulls)],
            [["GET", "repos/o/r/issues/7/comments"], list(comments)],
            [[], {}],
        ]
        (gh / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        given = {"GH_TOKEN": "t", "GH_REPO": "o/r", "RUN_ID": "5", "RUN_URL": "https://example.org/5"}
        given |= {"HEAD_SHA": "abc", "HEAD": "someone:$(touch x)"}
        done = workflow("project", "pull-request-comment").run(
            "Comment on the pull request", folder, environment | given
        )
        assert done.returncode == 0, done.stderr
        assert not (folder / "x").exists()
        return [json.loads(line) for line in (gh / "calls.jsonl").read_text(encoding="utf-8").splitlines()]

    def test_lists_the_pages_and_leads_to_the_preview(self, gh, programs):
        calls = self.comment(gh, programs[1], CHANGES, [PULL])
        asked, _nothing = calls[0]
        assert asked[-1] == "head=someone:$(touch x)"
        (arguments, given) = calls[-1]
        assert arguments[1:4] == ["--method", "POST", "repos/o/r/issues/7/comments"]
        body = json.loads(given)["body"]
        assert "- added: `papers/new.html`\n- changed: `index.html`\n" in body
        assert "(https://example.org/5)" in body

    def test_shows_nothing_that_a_stranger_wrote_but_paths(self, gh, programs):
        bad = ["../../x", "a b.html", "`x`.html", "@team.html", "x" * 300, "https://example.org/\n# Hi", "[a](b)"]
        changes = CHANGES | {"changed": [{"path": path, "title": "t"} for path in bad]}
        body = json.loads(self.comment(gh, programs[1], changes, [PULL])[-1][1])["body"]
        assert [line for line in body.splitlines() if line.startswith("- ")] == ["- added: `papers/new.html`"]
        assert "everyone" not in body

    def test_is_brought_up_to_date_and_not_repeated(self, gh, programs):
        ours = {"id": 31, "user": {"login": "github-actions[bot]"}, "body": "<!-- changed pages -->\nold"}
        others = {"id": 30, "user": {"login": "someone"}, "body": "<!-- changed pages -->\nmine"}
        calls = self.comment(gh, programs[1], CHANGES, [PULL], [others, ours])
        assert calls[-1][0][1:4] == ["--method", "PATCH", "repos/o/r/issues/comments/31"]

    def test_is_not_written_where_a_later_push_has_a_run_of_its_own(self, gh, programs):
        pull = {"number": 7, "head": {"sha": "later"}}
        calls = self.comment(gh, programs[1], CHANGES, [pull])
        assert [call for call in calls if "POST" in call[0] or "PATCH" in call[0]] == []

    def test_a_long_list_is_cut(self, gh, programs):
        changes = CHANGES | {"changed": [{"path": f"{n}.html", "title": ""} for n in range(300)]}
        body = json.loads(self.comment(gh, programs[1], changes, [PULL])[-1][1])["body"]
        assert "- and 201 more" in body


class TestSuggestedPaper:
    """From a suggestion to a draft pull request."""

    BODY = "### Title\n\nA paper\n\n### Identifier\n\n{identifier}\n\n### Week or topics\n\n2020-w28, label-noise\n"

    @pytest.fixture
    def prepared(self, repository, gh, programs, tmp_path):
        (repository / "noxfile.py").write_text((ROOT / "noxfile.py").read_text(encoding="utf-8"), encoding="utf-8")
        git(repository, "commit", "--quiet", "--all", "--message", "Use the sessions of the project")
        git(tmp_path, "clone", "--quiet", "--bare", str(repository), "origin.git")
        git(repository, "remote", "add", "origin", str(tmp_path / "origin.git"))
        environment = programs[1]
        environment |= {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output"), "NUMBER": "12"}
        return repository, environment

    def test_the_form_is_read_and_only_known_values_are_handed_on(self, prepared, tmp_path):
        repository, environment = prepared
        body = (
            self.BODY.format(identifier="https://arxiv.org/pdf/2006.07733v3") + "\n### Why it matters\n\n$(touch x)\n"
        )
        environment["BODY"] = body
        done = workflow("project", "suggested-paper").run("Read the suggestion", repository, environment)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "output").read_text(encoding="utf-8") == (
            "identifier=2006.07733\nweek=2020-w28\ntopics=label-noise\n"
        )
        assert not (repository / "x").exists()

    @pytest.mark.parametrize(
        "identifier", ["", "; touch x", "--help", "2006.07733\nweek=9999", "https://example.org/a"]
    )
    def test_a_form_without_an_identifier_stops_the_run(self, prepared, tmp_path, identifier):
        repository, environment = prepared
        environment["BODY"] = self.BODY.format(identifier=identifier)
        done = workflow("project", "suggested-paper").run("Read the suggestion", repository, environment)
        assert done.returncode == 1
        assert "correct the field 'Identifier'" in done.stdout
        assert not (tmp_path / "output").exists()
        assert not (repository / "x").exists()

    @pytest.mark.parametrize(
        ("week", "topics", "expected"),
        [
            ("", "", ["-s", "new", "--", "2006.07733"]),
            ("2021-w06", "a,b", ["-s", "new", "--", "2006.07733", "--week", "2021-w06", "--topics", "a,b"]),
        ],
    )
    def test_what_was_read_is_handed_to_new(self, prepared, programs, tmp_path, week, topics, expected):
        repository, environment = prepared
        program(programs[0], "nox", f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/arguments\n')
        environment |= {"IDENTIFIER": "2006.07733", "WEEK": week, "TOPICS": topics}
        done = workflow("project", "suggested-paper").run("Write entry and page", repository, environment)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "arguments").read_text(encoding="utf-8").splitlines() == expected

    def test_what_was_written_becomes_a_draft_on_a_branch_of_its_own(self, prepared, tmp_path):
        repository, environment = prepared
        (repository / "docs" / "papers" / "new.md").write_text("draft\n", encoding="utf-8")
        environment |= {"IDENTIFIER": "2006.07733", "GH_TOKEN": "t", "BASE": "main"}
        done = workflow("project", "suggested-paper").run("Open a draft pull request", repository, environment)
        assert done.returncode == 0, done.stderr
        pushed = git(tmp_path / "origin.git", "show", "--stat", "--format=%s", "suggestion-12")
        assert "Draft a page for 2006.07733" in pushed
        assert "docs/papers/new.md" in pushed
        calls = [json.loads(line)[0] for line in (tmp_path / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
        created = calls[-1]
        assert created[:3] == ["pr", "create", "--draft"]
        assert created[created.index("--head") + 1] == "suggestion-12"
        assert "Closes #12." in created[-1]

    def test_a_branch_that_somebody_works_on_is_not_written_over(self, prepared, tmp_path):
        repository, environment = prepared
        git(repository, "switch", "--quiet", "--create", "suggestion-12")
        (repository / "docs" / "mine.md").write_text("mine\n", encoding="utf-8")
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message", "By a person")
        git(repository, "push", "--quiet", "origin", "suggestion-12")
        git(repository, "switch", "--quiet", "main")
        git(repository, "branch", "--quiet", "-D", "suggestion-12")
        (repository / "docs" / "papers" / "new.md").write_text("draft\n", encoding="utf-8")
        environment |= {"IDENTIFIER": "2006.07733", "GH_TOKEN": "t", "BASE": "main"}
        done = workflow("project", "suggested-paper").run("Open a draft pull request", repository, environment)
        assert done.returncode != 0
        assert "By a person" in git(tmp_path / "origin.git", "log", "-1", "--format=%s", "suggestion-12")

    def test_a_run_that_failed_says_so(self, prepared, tmp_path):
        repository, environment = prepared
        environment |= {"GH_TOKEN": "t", "RUN_URL": "https://example.org/9", "GITHUB_REPOSITORY": "o/r"}
        done = workflow("project", "suggested-paper").run("Say that it did not work", repository, environment)
        assert done.returncode == 0, done.stderr
        call = json.loads((tmp_path / "calls.jsonl").read_text(encoding="utf-8"))[0]
        assert call[:3] == ["issue", "comment", "12"]
        assert "(https://example.org/9)" in call[-1]

    def test_the_form_has_the_headings_that_are_read(self):
        form = (ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-a-paper.yml").read_text(encoding="utf-8")
        assert "label: Identifier\n" in form
        assert "label: Week or topics\n" in form


def test_the_starter_holds_no_file_that_is_not_copied():
    assert not [path for path in STARTER.rglob(".*") if path.is_file()]
