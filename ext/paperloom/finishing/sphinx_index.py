"""Sphinx's own search index, made from the built pages.

Sphinx indexes while it builds: it stems every word of a document that it writes, and reads and
writes the whole index in every build. Here it is made when the pages are there, and each page is
read again only when its file changed. ``IndexBuilder`` of Sphinx writes the file, so that Sphinx's
search page reads it as ever.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any

from paperloom.finishing.inventory import INVENTORY, Inventory, load_inventory
from paperloom.finishing.output import Output
from paperloom.finishing.page_text import headings, own_content, words_of
from paperloom.finishing.search_settings import SEARCH_SETTINGS, SearchSettings, load_search_settings
from paperloom.finishing.site import BuiltSite
from paperloom.outputs.files import State, is_as_written, state_of, write_if_changed
from paperloom.package import PACKAGE_DIGEST

SEARCH_INDEX = "searchindex.js"
_KEPT_PAGES = "sphinx-index-pages.json"


@dataclass
class IndexedPage:
    """What a page gives to the index: stems of its text and of its headings, and the headings with their anchors.

    The anchor of the title is None, as Sphinx has it.
    """

    state: State
    words: list[str] = field(default_factory=list)
    title_words: list[str] = field(default_factory=list)
    titles: list[tuple[str, str | None]] = field(default_factory=list)


def write_sphinx_index(site: BuiltSite, output: Output) -> str:
    """Write ``searchindex.js``, reading again only the pages that changed.

    :raises FinishingError: if the site was not built by a builder of ours.
    """
    settings = load_search_settings(site.folder)
    inventory = load_inventory(site.folder)
    made_with = _digest(site, [INVENTORY, SEARCH_SETTINGS])
    kept = _Kept(site, settings)
    pages = {docname: kept.page(address) for docname, (address, _title) in sorted(inventory.documents.items())}
    target = str(site.folder / SEARCH_INDEX)
    if not kept.read and kept.made_with == made_with and is_as_written(target, kept.written):
        output.keep([SEARCH_INDEX])
    else:
        output.write(SEARCH_INDEX, _index_text(inventory, settings, pages))
    kept.store({address for address, _title in inventory.documents.values()}, made_with, state_of(target))
    return f"Sphinx's search index of {len(pages)} pages, of which {kept.read} were read"


def _digest(site: BuiltSite, names: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name in names:
        digest.update((site.folder / name).read_bytes() + b"\0")
    return digest.hexdigest()


class _Kept:
    """The pages as they were indexed before, read again where their files changed."""

    def __init__(self, site: BuiltSite, settings: SearchSettings) -> None:
        self._site = site
        self._settings = settings
        self._path = site.kept / _KEPT_PAGES
        self._code = f"{PACKAGE_DIGEST} {settings.language} {json.dumps(settings.options, sort_keys=True)}"
        self.read = 0
        self.made_with = ""
        self.written: State = (0, 0, "")
        self._pages: dict[str, IndexedPage] = {}
        self._load()

    def _load(self) -> None:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            if stored["code"] != self._code:
                return
            self._pages = {name: _indexed_page(*facts) for name, facts in stored["pages"].items()}
            self.made_with = str(stored["made with"])
            self.written = _state(stored["written"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            self._pages = {}

    def page(self, address: str) -> IndexedPage:
        """Return what the page at ``address`` gives to the index."""
        name = f"{address}index.html" if not address or address.endswith("/") else address
        path = self._site.folder / name
        known = self._pages.get(address)
        if known is None or not is_as_written(str(path), known.state):
            known = self._pages[address] = self._index(path.read_text(encoding="utf-8"), state_of(str(path)))
            self.read += 1
        return known

    def _index(self, markup: str, state: State) -> IndexedPage:
        content = own_content(markup)
        if content is None:
            return IndexedPage(state)
        titles = headings(content)
        split = self._language.split
        return IndexedPage(
            state,
            sorted({*self._stems(split(words_of(content)))}),
            sorted({*self._stems(word for title in titles for word in split(title.text))}),
            [(title.text, title.anchor or None if place else None) for place, title in enumerate(titles)],
        )

    @property
    def _language(self) -> Any:
        if not hasattr(self, "_words"):
            self._words = _builder(self._settings).lang
            self._stem = cache(lambda word: self._words.stem(word).lower())
        return self._words

    def _stems(self, words: Iterable[str]) -> Iterator[str]:
        """Yield what the index holds of each word: its stem, or the word itself where the stem is not wanted."""
        wanted = self._language.word_filter
        for word in words:
            stem = self._stem(word)
            if wanted(stem):
                yield stem
            elif wanted(word):
                yield word

    def store(self, addresses: set[str], made_with: str, written: State) -> None:
        """Keep the pages at ``addresses`` for the next time."""
        pages = {
            address: [page.state, page.words, page.title_words, page.titles]
            for address, page in sorted(self._pages.items())
            if address in addresses
        }
        stored = {"code": self._code, "made with": made_with, "written": written, "pages": pages}
        write_if_changed(self._path, json.dumps(stored, ensure_ascii=False))


def _indexed_page(state: Any, words: list[str], title_words: list[str], titles: list[list[Any]]) -> IndexedPage:
    return IndexedPage(_state(state), words, title_words, [(str(text), anchor) for text, anchor in titles])


def _state(stored: Any) -> State:
    modified, size, digest = stored
    return int(modified), int(size), str(digest)


def _index_text(inventory: Inventory, settings: SearchSettings, pages: dict[str, IndexedPage]) -> str:
    """Return the text of ``searchindex.js``."""
    shown = {docname: page for docname, page in pages.items() if docname not in settings.hidden}
    words: dict[str, set[str]] = {}
    title_words: dict[str, set[str]] = {}
    for docname, page in shown.items():
        in_titles = {*page.title_words}
        for word in page.words:
            if word not in in_titles:
                words.setdefault(word, set()).add(docname)
        for word in page.title_words:
            title_words.setdefault(word, set()).add(docname)
    stream = io.StringIO()
    builder = _builder(
        settings,
        domains=_domains(inventory, settings),
        _search_index_titles={name: inventory.documents[name][1] if name in shown else "" for name in pages},
        _search_index_filenames={name: f"{name}{settings.suffix}" for name in pages},
        _search_index_mapping=words,
        _search_index_title_mapping=title_words,
        _search_index_all_titles={name: page.titles for name, page in shown.items()},
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
        row = (each.name, each.title, each.kind, each.docname, each.anchor, each.priority)
        objects.setdefault(each.domain, []).append(row)

    def domain(name: str) -> Any:
        kinds = {kind: settings.types.get(f"{name}:{kind}", kind) for _n, _t, kind, *_rest in objects[name]}
        return SimpleNamespace(
            name=name, object_types=kinds, get_objects=lambda: objects[name], get_type_name=lambda label: label
        )

    return SimpleNamespace(sorted=lambda: [domain(name) for name in sorted(objects)])
