"""External links, against a host of our own that behaves as real ones do."""

from __future__ import annotations

import socket
import time

import pytest
from paperloom.cli.links import politely

from tests.links.services import Host, Reply


def closed_address():
    """Return an address on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def slowly(seconds):
    """Return what answers after ``seconds``."""

    def reply(_path):
        time.sleep(seconds)
        return Reply(200)

    return reply


@pytest.fixture
def link(sources, host, run_links):
    """Check a page with one link to a path of the host; return the exit code and what is reported of it."""

    def check(path):
        code, report = run_links(sources({"index.md": f"# Title\n\n[x]({host.address}{path})\n"}), "--json")
        (found,) = report["external"]
        return code, found

    return check


def test_a_page_that_answers_is_working(site, host, run_links):
    root = site(f"# Title\n\n[fine]({host.address}/fine)\n")

    code, output = run_links(root)

    assert code == 0, output
    assert output.endswith("external links: 1 working, 0 moved, 0 gone, 0 unsure\n")


@pytest.mark.parametrize("path", ["missing", "removed", "to-missing"])
def test_a_page_that_is_gone_fails_the_run_and_says_where_it_is_linked(sources, host, run_links, path):
    root = sources({"index.md": f"# Title\n\nText.\n\n[lost]({host.address}/{path})\n"})

    code, output = run_links(root)

    assert code == 1
    assert f"docs/index.md:5: gone: {host.address}/{path}" in output
    assert "archived copy" in output


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/old", "/new/old"),
        ("/old-308", "/new/old-308"),
        ("/chain", "/chain-2-end"),
        ("/then-for-now", "/there/then-for-now"),
    ],
)
def test_a_page_that_moved_for_good_is_reported_with_its_new_address(link, host, path, new):
    code, found = link(path)

    assert code == 0
    assert (found["state"], found["moved_to"], found["kept"]) == ("moved", f"{host.address}{new}", "")


def test_a_page_that_is_elsewhere_for_now_is_working(link):
    assert link("/for-now")[1]["state"] == "working"


@pytest.mark.parametrize("path", ["/home-instead", "/login-instead"])
def test_a_redirect_that_turns_readers_away_is_named_as_such(sources, host, run_links, path):
    root = sources({"index.md": f"# Title\n\n[x]({host.address}{path})\n"})

    assert "not taken over by --fix: the new address" in run_links(root)[1]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/forbidden", "403 Forbidden"),
        ("/circle", "redirects go in circles"),
        ("/strange", "is no address that can be asked"),
        ("/nowhere", "301 Moved Permanently"),
    ],
)
def test_a_host_that_refuses_or_errs_is_not_taken_for_a_missing_page(link, path, detail):
    code, found = link(path)

    assert code == 0
    assert found["state"] == "unsure"
    assert found["detail"].startswith(detail)


def test_a_redirect_without_end_is_unsure(link, host):
    host.reply = lambda path: host.to(301, f"{path}/on")

    assert link("/on")[1]["detail"] == "redirects go in circles"


@pytest.mark.parametrize("path", ["/broken", "/dropped"])
def test_a_host_that_fails_is_unsure_and_asked_again_next_time(link, host, path):
    assert link(path)[1]["state"] == "unsure"

    host.replies[path] = Reply(200)

    assert link(path)[1]["state"] == "working"


def test_unsure_links_fail_only_strictly(sources, host, run_links):
    root = sources({"index.md": f"# Title\n\n[x]({host.address}/forbidden)\n"})

    assert run_links(root)[0] == 0
    assert run_links(root, "--strict-links")[0] == 1


def test_a_host_that_asks_for_patience_is_asked_again(link, host):
    host.first["/busy"] = [Reply(429, Retry_After="0"), Reply(429, Retry_After="0")]

    assert link("/busy")[1]["state"] == "working"
    assert host.asked.count("/busy") == 3


@pytest.mark.parametrize("status", [403, 404, 405, 500])
def test_a_host_that_refuses_to_tell_without_the_page_is_asked_for_it(link, host, status):
    host.first["/headless"] = [Reply(status)]

    assert link("/headless")[1]["state"] == "working"


def test_the_anchor_of_a_link_is_not_sent_and_the_page_is_asked_once(sources, host, run_links):
    text = f"# Title\n\n[a]({host.address}/fine#one) [b]({host.address}/fine#two)\n"

    _code, report = run_links(sources({"index.md": text}), "--json")

    assert [found["address"][-4:] for found in report["external"]] == ["#one", "#two"]
    assert host.asked.count("/fine") == 1


def test_no_network_is_said_in_one_line_and_fails_only_strictly(sources, run_links):
    address = closed_address()
    root = sources({"index.md": f"# Title\n\n[one]({address}/one) and [two]({address}/two)\n"})

    code, output = run_links(root, "--no-archive")
    strict, _output = run_links(root, "--no-archive", "--strict-links")

    assert code == 0
    assert output.splitlines()[-1] == "external links: no network; 2 links to 1 hosts left unchecked"
    assert strict == 1


def test_without_a_network_no_report_takes_the_place_of_an_earlier_one(sources, run_links, tmp_path):
    root = sources({"index.md": f"# Title\n\n[one]({closed_address()}/one)\n"})
    page = tmp_path / "links.md"
    page.write_text("last week's", encoding="utf-8")

    code, output = run_links(root, "--report", str(page))

    assert code == 1
    assert "there is no network" in output
    assert page.read_text(encoding="utf-8") == "last week's"


def test_offline_asks_no_host(sources, host, archive, run_links):
    root = sources({"index.md": f"# Title\n\n[fine]({host.address}/fine)\n"})

    code, report = run_links(root, "--offline", "--json")

    assert code == 0
    assert report["unchecked"] == 1
    assert host.asked == archive.asked == []


def test_a_site_without_external_links_needs_no_network(sources, run_links):
    code, output = run_links(sources({"index.md": "# Title\n\nText.\n"}), "--strict-links")

    assert code == 0
    assert "0 working" in output


def test_links_of_the_built_site_that_no_source_states_are_asked_too(sources, host, run_links):
    html = f'<main role="main">\n<a href="{host.address}/missing">x</a></main>'

    code, report = run_links(sources({"index.md": "# Title\n", "_build/html/index.html": html}), "--json")

    assert code == 1
    assert [(found["path"], found["line"]) for found in report["external"]] == [("index.html", 2)]


def test_addresses_are_found_wherever_sources_state_them(sources, host, run_links):
    files = {
        "papers/a.md": (
            f"---\npaper:\n  code: {host.address}/code\n  links: {{talk: '{host.address}/talk'}}\n---\n# A\n"
        ),
        "weeks/2020-w44.md": (
            f"---\nweek:\n  starts: 2020-10-25\n  source: {host.address}/source\n---\n# W\n\n"
            f"```{{article}} T\n:id: t\n:kind: other\n:url: {host.address}/url\n:archived: {host.address}/copy\n\n"
            f"Text <{host.address}/text>.\n```\n"
        ),
        "references.bib": f"@misc{{a,\n  title = {{A}},\n  url = {{{host.address}/entry}}\n}}\n",
    }

    _code, report = run_links(sources(files), "--json", "--no-archive")

    assert [(one["path"], one["line"], one["address"].rpartition("/")[2]) for one in report["external"]] == [
        ("docs/papers/a.md", 3, "code"),
        ("docs/papers/a.md", 4, "talk"),
        ("docs/references.bib", 1, "entry"),
        ("docs/weeks/2020-w44.md", 4, "source"),
        ("docs/weeks/2020-w44.md", 11, "url"),
        ("docs/weeks/2020-w44.md", 12, "copy"),
        ("docs/weeks/2020-w44.md", 14, "text"),
    ]


def test_one_host_is_never_asked_more_than_two_things_at_once(sources, host, run_links):
    host.reply = slowly(0.02)
    root = sources({"index.md": "# Title\n\n" + "\n".join(f"[x]({host.address}/{n})" for n in range(12))})

    run_links(root, "--no-archive")

    assert host.most_at_once == politely.AT_ONCE_PER_HOST


def test_many_hosts_are_asked_at_the_same_time(sources, running, run_links):
    hosts = [running(Host) for _number in range(8)]
    for each in hosts:
        each.reply = slowly(0.3)
    root = sources({"index.md": "# Title\n\n" + "\n".join(f"[x]({each.address}/x)" for each in hosts)})

    run_links(root, "--no-archive")

    asked = [moment for each in hosts for path, moment in zip(each.asked, each.times, strict=True) if path == "/x"]
    assert len(asked) == 8
    assert max(asked) - min(asked) < 0.3


def test_a_silent_host_is_given_up_after_a_few_questions(sources, host, run_links):
    host.reply = lambda path: Reply(broken="dropped") if path != "/" else Reply(200)
    root = sources({"index.md": "# Title\n\n" + "\n".join(f"[x]({host.address}/{n})" for n in range(10, 30))})

    _code, report = run_links(root, "--json", "--no-archive")

    reasons = [found["detail"] for found in report["external"]]
    assert len(reasons) == 20
    assert reasons.count("its host does not answer") >= 20 - politely.SILENT - politely.AT_ONCE_PER_HOST
