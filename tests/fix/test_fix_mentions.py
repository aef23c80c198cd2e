"""Names of papers become roles where they are running text, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paperloom.editing.mention_links import link_names
from paperloom.sources.pages import parse_page
from paperloom.weave.mentions import Name, NameIndex

NAMES = (
    Name("KettleNet", "ember2020kettle", "alias"),
    Name("Slow Rivers Learn Better", "lake2019slow", "title"),
    Name("SlowRiver", "lake2019slow", "alias"),
    Name("not-so-BigTree", "pine2021tall", "alias"),
    Name("C<3", "moss2020quiet", "alias"),
)
INDEX = NameIndex(NAMES)
TITLES = {"lake2019slow": "Slow Rivers Learn Better", "ember2020kettle": "KettleNet: Boiling"}
KETTLE = "{paper}`KettleNet <ember2020kettle>`"
WEEK = "---\nweek:\n  starts: 2020-09-13\n---\n# Week 38\n\n"


def fix(body, docname="weeks/2020-w38", head=WEEK):
    text, _done = link_names(head + body, docname, INDEX, TITLES)
    assert text.startswith(head)
    return text[len(head) :]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A KettleNet boils.\n", f"A {KETTLE} boils.\n"),
        ("KettleNet", KETTLE),
        ("Before **KettleNet** and *after*.\n", f"Before **{KETTLE}** and *after*.\n"),
        ("- one\n- two KettleNet\n", f"- one\n- two {KETTLE}\n"),
        ("> quoted\n> KettleNet here\n", f"> quoted\n> {KETTLE} here\n"),
        ("| a | b |\n|---|---|\n| x | KettleNet |\n", f"| a | b |\n|---|---|\n| x | {KETTLE} |\n"),
        ("KettleNet's lid, (KettleNet).\n", f"{KETTLE}'s lid, (KettleNet).\n"),
        ("`KettleNet` then KettleNet.\n", f"`KettleNet` then {KETTLE}.\n"),
        ("## KettleNet\n\nKettleNet boils.\n", f"## KettleNet\n\n{KETTLE} boils.\n"),
        ("[KettleNet](https://example.org) is KettleNet.\n", f"[KettleNet](https://example.org) is {KETTLE}.\n"),
        ("![KettleNet](a.png) KettleNet\n", f"![KettleNet](a.png) {KETTLE}\n"),
        ("A <!-- KettleNet --> KettleNet\n", f"A <!-- KettleNet --> {KETTLE}\n"),
        ("<!-- KettleNet\n-->\n\nKettleNet\n", f"<!-- KettleNet\n-->\n\n{KETTLE}\n"),
        ("% KettleNet\n\nKettleNet\n", f"% KettleNet\n\n{KETTLE}\n"),
        ("```text\nKettleNet\n```\n\nKettleNet\n", f"```text\nKettleNet\n```\n\n{KETTLE}\n"),
        ("~~~\nKettleNet\n~~~\n\nKettleNet\n", f"~~~\nKettleNet\n~~~\n\n{KETTLE}\n"),
        ("    KettleNet\n\nKettleNet\n", f"    KettleNet\n\n{KETTLE}\n"),
        (":::{note}\nA KettleNet.\n:::\n", f":::{{note}}\nA {KETTLE}.\n:::\n"),
        (
            "```{article} KettleNet in use\n:id: kettlenet\n:kind: other\n:site: KettleNet\n\nA KettleNet.\n```\n",
            f"```{{article}} KettleNet in use\n:id: kettlenet\n:kind: other\n:site: KettleNet\n\nA {KETTLE}.\n```\n",
        ),
        (
            "Grad-KettleNet, KettleNet+, KettleNet-50; KettleNet.\n",
            f"Grad-KettleNet, KettleNet+, KettleNet-50; {KETTLE}.\n",
        ),
        ("$KettleNet + 1$ and KettleNet\n", f"$KettleNet + 1$ and {KETTLE}\n"),
        ("{{ KettleNet }} and KettleNet\n", f"{{{{ KettleNet }}}} and {KETTLE}\n"),
        ("For $5 KettleNet boils, for $6 not.\n", f"For $5 {KETTLE} boils, for $6 not.\n"),
        ("Read Slow Rivers Learn Better.\n", "Read {paper}`lake2019slow`.\n"),
        ("Read Slow Rivers\nLearn Better.\n", "Read {paper}`lake2019slow`.\n"),
        ("Read\nSlow Rivers Learn Better\n", "Read\n{paper}`lake2019slow`\n"),
        ("A not-so-BigTree.\n", "A {paper}`not-so-BigTree <pine2021tall>`.\n"),
        ("The SlowRiver and KettleNet.\n", f"The {{paper}}`SlowRiver <lake2019slow>` and {KETTLE}.\n"),
    ],
)
def test_the_first_mention_in_running_text_becomes_a_role(body, expected):
    assert fix(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "## KettleNet\n",
        "A `KettleNet`, [a KettleNet](x.md), <https://example.org/KettleNet>.\n",
        f"Linked as {KETTLE}, so KettleNet may stay plain.\n",
        "Cited by {cite:t}`ember2020kettle`, KettleNet may stay plain.\n",
        "KettleNets and MyKettleNet and kettlenet.\n",
        "A <span title='KettleNet'>x</span>.\n",
        "```{papers}\nKettleNet\n```\n",
        "It is C<3 here.\n",
        "[KettleNet]: https://example.org\n",
    ],
)
def test_what_is_no_unlinked_mention_in_running_text_stays(body):
    assert fix(body) == body


def test_escaped_and_split_names_are_left_to_a_person():
    for body in ("Kettle*Net* and Kettle\\Net.\n", "&#75;ettleNet.\n", "Slow *Rivers* Learn Better.\n"):
        assert fix(body) == body


def test_a_paper_does_not_link_itself():
    head = "---\npaper:\n  topics: [a]\n  tldr: KettleNet.\n---\n# KettleNet: Boiling\n\n"
    assert fix("KettleNet boils.\n", "papers/ember2020kettle", head) == "KettleNet boils.\n"
    assert fix("KettleNet boils.\n", "papers/other2020paper", head) == f"{KETTLE} boils.\n"


def test_line_ends_and_a_byte_order_mark_stay():
    text = "\ufeff" + (WEEK + "One\r\nKettleNet\r\ntwo.\r\n").replace("\r\n", "\n").replace("\n", "\r\n")
    fixed, done = link_names(text, "weeks/2020-w38", INDEX, TITLES)
    assert fixed == text.replace("KettleNet", KETTLE)
    assert [(name.key, name.line) for name in done] == [("ember2020kettle", 7)]


PIECES = st.sampled_from(
    [
        *("KettleNet", "SlowRiver", "Slow Rivers Learn Better", "not-so-BigTree", "word", "a", ".", "é", "论"),
        *("`", "``", "*", "**", "_", "[", "](x)", "<", ">", "<!--", "-->", "$", "\\", "|", "{", "}", "{{", "}}", ":"),
        *("\n", "\n\n", "\n# ", "\n## ", "\n- ", "\n> ", "\n```\n", "\n```{note}\n", "\n:::{tip}\n", "\n:::\n"),
        *(" ", "  \n", "\n    ", "\n% ", "{paper}`", "{cite}`", "<k>`", "&amp;", "\t", "\r\n", "\n|---|\n"),
    ]
)


def read(text):
    return parse_page(text.replace("\r\n", "\n").replace("\r", "\n"), "", "weeks/2020-w38")


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=400)
def test_any_page_keeps_every_character_and_its_words_and_a_second_run_changes_nothing(body):
    text = WEEK + body
    fixed, done = link_names(text, "weeks/2020-w38", INDEX, {})

    characters = iter(fixed)
    assert all(character in characters for character in text), "something was taken away"
    assert len(fixed) - len(text) == sum(len(f"{{paper}}`` <{name.key}>") for name in done)
    before, after = read(text), read(fixed)
    assert [paragraph.text for paragraph in before.paragraphs] == [paragraph.text for paragraph in after.paragraphs]
    assert before.headings == after.headings
    assert {role.target for role in after.roles} == {role.target for role in before.roles} | {n.key for n in done}
    assert link_names(fixed, "weeks/2020-w38", INDEX, {}) == (fixed, [])
