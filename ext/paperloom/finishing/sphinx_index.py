"""Sphinx's own search index, made from the built pages.

Sphinx indexes while it builds: it stems every word of a document that it writes, and reads and
writes the whole index in every build. Here it is made when the pages are there, and each page is
read again only when its file changed. ``IndexBuilder`` of Sphinx writes the file, so that Sphinx's
search page reads it as ever.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from paperloom.finishing.inventory import INVENTORY, Inventory, load_inventory
from paperloom.finishing.kept_pages import KeptPages, digest_of_files
from paperloom.finishing.output import Output
from paperloom.finishing.page_text import headings, own_content, words_of
from paperloom.finishing.search_settings import SEARCH_SETTINGS, SearchSettings, load_search_settings
from paperloom.finishing.site import BuiltSite

SEARCH_INDEX = "searchindex.js"

#: What a page gives to the index: stems of its text, stems of its headings, and the headings with
#: their anchors. The anchor of the title is None, as Sphinx has it.
IndexedPage = tuple[list[str], list[str], list[tuple[str, str | None]]]


def write_sphinx_index(site: BuiltSite, output: Output) -> str:
    """Write ``searchindex.js``, reading again only the pages that changed.

    :raises FinishingError: if the site was not built by a builder of ours.
    """
    settings = load_search_settings(site.folder)
    inventory = load_inventory(site.folder)
    made_from = digest_of_files(site.folder / name for name in (INVENTORY, SEARCH_SETTINGS))
    language = f"{settings.language} {json.dumps(settings.options, sort_keys=True)}"
    kept = KeptPages(site, "sphinx-index-pages", language, _Indexer(settings).read)
    pages = {docname: kept.page(address) for docname, (address, _title) in sorted(inventory.documents.items())}
    if not kept.fresh and kept.is_made_from(made_from):
        output.keep([SEARCH_INDEX])
    else:
        output.write(SEARCH_INDEX, _index_text(inventory, settings, pages))
        kept.close(made_from, [SEARCH_INDEX])
    return f"Sphinx's search index of {len(pages)} pages, of which {kept.fresh} were read"


class _Indexer:
    """Reads pages as Sphinx's indexer reads documents."""

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings
        self._words: Any = None

    def read(self, markup: str) -> IndexedPage:
        """Return what a page gives to the index."""
        if self._words is None:
            self._words = _builder(self._settings).lang
            self._stem = cache(lambda word: self._words.stem(word).lower())
        content = own_content(markup)
        if content is None:
            return [], [], []
        for formula in content.css("math"):
            formula.decompose()  # letters alone, which nobody looks for
        titles = headings(content)
        split = self._words.split
        return (
            sorted({*self._stems(split(words_of(content)))}),
            sorted({*self._stems(word for title in titles for word in split(title.text))}),
            [(title.text, title.anchor or None if place else None) for place, title in enumerate(titles)],
        )

    def _stems(self, words: Iterable[str]) -> Iterator[str]:
        """Yield what the index holds of each word: its stem, or the word itself where the stem is not wanted."""
        wanted = self._words.word_filter
        for word in words:
            stem = self._stem(word)
            if wanted(stem):
                yield stem
            elif wanted(word):
                yield word


def _index_text(inventory: Inventory, settings: SearchSettings, pages: dict[str, IndexedPage]) -> str:
    """Return the text of ``searchindex.js``."""
    shown = {docname: page for docname, page in pages.items() if docname not in settings.hidden}
    words: dict[str, set[str]] = {}
    title_words: dict[str, set[str]] = {}
    for docname, (in_text, in_titles, _titles) in shown.items():
        for word in in_titles:
            title_words.setdefault(word, set()).add(docname)
        for word in {*in_text}.difference(in_titles):
            words.setdefault(word, set()).add(docname)
    stream = io.StringIO()
    builder = _builder(
        settings,
        domains=_domains(inventory, settings),
        _search_index_titles={name: inventory.documents[name][1] if name in shown else "" for name in pages},
        _search_index_filenames={name: f"{name}{settings.suffix}" for name in pages},
        _search_index_mapping=words,
        _search_index_title_mapping=title_words,
        _search_index_all_titles={name: titles for name, (_text, _words, titles) in shown.items()},
        _search_index_index_entries={name: settings.entries.get(name, []) for name in shown},
    )
    builder.dump(stream, _format())
    return stream.getvalue()


def _builder(settings: SearchSettings, **tables: Any) -> Any:
    """Return Sphinx's builder of indexes with what it takes from an environment: ``tables``, empty ones else."""
    from sphinx.search import IndexBuilder  # noqa: PLC0415  # Sphinx takes a while to import

    names = ("titles", "filenames", "mapping", "title_mapping", "all_titles", "index_entries", "objtypes", "objnames")
    environment: Any = SimpleNamespace(domains=None, version={})
    for name in names:
        setattr(environment, f"_search_index_{name}", {})
    vars(environment).update(tables)
    return IndexBuilder(environment, settings.language, settings.options, "")


def _format() -> Any:
    from sphinx.search import js_index  # noqa: PLC0415  # Sphinx takes a while to import

    return js_index


def _domains(inventory: Inventory, settings: SearchSettings) -> Any:
    """Return the domains of the objects, as far as Sphinx's builder of indexes asks for them."""
    objects: dict[str, list[tuple[str, str, str, str, str, int]]] = {}
    for each in inventory.objects:
        if each.docname in settings.hidden:
            continue
        row = (each.name, each.title, each.kind, each.docname, each.anchor, each.priority)
        objects.setdefault(each.domain, []).append(row)

    def domain(name: str) -> Any:
        kinds = {kind: settings.types.get(f"{name}:{kind}", kind) for _n, _t, kind, *_rest in objects[name]}
        return SimpleNamespace(
            name=name, object_types=kinds, get_objects=lambda: objects[name], get_type_name=lambda label: label
        )

    return SimpleNamespace(sorted=lambda: [domain(name) for name in sorted(objects)])
