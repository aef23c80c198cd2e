from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from paperloom.model.problems import Subtype
from paperloom.model.records import Paper, Period, Reading, Revision, Topic, Week
from paperloom.sources import front_matter
from paperloom.sources.days import parse_day
from paperloom.sources.front_matter import front_matter_schema, parse_front_matter
from paperloom.sources.page_records import paper_of, period_of, topic_of, week_of_front_matter

PAPER = """---
paper:
  topics: [heat, rivers]
  tldr: >
    A kettle
    is read.
  aliases: [" KettleNet ", KN2]
  code: https://a.example/code
  links: {talk: https://a.example/talk}
  relations:
    extends:
      - lake2019slow
      - moss2020quiet
  read: {version: v3, on: 2026-11-20, from: abstract}
myst: {enable_extensions: []}
---
# KettleNet
"""


def parse(text):
    return parse_front_matter(text, "docs/page.md")


def below(kind, *lines):
    return parse("\n".join(["---", f"{kind}:", *(f"  {line}" for line in lines), "---", ""]))


def found(front):
    return [(problem.line, problem.message, problem.remedy) for problem in front.problems]


def test_a_complete_paper_is_read_without_problems():
    front = parse(PAPER)
    assert front.problems == []
    assert (front.kind, front.body, front.body_line) == ("paper", "# KettleNet\n", 17)
    assert paper_of(front, "ember2020kettle", "papers/ember2020kettle", "KettleNet") == Paper(
        key="ember2020kettle",
        docname="papers/ember2020kettle",
        title="KettleNet",
        topics=("heat", "rivers"),
        tldr="A kettle is read.",
        aliases=("KettleNet", "KN2"),
        code="https://a.example/code",
        links=(("talk", "https://a.example/talk"),),
        relations=(("extends", ("lake2019slow", "moss2020quiet")),),
        read=Reading("2026-11-20", "abstract", "v3"),
    )


def test_every_value_has_its_line():
    front = parse(PAPER)
    assert front.line("topics") == 3
    assert front.line("topics", 1) == 3
    assert front.line("relations", "extends", 1) == 13
    assert front.line("relations", "extends", 7) == 11
    assert front.line("nowhere") == 2
    assert parse("# No front matter").line("topics") == 1


def test_the_body_starts_on_the_line_that_is_told():
    lines = PAPER.split("\n")
    assert lines[parse(PAPER).body_line - 1] == "# KettleNet"
    assert parse("---\n---\nText").body_line == 3


def test_a_week_a_topic_and_a_period_are_read():
    week = below("week", "starts: 2020-09-13", "picks: [b, a, b]", "source: https://a.example")
    assert week_of_front_matter(week, "2020-w38", "weeks/2020-w38", "Week", date(2020, 9, 13)) == Week(
        "2020-w38", "weeks/2020-w38", "Week", date(2020, 9, 13), ("b", "a"), "https://a.example"
    )
    topic = below("topic", "parent: nature", "aliases: [Streams]")
    assert topic_of(topic, "rivers", "topics/rivers", "Rivers") == Topic(
        "rivers", "topics/rivers", "Rivers", "nature", ("Streams",)
    )
    assert period_of(below("archive", "period: 2020"), "archive/2020", "2020") == Period("2020", "archive/2020", "2020")
    assert period_of(below("archive", "period: 2020-09"), "archive/2020-09", "S").id == "2020-09"
    assert period_of(parse(""), "archive/x", "X").id == ""


def test_a_topic_needs_nothing():
    assert parse("---\ntopic:\n---\n").problems == []
    assert parse("---\ntopic: {}\n---\n").kind == "topic"


@pytest.mark.parametrize("text", ["", "# Title\n", "Text\n---\npaper: {}\n---\n", "---\n---\n", "---\nmyst: {}\n---\n"])
def test_a_page_without_front_matter_of_ours_has_no_kind_and_no_problems(text):
    front = parse(text)
    assert (front.kind, front.fields, front.problems) == (None, {}, [])


