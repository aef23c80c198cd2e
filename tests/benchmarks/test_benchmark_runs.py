"""Measuring: commands that work, fail, hang or build the wrong thing."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import runner, search_step
from benchmarks.edits import Expectation
from benchmarks.live_preview import PreviewError, seconds_to_show
from benchmarks.measure import Measurement, measure
from benchmarks.results import Results
from benchmarks.runner import Options, Runner
from benchmarks.sites import missing, sizes_of
from benchmarks.steps import PREVIEWS
from benchmarks.systems import PAPERLOOM
from benchmarks.workplace import Workplace, check_out_anew, environment

MEGABYTE = 1_000_000


def run(tmp_path, code, timeout=30.0):
    return measure([sys.executable, "-c", code], folder=tmp_path, environment=environment(), timeout=timeout)


def test_time_memory_and_processor_time_of_children_count(tmp_path):
    work = "import time\nx = bytearray(120_000_000)\nwhile time.process_time() < 0.35: pass"
    code = f"import subprocess, sys\nfor _ in range(2): subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    measured = run(tmp_path, code)
    assert measured.problem == ""
    assert measured.cpu > 0.6
    assert measured.wall > 0.6
    assert 120 * MEGABYTE < measured.peak_process < 240 * MEGABYTE
    assert measured.peak_tree >= measured.peak_process


def test_memory_of_processes_that_run_at_the_same_time_adds_up(tmp_path):
    child = "import time; x = bytearray(100_000_000); time.sleep(1)"
    code = (
        f"import subprocess, sys\nboth = [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in range(2)]\n"
        "for each in both: each.wait()"
    )
    measured = run(tmp_path, code)
    assert measured.peak_process < 180 * MEGABYTE < 200 * MEGABYTE < measured.peak_tree


def test_a_command_that_fails_is_reported_with_what_it_said(tmp_path):
    measured = run(tmp_path, "import sys; print('no such paper'); sys.exit(3)")
    assert measured.problem == "exit code 3: no such paper"


def test_a_command_that_hangs_is_stopped_with_its_children(tmp_path):
    code = (
        "import pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('child').write_text(str(child.pid))\nchild.wait()"
    )
    measured = run(tmp_path, code, timeout=1.5)
    assert measured.problem == "stopped after 2 s"
    assert measured.wall < 20
    child = Path(f"/proc/{(tmp_path / 'child').read_text()}/stat")
    deadline = time.monotonic() + 10
    while child.exists() and child.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not child.exists() or child.read_text().split()[2] == "Z"


def a_site(tmp_path, **pages):
    for name, text in pages.items():
        page = tmp_path / PAPERLOOM.site / f"papers/{name}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text)
    return tmp_path


def test_a_built_page_has_to_show_the_edit(tmp_path):
    tree = a_site(tmp_path, a="old words", b="new words")
    assert missing(PAPERLOOM, tree, [Expectation("papers/b", "new")]) == ""
    assert missing(PAPERLOOM, tree, [Expectation("papers/a", "new")]) == "the page of papers/a does not show 'new'"
    assert missing(PAPERLOOM, tree, [Expectation("papers/c", "new")]) == "the page of papers/c is missing"


def test_sizes_are_of_the_median_page_and_of_everything(tmp_path):
    sidebar = '<aside aria-label="Site navigation" class="sidebar-drawer">years\nand issues</aside>'
    tree = a_site(tmp_path, a="x" * 10, b="x" * 30 + sidebar, c="x" * 500)
    site = tree / PAPERLOOM.site
    (site / "searchindex.js").write_text("y" * 50)
    (site / "pagefind").mkdir()
    (site / "pagefind" / "index").write_text("z" * 7)
    found = sizes_of(PAPERLOOM, tree, 3)
    assert (found.page, found.page_content) == (30 + len(sidebar), 30)
    assert (found.search_index, found.pagefind, found.catalog) == (50, 7, 0)
    assert (found.total, found.files) == (597 + len(sidebar), 5)
    assert found.search_index_gzip < 50


def test_a_fresh_checkout_has_new_times_and_the_old_build(tmp_path):
    tree = tmp_path / "tree"
    built = tree / "docs" / "_build" / "html" / "index.html"
    built.parent.mkdir(parents=True)
    built.write_text("built")
    source = tree / "docs" / "index.md"
    source.write_text("source")
    for path in (source, built):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    check_out_anew(tree, Path("docs/_build"))
    assert source.read_text() == "source"
    assert source.stat().st_mtime > 1_000_000_000
    assert (built.read_text(), built.stat().st_mtime) == ("built", 1_000_000_000)
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]


class SearchedBench:
    """Notes what the step asks of the runner."""

    def __init__(self):
        self.recorded, self.said, self.sizes = [], [], None

    def command(self, command, folder, papers):
        return Measurement(1.0)

    def record(self, papers, system, step, run, problem=""):
        self.recorded.append((step, run.wall))

    def say(self, line):
        self.said.append(line)

    def set_sizes(self, sizes):
        self.sizes = sizes


def test_each_index_of_the_search_has_a_line_of_its_own_and_a_query_its_bytes(tmp_path, monkeypatch):
    place = Workplace(tmp_path)
    a_site(place.tree(PAPERLOOM), a="words")
    bench = SearchedBench()
    monkeypatch.setattr(search_step, "bytes_of_query", lambda _site: 1234)

    search_step.time_search(bench, place, 1)

    steps = ["sphinx-index", "search", "sphinx-index-kept", "search-kept"]
    assert bench.recorded == [(step, 1.0) for step in steps]
    assert (bench.sizes.query, bench.sizes.page) == (1234, 5)


def test_without_a_browser_the_bytes_of_a_query_are_not_measured(tmp_path, monkeypatch):
    place = Workplace(tmp_path)
    a_site(place.tree(PAPERLOOM), a="words")
    bench = SearchedBench()
    monkeypatch.setattr(search_step, "bytes_of_query", failing(search_step.QueryError("no browser")))

    search_step.time_search(bench, place, 1)

    assert bench.said == ["bytes of one query: no browser"]
    assert bench.sizes.query == 0


def failing(error):
    def fail(*_arguments):
        raise error

    return fail


def options(systems, steps=("clean", "nothing", "summary"), rounds=1, **more):
    given = {"sizes": (16,), "repeats": 1, "seed": 1, "timeout": 60.0} | more
    return Options(systems=systems, steps=frozenset(steps), rounds=rounds, **given)


def run_all(tmp_path, chosen):
    results = Results(1, chosen.rounds, {}, {})
    kept = []
    Runner(chosen, results, tmp_path / "work", lambda _: None, lambda now: kept.append(len(now.series))).run()
    assert kept
    return results


@pytest.fixture
def fake_system(monkeypatch):
    """Return a function that puts a shell command in place of what builds Paperloom's tree."""

    def replace_command(command):
        monkeypatch.setitem(
            runner.ALL_SYSTEMS, "paperloom", replace(PAPERLOOM, command=lambda _tree: ["sh", "-c", command])
        )

    return replace_command


