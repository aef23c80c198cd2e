"""How hosts are asked: again when they are busy, within limits, and with errors that say what to do."""

import gzip
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from paperloom import __version__
from paperloom.web.client import Client
from paperloom.web.errors import MalformedError, NotFoundError, RateLimitedError, RefusedError, UnavailableError
from paperloom.web.settings import Settings, settings_from

from tests.services.host import dripping, silent, truncated

JSON = {"Content-Type": "application/json; charset=utf-8"}
FINE = (200, JSON, b'{"title": "Kettles"}')


def test_an_answer_is_returned_with_type_status_and_address(host, client):
    host.answers["/works"] = [FINE]
    answer = client().get(host.address + "/works", {"q": "a b&c"}, types=("application/json",))
    assert (answer.status, answer.content_type, answer.text()) == (200, "application/json", '{"title": "Kettles"}')
    assert answer.url == host.address + "/works?q=a+b%26c"
    assert client().get_json(host.address + "/works") == {"title": "Kettles"}


def test_hosts_learn_who_asks_and_what_is_wanted(host, client):
    host.answers["/"] = [FINE]
    client(contact="ada@example.org").get(host.address + "/", accept="application/x-bibtex")
    _path, headers = host.asked[0]
    assert headers["User-Agent"] == f"paperloom/{__version__} (+mailto:ada@example.org)"
    assert headers["Accept"] == "application/x-bibtex"


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_not_asked_for_again(host, client, waits, status):
    host.answers["/x"] = [(status, {}, b"")]
    with pytest.raises(NotFoundError, match=rf"/x: not found \({status}\); check the identifier"):
        client().get(host.address + "/x")
    assert waits == []
    assert len(host.asked) == 1


def test_a_refusal_is_not_asked_again(host, client):
    host.answers["/x"] = [(403, {}, b"")]
    with pytest.raises(RefusedError, match=r"the host refuses \(403\); look at the address"):
        client().get(host.address + "/x")
    assert len(host.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_host_is_asked_again_after_longer_and_longer_pauses(host, client, waits, status):
    host.answers["/x"] = [(status, {}, b""), (status, {}, b""), (status, {}, b""), FINE]
    assert client().get(host.address + "/x").status == 200
    assert waits == [2, 4, 8]


def test_a_host_that_stays_busy_is_named_with_what_to_do(host, client, waits):
    host.answers["/x"] = [(500, {}, b"")]
    with pytest.raises(UnavailableError, match=r"/x: the host fails \(500\), again and again; try again later"):
        client().get(host.address + "/x")
    assert len(host.asked) == 4
    host.answers["/y"] = [(429, {}, b"")]
    with pytest.raises(RateLimitedError, match=r"/y: too many requests \(429\), again and again"):
        client().get(host.address + "/y")


def test_a_host_is_given_the_seconds_it_asks_for(host, client, waits):
    host.answers["/x"] = [(429, {"Retry-After": "7"}, b""), FINE]
    assert client().get(host.address + "/x").status == 200
    assert waits == [7]


def test_a_host_is_given_time_until_the_date_it_names(host, waits):
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=25), usegmt=True)
    earlier = format_datetime(now - timedelta(seconds=25), usegmt=True)
    host.answers["/x"] = [(503, {"Retry-After": later}, b""), (503, {"Retry-After": earlier}, b""), FINE]
    client = Client(Settings(), sleep=waits.append, clock=now.timestamp)
    assert client.get(host.address + "/x").status == 200
    assert waits == [25, 0]


@pytest.mark.parametrize("value", ["soon", "-5", "1.5", ""])
def test_an_unreadable_wish_is_as_good_as_none(host, client, waits, value):
    host.answers["/x"] = [(429, {"Retry-After": value}, b""), FINE]
    assert client().get(host.address + "/x").status == 200
    assert waits == [2]


def test_a_host_that_asks_for_too_much_time_is_left_alone(host, client, waits):
    host.answers["/x"] = [(429, {"Retry-After": "3600"}, b"")]
    with pytest.raises(RateLimitedError, match=r"the host asks to wait \(429\); try again in 60 minutes"):
        client().get(host.address + "/x")
    assert waits == []


def test_an_answer_that_is_cut_off_is_asked_for_again(host, client, waits):
    host.answers["/x"] = [truncated(b'{"tit', 400), FINE]
    assert client().get_json(host.address + "/x") == {"title": "Kettles"}
    host.answers["/y"] = [truncated(b'{"tit', 400)]
    with pytest.raises(UnavailableError, match=r"/y: the answer is cut off; check the network"):
        client().get_json(host.address + "/y")


