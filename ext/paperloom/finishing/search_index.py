"""The index of the search dialog, made by Pagefind from what the built pages say themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paperloom.finishing.inventory import Inventory, load_inventory
from paperloom.finishing.kept_pages import KeptPages, digest_of
from paperloom.finishing.output import Output
from paperloom.finishing.pagefind_files import in_order
from paperloom.finishing.pagefind_service import pagefind_files
from paperloom.finishing.search_facts import FactsOfPages
from paperloom.finishing.search_pages import is_index, pages_of, read_searched_text
from paperloom.finishing.search_settings import SearchSettings, load_search_settings
from paperloom.finishing.site import BuiltSite, FinishingError

FOLDER = "pagefind"
#: What Pagefind brings along and the dialog does without: interfaces, and a copy of itself for a worker.
_UNUSED = ("pagefind-worker.", "pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")


def write_search_index(site: BuiltSite, output: Output) -> str:
    """Write the index below ``pagefind/``, reading again only the pages that changed.

    Pagefind makes its index as a whole; where nothing that it is given changed, it does not run.

    :raises FinishingError: if the site was not built by a builder of ours, or Pagefind cannot run.
    """
    settings = load_search_settings(site.folder)
    kept = KeptPages(site, "search-pages", "", read_searched_text)
    pages = dict(_pages(site, load_inventory(site.folder), settings, kept))
    made_from = digest_of([settings.language, *(part for page in pages.items() for part in page)])
    said = f"{len(pages)} pages and articles to be found, {kept.fresh} pages were read"
    if kept.is_made_from(made_from):
        output.keep(kept.files)
        return f"{said}, nothing changed"
    names = []
    if pages:
        for name, data in sorted(_indexed(pages, settings.language).items()):
            output.write(f"{FOLDER}/{name}", data)
            names.append(f"{FOLDER}/{name}")
    _remove_others(site.folder, names)
    kept.close(made_from, names)
    return said


def _remove_others(site: Path, names: list[str]) -> None:
    """Remove all files of Pagefind but those called ``names``, whatever is remembered of earlier runs."""
    living = {*names}
    for path in sorted((site / FOLDER).rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(site).as_posix() not in living:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _pages(
    site: BuiltSite, inventory: Inventory, settings: SearchSettings, kept: KeptPages
) -> Iterator[tuple[str, str]]:
    """Yield (address, HTML) of what Pagefind is given, in the order in which it numbers them."""
    facts = FactsOfPages(site.catalog)
    left_out = {*settings.hidden}
    for docname, (address, title) in sorted(inventory.documents.items()):
        if docname in left_out:
            continue
        text = kept.page(address)
        home = address in ("", "index.html")
        if home or not is_index(text):
            yield from pages_of(address, facts.of(docname, title), text)


def _indexed(pages: dict[str, str], language: str) -> dict[str, bytes]:
    """Return the files of the index of ``pages``, by their names."""
    files = pagefind_files(pages.items(), language.replace("_", "-").lower())
    used = {name: data for name, data in files.items() if not name.startswith(_UNUSED)}
    try:
        return in_order(used)
    except ValueError as error:
        raise FinishingError(str(error)) from error