def test_an_unclosed_block_is_reported():
    front = parse("---\npaper: {}\n# Title\n")
    assert found(front) == [(1, "the front matter is not closed", "end it with a line '---'")]
    assert front.body.startswith("---")


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("paper:\n  tldr: a: b", 3, "the front matter is not YAML: mapping values are not allowed in this context"),
        ("- a\n- b", 2, "the front matter is not a mapping"),
        ("text", 2, "the front matter is not a mapping"),
        ("paper: &a {x: *a}", 2, "the front matter is not YAML: '*a' stands for another value"),
        ("x: &a 1\ny: &a 2", 3, "the front matter is not YAML: '&a' stands twice"),
        ("x: 1\n--- # and another\ny: 2", 3, "the front matter is not YAML: but found another document"),
        ("x: " + "[" * 200 + "]" * 200, 2, "the front matter is not YAML: nested too deeply"),
        ("x: " + "[" * 100_000, 2, "the front matter is not YAML: nested too deeply"),
    ],
)
def test_what_is_no_mapping_is_reported_and_the_body_is_still_there(source, line, message):
    front = parse(f"---\n{source}\n---\nBody")
    assert [(problem.line, problem.message) for problem in front.problems] == [(line, message)]
    assert (front.fields, front.body) == ({}, "Body")


def test_dates_and_numbers_and_keys_keep_their_plainest_form():
    front = below("week", "starts: 2020-09-13", "on: yes", "n: [1, -2, 1.5, ~, off, 0x1F, '3', 1_0, .inf]")
    assert front.fields == {
        "starts": "2020-09-13",
        "on": True,
        "n": [1, -2, 1.5, None, False, "0x1F", "3", "1_0", ".inf"],
    }
    assert below("week", f"n: {'9' * 5000}").fields == {"n": "9" * 5000}


def test_a_list_or_a_mapping_as_a_key_is_an_unknown_field():
    front = parse("---\n? [a, 1]\n: b\n? {c: d}\n: e\n---\n")
    assert [(line, message) for line, message, _ in found(front)] == [
        (2, "unknown field '['a', 1]'"),
        (4, "unknown field '{'c': 'd'}'"),
    ]


def test_twenty_levels_are_read_and_one_more_is_refused():
    assert parse(f"---\nx: {'[' * 19}{']' * 19}\n---\n").problems[0].message == "unknown field 'x'"
    assert "nested too deeply" in parse(f"---\nx: {'[' * 20}{']' * 20}\n---\n").problems[0].message


def test_two_kinds_on_one_page_are_reported():
    front = parse("---\ntopic: {}\nweek: {starts: 2020-09-13}\n---\n")
    assert front.kind == "week"
    assert found(front) == [
        (2, "the front matter has both 'week' and 'topic'", "a page is of one kind; keep one of them")
    ]


def test_a_kind_that_is_no_mapping_has_no_fields():
    front = parse("---\nweek: soon\n---\n")
    assert (front.kind, front.fields) == ("week", {})
    assert found(front) == [(2, "'week' is \"soon\"", "write a mapping")]


