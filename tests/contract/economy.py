"""What a build may do after an edit: what the edit asks for, and no more."""

from __future__ import annotations

from tests.contract.checkout import Done, digests, document_names
from tests.contract.world import World
from tests.site.site_support import stamps

#: Outputs that belong to no document and that Sphinx writes in each build, with the same bytes.
WRITTEN_EACH_TIME = frozenset({"genindex", "search", "objects.inv", ".buildinfo"})

#: The files that pages of this knowledge base need for themselves, with the documents that need them.
NEEDED_BY = {name: {"notes/guide"} for name in ("parts/shared.md", "notes/kettle.svg", "notes/numbers.csv")}


def preferring(*wanted):
    """Return a function that picks the first candidate among ``wanted``, or else the first one."""

    def pick(candidates):
        candidates = list(candidates)
        return next((candidate for candidate in candidates if candidate in wanted), candidates[0])

    return pick


def dependents(before: World, after: World, changed: set[str]) -> set[str]:
    """Return the documents whose own text may say something else because another file changed."""
    old, new = before.sources(), after.sources()
    found = {docname for name in changed for docname in NEEDED_BY.get(name, ())}
    came_or_went = {name.removesuffix(".md") for name in old.keys() ^ new.keys() if name.endswith(".md")}
    for docname in came_or_went:
        folder, _slash, base = docname.rpartition("/")
        if folder in {"weeks", "topics", "archive"}:
            found.add(f"{folder}/index")  # lists the folder by a pattern
        # Whether a link or a list of papers leads somewhere is settled when the page with it is read.
        found |= {name.removesuffix(".md") for name, text in new.items() if name.endswith(".md") and base in text}
    return found


def require_only_what_shows_it(
    done: Done, old: dict[str, str], old_stamps: dict[str, int], changed, dependent=frozenset()
):
    """Fail if ``done`` did more than the edit of the source files ``changed`` asks for.

    Documents whose source was edited are read and rendered, even where nothing of the edit shows.
    """
    new, new_stamps = digests(done.build.out), stamps(done.build.out)
    edited = {docname for docname in document_names(changed) if f"{docname}.html" in new}
    differ = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    shown = {name.removesuffix(".html") for name in differ}
    written = {name for name, stamp in new_stamps.items() if old_stamps.get(name) != stamp and name not in differ}
    pages = {name.removesuffix(".html") for name in written if not name.startswith("_static/")}
    slips = {
        "not read": edited - done.read,
        "read without need": done.read - edited - dependent,
        "rendered without need": done.rendered - shown - edited - dependent,
        "written without need": pages - edited - dependent - WRITTEN_EACH_TIME,
    }
    found = {what: sorted(names) for what, names in slips.items() if names}
    assert found == {}, found
