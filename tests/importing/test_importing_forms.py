"""Whatever form an issue is exported in, every entry is found where it belongs."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from mutations import MUTATIONS
from paperloom.importing.reading import read_issue
from samples import CHINESE, ENGLISH, RENDERERS, SAMPLES, series

SECTIONS = ("papers", "articles", "use_cases", "other")


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("language", SAMPLES)
def test_an_issue_is_read_in_full_in_every_form(language, form):
    sample = SAMPLES[language]

    found = read_issue(RENDERERS[form](sample), "issue.md").as_json()

    assert {name: [entry["url"] for entry in found[name]] for name in SECTIONS} == sample.expected()
    items = [item for _name, items in sample.sections for item in items]
    headings = [entry["heading"] for name in SECTIONS for entry in found[name]]
    # Where a form has but one line for both, the title is the heading.
    assert [h in (i.heading, i.title) for h, i in zip(headings, items, strict=True)] == [True] * len(items)
    titles = [entry["title"] for entry in found["papers"]]
    expected = [item.heading if form == "tables" else item.title for item in sample.papers]
    assert titles == expected
    assert [entry["arxiv"] for entry in found["papers"]] == [
        item.url.rpartition("/")[2] if "arxiv.org" in item.url else None for item in sample.papers
    ]
    assert (found["week"], found["starts"], found["source"]) == (sample.week, sample.starts, sample.source)
    assert found["picks"] == [{"title": item.heading, "url": item.url} for item in sample.picks]
    absolute = [pair and urljoin(sample.source, pair[1]) for pair in (sample.previous, sample.next, sample.summary)]
    assert [found["previous"], found["next"], *(each["url"] for each in found["roundups"])] == absolute


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda change: change.__name__)
@pytest.mark.parametrize("sample", [CHINESE, ENGLISH], ids=["chinese", "english"])
def test_a_change_of_form_changes_nothing_that_is_found(sample, change):
    plain = series(sample)
    before = read_issue(plain, "issue.md").as_json()
    changed = change(plain)
    assert changed != plain

    after = read_issue(changed, "issue.md").as_json()

    for name in (*SECTIONS, "week", "starts", "source", "picks", "previous", "next", "roundups"):
        assert after[name] == before[name], name


def test_without_section_headings_papers_are_told_by_their_addresses():
    text = "\n".join(
        line for line in series(CHINESE).split("\n") if not line.startswith(("# 1.", "# 2.", "# 3.", "# 4."))
    )

    found = read_issue(text, "issue.md").as_json()

    assert [entry["url"] for entry in found["papers"]] == [item.url for item in CHINESE.papers]
    rest = [item.url for items in (CHINESE.articles, CHINESE.use_cases, CHINESE.other) for item in items]
    assert [entry["url"] for entry in found["articles"]] == rest
    assert {problem["code"] for problem in found["problems"]} == {"no-section"}


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_entries_of_a_section_that_lost_its_heading_go_to_the_one_before(lost):
    text = "\n".join(line for line in series(ENGLISH).split("\n") if not line.startswith(f"# {lost + 1}."))

    found = read_issue(text, "issue.md").as_json()

    order = [entry["url"] for name in SECTIONS for entry in found[name]]
    assert order == [item.url for _name, items in ENGLISH.sections for item in items]


def test_the_names_of_the_columns_of_a_table_are_kept_and_are_no_entry():
    text = (
        "# Deep Learning Weekly, Week 12, 2021\n\n## Research\n\n"
        "| Paper | Address | Remark |\n|---|---|---|\n"
        "| Red Nets for Blue Data | https://arxiv.org/abs/2103.00001 | fast |\n"
        "| Green Trees | https://arxiv.org/abs/2103.00002 | slow |\n"
    )
    found = read_issue(text, "issue.md").as_json()
    assert [entry["title"] for entry in found["papers"]] == ["Red Nets for Blue Data", "Green Trees"]
    assert [problem["code"] for problem in found["problems"]] == []
    assert "Paper Address Remark" in " ".join(read_issue(text, "issue.md").introduction)
