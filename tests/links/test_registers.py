"""DOIs, arXiv ids and archived copies, which are asked through the APIs of their services."""

from __future__ import annotations

import pytest

from tests.links.services import ATOM, JSON, Reply


@pytest.fixture
def states(sources, run_links):
    """Check a page that links to addresses; return their states and details by address."""

    def check(*addresses, arguments=("--no-archive",)):
        text = "# Title\n\n" + "\n".join(f"<{address}>" for address in addresses)
        _code, report = run_links(sources({"index.md": text}), "--json", *arguments)
        found = {one["address"]: (one["state"], one["detail"]) for one in report["external"]}
        return {address: found[address] for address in addresses}

    return check


def test_all_arxiv_ids_are_one_question(states, arxiv):
    arxiv.papers = {"2001.00001": {"version": 3}, "math/0601001": {}}
    addresses = [
        "https://arxiv.org/abs/2001.00001",
        "https://arxiv.org/pdf/2001.00001v2.pdf",
        "https://arxiv.org/abs/math/0601001",
        "https://doi.org/10.48550/arXiv.2001.00001",
    ]

    found = states(*addresses)

    assert found == dict.fromkeys(addresses, ("working", ""))
    assert len([path for path in arxiv.asked if path != "/"]) == 1


def test_more_papers_than_one_answer_lists_by_default_are_all_found(states, arxiv):
    arxiv.papers = {f"2001.{number:05}": {} for number in range(1, 31)}

    found = states(*(f"https://arxiv.org/abs/{identifier}" for identifier in arxiv.papers))

    assert {state for state, _detail in found.values()} == {"working"}


def test_a_paper_that_arxiv_does_not_have_is_gone(states, arxiv):
    arxiv.papers = {"2001.00001": {}}

    found = states("https://arxiv.org/abs/2001.00001", "https://arxiv.org/abs/2001.99999")

    assert found["https://arxiv.org/abs/2001.99999"] == ("gone", "arXiv has no such paper")
    assert found["https://arxiv.org/abs/2001.00001"] == ("working", "")


def test_a_paper_that_one_answer_leaves_out_is_asked_again(states, arxiv):
    arxiv.papers = {"2001.00001": {}, "2001.00002": {}}
    arxiv.first["/api/query"] = [Reply(200, arxiv.feed([arxiv.entry("2001.00001")]), ATOM)]

    found = states("https://arxiv.org/abs/2001.00001", "https://arxiv.org/abs/2001.00002")

    assert {state for state, _detail in found.values()} == {"working"}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(429),
        Reply(200, "<html>Rate exceeded.</html>"),
        Reply(200, "<feed", ATOM),
        Reply(200, b"\xff\xfe", ATOM),
        Reply(200, "", ATOM),
        Reply(404),
        Reply(broken="dropped"),
        Reply(200, "<feed>" + "x" * 5000, ATOM, broken="truncated"),
    ],
)
def test_an_arxiv_that_fails_leaves_its_papers_unsure(states, arxiv, host, reply):
    arxiv.reply = lambda _path: reply

    found = states("https://arxiv.org/abs/2001.00001", f"{host.address}/fine")

    assert [state for state, _detail in found.values()] == ["unsure", "working"]


def test_an_error_that_arxiv_tells_as_a_feed_is_no_paper(states, arxiv):
    arxiv.reply = lambda _path: Reply(200, arxiv.feed([arxiv.error("2001.00001")]), ATOM)

    assert "incorrect id format" in states("https://arxiv.org/abs/2001.00001")["https://arxiv.org/abs/2001.00001"][1]


def test_one_id_that_arxiv_cannot_read_does_not_take_the_others_with_it(states, arxiv):
    arxiv.papers = {f"2001.0000{number}": {} for number in range(1, 6)}
    right = arxiv.reply
    arxiv.reply = lambda path: Reply(400, arxiv.feed([arxiv.error("x")]), ATOM) if "2001.00003" in path else right(path)

    found = states(*(f"https://arxiv.org/abs/{identifier}" for identifier in arxiv.papers))

    assert [state for state, _detail in found.values()] == ["working", "working", "gone", "working", "working"]


