"""What ``paperloom suggestion`` takes from a form that anybody can fill in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main
from paperloom.cli.suggestion import Suggestion, fields_of, read_suggestion

from tests.conftest import TINY

FORM = (
    "### Title\n\n{title}\n\n### Identifier\n\n{identifier}\n\n"
    "### Why it matters\n\nWords.\n\n### Week or topics\n\n{place}\n"
)
WEEKS = frozenset({"2020-w38"})
TOPICS = frozenset({"heat", "label-noise"})


def read(identifier="2006.07733", place="_No response_", title="A paper"):
    return read_suggestion(FORM.format(title=title, identifier=identifier, place=place), WEEKS, TOPICS)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2006.07733", "2006.07733"),
        ("arXiv:2006.07733v3", "2006.07733"),
        ("https://arxiv.org/pdf/2006.07733v3", "2006.07733"),
        ("https://doi.org/10.48550/arXiv.2006.07733", "2006.07733"),
        ("<https://arxiv.org/abs/math.AG/0601001>", "math/0601001"),
        ("`10.1109/ICIP42928.2021.9506345`", "10.1109/icip42928.2021.9506345"),
        ("https://openreview.net/forum?id=m1CD7tPubNy", "https://openreview.net/forum?id=m1CD7tPubNy"),
        ("https://www.aclweb.org/anthology/2020.emnlp-main.746/", "https://aclanthology.org/2020.emnlp-main.746"),
    ],
)
def test_identifiers_of_all_kinds_in_any_form(written, expected):
    assert read(written).identifier == expected


@pytest.mark.parametrize(
    "written",
    [
        *("", "_No response_", "https://example.org/paper", "--week=2020-w38", "2006.07733 --dry-run", "a\nb"),
        *("10.1000/`touch x`", "10.1000/a$b", "https://openreview.net/forum?id=-rf", "x" * 501, "10.1000/é"),
    ],
)
def test_anything_else_is_refused(written):
    with pytest.raises(ValueError, match="correct the field 'Identifier'"):
        read(written)


@pytest.mark.parametrize(
    ("place", "week", "topics"),
    [
        ("_No response_", "", ()),
        ("2020-w38, heat", "2020-w38", ("heat",)),
        ("heat; label-noise heat", "", ("heat", "label-noise")),
        ("2021-w06 2020-w38", "2020-w38", ()),
        ("2021-w99, Heat, cold, $(touch x), ../heat", "", ()),
    ],
)
def test_weeks_and_topics_are_known_ones(place, week, topics):
    assert read(place=place) == Suggestion("2006.07733", week, topics)


def test_a_heading_in_an_answer_does_not_take_the_place_of_a_field():
    assert read(title="A\n\n### Identifier of mine\n\n1").identifier == "2006.07733"
    assert fields_of("### Identifier\n\n1\n\n### Identifier\n\n2\n") == {"Identifier": "1"}
    assert fields_of("### Identifier\r\n\r\n1\r\n\r\n### Other\r\n") == {"Identifier": "1", "Other": ""}


def test_the_command_knows_the_topics_of_the_knowledge_base(tmp_path):
    form = tmp_path / "form.md"
    form.write_text(FORM.format(title="A", identifier="2006.07733", place="heat, steam, 2020-w38"), encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(TINY), "suggestion", str(form)])
    assert (done.exit_code, done.output) == (0, "identifier=2006.07733\nweek=2020-w38\ntopics=heat\n")


def test_the_command_appends_to_a_file_and_reads_the_standard_input(tmp_path):
    output = tmp_path / "output"
    output.write_text("earlier=1\n", encoding="utf-8")
    text = FORM.format(title="A", identifier="2006.07733", place="")
    done = CliRunner().invoke(main, ["suggestion", "-", "--output", str(output)], input=text)
    assert (done.exit_code, done.output) == (0, "")
    assert output.read_text(encoding="utf-8") == "earlier=1\nidentifier=2006.07733\nweek=\ntopics=\n"


def test_bytes_that_are_no_text_are_refused_in_a_sentence(tmp_path):
    (tmp_path / "form.md").write_bytes(b"### Identifier\n\n\xff\xfe\n")
    done = CliRunner().invoke(main, ["suggestion", str(tmp_path / "form.md")])
    assert done.exit_code == 1
    assert done.output.startswith("Error: '")
