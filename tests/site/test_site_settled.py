"""``sphinx-build`` ends at once when nothing changed, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest

SETTLED = "nothing changed since the last build"
INCLUDES = "\n```{include} ../../outside.md\n```\n"


@pytest.fixture
def settled(site):
    """Return a site that was built, and a function that runs ``sphinx-build`` for it again."""
    (site.folder / "outside.md").write_text("A note that a page includes.\n", encoding="utf-8")
    site.write("static/own.css", "a {}\n")
    site.write("conf.py", site.path("conf.py").read_text(encoding="utf-8") + '\nhtml_static_path = ["static"]\n')
    site.write("weeks/2021-w06.md", site.path("weeks/2021-w06.md").read_text(encoding="utf-8") + INCLUDES)
    for path in [*site.source.rglob("*"), site.folder / "outside.md"]:
        os.utime(path, ns=(10**18, 10**18))

    def build(*options, expected=0):
        run = subprocess.run(
            [sys.executable, "-m", "sphinx", "-b", "html", "-d", "doctrees", *options, str(site.source), "out"],
            cwd=site.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == expected, run.stderr
        return run.stdout

    assert SETTLED not in build()
    return site, build


def outputs(site):
    return {path: path.read_bytes() for path in (site.folder / "out").rglob("*") if path.is_file()}


def test_nothing_is_done_when_nothing_changed(settled):
    site, build = settled
    before = outputs(site)
    assert SETTLED in build()
    assert outputs(site) == before


@pytest.mark.parametrize("option", ["-E", "-a", "-Dproject=Other", "-tdraft"])
def test_options_that_ask_for_a_build_get_one(settled, option):
    assert SETTLED not in settled[1](option)


def edited(site):
    path = sorted(site.source.glob("papers/*.md"))[0]
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")


def edited_unseen(site):
    """Archives and copies set times: the other text is as long and as old as the one before."""
    path = sorted(site.source.glob("papers/*.md"))[0]
    text, times = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(text[:-2] + "!\n", encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def added(site):
    site.write("topics/new.md", "---\ntopic: {}\n---\n# New\n\nA field.\n")


def removed(site):
    site.path("topics/new.md").unlink()


def entry_edited(site):
    site.edit("references.bib", "title", "Title")


def include_edited(site):
    (site.folder / "outside.md").write_text("Another note.\n", encoding="utf-8")


def configured(site):
    site.path("conf.py").write_text(site.path("conf.py").read_text(encoding="utf-8") + "\n# seen\n", encoding="utf-8")


def page_lost(site):
    (site.folder / "out" / "index.html").unlink()


def page_damaged(site):
    (site.folder / "out" / "index.html").write_text("lost", encoding="utf-8")


def style_lost(site):
    (site.folder / "out" / "_static" / "paperloom.css").unlink()


def output_lost(site):
    shutil.rmtree(site.folder / "out")


def kept_lost(site):
    shutil.rmtree(site.folder / "doctrees")


CHANGES = (
    edited,
    edited_unseen,
    added,
    removed,
    entry_edited,
    include_edited,
    configured,
    page_lost,
    page_damaged,
    style_lost,
    output_lost,
    kept_lost,
)


def test_any_change_is_looked_at_once(settled):
    site, build = settled
    for change in CHANGES:
        change(site)
        time.sleep(0.1)  # a file that is as young as the clock's step may change again unseen
        assert SETTLED not in build("-q"), change.__name__
        assert SETTLED in build(), change.__name__


def test_warnings_are_repeated(settled):
    site, build = settled
    site.edit("weeks/2021-w06.md", "{include}", "{unknown}")
    build()
    assert SETTLED not in build()


def test_a_build_that_failed_leaves_nothing_settled(settled):
    site, build = settled
    site.edit("weeks/2021-w06.md", "{include}", "{unknown}")
    build("-W", expected=1)
    site.edit("weeks/2021-w06.md", "{unknown}", "{include}")
    assert SETTLED not in build()