RELATIONS = "one of applies, compares-with, contradicts, evaluates-on, extends, supersedes, surveys"
USUAL = ("topics: [heat]", "tldr: Tea.")


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("paper", ("topics: [heat]",), (2, "'paper' lacks the field 'tldr'", "add 'tldr:'")),
        ("paper", ("topics: heat", "tldr: Tea."), (3, "'paper.topics' is \"heat\"", "write a list [a, b]")),
        ("paper", ("topics: []", "tldr: Tea."), (3, "'paper.topics' is empty", "fill it in or remove it")),
        (
            "paper",
            ("tldr: Tea.", "topics: [heat, heat]"),
            (4, "'paper.topics' names something twice", "keep one of them"),
        ),
        (
            "paper",
            ("tldr: Tea.", "topics:", "- Heat!"),
            (5, "'paper.topics.0' is \"Heat!\", not a slug", "use lower-case letters, digits, hyphens"),
        ),
        (
            "paper",
            (*USUAL, "code: here"),
            (5, "'paper.code' is \"here\", not a web address", "write an http or https address"),
        ),
        ("paper", (*USUAL, "aliases: [' ']"), (5, "'paper.aliases.0' is blank", "fill it in or remove it")),
        (
            "paper",
            (*USUAL, "read: {on: 2020-02-30, from: paper}"),
            (5, "'paper.read.on' is \"2020-02-30\", not a day", "write it as 2020-09-13"),
        ),
        (
            "paper",
            (*USUAL, "read: {on: 2020-02-03, from: hearsay}"),
            (5, "'paper.read.from' is \"hearsay\"", "write one of paper, abstract, secondary"),
        ),
        (
            "paper",
            (*USUAL, "read: {on: 2020-02-03, from: paper, version: 3rd}"),
            (5, "'paper.read.version' is \"3rd\", not a version", "write it as v1"),
        ),
        ("paper", (*USUAL, "topic: [heat]"), (5, "unknown field 'topic'", "did you mean 'topics'?")),
        ("paper", (*USUAL, "relations: {eats: [a]}"), (5, "unknown field 'eats'", RELATIONS)),
        ("archive", ("period: [2020]",), (3, "'archive.period' is [2020]", "write string or integer")),
        ("week", ("starts: 2020-09-13", "starts: 2020-09-13"), (4, "the field 'starts' stands twice", "keep one")),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(kind, lines, expected):
    assert found(below(kind, *lines)) == [expected]


def test_each_missing_field_is_reported_once():
    assert [message for _, message, _ in found(parse("---\npaper: {}\n---\n"))] == [
        "'paper' lacks the field 'topics'",
        "'paper' lacks the field 'tldr'",
    ]


def test_a_wrong_address_is_a_problem_of_addresses_and_an_unknown_field_one_of_fields():
    front = below("paper", *USUAL, "code: here", "kettle: 1")
    assert {problem.subtype for problem in front.problems} == {Subtype.URL, Subtype.UNKNOWN_FIELD}


def test_an_unknown_field_beside_the_kind_is_reported():
    assert found(parse("---\npapers: {}\n---\n")) == [(2, "unknown field 'papers'", "did you mean 'paper'?")]


def test_a_long_value_is_shortened_in_a_message():
    message = below("paper", *USUAL, f"code: {'x' * 90}").problems[0].message
    assert "…" in message
    assert len(message) < 110


def test_malformed_fields_are_left_empty():
    lines = (
        "topics: [1, heat, heat]",
        "tldr: [a]",
        "aliases: [' ', 2]",
        "code: 3",
        "links: [a]",
        "relations: 4",
        "read: now",
    )
    paper = paper_of(below("paper", *lines), "k", "papers/k", "K")
    assert paper == Paper("k", "papers/k", "K", ("heat",), "")
    lines = (
        "links: {a: 1, b: https://b.example}",
        "relations: {extends: a, surveys: [1, b]}",
        "read: {on: , from: [a], version: 3}",
    )
    paper = paper_of(below("paper", *lines), "k", "papers/k", "K")
    assert (paper.links, paper.relations) == ((("b", "https://b.example"),), (("surveys", ("b",)),))
    assert paper.read == Reading("", "", None)


@pytest.mark.parametrize(
    ("line", "revised"),
    [
        ("revised: {on: 2021-03-01, what: '  The  rooms. '}", Revision("2021-03-01", "The rooms.")),
        ("revised: {on: 2021-02-30, what: x}", None),
        ("revised: {on: 2021-03-01}", None),
        ("revised: {on: 2021-03-01, what: ' '}", None),
        ("revised: [2021-03-01]", None),
    ],
)
def test_a_revision_has_a_day_and_says_what_changed(line, revised):
    assert paper_of(below("paper", line), "k", "papers/k", "K").revised == revised


