"""What a build may do after an edit: what the edit asks for, and no more."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

from tests.contract.checkout import Checkout, Done, digests, document_names
from tests.site.site_support import stamps

#: The files that pages of this knowledge base need for themselves, with the documents that need them.
NEEDED_BY = {name: {"notes/guide"} for name in ("parts/shared.md", "notes/kettle.svg", "notes/numbers.csv")}


def preferring(*wanted):
    """Return a function that picks the first candidate among ``wanted``, or else the first one."""

    def pick(candidates):
        candidates = list(candidates)
        return next((candidate for candidate in candidates if candidate in wanted), candidates[0])

    return pick


@dataclass
class Before:
    """What stands there before a build: the files of the output with their times, and what the documents say."""

    files: dict[str, str]
    stamps: dict[str, int]
    doctrees: dict[str, str]


def look(checkout: Checkout) -> Before:
    """Look at what the last build left."""
    return Before(digests(checkout.out), stamps(checkout.out), _doctrees(checkout.out.with_name("doctrees")))


def _doctrees(folder: Path) -> dict[str, str]:
    """Return all doctrees as texts without lines, by document name."""
    return {
        path.relative_to(folder).as_posix().removesuffix(".doctree"): pickle.loads(path.read_bytes()).pformat()
        for path in folder.rglob("*.doctree")
    }


def require_only_what_shows_it(done: Done, before: Before, changed: set[str]):
    """Fail if ``done`` did more than the edit of the source files ``changed`` asks for.

    A document is read if a file that it is made of was edited, or if it says something else than before
    (a list by a pattern, a link that leads somewhere now); a page is rendered, and a file written, if its
    bytes differ. Sphinx writes its static files in each build, with the same bytes.
    """
    new, new_stamps = digests(done.build.out), stamps(done.build.out)
    found = _doctrees(done.build.out.with_name("doctrees"))
    # Sphinx leaves the doctrees of documents that are gone.
    doctrees = {docname: said for docname, said in found.items() if f"{docname}.html" in new}
    edited = {docname for docname in document_names(changed) if docname in doctrees}
    edited |= {docname for name in changed for docname in NEEDED_BY.get(name, ())}
    others = {docname for docname, said in doctrees.items() if before.doctrees.get(docname) != said}
    differ = {name for name in before.files.keys() | new.keys() if before.files.get(name) != new.get(name)}
    written = {name for name in new if new_stamps[name] != before.stamps.get(name)}
    slips = {
        "not read": (edited | others) - done.read,
        "read without need": done.read - edited - others,
        "rendered without need": done.rendered - {name.removesuffix(".html") for name in differ},
        "written without need": {name for name in written if not name.startswith("_static/")} - differ,
    }
    made = {what: sorted(names) for what, names in slips.items() if names}
    assert made == {}, made
