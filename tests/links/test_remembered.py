"""What is asked again and what is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from paperloom.cli.links import remembered
from paperloom.cli.links.remembered import DAYS_OF_COPY, Memory

from tests.links.services import Reply


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set forward."""

    class Clock:
        moment = datetime(2026, 11, 21, tzinfo=UTC)

        def __call__(self):
            return self.moment

        def forward(self, **time):
            self.moment += timedelta(**time)

    clock = Clock()
    monkeypatch.setattr(Memory, "__init__", _with_clock(Memory.__init__, clock))
    return clock


def _with_clock(init, clock):
    def make(self, *arguments, **options):
        init(self, *arguments, **{"now": clock, **options})

    return make


def test_a_fresh_answer_is_not_asked_again(sources, host, archive, clock, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/fine> <{host.address}/missing>\n"})
    first = run_links(root)
    asked = [*host.asked, *archive.asked]
    clock.forward(days=6, hours=23)

    assert run_links(root) == first
    assert [*host.asked, *archive.asked] == asked


def test_an_answer_is_asked_again_when_it_is_too_old(sources, host, clock, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/page>\n"})
    run_links(root)
    host.replies["/page"] = Reply(404)
    clock.forward(days=2)

    assert run_links(root, "--max-age", "3")[0] == 0
    assert run_links(root, "--max-age", "1")[0] == 1


def test_no_age_at_all_asks_everything(sources, host, clock, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/page>\n"})
    run_links(root)
    host.replies["/page"] = Reply(404)

    assert run_links(root, "--max-age", "0")[0] == 1


def test_fresh_answers_are_reported_without_a_network(sources, host, clock, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/missing>\n"})
    run_links(root, "--no-archive")
    host.stop()

    code, output = run_links(root, "--no-archive")

    assert code == 1
    assert "gone" in output


def test_a_refusal_lasts_and_a_failure_does_not(sources, host, clock, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/forbidden> <{host.address}/broken>\n"})
    run_links(root)
    host.asked.clear()

    run_links(root)

    assert "/broken" in host.asked
    assert "/forbidden" not in host.asked


def test_a_copy_that_was_found_is_believed_longer_than_one_that_was_not(tmp_path, clock):
    memory = Memory(tmp_path / "links.json", timedelta(days=7))
    memory.note("https://k.example/a", archived="https://web.archive.org/web/2020/x", archive_asked=memory.stamp())
    memory.note("https://k.example/b", archived="", archive_asked=memory.stamp())

    clock.forward(days=8)
    assert memory.fresh_copy("https://k.example/a")
    assert memory.fresh_copy("https://k.example/b") is None
    clock.forward(days=DAYS_OF_COPY)
    assert memory.fresh_copy("https://k.example/a") is None


def test_an_answer_from_the_future_is_not_fresh(tmp_path, clock):
    memory = Memory(tmp_path / "links.json", timedelta(days=7))
    memory.note("https://k.example/a", state="working", asked=memory.stamp())
    clock.forward(days=-1)

    assert memory.fresh("https://k.example/a") is None


def test_what_is_saved_is_read_again_and_kept_out_of_version_control(tmp_path, clock):
    memory = Memory(tmp_path / ".paperloom" / "links.json", timedelta(days=7))
    memory.note("https://k.example/ü", state="moved", detail="x", new="https://k.example/u", asked=memory.stamp())
    memory.save()
    again = Memory(memory.path, timedelta(days=7))
    again.load()

    assert again.known == memory.known
    assert sorted(path.name for path in memory.path.parent.iterdir()) == [".gitignore", "links.json"]
    assert (memory.path.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_what_nobody_asks_for_any_more_is_forgotten(tmp_path, clock):
    memory = Memory(tmp_path / "links.json", timedelta(days=7))
    memory.note("https://k.example/a", state="working", asked=memory.stamp())
    clock.forward(days=500)
    memory.note("https://k.example/b", state="working", asked=memory.stamp())
    memory.save()

    assert list(json.loads(memory.path.read_bytes())["known"]) == ["https://k.example/b"]


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        '{"layout": 0, "known": {"a": {"state": "gone"}}}',
        '{"layout": 1, "known": []}',
        '{"layout": 1, "known": {"a": [], "b": {"state": 1}, "c": {"lasting": "yes"}, "d": {"new": 1}}}',
        "[" * 100_000,
        "\ufeff\x00",
    ],
)
def test_a_damaged_file_is_started_anew(tmp_path, damaged):
    path = tmp_path / "links.json"
    path.write_text(damaged, encoding="utf-8")
    memory = Memory(path, timedelta(days=7))

    memory.load()

    assert memory.known == {}


def test_a_time_that_cannot_be_read_is_long_ago(tmp_path):
    memory = Memory(tmp_path / "links.json", timedelta(days=7))
    memory.note("a", state="working", asked="yesterday")
    memory.note("b", state="working", asked=datetime.now(UTC).replace(tzinfo=None).isoformat())

    assert memory.fresh("a") is None
    assert memory.fresh("b") is not None


def test_a_memory_that_cannot_be_written_does_not_fail_the_run(sources, host, run_links):
    root = sources({"index.md": f"# T\n\n<{host.address}/fine>\n", "../.paperloom": "in the way"})

    code, output = run_links(root)

    assert code == 0
    assert "1 working" in output
    assert "could not be kept" in output


def test_the_time_is_in_utc():
    assert remembered.utc_now().utcoffset() == timedelta(0)