def test_a_doi_is_asked_of_its_register_and_not_of_the_publisher(states, handles, host):
    handles.known = {"10.1234/kettle(1)<a>": f"{host.address}/forbidden", "10.1234/empty": ""}
    addresses = {
        "https://doi.org/10.1234/kettle(1)%3Ca%3E": "working",
        "http://dx.doi.org/10.1234/KETTLE(1)%3CA%3E": "working",
        "https://doi.org/10.1234/empty": "gone",
        "https://doi.org/10.1234/none": "gone",
    }

    found = states(*addresses)

    assert {address: state for address, (state, _detail) in found.items()} == addresses
    assert "not registered" in found["https://doi.org/10.1234/none"][1]
    assert host.asked == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, '{"responseCode": 2}', JSON),
        Reply(429),
        Reply(200, "<p>maintenance"),
        Reply(404, "<p>not found"),
        Reply(200, "[1]", JSON),
        Reply(200, '{"responseCode": 1, "values"', JSON, broken="truncated"),
        Reply(broken="dropped"),
    ],
)
def test_a_register_that_fails_does_not_make_a_doi_gone(states, handles, host, reply):
    handles.reply = lambda _path: reply

    found = states("https://doi.org/10.1234/kettle", f"{host.address}/fine")

    assert [state for state, _detail in found.values()] == ["unsure", "working"]


def test_a_publisher_that_lets_no_program_in_is_vouched_for_by_the_doi_in_its_address(states, handles, host):
    handles.known = {"10.1234/kettle": "https://kettles.example/kettle"}
    host.replies |= {"/doi/10.1234/kettle": Reply(403), "/doi/10.1234/other": Reply(403)}

    found = states(f"{host.address}/doi/10.1234/kettle", f"{host.address}/doi/10.1234/other")

    assert [state for state, _detail in found.values()] == ["working", "unsure"]


def test_an_archived_copy_is_asked_of_the_archive(states, archive):
    archive.copies = {"https://kettles.example/a": "20201025000000"}

    found = states(
        "https://web.archive.org/web/2020/https://kettles.example/a",
        "https://web.archive.org/web/2020/https://kettles.example/b",
    )

    assert [state for state, _detail in found.values()] == ["working", "unsure"]


def test_each_link_gets_the_archived_copy_nearest_to_its_issue(sources, host, archive, run_links):
    page, other = f"{host.address}/page", f"{host.address}/other"
    archive.copies = {page: "20201026120000"}
    week = f"---\nweek:\n  starts: 2020-10-25\n---\n# W\n\n<{page}> <{other}> <https://arxiv.org/abs/2001.00001>\n"

    _code, report = run_links(sources({"weeks/2020-w44.md": week}), "--json")

    copies = {found["address"]: found["archived"] for found in report["external"]}
    assert copies == {
        page: f"https://web.archive.org/web/20201026120000/{page}",
        other: "",
        "https://arxiv.org/abs/2001.00001": None,
    }
    assert all("timestamp=20201025" in path for path in archive.asked if "timestamp" in path)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503),
        Reply(200, "<p>busy"),
        Reply(200, '{"archived_snapshots": []}', JSON),
        Reply(200, '{"archived_snapshots": {"closest": {"available": tr', JSON),
    ],
)
def test_an_archive_that_fails_says_nothing_of_copies(sources, host, archive, run_links, reply):
    archive.reply = lambda _path: reply

    _code, report = run_links(sources({"index.md": f"# T\n\n<{host.address}/page>\n"}), "--json")

    assert [(found["state"], found["archived"]) for found in report["external"]] == [("working", None)]


def test_a_copy_of_an_error_page_is_no_copy(sources, host, archive, run_links):
    closest = '{"status": "404", "available": true, "url": "http://web.archive.org/web/2020/x", "timestamp": "2020"}'
    archive.reply = lambda _path: Reply(200, f'{{"archived_snapshots": {{"closest": {closest}}}}}', JSON)

    _code, report = run_links(sources({"index.md": f"# T\n\n<{host.address}/page>\n"}), "--json")

    assert report["external"][0]["archived"] == ""
