"""EPUB files are what their checker asks for, PDF files are made of all there is, and the ZIP file holds the site."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main

from tests.conftest import ROOT
from tests.valid.checkers import faults_of_book
from tests.valid.conftest import LATEX, sphinx

CHINESE = "它把网络里的水煮干。"


def run(base, *arguments, **options):
    return CliRunner().invoke(main, ["--root", str(base), *arguments], **options)


@pytest.mark.parametrize("name", ["whole", "week"])
def test_the_checker_has_nothing_against_the_real_books(real_books, name):
    assert [str(fault) for fault in faults_of_book(real_books[name])] == []


def test_the_real_books_show_figures_and_formulas(real_books):
    with zipfile.ZipFile(real_books["week"]) as book:
        page = book.read("papers/ziyin2020neural.xhtml").decode()
        picture = book.read("_images/ziyin2020neural.svg")

    assert 'src="../_images/ziyin2020neural.svg"' in page
    assert "<math " in page
    assert picture == (ROOT / "docs/figures/ziyin2020neural.svg").read_bytes()


def test_the_checker_does_find_fault(real_books, tmp_path):
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(real_books["week"]) as book, zipfile.ZipFile(broken, "w") as copy:
        for entry in book.infolist():
            data = book.read(entry)
            copy.writestr(
                entry, data.replace(b' properties="mathml svg"', b"") if entry.filename.endswith("opf") else data
            )

    assert any("OPF-014" in fault.message for fault in faults_of_book(broken))


def test_the_command_makes_a_book_that_holds(base):
    (base / "docs" / "papers" / "ember2020kettle.md").write_text(
        (base / "docs" / "papers" / "ember2020kettle.md").read_text(encoding="utf-8") + f"\n{CHINESE}\n",
        encoding="utf-8",
    )

    whole, week = run(base, "book", "epub"), run(base, "book", "epub", "--week", "2020-w38")

    assert (whole.exit_code, week.exit_code) == (0, 0)
    books = sorted((base / "docs/_build/books").glob("*.epub"))
    assert [book.name for book in books] == ["Tiny-2020-w38.epub", "Tiny.epub"]
    assert [faults_of_book(book) for book in books] == [[], []]


@pytest.mark.parametrize(
    ("week", "said"),
    [("2020-w99", "is no id of an issue"), ("2020-w40", "there is no issue '2020-w40'"), ("../x", "no id of an issue")],
)
def test_the_command_refuses_an_issue_that_is_not_there(base, week, said):
    done = run(base, "book", "epub", "--week", week)

    assert done.exit_code != 0
    assert said in done.output
    assert not (base / "docs" / "_build").exists()


def test_a_system_without_latex_is_told_what_to_install(base, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    asked, tried = run(base, "book", "pdf"), run(base, "book", "pdf", "--if-possible")

    assert asked.exit_code == 1
    assert tried.exit_code == 0
    assert tried.output.startswith("Skipped: a PDF needs latexmk and xelatex, which this system does not have")
    for done in (asked, tried):
        assert "apt-get install --no-install-recommends latexmk texlive-xetex" in done.output


def test_the_sources_of_the_real_pdf_hold_every_paper_and_drawing(real_site, tmp_path):
    out = sphinx("latex", ROOT / "docs", tmp_path / "latex", real_site.parent / "doctrees")

    text = (out / "paperloom.tex").read_text(encoding="utf-8")
    papers = {path.stem for path in (ROOT / "docs/papers").glob("*.md")}
    labels = re.findall(r"label\{\\detokenize\{papers/(\w+)::doc\}\}", text)
    assert sorted(labels) == sorted(papers)
    drawings = {path.stem for path in (ROOT / "docs/figures").glob("*.svg")}
    assert {name for name in drawings if f"{{{name}}}.pdf}}" in text} == drawings


@pytest.mark.skipif(not LATEX, reason="NO PDF WAS MADE: latexmk or xelatex is missing")
def test_a_pdf_shows_chinese_has_no_missing_characters_and_is_the_same_again(base):
    paper = base / "docs" / "papers" / "ember2020kettle.md"
    paper.write_text(f"{paper.read_text(encoding='utf-8')}\n{CHINESE} “A quote”: {{math}}`x + \\sin^2(x)`.\n", "utf-8")

    done = run(base, "book", "pdf", "--week", "2020-w38")

    assert done.exit_code == 0, done.output
    pdf = base / "docs/_build/books/tiny-2020-w38.pdf"
    first = pdf.read_bytes()
    parts = base / "docs/_build/books/parts/latex-2020-w38"
    log = (parts / "tiny-2020-w38.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert "undefined references" not in log
    shutil.rmtree(parts)
    pdf.unlink()
    assert run(base, "book", "pdf", "--week", "2020-w38").exit_code == 0
    assert pdf.read_bytes() == first


@pytest.mark.skipif(not LATEX, reason="NO PDF WAS MADE: latexmk or xelatex is missing")
def test_characters_that_no_font_has_are_named(base):
    paper = base / "docs" / "papers" / "ember2020kettle.md"
    paper.write_text(f"{paper.read_text(encoding='utf-8')}\nTwo \U00016800 signs \U00013000.\n", "utf-8")

    done = run(base, "book", "pdf", "--week", "2020-w38")

    assert done.exit_code == 0
    assert "Warning: no font has \U00013000 \U00016800, which the book leaves out" in done.output


@pytest.mark.skipif(not LATEX, reason="NO PDF WAS MADE: latexmk or xelatex is missing")
def test_what_latex_says_of_a_book_that_it_refuses_is_shown(base):
    with (base / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write('latex_elements = {"preamble": r"\\unheardof"}\n')

    done = run(base, "book", "pdf")

    assert done.exit_code == 1
    assert "LaTeX could not typeset" in done.output
    assert "Undefined control sequence" in done.output
    assert not list((base / "docs/_build/books").glob("*.pdf"))


def test_the_zip_file_holds_the_site_and_nothing_of_the_build(real_site, base):
    site = base / "html"
    shutil.copytree(real_site, site)
    for name in (".buildinfo", ".doctrees/index.doctree", "pagefind/pagefind.js"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("left over", encoding="utf-8")

    done = run(base, "offline", str(site))

    assert done.exit_code == 0, done.output
    target = base / "docs/_build/offline/tiny.zip"
    first = target.read_bytes()
    digest, name = (base / "docs/_build/offline/tiny.zip.sha256").read_text(encoding="utf-8").split()
    assert (digest, name) == (hashlib.sha256(first).hexdigest(), "tiny.zip")
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert "Open index.html" in archive.read("tiny/READ-ME.txt").decode()
        assert archive.read("tiny/index.html") == (real_site / "index.html").read_bytes()
    files = (path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file())
    expected = {name for name in files if not name.startswith(("pagefind/", "_sources/"))}
    assert {name.removeprefix("tiny/") for name in names} == (expected - {".buildinfo"}) | {"READ-ME.txt"}
    assert names[1:] == sorted(names[1:])
    run(base, "offline", str(site))
    assert target.read_bytes() == first


def test_a_site_that_is_not_built_is_not_packed(base):
    done = run(base, "offline")

    assert done.exit_code == 1
    assert "build it with 'nox -s docs'" in done.output


def test_a_site_without_an_index_is_packed_with_a_warning(base, tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>Kettles</title>", encoding="utf-8")

    done = run(base, "offline", str(tmp_path))

    assert done.exit_code == 0
    assert "has no index for its search page; make it first, with 'nox -s docs' or 'paperloom finish'" in done.output
    (tmp_path / "searchindex.js").write_text("Search.setIndex({})", encoding="utf-8")
    assert "Warning" not in run(base, "offline", str(tmp_path)).output


def test_the_name_of_a_project_becomes_the_name_of_a_file(base, real_site):
    (base / "docs" / "conf.py").write_text('project = "Tea & Kettles!"\n', encoding="utf-8")

    run(base, "offline", str(real_site))

    assert Path(base / "docs/_build/offline/tea-kettles.zip").is_file()
