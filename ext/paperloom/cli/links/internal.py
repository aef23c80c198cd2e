"""Every internal link and anchor of a built site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

#: Attributes that hold addresses, by element.
_ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "iframe": ("src",),
    "img": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
}
#: The Markdown twins of pages are made when a site is finished, and a site works without them.
_MADE_LATER = "text/markdown"
#: A host serves this page at any depth; its addresses start at the root of the host.
_AT_ANY_DEPTH = "404.html"
#: Fragments that browsers understand without an element.
_BUILT_IN_FRAGMENTS = ("", "top")


@dataclass(frozen=True, slots=True, order=True)
class BrokenLink:
    """A link that leads nowhere: the page and line it stands on, its address, and what is missing."""

    page: str
    line: int
    address: str
    reason: str


@dataclass(slots=True)
class PageLinks:
    """The anchors of a page, the (address, line) pairs it links to, and the addresses within its content.

    The content is what ``role="main"`` marks; what is around it is the theme's. Forms to be filled
    in, which the views mark with ``rel="nofollow"``, are no content.
    """

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[str, int]] = field(default_factory=list)
    content: set[str] = field(default_factory=set)


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = PageLinks()
        self._main = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if not self._depth and attributes.get("role") == "main":
            self._main, self._depth = tag, 1
        elif self._depth and tag == self._main:
            self._depth += 1
        for name in ("id", "name") if tag == "a" else ("id",):
            if attributes.get(name):
                self.found.anchors.add(str(attributes[name]))
        if attributes.get("type") == _MADE_LATER:
            return
        for name in _ADDRESSES.get(tag, ()):
            address = attributes.get(name)
            if address is not None:
                self.found.links.append((address.strip(), self.getpos()[0]))
                if self._depth and attributes.get("rel") != "nofollow":
                    self.found.content.add(address.strip())

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == self._main:
            self._depth -= 1


@dataclass(slots=True)
class Site:
    """A built site: the links and anchors of its pages, by path."""

    root: Path
    pages: dict[str, PageLinks]

    @property
    def external(self) -> list[str]:
        """The distinct http and https addresses that the contents of pages link to, sorted."""
        found = {address.partition("#")[0] for page in self.pages.values() for address in page.content}
        return sorted(address for address in found if address.startswith(("http://", "https://")))

    @property
    def internal_count(self) -> int:
        """The number of internal links."""
        return sum(1 for page in self.pages.values() for address, _line in page.links if _is_internal(address))

    def broken(self) -> Iterator[BrokenLink]:
        """Yield the internal links that lead to no file or no anchor, by page and line."""
        for path in sorted(self.pages):
            for address, line in self.pages[path].links:
                reason = self._why_broken(path, address) if _is_internal(address) else ""
                if reason:
                    yield BrokenLink(path, line, address, reason)

    def _why_broken(self, page: str, address: str) -> str:
        try:
            parts = urlsplit(address)
        except ValueError:
            return "it is no address"
        if parts.path.startswith("/") and page == _AT_ANY_DEPTH:
            return ""
        if parts.path.startswith("/"):
            return "an absolute path, which breaks where the site does not stand at the root of its host"
        target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
        if target.startswith(".."):
            return "it leads out of the site"
        if (self.root / target).is_dir():
            target = join(target, "index.html")
        if not (self.root / target).is_file():
            return f"there is no {target}"
        fragment = unquote(parts.fragment)
        if target in self.pages and fragment not in _BUILT_IN_FRAGMENTS:
            anchors = self.pages[target].anchors
            if fragment not in anchors:
                return f"{target} has no anchor '{fragment}'"
        return ""


def _is_internal(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return not parts.scheme and not parts.netloc


def read_site(root: Path) -> Site:
    """Read all HTML pages below ``root``."""
    pages = {}
    for path in sorted(root.rglob("*.html")):
        relative = path.relative_to(root).as_posix()
        if relative.startswith("_static/"):
            continue
        collector = _Collector()
        collector.feed(path.read_text(encoding="utf-8", errors="replace"))
        collector.close()
        pages[relative] = collector.found
    return Site(root, pages)
