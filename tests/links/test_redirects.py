"""Which redirects are taken over into the sources."""

from __future__ import annotations

import pytest
from paperloom.cli.links.redirects import Hop, new_address, shared_targets, why_not_the_same

OLD = "https://kettles.example/notes/2020/boiling-rivers"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://kettles.example/a", "https://kettles.example/a"),
        ("http://kettles.example/a", "https://www.kettles.example/a/"),
        ("https://kettles.example/a.html", "https://kettles.example/a"),
        ("https://kettles.example/story/index.html", "https://kettles.example/story"),
        (OLD, "https://kettles.example/boiling-rivers"),
        (OLD, "https://brew.example/archive/boiling-rivers.html"),
        ("https://github.com/oldname/kettle-net", "https://github.com/new-name/kettle-net"),
        ("https://github.com/oldname/lab/tree/main/kettle", "https://github.com/new-name/lab/tree/main/kettle"),
        ("https://kettles.github.io/", "https://kettles.example/"),
        ("https://youtu.be/abcDEF123", "https://www.youtube.com/watch?v=abcDEF123&feature=youtu.be"),
        ("https://kettles.example/show?id=1234", "https://kettles.example/items/1234"),
        ("https://www.aclweb.org/anthology/2020.acl-main.1", "https://aclanthology.org/2020.acl-main.1"),
        ("https://kettles.example/papers/panda-challenge", "https://kettles.example/panda-challenge"),
    ],
)
def test_a_new_address_of_the_same_page_is_taken_over(old, new):
    assert why_not_the_same(old, new) == ""


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("https://kettles.example/", "home page"),
        ("https://kettles.example", "home page"),
        ("https://kettles.example/index.html", "home page"),
        ("https://brew.example/", "home page"),
        ("https://kettles.example/en", "does not name the page"),
        ("https://kettles.example/notes", "a section"),
        ("https://kettles.example/notes/2020/", "a section"),
        ("https://kettles.example/tags/rivers-and-lakes-and-seas", "does not name the page"),
        ("https://login.kettles.example/notes/2020/boiling-rivers", "login, a notice or an error"),
        ("https://kettles.example/user-login/boiling-rivers", "login, a notice or an error"),
        ("https://kettles.example/signin?next=%2Fnotes%2F2020%2Fboiling-rivers", "lead back"),
        ("https://consent.kettles.example/m?continue=https://kettles.example/notes/2020/boiling-rivers", "lead back"),
        ("https://kettles.example/boiling-rivers/404.html", "login, a notice or an error"),
        ("https://kettles.example/cookieAbsent/boiling-rivers", "login, a notice or an error"),
        ("https://kettles.example/boiling-rivers;jsessionid=4711", "login, a notice or an error"),
        ("https://kettles.example/boiling-rivers?sid=4711", "login, a notice or an error"),
        ("http://kettles.example/boiling-rivers", "not encrypted"),
        ("mailto:editor@kettles.example", "no web address"),
    ],
)
def test_an_address_that_turns_readers_away_is_not_taken_over(new, reason):
    assert reason in why_not_the_same(OLD, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://openreview.net/forum?id=kettle1", "https://openreview.net/forum?id=kettle2"),
        ("https://arxiv.org/abs/2001.00001", "https://kettles.example/abs/2001.00001"),
        ("https://doi.org/10.1234/kettle", "https://kettles.example/kettle"),
    ],
)
def test_an_identifier_is_not_given_up_for_a_page(old, new):
    assert "and the new one does not" in why_not_the_same(old, new)


def test_the_new_address_is_where_permanent_redirects_end():
    hops = [
        Hop(301, "https://kettles.example/a"),
        Hop(308, "https://kettles.example/b"),
        Hop(302, "https://kettles.example/b?today"),
    ]

    assert new_address("http://kettles.example/a", hops) == "https://kettles.example/b"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_redirect_for_now_gives_no_new_address(status):
    hops = [Hop(status, "https://kettles.example/b"), Hop(301, "https://kettles.example/c")]

    assert new_address("https://kettles.example/a", hops) is None


def test_a_relative_redirect_is_read_from_the_page_it_stands_on():
    assert new_address("https://kettles.example/x/a", [Hop(301, "../b")]) == "https://kettles.example/b"


def test_the_anchor_of_the_link_is_kept_and_tracking_is_not_taken_over():
    hops = [Hop(301, "https://kettles.example/b?utm_source=feed&page=2")]

    assert new_address("https://kettles.example/a#results", hops) == "https://kettles.example/b?page=2#results"


def test_an_address_that_several_pages_lead_to_is_a_notice():
    moved = [
        ("https://kettles.example/a", "https://kettles.example/moved"),
        ("https://kettles.example/b", "https://kettles.example/moved"),
        ("https://kettles.example/c", "https://kettles.example/new-c"),
        ("http://www.kettles.example/c/", "https://kettles.example/new-c"),
    ]

    assert shared_targets(moved) == {"https://kettles.example/moved"}
