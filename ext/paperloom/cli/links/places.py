"""Where external addresses stand: in the sources, and on built pages where no source states them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urldefrag

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.cli.links.internal import Site
from paperloom.model.identifiers import is_web_address
from paperloom.model.records import Reference
from paperloom.sources.pages import Page

#: The options of an article that hold addresses.
_OPTIONS = ("url", "archived")


class Kind(Enum):
    """In what an address is written."""

    TEXT = "text"
    OPTION = "option"
    FRONT_MATTER = "front matter"
    ENTRY = "entry"
    PAGE = "built page"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place of an address: a file and line from 1, and the address as it is written there.

    ``path`` is relative to the root; for addresses that only a built page states it is that page,
    relative to the site.
    """

    path: str
    line: int
    address: str
    kind: Kind

    @property
    def asked(self) -> str:
        """The address without the fragment, which is the browser's alone."""
        return urldefrag(self.address).url


def places_of(base: KnowledgeBase, site: Site) -> dict[str, tuple[Place, ...]]:
    """Return the places of every external address, by the address that is asked, both sorted."""
    found = {place for place in _written(base) if is_web_address(place.address)}
    known = {place.asked for place in found}
    found.update(place for place in _on_built_pages(site) if place.asked not in known)
    places: dict[str, list[Place]] = {}
    for place in sorted(found, key=lambda place: (place.path, place.line, place.address, place.kind.value)):
        places.setdefault(place.asked, []).append(place)
    return {address: tuple(places[address]) for address in sorted(places)}


def _written(base: KnowledgeBase) -> Iterator[Place]:
    for page in base.pages.values():
        yield from places_on(page)
    for reference in base.references.values():
        yield from places_in(reference)


def places_on(page: Page) -> Iterator[Place]:
    """Yield the external addresses that the source of ``page`` states."""
    for paragraph in page.paragraphs:
        for link in paragraph.links:
            if link.kind == "url" and is_web_address(link.target):
                yield Place(page.path, paragraph.line, link.target, Kind.TEXT)
    for directive in page.directives:
        if directive.name == "article":
            for name in _OPTIONS:
                address, line = directive.options.get(name, ("", 0))
                if address:
                    yield Place(page.path, line, address, Kind.OPTION)
    front = page.front
    links = front.fields.get("links")
    named = links if isinstance(links, dict) else {}
    fields = [(name,) for name in ("code", "source")] + [("links", name) for name in named]
    for field in fields:
        value = named.get(field[-1]) if len(field) > 1 else front.fields.get(field[0])
        if isinstance(value, str):
            yield Place(page.path, front.line(*field), value.strip(), Kind.FRONT_MATTER)


def places_in(reference: Reference) -> Iterator[Place]:
    """Yield the external addresses that an entry states; its identifiers stand for addresses, as on its page."""
    addresses: Iterable[str | None] = (
        reference.url,
        reference.arxiv and f"https://arxiv.org/abs/{reference.arxiv}",
        reference.doi and f"https://doi.org/{reference.doi}",
        reference.openreview and f"https://openreview.net/forum?id={reference.openreview}",
    )
    for address in dict.fromkeys(addresses):
        if address:
            yield Place(reference.path, reference.line, address, Kind.ENTRY)


def _on_built_pages(site: Site) -> Iterator[Place]:
    seen: set[str] = set()
    for path, page in sorted(site.pages.items()):
        for address, line in page.links:
            asked = urldefrag(address).url if is_web_address(address) else ""
            if asked and asked not in seen and address in page.content:
                seen.add(asked)
                yield Place(path, line, address, Kind.PAGE)
