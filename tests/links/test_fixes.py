"""``paperloom links --fix``: what it writes, and what it leaves to a person."""

from __future__ import annotations

import pytest

WEEK = """---
week:
  starts: 2020-10-25
  source: {host}/old
---
# Week 44, 2020

See [it]({host}/old#part), `{host}/old` and <{host}/fine>.\r
\r
```{{article}} Kettles
:id: kettles
:kind: other
:url: {host}/old
:topics: [a, b]

About [kettles]({host}/home-instead).
```

```{{article}} Rivers
:id: rivers
:kind: other
:url: {host}/rivers
:archived: https://web.archive.org/web/2020/{host}/rivers
```
"""
BIBLIOGRAPHY = """% a comment about {host}/old
@misc{{marlowe2020boiling,
  author = {{Marlowe, Ada}},
  title = {{Boiling: {host}/old}},
  year = {{2020}},
  url = {{{host}/old-308}},
  note = "kept   as it is",
}}
"""
PAPER = """---
paper:
  code: {host}/old   # the code
  links: {{talk: "{host}/chain", other: {host}/fine}}
---
# Boiling
"""


@pytest.fixture
def base(sources, host):
    def write(**more):
        files = {"weeks/2020-w44.md": WEEK, "references.bib": BIBLIOGRAPHY, "papers/marlowe2020boiling.md": PAPER}
        return sources({path: text.format(host=host.address) for path, text in {**files, **more}.items()})

    return write


def contents(root):
    return {
        path.relative_to(root / "docs").as_posix(): path.read_bytes().decode()
        for path in (root / "docs").rglob("*")
        if path.is_file()
    }


def test_permanent_redirects_and_copies_go_into_the_sources_and_nothing_else_changes(base, host, archive, run_links):
    root = base()
    copy = f"https://web.archive.org/web/20201026000000/{host.address}/old"
    archive.copies = {f"{host.address}/old": "20201026000000", f"{host.address}/rivers": "20201026000000"}
    before = contents(root)

    _code, output = run_links(root, "--fix")

    expected = dict(before)
    expected["weeks/2020-w44.md"] = (
        before["weeks/2020-w44.md"]
        .replace(f"source: {host.address}/old", f"source: {host.address}/new/old")
        .replace(f"({host.address}/old#part)", f"({host.address}/new/old#part)")
        .replace(f":url: {host.address}/old\n", f":url: {host.address}/new/old\n")
        .replace(":topics: [a, b]\n", f":topics: [a, b]\n:archived: {copy}\n")
    )
    expected["references.bib"] = before["references.bib"].replace("/old-308}", "/new/old-308}")
    expected["papers/marlowe2020boiling.md"] = (
        before["papers/marlowe2020boiling.md"].replace("/old   #", "/new/old   #").replace("/chain", "/chain-2-end")
    )
    assert contents(root) == expected
    assert f"docs/weeks/2020-w44.md:13: fixed: {host.address}/old is now {host.address}/new/old" in output
    assert f"docs/weeks/2020-w44.md:13: fixed: {host.address}/old has its archived copy {copy}" in output


def test_a_second_run_changes_nothing(base, host, archive, run_links):
    root = base()
    archive.copies = {f"{host.address}/old": "20201026000000"}
    run_links(root, "--fix")
    before = contents(root)

    _code, report = run_links(root, "--fix", "--json")

    assert contents(root) == before
    assert report["fixes"] == []


def test_without_fix_nothing_is_written(base, archive, host, run_links):
    root = base()
    archive.copies = {f"{host.address}/old": "20201026000000"}
    before = contents(root)

    run_links(root)

    assert contents(root) == before


def test_an_address_that_several_links_lead_to_is_not_taken_over(sources, host, run_links):
    host.replies |= {f"/kettle-{n}": host.to(301, "/kettle-kettles") for n in "ab"}
    root = sources({"index.md": f"# T\n\n<{host.address}/kettle-a> <{host.address}/kettle-b>\n"})
    before = contents(root)

    _code, output = run_links(root, "--fix")

    assert contents(root) == before
    assert "other links lead to the same new address" in output


