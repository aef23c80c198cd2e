"""The command ``paperloom new``."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import click

from paperloom.cli.knowledge_base import KnowledgeBase, load, source_directory
from paperloom.cli.new.known import find_known
from paperloom.cli.new.plan import Plan, RefusedError, Request, check_request, make_plan, refuse_known, with_identifier
from paperloom.cli.source_files import configured_text
from paperloom.editing.transaction import EditingError, recover
from paperloom.model.metadata import Metadata
from paperloom.providers.bibtex import read_bibtex
from paperloom.providers.bibtex_files import BibtexError, decode, read_file
from paperloom.providers.endpoints import endpoints_from
from paperloom.providers.resolve import Found, Wanted, fetch, parse_identifier
from paperloom.web.client import Client
from paperloom.web.errors import WebError
from paperloom.web.settings import settings_from

_STDIN = "-"


@click.command()
@click.argument("paper", metavar="[ID]", required=False)
@click.option("--week", metavar="WEEK", help="Add the paper to this issue, such as 2021-w06.")
@click.option("--topics", metavar="A,B", help="The paper's topics, the most specific first; suggested when left out.")
@click.option(
    "--bib",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Take the entry from this BibTeX file (- for standard input) and ask no service.",
)
@click.option("--key", metavar="KEY", help="The citation key, where the usual one cannot be made or does not fit.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--no-cache", is_flag=True, help="Ask the services even if they answered lately.")
@click.option(
    "--root",
    "own_root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The same, behind the command.",
)
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917  # an argument for each option
    root: Path,
    paper: str | None,
    week: str | None,
    topics: str | None,
    bib: Path | None,
    key: str | None,
    dry_run: bool,
    no_cache: bool,
    own_root: Path | None,
) -> None:
    """Add a paper: its entry, the draft of its page, and its place in an issue.

    ID is an arXiv id or address (in any version), a DOI, the id or address of a submission at
    OpenReview or of a paper in the ACL Anthology, a BibTeX file, or - for BibTeX on standard
    input. With --bib alone, the paper is that of the file. The published version is preferred,
    and the arXiv id is kept.
    """
    root = own_root or root
    if paper is None:
        if bib is None:
            raise click.UsageError("give an ID, or a BibTeX file with --bib")
        paper, bib = str(bib), None
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    slugs = None if topics is None else [slug.strip() for slug in topics.split(",") if slug.strip()]
    request = Request(week=week, topics=slugs, key=key)
    try:
        recover(root)
        base = load(root, source)
        check_request(base, request)
        found = _find(base, paper, bib, cache=not no_cache)
        plan = make_plan(base, found.metadata, request)
        written = _carry_out(plan, dry_run=dry_run)
    except WebError as error:
        raise click.ClickException(f"{error}\nWithout a network, give the entry with --bib FILE.") from error
    except (RefusedError, BibtexError, EditingError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_report(plan, [*found.notes, *plan.remarks], written, week=week, dry_run=dry_run))


def _carry_out(plan: Plan, *, dry_run: bool) -> list[tuple[str, str]]:
    if not dry_run:
        return plan.transaction.commit()
    if conflicts := plan.transaction.conflicts():
        raise EditingError(*conflicts)
    return plan.transaction.planned()


def _find(base: KnowledgeBase, paper: str, bib: Path | None, *, cache: bool) -> Found:
    """Return the record of ``paper``: from a BibTeX file where there is one, else from a service.

    :raises RefusedError: if it is no identifier, or has a page.
    """
    if paper == _STDIN or Path(paper).is_file():
        if bib is not None:
            raise RefusedError("both ID and --bib are BibTeX files; give one of them")
        return Found(_from_file(Path(paper), None))
    if paper in base.papers:
        raise RefusedError(f"'{paper}' is a citation key, and {base.papers[paper].path} is its page; improve that page")
    wanted = parse_identifier(paper)
    if wanted is None:
        if paper.lower().endswith((".bib", ".bibtex")):
            raise RefusedError(f"there is no file '{paper}'; correct the path")
        forms = "2010.11934, an address at arxiv.org, a DOI, an address at openreview.net or aclanthology.org"
        raise RefusedError(f"'{paper}' names no paper that we can look up; give {forms}, or a BibTeX file")
    refuse_known(find_known(base, {wanted.identifier}))
    if bib is not None:
        return Found(with_identifier(_from_file(bib, wanted), wanted.identifier.kind, wanted.identifier.value))
    settings = settings_from(contact=configured_text(base.source, "paperloom_contact"), cache=cache)
    return fetch(Client(settings), endpoints_from(), wanted)


def _from_file(path: Path, wanted: Wanted | None) -> Metadata:
    identifiers = {wanted.identifier} if wanted else set()
    if str(path) == _STDIN:
        data = sys.stdin.buffer.read()
        return read_bibtex(decode(data, "standard input"), "standard input", identifiers)
    return read_bibtex(read_file(path, str(path)), str(path), identifiers)


def _report(plan: Plan, remarks: list[str], written: list[tuple[str, str]], *, week: str | None, dry_run: bool) -> str:
    metadata = plan.metadata
    people = metadata.authors or metadata.editors
    names = [author.name for author in people]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    lines = [f"{metadata.title}", f"{shown} ({metadata.year}{', ' + metadata.venue if metadata.venue else ''})", ""]
    if metadata.abstract:
        lines += ["The abstract, for you alone; it is not written into any file:"]
        lines += [textwrap.fill(metadata.abstract, 96, initial_indent="  ", subsequent_indent="  "), ""]
    words = {"create": "would create" if dry_run else "created", "replace": "would change" if dry_run else "changed"}
    lines += [f"{words[action]} {path}" for action, path in written]
    lines += [f"topics: {', '.join(plan.topics) or 'none'}", *(f"note: {remark}" for remark in remarks)]
    if dry_run:
        return "\n".join([*lines, "", plan.entry, "", "Nothing was written."])
    listed = "" if week else f"\n  - list '{plan.key}' in the {{papers}} of an issue, unless it is a background paper"
    return "\n".join(
        [
            *lines,
            "",
            "Next:",
            f"  - write {plan.page}: the comment in it says how",
            "  - read the entry against the paper",
            f"  - run 'nox -s check', and look at the page with 'nox -s serve'{listed}",
        ]
    )
