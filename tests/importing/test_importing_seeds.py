"""The real issues: every entry, pick, link and day. Skipped where they do not lie beside the repository.

``seeds.json`` holds what each of the issues says, read by a person. Texts are not ours to publish and
stand there as digests; addresses, identifiers and days are facts.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from mutations import MUTATIONS, SECTION
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


def without_section(number):
    """Return a change that takes the heading of a section away."""

    def change(text):
        headings = list(SECTION.finditer(text))
        found = headings[number % len(headings)]
        return text[: found.start()] + text[found.end() :]

    return change


def swapped(first, second):
    """Return a change that puts two sections in each other's place."""

    def change(text):
        starts = [match.start() for match in SECTION.finditer(text)]
        footer = re.search(r"^(?:#{1,6} —|我的 github|#{1,6} 推特)", text[starts[-1] :], re.MULTILINE)
        edges = [*starts, starts[-1] + footer.start()]
        parts = [text[a:b].rstrip() + "\n\n" for a, b in pairwise(edges)]
        parts[first], parts[second] = parts[second], parts[first]
        return text[: edges[0]] + "".join(parts) + text[edges[-1] :]

    return change


def cards_as(form):
    """Return a change that writes each link card as a plain link."""
    card = re.compile(
        r"^(?:\[\]\([^)\n]*\))? ?\[## (?P<title>[^\n]*)\n\n(?:### [^\n]*\n\n)?[^\n]*\]\((?P<url>[^)\n]*)\) ?$",
        re.MULTILINE,
    )

    def written(match):
        # Nobody takes a bare address without a host for one.
        return form.format(title=match["title"], url=urljoin("https://medium.com/", match["url"]))

    return lambda text: card.sub(written, text)


def without_dates(text):
    return re.sub(r"\(\d+ 月 \d+ 日~\)", "", text)


def addresses_as(form):
    return lambda text: re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", lambda match: form.format(url=match[1]), text)


SHAKEN = {
    **{f"section {number + 1} lost its heading": without_section(number) for number in range(4)},
    **{f"sections {a + 1} and {b + 1} swapped": swapped(a, b) for a in range(4) for b in range(a + 1, 4)},
    "cards as links": cards_as("[{title}]({url})"),
    "cards as links with a word in front": cards_as("链接：[{title}]({url})"),
    "cards as bare addresses": cards_as("{url}"),
    "cards as names with addresses": cards_as("{title} {url}"),
    "cards in HTML": cards_as('<p><a href="{url}">{title}</a></p>'),
    "cards as quotations": cards_as("> [{title}]({url})"),
    "cards as pictures": cards_as("[![{title}](img/card.png)]({url})"),
    "cards as list items": cards_as("- [{title}]({url})"),
    "no dates": without_dates,
    "addresses behind a word": addresses_as("论文：<{url}>"),
    "addresses as labels": addresses_as("[论文]({url})"),
    "addresses in brackets": addresses_as("（[arXiv]({url})）"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "line ends of old": lambda text: text.replace("\n", "\r"),
    "blank lines doubled": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "blanks at the ends of lines": lambda text: text.replace("\n", "   \n"),
    "indented": lambda text: text.replace("\n", "\n   "),
}


@pytest.mark.parametrize("kind", SHAKEN)
def test_no_entry_and_no_address_of_a_shaken_real_issue_is_lost(seeds, kind):
    for path in seeds:
        text = path.read_text(encoding="utf-8")
        before, after = (read_issue(each, path.name).as_json() for each in (text, SHAKEN[kind](text)))

        def addresses(found):
            return sorted(str(entry["url"]) for name in SECTIONS for entry in found[name])

        assert addresses(after) == addresses(before), path.name
        for name in ("week", "starts", "source", "picks", "previous", "next", "roundups"):
            assert after[name] == before[name], (path.name, name)
        if not kind.startswith("section "):
            for name in SECTIONS:
                assert [entry["url"] for entry in after[name]] == [entry["url"] for entry in before[name]]


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