def test_what_is_written_unusually_is_left_to_a_person(sources, host, run_links):
    root = sources({"index.md": f"# T\n\n[x][1] [y][2]\n\n[1]: {host.address}/old\n[2]: {host.address}/old\n"})
    before = contents(root)

    _code, output = run_links(root, "--fix")

    assert contents(root) == before
    assert "edit it by hand" in output


def test_a_new_address_that_would_break_the_source_is_left_to_a_person(sources, host, run_links):
    host.replies["/kettle"] = host.to(301, "/kettle)[x](/y")
    root = sources({"index.md": f"# T\n\n[x]({host.address}/kettle)\n"})
    before = contents(root)

    _code, output = run_links(root, "--fix")

    assert contents(root) == before
    assert "edit it by hand" in output


def test_a_gone_article_with_an_archived_copy_does_not_fail_the_run(sources, host, archive, run_links):
    article = "```{{article}} T\n:id: t\n:kind: other\n:url: {0}/missing\n{1}```\n"
    copy = f":archived: https://web.archive.org/web/2020/{host.address}/missing\n"

    lost, _output = run_links(sources({"weeks/2020-w44.md": article.format(host.address, "")}))
    kept, output = run_links(sources({"weeks/2020-w44.md": article.format(host.address, copy)}))

    assert (lost, kept) == (1, 0)
    assert "its article has an archived copy" in output


def test_an_archived_copy_saves_an_article_that_is_gone(sources, host, archive, run_links):
    archive.copies = {f"{host.address}/missing": "20201026000000"}
    text = f"```{{article}} T\n:id: t\n:kind: other\n:url: {host.address}/missing\n```\n"
    root = sources({"weeks/2020-w44.md": text})

    run_links(root, "--fix")

    assert run_links(root)[0] == 0


@pytest.mark.parametrize("option", [["--fix"], ["--report", "links.md"]])
def test_what_needs_answers_is_refused_offline(base, run_links, option):
    code, output = run_links(base(), "--offline", *option)

    assert code == 2
    assert "leave out --offline" in output


def test_an_article_without_an_id_or_with_one_that_stands_twice_is_left_alone(sources, host, archive, run_links):
    archive.copies = {f"{host.address}/fine": "20201026000000"}
    article = f"```{{article}} T\n:id: t\n:kind: other\n:url: {host.address}/fine\n```\n"
    root = sources({"weeks/2020-w44.md": article + article})
    before = contents(root)

    run_links(root, "--fix")

    assert contents(root) == before


def test_an_option_without_a_value_is_not_written_a_second_time(sources, host, archive, run_links):
    archive.copies = {f"{host.address}/fine": "20201026000000"}
    text = f"```{{article}} T\n:id: t\n:kind: other\n:url: {host.address}/fine\n:archived:\n```\n"
    root = sources({"weeks/2020-w44.md": text})
    before = contents(root)

    run_links(root, "--fix")

    assert contents(root) == before


def test_options_in_a_block_of_yaml_get_their_copy_in_it(sources, host, archive, run_links):
    archive.copies = {f"{host.address}/fine": "20201026000000"}
    text = f"```{{article}} T\n---\nid: t\nkind: other\nurl: {host.address}/fine\n---\nText.\n```\n"
    root = sources({"weeks/2020-w44.md": text})

    run_links(root, "--fix")

    copy = f"archived: https://web.archive.org/web/20201026000000/{host.address}/fine\n"
    assert contents(root)["weeks/2020-w44.md"] == text.replace("---\nText", f"{copy}---\nText")


def test_sources_that_cannot_be_written_are_an_error_and_stay(base, run_links, monkeypatch):
    root = base()
    before = contents(root)
    refused = OSError(28, "No space left on device")
    monkeypatch.setattr("paperloom.editing.disk.Disk.write", lambda *_arguments: (_ for _ in ()).throw(refused))

    code, output = run_links(root, "--fix")

    assert code == 1
    assert "no space left on device" in output
    assert contents(root) == before
