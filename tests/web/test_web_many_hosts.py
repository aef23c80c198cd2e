"""What asking many hosts for nothing but whether a page is there needs."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from paperloom.web.client import Client
from paperloom.web.errors import FailingError, UnavailableError
from paperloom.web.politeness import Politeness
from paperloom.web.settings import Settings

from tests.services.host import dripping


@pytest.mark.parametrize("kept", [True, False])
def test_who_waits_for_one_host_keeps_nobody_from_asking_another(tmp_path, kept):
    waiting, other_was_asked = threading.Event(), threading.Event()

    def sleep(_seconds):
        waiting.set()
        assert other_was_asked.wait(10)

    politeness = Politeness(tmp_path if kept else None, clock=lambda: 1000.0, sleep=sleep)
    politeness.wait("kettles.example")
    with ThreadPoolExecutor() as pool:
        second = pool.submit(politeness.wait, "kettles.example")
        assert waiting.wait(10)
        pool.submit(politeness.wait, "rivers.example").result(timeout=10)
        other_was_asked.set()
        second.result(timeout=10)


def test_the_pauses_of_one_host_hold_for_all_threads():
    now = [1000.0]

    def sleep(seconds):
        now[0] += seconds

    politeness = Politeness(None, clock=lambda: now[0], sleep=sleep)
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(politeness.wait, ["arxiv.org"] * 5))

    assert now[0] == 1000.0 + 4 * 3


def test_a_body_that_nobody_wants_is_not_read(host, client):
    host.answers["/endless"] = [dripping(b"x", 0.01)]

    answer = client().ask("GET", host.address + "/endless", with_body=False)

    assert (answer.status, answer.body) == (200, b"")


def test_an_answer_without_its_body_is_not_kept_for_those_who_want_it(host, tmp_path):
    host.answers["/page"] = [(200, {"Content-Type": "text/plain"}, b"kettles")]
    client = Client(Settings(cache=tmp_path))

    client.ask("GET", host.address + "/page", with_body=False)

    assert client.get(host.address + "/page").body == b"kettles"


def test_a_host_that_fails_is_told_from_one_that_is_not_there(host, client):
    host.answers["/broken"] = [(500, {}, b"")]

    with pytest.raises(FailingError):
        client().ask("HEAD", host.address + "/broken")
    host.answers["/silent"] = [dripping(b"", 0.1)]
    with pytest.raises(UnavailableError) as found:
        client().ask("GET", host.address + "/silent")
    assert not isinstance(found.value, FailingError)
