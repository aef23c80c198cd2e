"""Edits of addresses: the address changes, every other character stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.editing.addresses import (
    add_archived,
    is_plain,
    replace_entry_url,
    replace_field,
    replace_link,
    replace_option,
)

OLD = "https://kettles.example/old"
NEW = "https://kettles.example/new"


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        (f"See [it]({OLD}).\n", f"See [it]({NEW}).\n"),
        (f'See [it]({OLD} "title").\n', f'See [it]({NEW} "title").\n'),
        (f"See [it](<{OLD}>).\n", f"See [it](<{NEW}>).\n"),
        (f"See <{OLD}>.\r\nMore.\r\n", f"See <{NEW}>.\r\nMore.\r\n"),
        (f"Two [a]({OLD})\nand [b]({OLD})\n\nText.", f"Two [a]({NEW})\nand [b]({NEW})\n\nText."),
        (f"See [it][1].\n\n[1]: {OLD}\n", f"See [it][1].\n\n[1]: {NEW}\n"),
        (f"Code `[x]({OLD})` and [it]({OLD})\n", f"Code `[x]({OLD})` and [it]({NEW})\n"),
        (f"[longer]({OLD}er) and [it]({OLD})\n", f"[longer]({OLD}er) and [it]({NEW})\n"),
        (f"[copy](https://archive.example/{OLD}) [it]({OLD})", f"[copy](https://archive.example/{OLD}) [it]({NEW})"),
        (f"Bare {OLD} and [it]({OLD})\n", f"Bare {OLD} and [it]({NEW})\n"),
    ],
)
def test_only_the_destination_of_the_link_changes(text, edited):
    assert replace_link(text, 1, OLD, NEW) == edited


def test_a_link_in_another_block_stays():
    text = f"[a]({OLD})\n\n[b]({OLD})\n\n[c]({OLD})\n"

    assert replace_link(text, 3, OLD, NEW) == f"[a]({OLD})\n\n[b]({NEW})\n\n[c]({OLD})\n"


def test_a_destination_is_found_as_the_parser_reads_it():
    assert replace_link("[a](https://k.example/ü)", 1, "https://k.example/%C3%BC", NEW) == f"[a]({NEW})"
    assert replace_link("[a](https://k.example/?a=1&amp;b=2)", 1, "https://k.example/?a=1&b=2", NEW) == f"[a]({NEW})"


@pytest.mark.parametrize("text", ["nothing here\n", f"`{OLD}`\n", f"[1]: {OLD}\n\n[2]: {OLD}\n", f"Bare {OLD}.\n"])
def test_what_is_not_there_beyond_doubt_is_left_to_a_person(text):
    assert replace_link(text, 1, OLD, NEW) is None


@pytest.mark.parametrize("written", [OLD, f"'{OLD}'", f'"{OLD}"', f"{OLD}  "])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_an_option_keeps_its_form(written, end):
    text = f":id: a\n  :url:   {written}{end}"

    assert replace_option(text, 2, OLD, NEW) == text.replace(OLD, NEW)


def test_an_option_that_only_holds_the_address_stays():
    assert replace_option(f":archived: https://archive.example/{OLD}\n", 1, OLD, NEW) is None


@pytest.mark.parametrize(
    "field",
    [
        f"  code: {OLD}",
        f'  code: "{OLD}"',
        f"  code: {OLD}  # ours",
        f"  code:\n    {OLD}",
        f"  links: {{talk: {OLD}, more: x}}",
        f"  links: {{talk: '{OLD}'}}",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_field_of_front_matter_keeps_its_form(field, end):
    text = f"---\npaper:\n{field}\n---\n# {OLD}\n".replace("\n", end)

    edited = replace_field(text, 3, OLD, NEW)

    assert edited == text.replace(OLD, NEW, 1)


def test_the_text_below_the_front_matter_is_no_field():
    assert replace_field(f"---\npaper:\n  code: x\n---\n {OLD}\n", 3, OLD, NEW) is None


def test_the_url_of_the_entry_changes_and_no_other():
    text = (
        f"@misc{{a,\n  url = {{{OLD}}}\n}}\n\n"
        f'% {OLD}\n@misc{{b,\n  note = {{{OLD}}},\n  URL = "{OLD}"\n}}\n\n@misc{{c,\n  url = {{{OLD}}}\n}}\n'
    )

    assert replace_entry_url(text, 6, OLD, NEW) == text.replace(f'URL = "{OLD}"', f'URL = "{NEW}"')
    assert replace_entry_url("@misc{a,\n  title = {x}\n}\n@misc{b,\n  url = {" + OLD + "}\n}\n", 1, OLD, NEW) is None


def test_a_copy_stands_behind_the_last_option_and_is_written_like_the_others():
    text = "```{article} T\n:id: a\n:url: u\n:kind: other\n\nText.\n```\n"

    assert (
        add_archived(text, 3, 4, NEW)
        == f"```{{article}} T\n:id: a\n:url: u\n:kind: other\n:archived: {NEW}\n\nText.\n```\n"
    )


@pytest.mark.parametrize("below", ["\r\n", "```\r\n", ":::\r\n", "---\r\n"])
def test_a_copy_keeps_indent_and_line_ends(below):
    text = f"  id: a\r\n  url:  u\r\n{below}"

    assert add_archived(text, 2, 2, NEW) == f"  id: a\r\n  url:  u\r\n  archived:  {NEW}\r\n{below}"


def test_a_copy_does_not_split_an_option_of_several_lines():
    text = ":url: u\n:topics: a,\n  b\n\nText.\n"

    assert add_archived(text, 1, 2, NEW) == f":url: u\n:archived: {NEW}\n:topics: a,\n  b\n\nText.\n"


def test_addresses_that_would_need_an_escape_are_not_plain():
    assert is_plain("https://kettles.example/a?b=c%20d&e=(f)#g")
    assert not any(map(is_plain, ["https://k.example/a b", "https://k.example/{a}", "https://k.example/ü", 'a"', ""]))


@given(st.text(), st.integers(1, 40))
def test_any_text_without_the_address_is_left_alone(text, line):
    assert replace_link(text, line, OLD, NEW) is None
    assert replace_option(text, line, OLD, NEW) is None
    assert replace_field(text, line, OLD, NEW) is None
    assert replace_entry_url(text, line, OLD, NEW) is None