def test_a_host_that_says_nothing_or_too_little_is_given_up(host, client):
    host.answers["/silent"] = [silent]
    with pytest.raises(UnavailableError, match="/silent: the host is too slow"):
        client(attempts=1, read_timeout=0.1).get(host.address + "/silent")
    host.answers["/drip"] = [dripping(b"x", 0.05)]
    with pytest.raises(UnavailableError, match="/drip: the host is too slow"):
        client(attempts=1, total_timeout=0.3).get(host.address + "/drip")


def test_nobody_listening_is_said_with_what_to_do(client, waits):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}/"
        with pytest.raises(UnavailableError, match="the host cannot be reached; check the network and try again"):
            client().get(address)
    assert waits == [2, 4, 8]


def test_a_large_answer_is_refused_before_it_fills_the_memory(host, client):
    host.answers["/large"] = [dripping(b"x" * 50_000, 0.001)]
    with pytest.raises(MalformedError, match="the answer is larger than 1 MB"):
        client(largest_answer=1_000_000, total_timeout=20).get(host.address + "/large")
    bomb = gzip.compress(b"0" * 5_000_000)
    host.answers["/bomb"] = [(200, {"Content-Encoding": "gzip"}, bomb)]
    with pytest.raises(MalformedError, match="the answer is larger than 1 MB"):
        client(largest_answer=1_000_000).get(host.address + "/bomb")


def test_compressed_answers_are_read(host, client):
    host.answers["/x"] = [(200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(FINE[2]))]
    assert client().get_json(host.address + "/x") == {"title": "Kettles"}
    host.answers["/broken"] = [(200, {**JSON, "Content-Encoding": "gzip"}, b"not gzip at all")]
    with pytest.raises(UnavailableError, match="the answer is cut off"):
        client(attempts=1).get_json(host.address + "/broken")


@pytest.mark.parametrize("body", [b"<html>Sorry</html>", b'{"a":', b"", b"\xff\xfe", b"[" * 100_000])
def test_json_that_is_none_is_reported(host, client, body):
    host.answers["/x"] = [(200, JSON, body)]
    with pytest.raises(MalformedError, match=r"/x: the answer is (no JSON|not UTF-8); try again later"):
        client().get_json(host.address + "/x")


def test_another_type_than_was_asked_for_is_reported(host, client):
    host.answers["/x"] = [(200, {"Content-Type": "text/html"}, b"<html>Log in</html>")]
    message = r"/x: the answer is text/html where application/json was asked for; try again later"
    with pytest.raises(MalformedError, match=message):
        client().get_json(host.address + "/x", types=("application/json",))


def test_redirects_are_followed_and_remembered(host, client):
    host.answers["/old"] = [(301, {"Location": "/newer"}, b"")]
    host.answers["/newer"] = [(302, {"Location": "/new"}, b"")]
    host.answers["/new"] = [FINE]
    answer = client().get(host.address + "/old")
    assert answer.redirects == ((301, host.address + "/old"), (302, host.address + "/newer"))
    assert answer.url == host.address + "/new"
    host.answers["/circle"] = [(302, {"Location": "/circle"}, b"")]
    with pytest.raises(MalformedError, match="/circle: redirects go in circles"):
        client().get(host.address + "/circle")


@pytest.mark.parametrize("url", ["ftp://example.org/x", "http://", "not an address", "http://[::1"])
def test_an_address_that_cannot_be_asked_is_refused(client, url):
    with pytest.raises(RefusedError, match="is no address that can be asked"):
        client().get(url)


def test_any_status_can_be_looked_at(host, client):
    host.answers["/x"] = [(403, {"X-Robots": "no"}, b"")]
    answer = client().ask("HEAD", host.address + "/x")
    assert (answer.status, answer.headers["x-robots"], answer.body) == (403, "no", b"")


def test_settings_come_from_the_environment(tmp_path):
    environment = {"PAPERLOOM_CACHE_DIR": str(tmp_path), "PAPERLOOM_CONTACT": "https://example.org/é\n"}
    settings = settings_from(environment, contact="other")
    assert settings.cache == tmp_path
    assert settings.user_agent == f"paperloom/{__version__} (+https://example.org/)"
    assert settings_from({}, contact="https://example.org/x").contact == "https://example.org/x"
    assert settings_from({**environment, "PAPERLOOM_NO_CACHE": "1"}).cache is None
    assert settings_from({**environment, "PAPERLOOM_NO_CACHE": "0"}).cache == tmp_path
    assert settings_from(environment, cache=False).cache is None
    assert settings_from({}).user_agent == f"paperloom/{__version__}"
    assert settings_from({"PAPERLOOM_PATIENCE": "5"}).patience == 5
    with pytest.raises(ValueError, match="PAPERLOOM_PATIENCE is 'long'; write a number of seconds"):
        settings_from({"PAPERLOOM_PATIENCE": "long"})
