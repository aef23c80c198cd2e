"""``paperloom book``: the knowledge base, or one issue of it, as one file to take along."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click

from paperloom.cli.source_files import source_directory
from paperloom.model.calendar import parse_week_id
from paperloom.outputs.files import write_bytes_if_changed

#: The programs that make a PDF, and the packages of Debian that bring them with all that a book uses.
PROGRAMS = ("latexmk", "xelatex")
PACKAGES = (
    "latexmk texlive-xetex texlive-fonts-recommended texlive-lang-cjk fonts-freefont-otf fonts-noto-cjk libcairo2"
)
#: How many lines of LaTeX's report on a failure are shown.
_LINES_OF_REPORT = 12
#: How many missing characters are shown.
_MOST_SHOWN = 20
_MISSING = re.compile(r"Missing character: There is no (\S)")
_ERROR_OF_LATEX = re.compile(r"^(?:!|.+:\d+: ).*", re.MULTILINE)


class MissingProgramsError(click.ClickException):
    """Programs are missing without which there is no PDF."""


@click.command("book")
@click.argument("form", metavar="FORMAT", type=click.Choice(["epub", "pdf"]))
@click.option("--week", default="", metavar="ID", help="A book of this issue and its papers, such as 2020-w38.")
@click.option("--if-possible", is_flag=True, help="End well, with a message, where the programs for a PDF are missing.")
@click.pass_obj
def book_command(root: Path, form: str, week: str, if_possible: bool) -> None:
    """Make a book of everything, or of one issue, in the FORMAT epub or pdf, below docs/_build/books.

    Links that lead out of the book become links to the site where html_baseurl names its address,
    else plain text. The same sources give the same bytes. A PDF is made with XeLaTeX.
    """
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    if week and parse_week_id(week) is None:
        raise click.UsageError(f"'{week}' is no id of an issue; give one such as 2020-w38")
    if week and not (source / "weeks" / f"{week}.md").is_file():
        raise click.ClickException(f"there is no issue '{week}': no file {source / 'weeks' / week}.md")
    try:
        made = make_book(source, form, week)
    except MissingProgramsError as error:
        if not if_possible:
            raise
        click.echo(f"Skipped: {error.format_message()}", err=True)
        return
    click.echo(f"{made} ({made.stat().st_size / 1_000_000:.1f} MB)")


def make_book(source: Path, form: str, week: str) -> Path:
    """Make a book and return its file.

    :raises click.ClickException: if a program is missing, or refuses the book.
    """
    if form == "pdf":
        missing = [program for program in PROGRAMS if not shutil.which(program)]
        if missing:
            raise MissingProgramsError(
                f"a PDF needs {' and '.join(missing)}, which this system does not have; "
                f"with Debian or Ubuntu: apt-get install --no-install-recommends {PACKAGES}"
            )
    build = source / "_build"
    builder = "epub" if form == "epub" else "latex"
    parts = build / "books" / "parts" / f"{builder}-{week or 'whole'}"
    for path in (*parts.glob("*.epub"), *parts.glob("*.tex")):
        path.unlink()
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder]
    command += ["-d", str(build / "doctrees"), "-D", f"paperloom_book_week={week}", str(source), str(parts)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603  # our own interpreter
        raise click.ClickException("Sphinx found fault with the book; its messages stand above")
    found = next(parts.glob("*.epub" if form == "epub" else "*.tex"))
    if form == "pdf":
        found = typeset(found)
        warn_of_gaps(found.with_suffix(".log"))
    target = build / "books" / found.name
    write_bytes_if_changed(target, found.read_bytes())
    return target


def warn_of_gaps(log: Path) -> None:
    """Name the characters that are missing in a book because no font has them."""
    report = log.read_text(encoding="utf-8", errors="replace")
    missing = sorted(set(_MISSING.findall(report)))
    if missing:
        shown = " ".join(missing[:_MOST_SHOWN])
        more = f" and {len(missing) - _MOST_SHOWN} more" if len(missing) > _MOST_SHOWN else ""
        remedy = "fonts-noto-cjk and texlive-lang-cjk bring those of Chinese, Japanese and Korean"
        click.echo(f"Warning: no font has {shown}{more}, which the book leaves out; {remedy}", err=True)


def typeset(document: Path) -> Path:
    """Return the PDF that XeLaTeX makes of ``document``.

    :raises click.ClickException: if LaTeX fails; the message has the lines in which it says why.
    """
    environment = {**os.environ, "LATEXOPTS": "-interaction=nonstopmode -halt-on-error -file-line-error"}
    done = subprocess.run(  # noqa: S603  # a program that was looked for, and a name that Sphinx made
        ["latexmk", "-pdfxe", "-silent", document.name],  # noqa: S607  # wherever the system has it
        cwd=document.parent,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        log = document.with_suffix(".log")
        report = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else done.stderr.decode()
        lines = _ERROR_OF_LATEX.findall(report)[:_LINES_OF_REPORT] or report.splitlines()[-_LINES_OF_REPORT:]
        raise click.ClickException("\n".join([f"LaTeX could not typeset {document}; all of it is in {log}:", *lines]))
    return document.with_suffix(".pdf")
