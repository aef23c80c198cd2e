"""Whole issues as later ones of a series may look: each entry, pick, link, day and problem is counted.

The issues in ``issues/`` are inventions. What each must be read as stands beside it; write it again
with ``PAPERLOOM_REWRITE=1 pytest tests/importing/test_importing_whole_issues.py``, and read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from mutations import MUTATIONS
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import plan_issue
from paperloom.importing.reading import read_issue, read_issue_file

ISSUES = sorted(Path(__file__).with_name("issues").glob("*.md"))
SECTIONS = ("papers", "articles", "use_cases", "other")


def written(found):
    """Return what was found as JSON with one entry a line."""

    def value(name):
        if not isinstance(found[name], list) or not found[name]:
            return json.dumps(found[name], ensure_ascii=False)
        lines = ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in found[name])
        return f"[\n  {lines}\n ]"

    return "{\n" + ",\n".join(f" {json.dumps(name)}: {value(name)}" for name in found) + "\n}\n"


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_every_entry_of_a_whole_issue_is_counted(path):
    found = read_issue_file(path, path.name).as_json()
    expected = path.with_suffix(".json")
    if os.environ.get("PAPERLOOM_REWRITE"):
        expected.write_text(written(found), encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_a_whole_issue_is_written_with_all_that_it_says(path):
    """Everything that has a place stands in a page; what has none stands in the review with its reason."""
    issue = read_issue_file(path, path.name)
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    pages = "".join([plan.text, *plan.pages.values(), *(str(entry.fields) for entry in plan.entries)])
    for name in SECTIONS:
        for entry in getattr(issue, name):
            named = [entry.arxiv or entry.url, *(link.url for link in entry.links)]
            assert [address for address in named if address and address not in pages] == []
    for problem in issue.problems:
        assert problem.message.split(" [")[0].replace("--", "") in pages.replace("--", "")


LOSSLESS = ("windows", "invisible", "no_pictures", "tracking", "real_rules", "cards_moved")


@pytest.mark.parametrize("change", [each for each in MUTATIONS if each.__name__ in LOSSLESS], ids=lambda c: c.__name__)
@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_what_does_not_matter_changes_nothing_in_a_whole_issue(path, change):
    text = path.read_text(encoding="utf-8")
    before, after = (read_issue(each, path.name).as_json() for each in (text, change(text)))
    for name in (*SECTIONS, "week", "starts", "picks", "previous", "next", "roundups"):
        assert after[name] == before[name], name
