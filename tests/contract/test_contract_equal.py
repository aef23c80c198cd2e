"""The surroundings of a build do not show in what it writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.checkout import Checkout, digests
from tests.contract.world import small_world

#: Puts the clock of every process of a build two days and some hours ahead.
ANOTHER_DAY = """
import datetime, time
_AHEAD = 2 * 86400 + 40000
_time, _time_ns, _localtime, _gmtime, _strftime = time.time, time.time_ns, time.localtime, time.gmtime, time.strftime
time.time = lambda: _time() + _AHEAD
time.time_ns = lambda: _time_ns() + _AHEAD * 10**9
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, t=None: _strftime(form, time.localtime() if t is None else t)
class _Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls):
        return cls.now()
class _LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
datetime.datetime, datetime.date = _Later, _LaterDay
"""

#: Further pages, so that every one of four workers has some of them.
PAGES = 60


def larger_world():
    world = small_world()
    world.config["html_baseurl"] = "https://example.org/small/"
    for number in range(PAGES):
        world.files[f"notes/page{number}.md"] = (
            f"---\norphan: true\n---\n# Page {number}\n\nSee KettleNet and {{doc}}`page{(number * 7) % PAGES}`.\n\n"
            f"```{{index}} entry {number % 5}\n```\n"
        )
    return world


def build(
    folder: Path,
    *options: str,
    world=None,
    before: str = "",
    umask: int = 0o022,
    finish: bool = False,
    **environment: str,
) -> dict[str, str]:
    """Build in a process of its own with other ``environment``; return the digests of what it wrote."""
    checkout = Checkout(folder, world or larger_world())
    if before:
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(before, encoding="utf-8")
    path = os.pathsep.join([*([str(folder / "site")] if before else []), *filter(None, sys.path)])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "SOURCE_"))}
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", *options, "-d", str(folder / "doctrees")]
    finishing = [sys.executable, "-m", "paperloom", "--root", str(checkout.source), "finish", str(folder / "html")]
    for each in ([*command, str(checkout.source), str(folder / "html")], *([finishing] if finish else [])):
        finished = subprocess.run(
            each,
            env=clean | {"PYTHONPATH": path, "PYTHONHASHSEED": "1"} | environment,
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
    return digests(folder / "html")


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """What a build with one worker gives."""
    return build(tmp_path_factory.mktemp("usual") / "usual")


def different(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the names of the files that differ or that one of two builds lacks."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("workers", ["2", "3", "5"])
def test_with_any_number_of_workers_the_site_is_the_same(tmp_path, usual, workers):
    assert different(build(tmp_path / "site", "-j", workers), usual) == []


@pytest.mark.parametrize("seed", ["0", "2"])
def test_under_any_hash_seed_the_site_is_the_same(tmp_path, usual, seed):
    assert different(build(tmp_path / "site", PYTHONHASHSEED=seed), usual) == []


@pytest.mark.parametrize("folder", ["deep/in/a/much/longer/path", "with a blank and ünïcode", "papers/weeks"])
def test_in_any_folder_the_site_is_the_same(tmp_path, usual, folder):
    assert different(build(tmp_path / folder), usual) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_in_any_time_zone_the_site_is_the_same(tmp_path, usual, zone):
    assert different(build(tmp_path / "site", TZ=zone), usual) == []


def test_on_another_day_the_site_is_the_same(tmp_path, usual):
    assert different(build(tmp_path / "site", before=ANOTHER_DAY), usual) == []


def test_the_other_day_is_one(tmp_path):
    """The counterpart: a process with that clock sees another day."""
    (tmp_path / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    question = "import datetime, time; print(datetime.date.today(), time.strftime('%Y-%m-%d'), datetime.datetime.now())"
    answers = [
        subprocess.run(
            [sys.executable, "-c", question], env=environment, capture_output=True, text=True, check=True
        ).stdout
        for environment in (dict(os.environ), os.environ | {"PYTHONPATH": str(tmp_path)})
    ]
    now, later = (answer.split() for answer in answers)
    assert [one != other for one, other in zip(now[:3], later[:3], strict=True)] == [True] * 3


def test_in_other_surroundings_the_finished_site_is_the_same(tmp_path):
    usual = build(tmp_path / "usual", finish=True)
    other = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "5", "LC_ALL": "C", "LANG": "C"}
    found = build(tmp_path / "in another" / "folder", "-j", "3", finish=True, before=ANOTHER_DAY, **other)

    assert len(found) == len(usual)
    assert different(found, usual) == []


@pytest.mark.parametrize("epoch", ["0", "1700000000"])
def test_with_a_date_for_the_sources_the_site_is_the_same(tmp_path, usual, epoch):
    """Distributions set it; nothing in the site says when it was built."""
    assert different(build(tmp_path / "site", SOURCE_DATE_EPOCH=epoch), usual) == []


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_under_any_locale_the_site_is_the_same(tmp_path, usual, locale):
    assert different(build(tmp_path / "site", LC_ALL=locale, LANG=locale, LANGUAGE="de:fr"), usual) == []


def test_under_another_umask_the_site_is_the_same(tmp_path, usual):
    assert different(build(tmp_path / "site", umask=0o077), usual) == []


def test_everybody_can_read_what_was_written(tmp_path):
    """A file that only its owner can read is missing from the site that a server shows."""
    build(tmp_path / "site")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "site" / "html").rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_a_rebuild_with_processes_gives_what_a_clean_build_gives(tmp_path, usual):
    folder = tmp_path / "site"
    build(folder, "-j", "3")
    world = larger_world()
    world.files |= {name: text + "\nMore.\n" for name, text in world.files.items() if name.startswith("notes/page")}
    build(folder, "-j", "3", world=world)

    assert different(build(folder, "-j", "3"), usual) == []
