"""``paperloom check --fix`` and what it leaves as it is."""

from __future__ import annotations

import json
import shutil

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from paperloom.cli import fixes
from paperloom.cli.main import main
from paperloom.editing.errors import EditingError
from paperloom.editing.transaction import Transaction
from sphinx.testing.util import SphinxTestApp

from tests.conftest import ROOT, TINY


@pytest.fixture
def tiny(tmp_path):
    shutil.copytree(TINY, tmp_path / "tiny")
    return tmp_path / "tiny"


def run(*arguments):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_says_what_it_corrects_and_then_checks(tiny):
    edit(tiny / "references.bib", "eprint = {2009.00001}", "eprint = {arXiv:2009.00001v2}")
    done = run("--fix", "--mentions", "--root", tiny)
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines() == [
        "references.bib:1: 'ember2020kettle': eprint in normal form",
        "archive/2020-09.md:7: 'TallTree' leads to pine2021tall",
        "papers/moss2020quiet.md:15: 'SlowRiver' leads to lake2019slow",
        "weeks/2020-w38.md:29: 'SlowRiver' leads to lake2019slow",
    ]
    assert done.stdout == "21 files checked: no problems\n"


def test_only_what_it_says_changes_and_a_second_run_changes_nothing(tiny):
    before = tree(tiny)
    assert run("--fix", "--root", tiny).exit_code == 0
    after = tree(tiny)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed == {"archive/2020-09.md", "papers/moss2020quiet.md", "weeks/2020-w38.md"}
    role = b"{paper}`SlowRiver <lake2019slow>`"
    assert after["papers/moss2020quiet.md"].replace(role, b"SlowRiver") == before["papers/moss2020quiet.md"]
    second = run("--fix", "--root", tiny)
    assert second.stderr == ""
    assert tree(tiny) == after


def test_a_dry_run_says_it_and_changes_nothing(tiny):
    before = tree(tiny)
    done = run("--fix", "--dry-run", "--root", tiny)
    assert "papers/moss2020quiet.md:15: 'SlowRiver' leads to lake2019slow" in done.stderr
    assert "3 mentions without a link" in done.stdout
    assert tree(tiny) == before


def test_the_json_of_the_check_stays_json(tiny):
    done = run("--fix", "--format", "json", "--root", tiny)
    assert json.loads(done.stdout)["problems"] == []


def test_readers_see_the_same_words(tiny, tmp_path):
    edit(tiny / "papers" / "moss2020quiet.md", "Only one listener.", "Slow Rivers Learn Better, as *TallTree* shows.")

    def words():
        app = SphinxTestApp("html", srcdir=tiny, builddir=tmp_path / "built", freshenv=True)
        try:
            app.build()
            assert app.warning.getvalue() == ""
            found = {}
            for path in sorted(app.outdir.rglob("*.html")):
                page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
                for generated in page.select(".loom-footer, .loom-header, .loom-related"):
                    generated.decompose()
                content = page.select_one("[role=main]")
                found[path.name] = content.get_text() if content else ""
            return found
        finally:
            app.cleanup()

    before = words()
    assert "TallTree shows" in before["moss2020quiet.html"]
    assert "'TallTree' leads to pine2021tall" in run("--fix", "--root", tiny).stderr
    assert words() == before


def test_problems_that_it_cannot_correct_stay_and_fail(tiny):
    edit(tiny / "papers" / "moss2020quiet.md", "topics: [rivers]", "topics: [river]")
    done = run("--fix", "--root", tiny)
    assert done.exit_code == 1
    assert "unknown topic 'river'" in done.stdout
    assert "'SlowRiver' leads to lake2019slow" in done.stderr


def test_files_that_are_not_utf8_or_broken_are_left_alone(tiny):
    (tiny / "weeks" / "2020-w38.md").write_bytes((tiny / "weeks" / "2020-w38.md").read_bytes() + b"\xff\n")
    bibliography = (tiny / "references.bib").read_bytes().replace(b"eprint = {2009.00001}", b"eprint = {2009.00001v2}")
    (tiny / "references.bib").write_bytes(bibliography + b"@misc{x,\n  title = {open\n")
    before = tree(tiny)
    done = run("--fix", "--root", tiny)
    assert done.exit_code == 1
    assert "is not UTF-8" in done.stdout
    after = tree(tiny)
    assert {name for name in before if before[name] != after[name]} == {"archive/2020-09.md", "papers/moss2020quiet.md"}


def test_nothing_is_written_when_a_file_changes_in_the_meantime(tiny, monkeypatch):
    class Interrupted(Transaction):
        def commit(self):
            edit(tiny / "weeks" / "2020-w38.md", "Two papers", "Three papers")
            return super().commit()

    before = tree(tiny)
    monkeypatch.setattr(fixes, "Transaction", Interrupted)
    done = run("--fix", "--root", tiny)
    assert done.exit_code == 1
    assert "weeks/2020-w38.md: was changed or removed in the meantime; run the command again" in done.output
    after = tree(tiny)
    assert {name for name in before if before[name] != after[name]} == {"weeks/2020-w38.md"}


def test_a_refusal_to_write_ends_in_a_sentence(tiny, monkeypatch):
    class Refusing(Transaction):
        def commit(self):
            raise EditingError("papers: cannot be written: read-only file system; work in a copy")

    monkeypatch.setattr(fixes, "Transaction", Refusing)
    done = run("--fix", "--root", tiny)
    assert done.exit_code == 1
    assert "Error: papers: cannot be written" in done.output
    assert "Traceback" not in done.output


def test_our_own_pages_need_no_correction_so_that_a_contribution_brings_its_own_alone(tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    done = run("--fix", "--dry-run", "--root", tmp_path)
    assert (done.exit_code, done.stderr) == (0, ""), "run 'nox -s check -- --fix'"


def test_pages_that_were_written_by_hand_are_listed_as_published(tiny):
    (tiny / "addresses.txt").write_text("# Ours\nindex\n", encoding="utf-8")
    done = run("--fix", "--root", tiny)
    assert "addresses.txt:1: 'papers/moss2020quiet' is added" in done.stderr.splitlines()
    listed = (tiny / "addresses.txt").read_text(encoding="utf-8")
    assert listed.startswith("# Ours\narchive/2020\narchive/2020-09\n")
    assert done.exit_code == 0
    assert "unlisted-address" not in done.output
    assert "addresses.txt" not in run("--fix", "--root", tiny).stderr


def test_only_the_files_that_are_named_are_corrected(tiny):
    before = tree(tiny)
    done = run("--fix", "--only", tiny / "papers/moss2020quiet.md", "--root", tiny)
    assert done.stderr.splitlines() == ["papers/moss2020quiet.md:15: 'SlowRiver' leads to lake2019slow"]
    after = tree(tiny)
    assert {name for name in before if before[name] != after[name]} == {"papers/moss2020quiet.md"}


def test_a_file_that_is_none_of_the_knowledge_base_is_refused(tiny, tmp_path):
    other = tmp_path / "other.md"
    other.write_text("# Other\n", encoding="utf-8")
    done = run("--fix", "--only", other, "--root", tiny)
    assert done.exit_code == 1
    assert "../other.md: is no page and no bibliography of the knowledge base" in done.stderr
    assert "give --fix, too" in run("--only", other, "--root", tiny).stderr
