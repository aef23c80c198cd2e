"""The real issues: every entry, pick, link and day. Skipped where they do not lie beside the repository.

``seeds.json`` holds what each of the issues says, read by a person. Texts are not ours to publish and
stand there as digests; addresses, identifiers and days are facts.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from mutations import MUTATIONS
from paperloom.importing.reading import read_issue, read_issue_file

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = json.loads(Path(__file__).with_name("seeds.json").read_text(encoding="utf-8"))
SECTIONS = ("papers", "articles", "use_cases", "other")


def digest(*texts):
    return hashlib.sha256("\n".join(text or "" for text in texts).encode()).hexdigest()[:10]


def summary(found):
    """Return what an issue says in the form of the expectations."""
    links = {name: [[digest(each["title"]), each["url"]] for each in found[name]] for name in ("picks", "roundups")}
    articles = {
        name: [[digest(each["heading"]), each["url"], each["site"]] for each in found[name]] for name in SECTIONS[1:]
    }
    papers = [[digest(each["heading"], each["title"]), each["url"], each["arxiv"]] for each in found["papers"]]
    plain = {name: found[name] for name in ("starts", "source", "previous", "next")}
    problems = sorted([each["line"], each["code"]] for each in found["problems"])
    return {**plain, **links, **articles, "papers": papers, "title": digest(found["title"]), "problems": problems}


def test_each_real_issue_is_read_exactly(seeds):
    found = {}
    for path in seeds:
        issue = read_issue_file(path, path.name).as_json()
        found[issue["week"]] = summary(issue)
    assert found == EXPECTED


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda change: change.__name__)
def test_a_change_of_form_loses_nothing_of_a_real_issue(seeds, change):
    for path in seeds:
        text = path.read_text(encoding="utf-8")
        before, after = (read_issue(each, path.name).as_json() for each in (text, change(text)))
        for name in (*SECTIONS, "week", "source", "picks", "previous", "next", "roundups"):
            assert after[name] == before[name], (path.name, name)


def lists_and_picks(page):
    """Return the lists of papers in a week's page, and its picks among them."""
    listed = re.findall(r"^```\{papers\}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    picks = re.search(r"^  picks: \[(.*)\]$", page, re.MULTILINE)
    keys = [key for each in listed for key in each.split()]
    return keys, [pick for pick in (picks[1].split(", ") if picks else ()) if pick in keys]


def test_the_knowledge_base_gets_its_own_weeks_back(seeds, tmp_path, run):
    """The weeks in docs/ were written by hand from these issues."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    weeks = sorted((ROOT / "docs" / "weeks").glob("2*.md"))
    for week in weeks:
        (tmp_path / "docs" / "weeks" / week.name).unlink()

    result = run("import", "--root", tmp_path, "--offline", *seeds)

    assert result.exit_code == 0, result.output
    created = [line.removeprefix("created ") for line in result.output.splitlines() if line.startswith("created ")]
    assert created == [f"docs/weeks/{week.name}" for week in weeks]
    for week in weeks:
        imported = (tmp_path / "docs" / "weeks" / week.name).read_text(encoding="utf-8")
        assert lists_and_picks(imported) == lists_and_picks(week.read_text(encoding="utf-8"))


def test_the_knowledge_base_as_it_is_stays_as_it_is(seeds, tmp_path, run, snapshot):
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    before = snapshot(tmp_path / "docs")

    result = run("import", "--root", tmp_path, "--offline", *seeds)

    assert result.exit_code == 0, result.output
    assert snapshot(tmp_path / "docs") == before
    for week, papers in (("2020-w38", 6), ("2020-w39", 7), ("2020-w44", 8), ("2020-w47", 9), ("2021-w06", 9)):
        told = f"docs/weeks/{week}.md is there and differs; nothing of this issue is written; {papers} of its {papers}"
        assert told in result.output


def test_a_new_knowledge_base_takes_all_real_issues(seeds, tmp_path, run, snapshot):
    """The example that ``init`` writes stands in the way of none of them."""
    base = tmp_path / "papers"
    assert run("init", base).exit_code == 0

    result = run("import", "--root", base, "--offline", *seeds)

    assert result.exit_code == 0, result.output
    for week, expected in EXPECTED.items():
        listed, picks = lists_and_picks((base / "docs" / "weeks" / f"{week}.md").read_text(encoding="utf-8"))
        assert len(listed) == len(expected["papers"])
        assert len(picks) == sum(any(pick[1] == paper[1] for paper in expected["papers"]) for pick in expected["picks"])
        assert all((base / "docs" / "papers" / f"{key}.md").is_file() for key in listed)
    before = snapshot(base)
    assert run("import", "--root", base, "--offline", *seeds).exit_code == 0
    assert snapshot(base) == before