@pytest.mark.parametrize("text", [None, "", "2020-13-01", "20200913", "2020-W38-7", "2020-09-13T00:00", "soon"])
def test_what_is_no_day_is_none(text):
    assert parse_day(text) is None


def test_a_day_is_read():
    assert parse_day("2020-09-13") == date(2020, 9, 13)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted(
    {
        name
        for kind in ("paper", "week", "topic", "archive")
        for name in front_matter_schema()["properties"][kind]["properties"]
    }
)
PAGES = st.dictionaries(
    st.sampled_from(["paper", "week", "topic", "archive", "kettle"]),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5) | VALUES,
    max_size=2,
)


def use(text):
    front = parse(text)
    paper_of(front, "k", "papers/k", "K")
    week_of_front_matter(front, "2020-w38", "weeks/2020-w38", "W", date(2020, 9, 13))
    topic_of(front, "heat", "topics/heat", "Heat")
    period_of(front, "archive/2020", "2020")
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in front.problems)


@given(PAGES)
def test_no_mapping_makes_reading_raise(data):
    use(f"---\n{yaml.safe_dump(data, allow_unicode=True)}---\nText\n")


TOPICS = st.lists(st.sampled_from(["heat", "trees-2", "Heat", "", "a b", "heat\n", 1]), max_size=2)
DAYS = st.sampled_from(["2020-09-13", "2020-09-31", "2020-9-1", "20200913", "２０２０-09-13", 2020, None])
TEXTS = st.lists(st.sampled_from(["A", "A ", " ", "\x85", "\u200b", "\x1c", None, True, 1, 1.0]), max_size=2)
ADDRESSES = st.sampled_from(["https://a.b", "http://a b", "https://", "https://a\n", "https://\x85", "ftp://a", 1])
NEARLY_RIGHT = {
    "paper": st.fixed_dictionaries(
        {"topics": st.just(["heat"]) | TOPICS, "tldr": st.sampled_from(["Tea.", " ", "", None])},
        optional={
            "aliases": TEXTS,
            "code": ADDRESSES,
            "links": st.dictionaries(st.text(max_size=2), ADDRESSES, max_size=2),
            "relations": st.dictionaries(st.sampled_from(["extends", "eats"]), TEXTS, max_size=2),
            "read": st.fixed_dictionaries(
                {"on": DAYS, "from": st.sampled_from(["paper", "Paper"])},
                optional={"version": st.sampled_from(["v3", "v", "v3\n", "v٣", 3])},
            ),
        },
    ),
    "week": st.fixed_dictionaries({"starts": DAYS}, optional={"picks": TEXTS, "source": ADDRESSES}),
    "topic": st.none()
    | st.fixed_dictionaries({}, optional={"parent": st.sampled_from(["heat", "Heat", "", None]), "aliases": TEXTS}),
    "archive": st.fixed_dictionaries({"period": st.sampled_from(["2020", 2020, 2020.0, True, None, ["2020"]])}),
}


@settings(max_examples=300)
@given(st.sampled_from(sorted(NEARLY_RIGHT)).flatmap(lambda kind: st.tuples(st.just(kind), NEARLY_RIGHT[kind])))
def test_the_quick_and_the_thorough_check_of_the_schema_agree(page):
    kind, fields = page
    if front_matter._is_valid({kind: fields}):
        assert list(front_matter._validator().iter_errors({kind: fields})) == []


@given(st.one_of(st.text(), st.text(" \n:-[]{}&*!|>'\"#%@`,?ab")))
def test_no_text_makes_reading_raise(text):
    use(text)
    use(f"---\n{text}\n---\n")
    use(f"---\npaper:\n  {text}\n---\n")


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_raise(data):
    use("---\n" + data.decode("utf-8", errors="replace") + "\n---\n")
    use("---\n" + data.decode("latin-1") + "\n---\n")
