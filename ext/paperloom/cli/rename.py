"""The command ``paperloom rename``: another name for a page, and its old address keeps working."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from paperloom.cli.knowledge_base import KnowledgeBase, kind_of, load
from paperloom.cli.source_files import source_directory
from paperloom.editing.bibliography_fixes import rename_entry
from paperloom.editing.published_addresses import list_as_published
from paperloom.editing.renamed_page import Renaming, renamed, with_former_name
from paperloom.editing.transaction import EditingError, Transaction, recover
from paperloom.model.calendar import parse_week_id, start_of_week
from paperloom.model.layout import FIGURES, FOLDER_OF_KIND, is_docname
from paperloom.sources.citation_keys import KEY
from paperloom.sources.pages import Page
from paperloom.sources.suggestions import did_you_mean

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_STARTS = re.compile(r"(?<=starts:)(\s*)[\"']?\d{4}-\d\d-\d\d[\"']?")


class RenamingError(Exception):
    """Why a page is not renamed: ``what is wrong; what to do``."""


def find_page(base: KnowledgeBase, name: str) -> Page:
    """Return the page called ``name``: a document name, a citation key, the id of a week or a slug.

    :raises RenamingError: if there is none, or more than one.
    """
    wanted = name.removesuffix(".md").strip("/")
    if wanted in base.pages:
        return base.pages[wanted]
    found = [page for table in (base.papers, base.weeks, base.topics) if (page := table.get(wanted))]
    if len(found) > 1:
        raise RenamingError(f"'{name}' names several pages; give one of {', '.join(page.docname for page in found)}")
    if not found:
        known = [*base.pages, *base.papers, *base.weeks, *base.topics]
        raise RenamingError(
            f"there is no page '{name}'; {did_you_mean(wanted, known, 'give the name of its document')}"
        )
    return found[0]


def plan_renaming(
    base: KnowledgeBase, old: str, new: str, transaction: Transaction | None = None
) -> tuple[Renaming, Transaction]:
    """Return what is renamed and every file that changes with it; nothing is written yet.

    With a ``transaction`` the renaming becomes a part of what it does already.

    :raises RenamingError: if a page cannot have that name.
    :raises EditingError: if a file cannot be changed without doubt.
    """
    page = find_page(base, old)
    folder = page.docname.rpartition("/")[0]
    name = new.removesuffix(".md").strip("/")
    docname = name if "/" in name or not folder else f"{folder}/{name}"
    _check_name(base, page, docname)
    kind = kind_of(page)
    figures = tuple(_figures(base, page, docname)) if kind == "paper" else ()
    renaming = Renaming(kind, page.docname, docname, figures)
    transaction = transaction or Transaction(base.root)
    for other in base.pages.values():
        _change_page(base, transaction, other, renaming)
    if kind == "paper":
        for shown in base.bibliography_files:
            _change(transaction, base.root / shown, partial(_entry, renaming, shown))
    for before, after in figures:
        text = transaction.text(base.source / before) or ""
        transaction.create(base.source / after, text)
        transaction.remove(base.source / before, expected=text)
    list_as_published(transaction, base.source, [page.docname, docname])
    return renaming, transaction


def _entry(renaming: Renaming, shown: str, text: str) -> str:
    return rename_entry(text, renaming.old_name, renaming.new_name, shown)


def _change(transaction: Transaction, path: Path, edit: Callable[[str], str]) -> None:
    text = transaction.text(path)
    if text is not None:
        transaction.replace(path, edit(text), expected=text)


def _change_page(base: KnowledgeBase, transaction: Transaction, page: Page, renaming: Renaming) -> None:
    path = base.root / page.path
    text = transaction.text(path) or ""
    is_own = page.docname == renaming.old
    if not is_own and renaming.old_name not in text:
        return
    edited = renamed(text, page.docname, renaming, page.path)
    if not is_own:
        transaction.replace(path, edited, expected=text)
        return
    former = [name for name in dict.fromkeys([*page.front.former, page.docname]) if name != renaming.new]
    if renaming.kind == "week" and (week := parse_week_id(renaming.new_name)):
        edited = _STARTS.sub(rf"\g<1>{start_of_week(*week)}", edited, count=1)
    transaction.create(base.source / f"{renaming.new}.md", with_former_name(edited, former))
    transaction.remove(path, expected=text)


def _figures(base: KnowledgeBase, page: Page, docname: str) -> Iterator[tuple[str, str]]:
    """Yield the drawings of a paper, below the source directory, under their old and new names."""
    new = docname.rpartition("/")[2]
    for path in sorted((base.source / FIGURES).glob(f"{page.name}*")):
        rest = path.name.removeprefix(page.name)
        if not rest.startswith((".", "-")) or not path.is_file():
            continue
        shown = path.relative_to(base.source).as_posix()
        if path.suffix != ".svg":
            raise RenamingError(f"{shown} is no drawing of text; rename it by hand first, with the page that shows it")
        yield shown, f"{FIGURES}/{new}{rest}"


def _check_name(base: KnowledgeBase, page: Page, docname: str) -> None:
    folder, _slash, name = docname.rpartition("/")
    kind = kind_of(page)
    if not is_docname(docname):
        raise RenamingError(f"'{docname}' is no name of a page; write folder and name without a suffix")
    if folder != page.docname.rpartition("/")[0]:
        raise RenamingError(
            f"'{page.docname}' would leave its folder, and its links would break; move it by hand, and write "
            f"'former: [{page.docname}]' in its front matter"
        )
    if page.name == "index" or kind == "archive":
        raise RenamingError(f"'{page.docname}' has the name that its place demands; it cannot be renamed")
    if docname in base.pages or docname in base.unread:
        raise RenamingError(f"there is a page '{docname}'; choose another name")
    for other in base.pages.values():
        if docname in other.front.former and other is not page:
            raise RenamingError(f"'{docname}' leads to {other.docname}, which had that name; choose another")
    if kind in FOLDER_OF_KIND:
        _check_name_of_kind(base, str(kind), name)


def _check_name_of_kind(base: KnowledgeBase, kind: str, name: str) -> None:
    if kind == "paper":
        if not KEY.fullmatch(name):
            raise RenamingError(f"'{name}' is no citation key; write family name, year and word, such as xue2020mt5")
        taken = {*base.references, *base.papers, *base.bibliography.unreadable}
        if name in {key.lower() for key in taken}:
            raise RenamingError(f"the key '{name}' is taken; choose another")
    elif kind == "week" and parse_week_id(name) is None:
        raise RenamingError(f"'{name}' is no week; write it as 2021-w06")
    elif kind == "topic" and not _SLUG.fullmatch(name):
        raise RenamingError(f"'{name}' is no slug; use lower-case letters, digits, hyphens")


@click.command("rename")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Say which files would change, and change nothing.")
@click.pass_obj
def rename_command(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Give a page another name; its old address keeps working.

    OLD and NEW are citation keys, ids of weeks, slugs or names of documents such as contributing/style.
    The entry and the drawings of a paper, and everything that names the page, get the new name, too.
    The page notes its old name as 'former', for which a build makes a page that leads on.
    """
    source = source_directory(root)
    if source is None:
        raise click.UsageError(f"no knowledge base at '{root}': neither docs/conf.py nor conf.py is there")
    try:
        recover(root)
        renaming, transaction = plan_renaming(load(root, source), old, new)
        done = _carry_out(transaction, dry_run=dry_run)
    except (RenamingError, EditingError) as error:
        raise click.ClickException(str(error)) from error
    would = "would be " if dry_run else ""
    words = {"create": "created", "replace": "changed", "remove": "removed"}
    for action, path in done:
        click.echo(f"{would}{words[action]} {path}")
    if dry_run:
        click.echo("Nothing was written.")
    else:
        click.echo(
            f"'{renaming.old}' leads to '{renaming.new}' now. Next: run 'nox -s check', and look at the difference."
        )


def _carry_out(transaction: Transaction, *, dry_run: bool) -> list[tuple[str, str]]:
    if not dry_run:
        return transaction.commit()
    if conflicts := transaction.conflicts():
        raise EditingError(*conflicts)
    return transaction.planned()