BUILD = (
    "for f in docs/papers/*.md; do mkdir -p docs/_build/html/papers; "
    "cp $f docs/_build/html/papers/$(basename $f .md).html; done"
)


def test_large_sizes_can_be_built_without_some_systems():
    chosen = options(("paperloom", "sphinx", "hugo"), largest={"sphinx": 1000, "hugo": 5000})
    sizes = (1000, 5000, 10_000)
    names = [[system.name for system in chosen.measured_systems(papers)] for papers in sizes]
    assert names == [["paperloom", "sphinx", "hugo"], ["paperloom", "hugo"], ["paperloom"]]


def test_every_round_starts_from_fresh_sources(tmp_path, fake_system):
    fake_system(f"test ! -e second || exit 1; {BUILD}; if test -e first; then touch second; fi; touch first")
    found = run_all(tmp_path, options(("paperloom",), steps=("clean", "nothing"), rounds=3))
    assert [len(found.find(16, "paperloom", step).wall) for step in ("clean", "nothing")] == [3, 3]
    assert list(found.problems()) == []
    assert list((tmp_path / "work").iterdir()) == []


def test_a_build_that_does_not_show_the_edit_has_failed(tmp_path, fake_system):
    fake_system(f"test -e docs/_build/html || {{ {BUILD}; }}")
    found = run_all(tmp_path, options(("paperloom",)))
    summary = found.find(16, "paperloom", "summary")
    assert summary.wall == []
    assert "does not show 'Revision 1" in summary.problems[0]


def test_steps_after_a_failed_clean_build_are_listed_and_not_run(tmp_path, fake_system):
    fake_system("echo broken; exit 9")
    found = run_all(tmp_path, options(("paperloom",), rounds=2))
    assert found.find(16, "paperloom", "clean").problems[0] == "exit code 9: broken"
    assert found.find(16, "paperloom", "summary").problems == ["not run, since the clean build failed"] * 2
    assert found.find(16, "paperloom", "summary").wall == []


def test_systems_take_turns_in_a_different_order_each_step(tmp_path, monkeypatch):
    order = []

    def build(self, workplace, system, papers):
        order.append(system.name)
        return Measurement(1.0)

    monkeypatch.setattr(Runner, "build", build)
    run_all(tmp_path, options(("paperloom", "hugo"), steps=("clean", "nothing"), rounds=2))
    warm_up, measured = order[:2], order[2:]
    assert warm_up == ["paperloom", "hugo"]
    assert measured == ["paperloom", "hugo", "hugo", "paperloom", "hugo", "paperloom", "paperloom", "hugo"]


def test_paperloom_and_sphinx_build_the_text_and_show_an_edit(tmp_path):
    steps = ("clean", "add", "check", "citations", "warm-start")
    found = run_all(tmp_path, options(("paperloom", "sphinx"), steps=steps, timeout=180.0))
    assert list(found.problems()) == []
    for step in ("clean", "add"):
        assert found.middle(16, "paperloom", step) > 0
        assert found.middle(16, "sphinx", step) > 0
    for step in ("check-cold", "check-edited", "bibliography-cold", "bibliography-kept", "warm-start"):
        assert found.middle(16, "paperloom", step) > 0
    assert found.middle(16, "paperloom-without-citations", "clean") > 0
    assert found.sizes_of(16, "paperloom").page > found.sizes_of(16, "sphinx").page > 1000


def test_the_preview_shows_every_save(tmp_path):
    found = run_all(tmp_path, options(("paperloom",), steps=("clean", "preview"), timeout=180.0))
    assert list(found.problems()) == []
    assert len(found.find(16, "paperloom", "preview").wall) == PREVIEWS


def test_a_preview_that_does_not_start_is_reported_with_what_it_said(tmp_path):
    with pytest.raises(PreviewError, match=r"ended with exit code [12]:(.|\n)*docs"):
        list(seconds_to_show(tmp_path, environment(), []))
