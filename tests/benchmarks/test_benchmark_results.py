"""Figures: kept, compared, judged and shown."""

import json

import pytest

from benchmarks.bars import BARS, judge
from benchmarks.compare import compare
from benchmarks.report import BEGIN, END, as_markdown, number, publish, put_between_markers
from benchmarks.results import Results, Series, Sizes, load, save
from benchmarks.steps import planned_edits
from tests.conftest import ROOT


def results(*series, sizes=()):
    return Results(1, 3, {"cores": "2 of 2"}, {"sphinx": "9"}, list(series), list(sizes))


def sizes(papers, page):
    return Sizes(papers, "paperloom", page, page - 2000, page // 4, 10, 5, 0, 7, 1000, 12)


def judged(found, title):
    (only,) = [each for each in judge(found) if each.bar.title.startswith(title)]
    return only


def test_results_survive_being_stored(tmp_path):
    before = results(
        Series(100, "hugo", "clean", [0.25, 0.5], [0.75], [1], [2], ["exit code 1: no"]), sizes=[sizes(100, 9)]
    )
    save(before, tmp_path / "deep" / "results.json")
    assert load(tmp_path / "deep" / "results.json") == before
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["results.json"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no results of a benchmark"),
        ("[]", "no results of a benchmark"),
        ('{"schema": 1}', "no results of a benchmark"),
        ('{"schema": 99}', "schema 99, not 1; measure again"),
    ],
)
def test_a_file_that_holds_no_results_is_named(tmp_path, text, message):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_of_results_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"nowhere\.json"):
        load(tmp_path / "nowhere.json")


def test_medians_are_of_successful_runs():
    found = results(Series(100, "hugo", "clean", [9.0, 1.0, 2.0], problems=["failed"]))
    assert found.middle(100, "hugo", "clean") == 2.0
    assert found.middle(100, "hugo", "clean", "cpu") is None
    assert found.middle(100, "hugo", "nothing") is None


def test_a_bar_compares_times_of_one_run():
    found = results(
        Series(5000, "paperloom", "summary", [1.0, 3.0, 2.0]), Series(5000, "hugo", "summary", [4.0, 4.0, 5.0])
    )
    bar = judged(found, "one summary edited")
    assert (bar.value, bar.passed) == (0.5, True)
    slower = results(Series(5000, "paperloom", "summary", [3.0]), Series(5000, "hugo", "summary", [4.0]))
    assert judged(slower, "one summary edited").passed is False


def test_a_bar_that_was_not_measured_is_neither_passed_nor_failed():
    assert {each.passed for each in judge(results())} == {None}
    assert len(judge(results())) == len(BARS)


def test_the_share_of_citations_holds_what_they_add_and_the_bibliography():
    found = results(
        Series(5000, "paperloom", "clean", [60.0], [100.0]),
        Series(5000, "paperloom-without-citations", "clean", [58.0], [95.0]),
        Series(5000, "paperloom", "bibliography-cold", [3.0]),
    )
    assert judged(found, "citations, share").value == pytest.approx(8.0)


def test_pages_are_compared_between_small_and_large():
    found = results(sizes=[sizes(100, 32_000), sizes(10_000, 33_000)])
    assert judged(found, "page of a paper, 10,000 papers, median").value == 33
    assert judged(found, "page of a paper without its sidebar").value == pytest.approx(31 / 30)


def test_a_comparison_names_what_became_slower_and_faster():
    old = results(
        Series(100, "paperloom", "clean", [2.0]),
        Series(100, "hugo", "clean", [1.0]),
        Series(100, "sphinx", "clean", [1.0]),
        sizes=[sizes(100, 30)],
    )
    new = results(
        Series(100, "paperloom", "clean", [1.0]),
        Series(100, "hugo", "clean", [1.01]),
        Series(100, "sphinx", "clean", [1.5]),
        Series(100, "mkdocs", "clean", [1.0]),
        sizes=[sizes(100, 31)],
    )
    _, ours, hugo, sphinx, page = compare(old, new)
    assert ours.endswith("0.50 faster")
    assert hugo.endswith("1.01")
    assert sphinx.endswith("1.50 SLOWER")
    assert "page of a paper: 30 bytes, now 31" in page


def test_a_comparison_of_different_things_says_so():
    assert compare(results(), results(Series(100, "hugo", "clean", [1.0])))[-1].endswith("nothing in common")


def test_tables_show_medians_failures_and_sizes():
    shown = as_markdown(
        results(
            Series(1000, "paperloom", "clean", [12.0, 11.0, 13.0], [20.0], [150_000_000], [300_000_000]),
            Series(1000, "hugo", "clean", problems=["exit code 1: said `this`\nand more"]),
            sizes=[sizes(1000, 30_000)],
        )
    )
    assert "| Paperloom | 12.0 | – | – | – | – | – |\n" in shown
    assert "| Paperloom | 20.0 | – | – | – | – | – | 150 | 300 |" in shown
    assert "| Hugo | failed |" in shown
    assert "- 1,000 papers, hugo, clean: `exit code 1: said 'this' and more`" in shown
    assert "| Paperloom | 1,000 | 30.0 (7.5) | 28.0 |" in shown
    assert "MkDocs" not in shown


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0049, "0.00 s"), (1.234, "1.23 s"), (12.34, "12.3 s"), (1234.5, "1,234 s")]
)
def test_numbers_have_few_figures(value, shown):
    assert number(value, "s") == shown


def test_a_page_keeps_what_stands_around_the_markers():
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\n## By hand\n"
    once = put_between_markers(page, "new\n")
    assert once == f"# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\n## By hand\n"
    assert put_between_markers(once, "new") == once


@pytest.mark.parametrize("page", ["# Title\n", f"{END}\n{BEGIN}\n", f"{BEGIN}\n{BEGIN}\n{END}\n"])
def test_a_page_without_markers_is_left_alone(tmp_path, page):
    path = tmp_path / "performance.md"
    path.write_text(page)
    with pytest.raises(ValueError, match=r"performance\.md: the page needs one line"):
        publish(results(), path, "<svg/>")
    assert path.read_text() == page
    assert list(tmp_path.iterdir()) == [path]


def test_the_published_page_shows_the_stored_results():
    stored = ROOT / "benchmarks" / "results.json"
    page = (ROOT / "docs" / "contributing" / "performance.md").read_text(encoding="utf-8")
    assert put_between_markers(page, as_markdown(load(stored))) == page
    assert json.loads(stored.read_text(encoding="utf-8"))["series"]


def test_edits_of_one_round_are_different_and_in_order():
    names = [edit.name for edit in planned_edits({"summary", "entry", "check", "preview"}, 2)]
    assert names == [
        *("summary-0", "entry-0", "summary-1", "entry-1"),
        *("check-0", "preview-0", "preview-1", "preview-2"),
    ]
    summaries = [edit.number for edit in planned_edits({"summary", "check", "preview"}, 2) if edit.kind == "summary"]
    assert len(summaries) == len(set(summaries))
