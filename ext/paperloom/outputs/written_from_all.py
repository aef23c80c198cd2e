"""The files that are made from all documents: catalog, schema, bibliographies, maps of the site, old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from paperloom.domain import domain_of
from paperloom.history import History
from paperloom.outputs.bibliographies import renamed_bibliographies, write_bibliographies
from paperloom.outputs.catalog import CATALOG, SCHEMA, catalog_text, schema_text
from paperloom.outputs.files import write_if_changed
from paperloom.outputs.modified import days_of_pages
from paperloom.outputs.published import (
    LLMS,
    ROBOTS,
    Place,
    Redirect,
    is_listed,
    llms_text,
    redirect_text,
    robots_text,
    sitemap_files,
)
from paperloom.sharing import PUBLISHED, title_of_site, twin_uri
from paperloom.translation import _
from paperloom.weave.facts import Facts
from paperloom.written import Written, are_as_written, path_of, states_of, store


def write_outputs(app: Sphinx, written: Written) -> None:
    """Write what differs from what stands there, and note all these files in ``written``.

    What an earlier build made and this one does not is removed, unless a document has its name now.
    """
    out = Path(app.outdir)
    domain = domain_of(app.env)
    same = _write_maps(app, written)
    # Most edits touch no entry: the bibliographies have a basis of their own.
    basis = written.bibliography if same else domain.weaving.basis_of_bibliographies()
    if not (basis and written.bibliography == basis and are_as_written(out, written.bibliographies)):
        # The files of a paper that was renamed stand at its old address, so that they are none to remove.
        before = {name: state for name, state in written.bibliographies.items() if name not in written.outputs}
        loaded = domain.bibliography
        known = written.entries == loaded.digest_before
        entries_before = loaded.references_before if known and written.bibliography else {}
        written.bibliographies = write_bibliographies(
            out, domain.woven.facts, before, entries_before, domain.first_files
        )
        written.entries = loaded.digest
        written.bibliography = domain.weaving.basis_of_bibliographies()


def _write_maps(app: Sphinx, written: Written) -> bool:
    """Write all but the bibliographies; return whether what they are made from is the same as before."""
    out = Path(app.outdir)
    title = str(app.config.project)
    is_published = app.builder.name in PUBLISHED
    history = History(Path(app.srcdir), Path(app.doctreedir, "paperloom-history.json")) if _has_map(app) else None
    around = (title, getattr(app.builder, "surroundings", ""), history.state if history else "")
    domain = domain_of(app.env)
    basis = domain.weaving.basis_of_outputs(" ".join(around))
    same = written.basis == basis
    if same and written.outputs and are_as_written(out, written.outputs):
        return True
    files = dict(_files(app, domain.woven.facts, title))
    if is_published:
        files |= dict(_published(app, history))
    _announce(app, written, files.keys())
    for name, text in files.items():
        write_if_changed(out / name, text)
    given = _given_files(app)
    _remove_earlier(app, [name for name in written.outputs if name not in files and name not in given])
    written.outputs = states_of(out, sorted(files))
    written.basis = basis
    return same


def _announce(app: Sphinx, written: Written, names: Iterable[str]) -> None:
    """Note what is about to be written, so that a later build finds it where this one is ended on the way."""
    new = {name: [0, 0, ""] for name in names if name not in written.outputs}
    written.basis = ""
    if new:
        written.outputs = written.outputs | new
        store(path_of(app), written)


def _has_map(app: Sphinx) -> bool:
    return bool(app.config.html_baseurl) and app.builder.name in PUBLISHED


def _files(app: Sphinx, facts: Facts, title: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that a site has wherever it stands."""
    yield CATALOG, catalog_text(facts, title, domain_of(app.env).weaving.record)
    yield SCHEMA, schema_text()
    yield from renamed_bibliographies(facts)


def _published(app: Sphinx, history: History | None) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that those who find a site ask for."""
    builder: Any = app.builder
    woven = domain_of(app.env).woven
    facts = woven.facts
    place = Place(title_of_site(app), app.config.root_doc, app.config.html_baseurl, builder.get_target_uri)
    given = _given_files(app)
    about = domain_of(app.env).weaving.description
    found = {ROBOTS: robots_text(place), LLMS: llms_text(facts, about, place, twin_uri)}
    if history is not None:
        paths = {docname: str(path) for docname, path in app.project._docname_to_path.items()}  # noqa: SLF001  # thousands
        days = days_of_pages(woven, history.days(), paths.__getitem__)
        listed = [docname for docname, document in facts.documents.items() if is_listed(document)]
        found |= dict(sitemap_files(listed, days, place))
    yield from ((name, text) for name, text in found.items() if name not in given)
    moved = _("This page has moved to {title}.")
    # Where addresses are those of folders, a name can stand for the same file as the index of a folder.
    taken = {builder.get_output_path(docname) for docname in app.env.all_docs} if facts.former else set()
    for old, docname in facts.former.items():
        path = builder.get_output_path(old)
        if path in taken:
            continue
        name = Path(path).relative_to(app.outdir).as_posix()
        redirect = Redirect(name, builder.get_target_uri(old), docname)
        yield name, redirect_text(facts, redirect, place, app.config.language, moved)


def _given_files(app: Sphinx) -> set[str]:
    """Return the names of files that the site brings itself, with ``html_extra_path``."""
    paths = [Path(app.confdir, name) for name in app.config.html_extra_path]
    return {path.name for path in paths if path.is_file()} | {
        each.name for path in paths if path.is_dir() for each in path.iterdir()
    }


def _remove_earlier(app: Sphinx, names: list[str]) -> None:
    builder: Any = app.builder
    out = Path(app.outdir)
    pages = {Path(builder.get_output_path(docname)) for docname in app.env.all_docs} if names else set()
    for name in names:
        path = out / name
        if path in pages:
            continue
        path.unlink(missing_ok=True)
        folder = path.parent
        while folder != out and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
