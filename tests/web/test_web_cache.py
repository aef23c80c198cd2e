"""Answers that are kept, and hosts that are not asked too often."""

from datetime import timedelta

import pytest
from paperloom.web.client import Client
from paperloom.web.politeness import Politeness, interval
from paperloom.web.settings import Settings

FINE = (200, {"Content-Type": "text/plain"}, "Kettlé".encode())


def test_an_answer_is_kept_for_the_next_command(host, tmp_path):
    host.answers["/x"] = [FINE]
    for _command in range(2):
        answer = Client(Settings(cache=tmp_path)).get(host.address + "/x")
        assert answer.text() == "Kettlé"
        assert answer.content_type == "text/plain"
    assert len(host.asked) == 1
    Client(Settings(cache=tmp_path)).get(host.address + "/x", accept="text/plain")
    assert len(host.asked) == 2, "another representation is another answer"
    Client(Settings(cache=None)).get(host.address + "/x")
    assert len(host.asked) == 3


def test_any_bytes_are_kept(host, tmp_path):
    host.answers["/x"] = [(200, {"Content-Type": "application/octet-stream"}, bytes(range(256)))]
    for _command in range(2):
        assert Client(Settings(cache=tmp_path)).get(host.address + "/x").body == bytes(range(256))
    assert len(host.asked) == 1


def test_an_answer_that_is_too_old_is_asked_for_again(host, tmp_path):
    host.answers["/x"] = [FINE]
    client = Client(Settings(cache=tmp_path))
    client.get(host.address + "/x")
    assert client.get(host.address + "/x", max_age=timedelta(days=1)).age < timedelta(minutes=5)
    assert len(host.asked) == 1
    client.get(host.address + "/x", max_age=timedelta(0))
    assert len(host.asked) == 2
    Client(Settings(cache=tmp_path, cache_age=timedelta(0))).get(host.address + "/x")
    assert len(host.asked) == 3


def test_failures_are_not_kept(host, tmp_path, waits):
    host.answers["/x"] = [(404, {}, b"")]
    client = Client(Settings(cache=tmp_path), sleep=waits.append)
    for _attempt in range(2):
        assert client.ask("GET", host.address + "/x").status == 404
    assert len(host.asked) == 2


def test_a_damaged_cache_does_no_harm(host, tmp_path):
    host.answers["/x"] = [FINE]
    Client(Settings(cache=tmp_path)).get(host.address + "/x")
    (tmp_path / "answers.sqlite").write_bytes(b"this is no data base" * 400)
    assert Client(Settings(cache=tmp_path)).get(host.address + "/x").text() == "Kettlé"


def test_a_cache_that_cannot_be_made_does_no_harm(host, tmp_path):
    host.answers["/x"] = [FINE]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert Client(Settings(cache=tmp_path / "file")).get(host.address + "/x").text() == "Kettlé"


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("export.arxiv.org", 3),
        ("arxiv.org", 3),
        ("notarxiv.org", 1),
        ("api.crossref.org", 1),
        ("127.0.0.1", 0),
        ("localhost", 0),
        ("::1", 0),
    ],
)
def test_hosts_have_their_intervals(name, seconds):
    assert interval(name) == seconds


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self, now=1000.0):
        self.now, self.slept = now, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_a_host_is_asked_once_in_its_interval(tmp_path):
    clock = Clock()
    polite = Politeness(None, clock=clock, sleep=clock.sleep)
    for name in ("arxiv.org", "api.crossref.org", "arxiv.org", "arxiv.org", "localhost", "localhost"):
        polite.wait(name)
    assert clock.slept == [3, 3]
    clock.now += 2
    polite.wait("arxiv.org")
    assert clock.slept == [3, 3, 1]


def test_commands_one_after_another_are_as_polite_as_one(tmp_path):
    clock = Clock()
    Politeness(tmp_path, clock=clock, sleep=clock.sleep).wait("export.arxiv.org")
    Politeness(tmp_path, clock=clock, sleep=clock.sleep).wait("export.arxiv.org")
    assert clock.slept == [3]
    clock.now = 5.0  # the clock was put back
    Politeness(tmp_path, clock=clock, sleep=clock.sleep).wait("export.arxiv.org")
    assert clock.slept == [3]
    (tmp_path / "export.arxiv.org").write_text("nonsense", encoding="utf-8")
    Politeness(tmp_path, clock=clock, sleep=clock.sleep).wait("export.arxiv.org")
    assert clock.slept == [3]


def test_every_step_of_a_request_waits_for_its_turn_and_cached_answers_do_not(host, tmp_path):
    host.answers["/old"] = [(301, {"Location": "/new"}, b"")]
    host.answers["/new"] = [(500, {}, b""), FINE]
    turns = []

    class Turns(Politeness):
        def wait(self, name):
            turns.append(name)

    client = Client(Settings(cache=tmp_path), politeness=Turns(None), sleep=turns.append)
    client.get(host.address + "/old")
    assert turns == ["127.0.0.1", "127.0.0.1", 2, "127.0.0.1", "127.0.0.1"]
    client.get(host.address + "/old")
    assert len(turns) == 5
