"""What ``paperloom check`` keeps for its next run: the same report in less time, whatever happened in between."""

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import paperloom
import pytest
from check_support import (
    BIB,
    CONF,
    KETTLE,
    LAKE,
    MOSS,
    TINY,
    WEEK,
    append,
    copy_of_tiny,
    remove,
    rename,
    replace,
    write,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from paperloom.cli import report
from paperloom.cli.checks import check, kept, refresh
from paperloom.cli.checks import run as check_run
from paperloom.cli.checks.run import FEWEST_PAGES, examine
from paperloom.cli.knowledge_base import load

FACTS = "_build/check/facts"
CHANGES = "_build/check/facts-changes"
PAGES = 20


def shown(root: Path, *, keep: bool) -> str:
    result = examine(root, root, keep=keep, fewest=0)
    return report.as_json(result.problems, result.files)


def assert_same(root: Path) -> str:
    """Assert that the report is the same with what was kept, without it, and when it is read again."""
    fresh = shown(root, keep=False)
    assert shown(root, keep=True) == fresh
    assert shown(root, keep=True) == fresh
    base = load(root, root)
    assert report.as_json(check(base), len(base.pages) + len(base.bibliography_files)) == fresh
    return fresh


@pytest.fixture
def reads(monkeypatch):
    """The names of the pages and entries that are read."""
    names = []
    read_one, parse_piece = refresh.read_one, refresh.parse_piece
    monkeypatch.setattr(refresh, "read_one", lambda *a: names.append(a[1]) or read_one(*a))
    monkeypatch.setattr(refresh, "parse_piece", lambda text, *a: names.append(text[:20]) or parse_piece(text, *a))
    return names


@pytest.fixture
def many(tiny):
    """A knowledge base with so many pages that they are read in several processes."""
    for number in range(refresh._FEWEST_FOR_PROCESSES):
        text = f"---\ntopic: {{parent: heat-{number}}}\n---\n# Topic {number}\n\nSlowRiver\n"
        write(f"topics/topic-{number}.md", text)(tiny)
    return tiny


def test_a_run_after_another_reads_nothing(tiny, reads):
    first = shown(tiny, keep=True)
    assert len(reads) == PAGES + 4
    reads.clear()
    assert shown(tiny, keep=True) == first
    assert reads == []


@pytest.mark.parametrize("path", [MOSS, KETTLE, WEEK, "index.md"])
def test_only_the_page_that_changed_is_read(tiny, reads, path):
    shown(tiny, keep=True)
    append(path, "\n## Another\n\n{paper}`nobody2020nothing`\n")(tiny)
    reads.clear()
    problems = json.loads(shown(tiny, keep=True))["problems"]
    assert reads == [path]
    assert [problem["subtype"] for problem in problems if problem["path"] == path].count("unknown-paper") == 1
    assert_same(tiny)


def test_only_the_entry_that_changed_is_read(tiny, reads):
    shown(tiny, keep=True)
    replace(
        BIB, "  journal = {Journal of Water},\n", "  journal = {Journal of Water},\n  note = {a},\n  note = {b},\n"
    )(tiny)
    reads.clear()
    problems = json.loads(shown(tiny, keep=True))["problems"]
    assert reads == ["@article{lake2019slow"[:20]]
    assert "bibtex-duplicate" in [problem["subtype"] for problem in problems]
    assert_same(tiny)


def test_entries_that_moved_down_are_reported_where_they_are_now(tiny, reads):
    replace(BIB, "@article{lake2019slow", "@article{wrong")(tiny)
    assert_same(tiny)
    text = (tiny / BIB).read_text()
    write(BIB, "% one\n% two\n" + text)(tiny)
    assert_same(tiny)


def test_a_string_that_entries_use_is_noticed_when_it_changes(tiny):
    text = (tiny / BIB).read_text().replace("{Journal of Water}", "water")
    write(BIB, '@string{water = "Journal of Water"}\n\n' + text)(tiny)
    assert "bibtex" not in assert_same(tiny)
    write(BIB, '@string{water = ""}\n\n' + text)(tiny)
    assert "'journal'" in assert_same(tiny)
    write(BIB, text)(tiny)
    assert "bibtex-syntax" in assert_same(tiny)
    write(BIB, '@string{water = "Journal of Water"}\n\n' + text)(tiny)
    assert "bibtex" not in assert_same(tiny)


def test_a_name_that_a_page_gets_is_found_on_all_others(tiny, reads):
    before = shown(tiny, keep=True)
    replace(LAKE, "aliases: [SlowRiver]", "aliases: [SlowRiver, rooms]")(tiny)
    reads.clear()
    after = shown(tiny, keep=True)
    assert reads == [LAKE]
    assert after.count("'rooms' is named without a link") > before.count("'rooms' is named") == 0
    assert_same(tiny)


def test_a_name_that_two_papers_claim_is_no_mention_until_one_gives_it_up(tiny):
    assert "'SlowRiver' is named" in assert_same(tiny)
    original = (tiny / KETTLE).read_bytes()
    replace(KETTLE, "aliases: [", "aliases: [SlowRiver, ")(tiny)
    assert "'SlowRiver' is named" not in assert_same(tiny)
    write(KETTLE, original)(tiny)
    assert "'SlowRiver' is named" in assert_same(tiny)


def test_a_name_of_a_page_that_is_removed_is_no_mention(tiny):
    write("papers/brook2022other.md", NEW_PAGES["papers/brook2022other.md"])(tiny)
    append(MOSS, "\nBrook and warm.\n")(tiny)
    assert "'Brook' is named" in assert_same(tiny)
    remove("papers/brook2022other.md")(tiny)
    assert "'Brook' is named" not in assert_same(tiny)


def edit_in_secret(path: Path, old: str, new: str) -> None:
    """Change a file and give it back its size and its modification time."""
    status = path.stat()
    text = path.read_text()
    assert len(old) == len(new)
    assert old in text
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("margin", [0, kept._COARSEST_CLOCK])
def test_an_edit_that_leaves_size_and_time_is_noticed(tiny, monkeypatch, margin):
    monkeypatch.setattr(kept, "_COARSEST_CLOCK", margin)
    os.utime(tiny / MOSS, ns=(0, 10**18))
    assert "'SlowRiver' is named" in assert_same(tiny)
    edit_in_secret(tiny / MOSS, "SlowRiver", "FastRiver")
    assert_same(tiny)


def test_a_file_written_in_the_tick_in_which_it_was_read_is_read_again():
    now = 10**18
    assert kept.lasting((now - 10**10, now - 10**10, 5, 1), now) is not None
    for mtime, ctime in ((now, now - 10**10), (now - 10**10, now), (now + 10**12, 0), (now - 10**9, 0)):
        assert kept.lasting((mtime, ctime, 5, 1), now) is None
    assert kept.lasting(None, now) is None


def test_files_that_were_new_when_a_run_began_are_known_by_their_times_when_it_ended_later(tiny, monkeypatch):
    clock = iter([time.time_ns(), time.time_ns() + 10**12])
    monkeypatch.setattr(check_run, "time", SimpleNamespace(time_ns=clock.__next__))
    shown(tiny, keep=True)
    kept_pages = kept.load(tiny / FACTS, kept.key_of("")).pages
    assert all(page.signature for page in kept_pages.values())


def test_touching_and_older_times_change_nothing(tiny, reads):
    first = shown(tiny, keep=True)
    reads.clear()
    for number, path in enumerate(sorted(tiny.rglob("*.md"))):
        os.utime(path, ns=(0, 10**18 - number))
    assert shown(tiny, keep=True) == first
    assert reads == []


def damage_file(place: Path, how: str) -> None:
    data = place.read_bytes() if place.is_file() else b""
    match how:
        case "empty":
            place.write_bytes(b"")
        case "cut":
            place.write_bytes(data[: len(data) // 2])
        case "longer":
            place.write_bytes(data + b"\0")
        case "flipped" if data:
            middle = len(data) * 2 // 3
            place.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        case "foreign":
            place.write_bytes(b"\0" * 16 + data[16:])
        case "text":
            place.write_text("not ours")
        case "folder":
            place.unlink(missing_ok=True)
            place.mkdir()
        case "gone":
            shutil.rmtree(place.parent.parent)


DAMAGES = ["empty", "cut", "longer", "flipped", "foreign", "text", "folder", "gone"]


@pytest.mark.parametrize("how", DAMAGES)
def test_what_is_damaged_or_foreign_does_not_count(tiny, reads, how):
    first = shown(tiny, keep=True)
    damage_file(tiny / FACTS, how)
    reads.clear()
    assert shown(tiny, keep=True) == first
    assert len(reads) == PAGES + 4
    reads.clear()
    assert shown(tiny, keep=True) == first
    assert bool(reads) == (how == "folder")


def test_what_changed_is_kept_beside_the_rest_until_it_is_much(tiny, reads):
    shown(tiny, keep=True)
    everything = (tiny / FACTS).read_bytes()
    append(MOSS, "\nSlowRiver.\n")(tiny)
    remove(KETTLE)(tiny)
    changed = shown(tiny, keep=True)
    assert (tiny / FACTS).read_bytes() == everything
    assert (tiny / CHANGES).stat().st_size < len(everything) / 2
    reads.clear()
    assert shown(tiny, keep=True) == changed
    assert reads == []
    for path in (LAKE, WEEK, "index.md", "topics/heat.md"):
        append(path, "\nKettleNet.\n")(tiny)
    assert_same(tiny)
    assert (tiny / FACTS).read_bytes() != everything
    assert not (tiny / CHANGES).exists()


@pytest.mark.parametrize("how", ["empty", "cut", "flipped", "foreign", "text", "folder"])
def test_damaged_changes_do_not_count(tiny, reads, how):
    shown(tiny, keep=True)
    append(MOSS, "\nSlowRiver.\n")(tiny)
    changed = shown(tiny, keep=True)
    damage_file(tiny / CHANGES, how)
    reads.clear()
    assert shown(tiny, keep=True) == changed
    assert reads == [MOSS]


def test_changes_of_something_else_do_not_count(tiny):
    shown(tiny, keep=True)
    append(MOSS, "\nSlowRiver.\n")(tiny)
    shown(tiny, keep=True)
    changes = (tiny / CHANGES).read_bytes()
    write(MOSS, "---\npaper:\n  tldr: x\n---\n# Moss\n")(tiny)
    (tiny / FACTS).unlink()
    assert_same(tiny)
    assert not (tiny / CHANGES).exists()
    (tiny / CHANGES).write_bytes(changes)
    assert_same(tiny)


def test_other_code_other_packages_and_other_paths_do_not_share_what_was_kept(tmp_path, monkeypatch):
    key = kept.key_of("docs/")
    assert kept.key_of("docs/") == key
    assert kept.key_of("") != key
    (tmp_path / "pybtex-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert kept.key_of("docs/") != key
    monkeypatch.undo()
    copy = tmp_path / "paperloom"
    shutil.copytree(Path(paperloom.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paperloom, "__file__", str(copy / "__init__.py"))
    assert kept.key_of("docs/") == key
    append("sources/text.py", "# another line\n")(copy)
    assert kept.key_of("docs/") != key


def test_a_folder_that_cannot_be_written_means_no_cache(tiny):
    (tiny / "_build").write_text("a file, where a folder should be")
    assert "SlowRiver" in assert_same(tiny)


def test_nothing_of_it_gets_into_git(tiny):
    shown(tiny, keep=True)
    subprocess.run(["git", "init", "--quiet", str(tiny)], check=True)
    status = subprocess.run(
        ["git", "-C", str(tiny), "status", "--porcelain", "--untracked-files=all"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert MOSS in status.stdout
    assert "_build" not in status.stdout


def test_the_command_keeps_nothing_of_a_small_knowledge_base(run, tiny):
    run("--root", tiny, "check")
    assert not (tiny / "_build").exists()


def test_the_command_keeps_what_it_read_unless_told_not_to(run, many):
    assert len(list(many.rglob("*.md"))) > FEWEST_PAGES
    without = run("--root", many, "check", "--mentions", "--format", "json", "--no-cache")
    assert not (many / "_build").exists()
    for _again in range(2):
        assert run("--root", many, "check", "--mentions", "--format", "json").output == without.output
        assert (many / FACTS).is_file()


def test_several_processes_find_what_one_finds(many, monkeypatch):
    monkeypatch.setattr(refresh, "_processors", lambda: 3)
    together = shown(many, keep=False)
    monkeypatch.setattr(refresh, "_processors", lambda: 1)
    assert shown(many, keep=False) == together
    assert len(json.loads(together)["problems"]) > 2 * refresh._FEWEST_FOR_PROCESSES
    monkeypatch.setattr(refresh, "_processors", lambda: 2)
    monkeypatch.setattr(refresh, "ProcessPoolExecutor", refuse)
    assert shown(many, keep=False) == together


def refuse(*_arguments, **_options):
    raise OSError("no semaphores")


READ_CHUNK = refresh._read_chunk
TESTS = os.getpid()


def die_elsewhere(chunk):
    return READ_CHUNK(chunk) if os.getpid() == TESTS else os._exit(9)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the other process must know us")
def test_a_process_that_is_killed_costs_time_alone(many, monkeypatch):
    expected = shown(many, keep=False)
    monkeypatch.setattr(refresh, "_read_chunk", die_elsewhere)
    monkeypatch.setattr(
        refresh,
        "ProcessPoolExecutor",
        lambda processes, initializer: ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), initializer),
    )
    monkeypatch.setattr(refresh, "_processors", lambda: 2)
    assert shown(many, keep=False) == expected


def test_runs_at_the_same_time_do_not_disturb_each_other(many):
    command = [sys.executable, "-m", "paperloom", "--root", str(many), "check", "--mentions", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(Path(paperloom.__file__).parents[1])}
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _number in range(3)]
    outputs = {process.communicate()[0] for process in runs}
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["files"] == PAGES + 1 + refresh._FEWEST_FOR_PROCESSES
    assert_same(many)


SENTENCES = [
    "\nSlowRiver and KettleNet.\n",
    "\n# A second title\n",
    "\n{paper}`lake2019slow` and {cite:t}`nobody1999`.\n",
    "\nTall Trees for Small Data, Brook, <b>bold</b>.\n",
    "\n```{papers}\npine2021tall\nbrook2022new\n```\n",
    "\n```{article} Wind\n:id: wind\n:kind: article\n:topics: [wind, storm]\n```\n",
    "\n```{toctree}\n:glob:\n../*/*\nnowhere\n```\n",
]
NEW_PAGES = {
    "papers/brook2022new.md": "---\npaper:\n  topics: [rivers]\n  tldr: New.\n  aliases: [Brook]\n---\n# A New Brook\n",
    "papers/brook2022other.md": "---\npaper:\n  topics: [storm]\n  tldr: x\n  aliases: [Brook, warm]\n---\n# Brooks\n",
    "papers/deep/moss2020quiet.md": "---\npaper:\n  topics: [heat]\n  tldr: x\n---\n# Quiet Rooms\n\nSlowRiver\n",
    "weeks/2021-w07.md": "---\nweek:\n  starts: 2021-02-07\n---\n# Week 7\n\n```{papers}\nbrook2022new\n```\n",
    "topics/storm.md": "---\ntopic: {parent: wind, aliases: [Heat]}\n---\n# Storm\n\nBrook, SlowRiver.\n",
    "notes.md": "Brook\n",
}
ENTRIES = [
    "\n@misc{brook2022new,\n  author = {Brook, Ann},\n  title = {A New Brook},\n  year = {2022}\n}\n",
    "\n@misc{Lake2019slow,\n  author = {Lake, Ann and},\n  title = {Slow Rivers Learn Better},\n  year = {2022}\n}\n",
    '\n@string{water = "Water"}\n',
    "\n@article{pond2000still,\n  author = {Pond, B.},\n  title = {Still},\n  journal = water,\n  year = {2000}\n}\n",
    "\n@misc{open2020,\n  title = {A\n",
]


class Edits(RuleBasedStateMachine):
    """Edits of every kind in any order; after each, the report does not depend on what was kept."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = copy_of_tiny(Path(self.folder.name) / "tiny")
        self.margin = kept._COARSEST_CLOCK
        kept._COARSEST_CLOCK = 0  # so that signatures count although all files are new
        shown(self.root, keep=True)

    def teardown(self):
        kept._COARSEST_CLOCK = self.margin
        self.folder.cleanup()

    @property
    def files(self):
        return sorted(path for path in self.root.rglob("*.*") if path.suffix in (".md", ".bib") and path.is_file())

    def file(self, number):
        return self.files[number % len(self.files)]

    @rule(number=st.integers(0, 99), sentence=st.sampled_from(SENTENCES))
    def append(self, number, sentence):
        with self.file(number).open("a") as file:
            file.write(sentence)

    @rule(entry=st.sampled_from(ENTRIES), at_the_end=st.booleans())
    def add_entry(self, entry, at_the_end):
        path = self.root / BIB
        text = path.read_text() if path.exists() else ""
        path.write_text(text + entry if at_the_end else entry + text)

    @rule(number=st.integers(0, 99), at=st.integers(0, 9999), length=st.integers(0, 40), bytes_=st.binary(max_size=3))
    def overwrite(self, number, at, length, bytes_):
        data = self.file(number).read_bytes()
        at %= len(data) + 1
        self.file(number).write_bytes(data[:at] + bytes_ + data[at + length :])

    @rule(name=st.sampled_from(sorted(NEW_PAGES)))
    def add(self, name):
        write(name, NEW_PAGES[name])(self.root)

    @precondition(lambda self: len(self.files) > 5)
    @rule(number=st.integers(0, 99))
    def remove(self, number):
        remove(self.file(number))(self.root)

    @rule(number=st.integers(0, 99), name=st.sampled_from([*sorted(NEW_PAGES), KETTLE, MOSS, "topics/heat.md"]))
    def rename(self, number, name):
        rename(self.file(number), name)(self.root)

    @rule(first=st.integers(0, 99), second=st.integers(0, 99))
    def exchange(self, first, second):
        (self.root / "between").write_bytes(self.file(first).read_bytes())
        self.file(second).replace(self.file(first))
        (self.root / "between").replace(self.root / "notes.md")

    @rule(number=st.integers(0, 99), time=st.sampled_from([0, 10**18, 2 * 10**18]))
    def touch(self, number, time):
        os.utime(self.file(number), ns=(time, time))

    @rule(number=st.integers(0, 99), old=st.sampled_from(["SlowRiver", "KettleNet", "heat", "2020", "##"]))
    def edit_in_secret(self, number, old):
        if old in self.file(number).read_text(errors="ignore") and b"\xff" not in self.file(number).read_bytes():
            text = self.file(number).read_bytes()
            status = self.file(number).stat()
            self.file(number).write_bytes(text.replace(old.encode(), old[::-1].encode()))
            os.utime(self.file(number), ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule()
    def go_back(self):
        for path in sorted(TINY.rglob("*.*")):
            if path.is_file():
                target = self.root / path.relative_to(TINY)
                target.parent.mkdir(exist_ok=True)
                shutil.copy2(path, target)

    @rule(patterns=st.lists(st.sampled_from(["weeks/*", "papers/m*", "_build", "**/index.md", "topics"]), max_size=2))
    def exclude(self, patterns):
        write(CONF, f"exclude_patterns = {patterns!r}\n")(self.root)

    @rule(how=st.sampled_from(DAMAGES))
    def damage(self, how):
        if (self.root / FACTS).is_dir():
            (self.root / FACTS).rmdir()
        if (self.root / FACTS).parent.is_dir():
            damage_file(self.root / FACTS, how)

    @rule()
    def keep_old_facts(self):
        if (self.root / FACTS).is_file():
            shutil.copy(self.root / FACTS, self.root / "old-facts")

    @rule()
    def restore_old_facts(self):
        if (self.root / "old-facts").is_file() and (self.root / FACTS).is_file():
            shutil.copy(self.root / "old-facts", self.root / FACTS)

    @invariant()
    def the_report_is_the_same(self):
        assert_same(self.root)


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
