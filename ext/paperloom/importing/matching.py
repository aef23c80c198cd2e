"""Which papers of an issue the knowledge base has already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from paperloom.importing.entry import Entry
from paperloom.model.identifiers import Identifier, identify, normalize_title

#: A shorter title is no sign that two papers are one.
_SHORTEST_TITLE = 6


@dataclass(slots=True)
class KnownPapers:
    """The papers that have a page or an entry, by what they can be known by.

    ``keys`` are all citation keys that are taken; ``pages`` those with a page, ``entries`` those
    with an entry of the bibliography; ``titles`` are the titles by key.
    """

    by_identifier: dict[Identifier, str] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    _with_arxiv: set[str] = field(default_factory=set)

    @property
    def keys(self) -> set[str]:
        """The citation keys that are taken."""
        return self.pages | self.entries

    def add(self, key: str, identifiers: Iterable[Identifier], titles: Iterable[str]) -> None:
        """Note by what the paper ``key`` is known; what is known of an earlier one stays its own."""
        for identifier in identifiers:
            self.by_identifier.setdefault(identifier, key)
            if identifier.kind == "arxiv":
                self._with_arxiv.add(key)
        for title in titles:
            name = normalize_title(title)
            if len(name) >= _SHORTEST_TITLE:
                self.by_title.setdefault(name, key)

    def rename(self, old: str, new: str) -> None:
        """Give a paper another key."""
        self.by_identifier |= {name: new for name, key in self.by_identifier.items() if key == old}
        self.by_title |= {name: new for name, key in self.by_title.items() if key == old}
        for keys in (self.pages, self.entries, self._with_arxiv):
            if old in keys:
                keys.remove(old)
                keys.add(new)
        self.titles[new] = self.titles.pop(old, new)

    def key_of_address(self, url: str) -> str | None:
        """Return the key of the paper that an address stands for."""
        identifier = identify(url)
        return self.by_identifier.get(identifier) if identifier else None

    def key_of(self, entry: Entry) -> str | None:
        """Return the key of the paper that an entry of an issue is about.

        A title says less than an identifier: two papers at arXiv are two, whatever they are called.
        """
        for identifier in identifiers_of(entry):
            if identifier in self.by_identifier:
                return self.by_identifier[identifier]
        key = self.by_title.get(normalize_title(entry.title)) if entry.title else None
        return None if key and entry.arxiv and key in self._with_arxiv else key


def identifiers_of(entry: Entry) -> list[Identifier]:
    """Return the identifiers of the paper that an entry of an issue is about."""
    named = [Identifier("arxiv", entry.arxiv)] if entry.arxiv else []
    addresses = [identify(url) for url in (entry.url, *entry.cards) if url]
    return list(dict.fromkeys([*named, *(identifier for identifier in addresses if identifier)]))
