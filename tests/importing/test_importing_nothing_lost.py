"""Nothing of an issue is dropped without a word: what has no place in a page stands in a comment of one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import plan_issue
from paperloom.importing.reading import read_issue

ISSUES = sorted(Path(__file__).with_name("issues").glob("*.md"))
HEAD = "# 2021 年第 31 周\n\n> 原文：<https://medium.com/gull/week-31-2021-aaaaaaaaaaaa>\n\n"
TEXT = "他们在海边做了实验。结果很好，误差从 12% 降到 9%。"
ARXIV = "https://arxiv.org/abs/2107.00001"


def pages_of(text):
    """Return the issue, and all that an import of it writes as one text."""
    issue = read_issue(text, "issue.md")
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    return issue, "".join([plan.text, *plan.pages.values(), *(str(entry.fields) for entry in plan.entries)])


#: Parts of an issue with a word that nobody knows in them.
STRAY = {
    "title of the issue": "# 2021 年第 31 周 quuxly\n",
    "words behind a pick": f"# 编辑精选\n\n- [灯塔]({ARXIV}) — 因为 quuxly 便宜\n",
    "a pick in other words": f"# 编辑精选\n\n- [Quuxly]({ARXIV})\n",
    "paragraph below a pick": f"# 编辑精选\n\n- [灯塔]({ARXIV})\n\n  Quuxly 便宜。\n",
    "picture in navigation": "# 往期\n\n![船长 quuxly](img/x.png) [第 30 周](https://medium.com/gull/week-30-2021-b)\n",
    "words before a week": "# 往期\n\n[第 30 周](https://medium.com/gull/week-30-2021-b)\n\nquuxly 第 14 周\n",
    "words beside this issue": "# 往期\n\n[第 30 周](https://medium.com/gull/week-30-2021-b) ⇦ quuxly 第 31 周(本帖)\n",
    "words in a link to an issue": "# 往期\n\n[第 30 周 quuxly](https://medium.com/gull/week-30-2021-b)\n",
    "name of a summary": "# 往期\n\n[quuxly 2021 年 6 月汇总](https://medium.com/gull/june-2021-b)\n",
    "words in a visible address": f"# 编辑精选\n\n- [Quuxly {ARXIV}]({ARXIV})\n",
}


@pytest.mark.parametrize("part", STRAY)
def test_a_word_is_kept_wherever_it_stands(part):
    body = f"# 1.论文\n\n## 灯塔\n\n*Lamps at Sea*\n[{ARXIV}]({ARXIV})\n\n{TEXT}\n"
    head = HEAD.partition("\n")[2] if part == "title of the issue" else HEAD
    text = f"{STRAY[part]}{head}{body}" if head != HEAD else f"{head}{STRAY[part]}\n{body}"
    if "往期" in STRAY[part]:
        text = f"{head}{body}\n{STRAY[part]}"
    issue, pages = pages_of(text)
    assert "quuxly" in pages.casefold()
    assert [paper.title for paper in issue.papers] == ["Lamps at Sea"]
    told = [] if part != "words in a visible address" else ["unplaced-text"]
    assert [problem.code for problem in issue.problems] == told


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_a_word_behind_any_line_of_an_issue_is_kept(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    told = [
        n for n, line in enumerate(lines) if re.search(r"\w", line) and not line.lstrip().startswith(("|--", "---"))
    ]
    for place in told[:: max(1, len(told) // 5)]:
        changed = [*lines[:place], f"{lines[place]} Quuxly", *lines[place + 1 :]]
        text = "\n".join(changed)
        if read_issue(text, path.name).week is None:
            continue  # nothing is written for it, which is told
        _issue, pages = pages_of(text)
        assert "quuxly" in pages.casefold(), changed[place]


def test_a_cell_more_than_the_table_has_columns_is_kept():
    table = f"| 题目 | 地址 |\n|---|---|\n| 灯塔 | {ARXIV} | quuxly |\n"
    issue, pages = pages_of(f"{HEAD}# 1.论文\n\n{table}")
    assert [paper.title for paper in issue.papers] == ["灯塔"]
    assert "quuxly" in pages


def test_addresses_of_other_issues_are_kept():
    links = "[第 30 周](https://medium.com/gull/week-30-2021-b) ⇦ 第 31 周 ⇨ [第 32 周](https://medium.com/gull/week-32-2021-c)"
    issue, pages = pages_of(f"{HEAD}# 1.论文\n\n## 灯塔\n\n*Lamps*\n{ARXIV}\n\n{TEXT}\n\n# 往期\n\n{links}\n")
    assert issue.previous in pages
    assert issue.next in pages


def test_marks_of_an_export_tool_are_the_only_thing_that_is_dropped():
    marks = f"<!-- wp:paragraph -->\n\n{TEXT}\n\n<!-- /wp:paragraph -->\n\n<!-- quuxly 下周再看 -->\n"
    _issue, pages = pages_of(f"{HEAD}# 1.论文\n\n## 灯塔\n\n*Lamps*\n{ARXIV}\n\n{marks}")
    assert "wp:paragraph" not in pages
    assert "quuxly" in pages
