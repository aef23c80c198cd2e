"""The text of pages for readers elsewhere: what people wrote, without what the site weaves around it.

What other pages say of a paper (its mentions, related papers) is left out: it changes when those
pages change, and the text of an entry must not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode


def names(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


#: What belongs to the page and not to its text.
_FURNITURE = (
    "h1, a.headerlink, script, style, noscript, template, button, form, iframe, object, [hidden], .toctree-wrapper, "
    ".loom-tags, .loom-downloads"
)
#: The parts of our own that are kept where they stand at the top of a page or in its head.
_KEPT = names("loom-authors loom-card loom-facts loom-figure loom-header loom-picks loom-reading loom-tldr")


_MATHML = names(
    """
    annotation maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts
    mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
    """
)
_MATHML_ATTRIBUTES = names(
    """
    accent accentunder columnalign columnspacing columnspan depth display displaystyle fence form height largeop
    linethickness lspace mathsize mathvariant maxsize minsize movablelimits rowspacing rowspan rspace scriptlevel
    separator stretchy symmetric voffset width xmlns
    """
)
_TAGS = _MATHML | names(
    """
    a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img
    ins kbd li ol p pre q s samp section small strong sub summary sup table tbody td tfoot th thead tr u ul var
    """
)
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(_MATHML_ATTRIBUTES) for tag in _MATHML},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_PICTURE = re.compile(r'<img [^>]*?\bsrc="([^"]+)"')
_SCHEMES = {"http", "https", "mailto"}


@dataclass(slots=True)
class Text:
    """Text as HTML whose addresses are absolute, and the drawings that it shows, by the names of their files."""

    html: str
    drawings: dict[str, str] = field(default_factory=dict)

    @property
    def picture(self) -> str | None:
        """The address of the first picture."""
        found = _PICTURE.search(self.html)
        return unescape(found[1]) if found else None


class PageText:
    """The text of a built page. ``address`` is that of the page, ``drawing_address`` gives that of a drawing's file."""

    def __init__(self, markup: str, docname: str, address: str, folder: str) -> None:
        """Read the page ``markup`` of ``docname``; drawings are files in the folder at the address ``folder``."""
        self._address = address
        self._folder = folder
        self._stem = docname.replace("/", "-")
        self._drawings: dict[str, str] = {}
        tree = LexborHTMLParser(markup)
        self.root: LexborNode | None = tree.css_first('[role="main"] section') or tree.css_first("section")
        self._tree = tree  # nodes do not keep their tree alive
        if self.root is not None:
            self._prepare(self.root)

    def _prepare(self, root: LexborNode) -> None:
        _remove_drafts(root)
        for node in root.css(_FURNITURE):
            node.decompose()
        tops = [*_children(root), *(child for head in root.css(".loom-header") for child in _children(head))]
        for node in tops:
            ours = {name for name in (node.attributes.get("class") or "").split() if name.startswith("loom-")}
            if ours and ours.isdisjoint(_KEPT):
                node.decompose()
        for number, node in enumerate(root.css("svg.loom-drawing"), 1):
            self._take_out(node, number)
        for node in root.css("svg"):
            node.decompose()
        for attribute in ("href", "src"):
            for node in root.css(f"[{attribute}]"):
                node.attrs[attribute] = urljoin(self._address, node.attributes[attribute] or "")
        for node in root.css("[title]"):
            # The titles of other pages, which say nothing of this one.
            del node.attrs["title"]

    def _take_out(self, node: LexborNode, number: int) -> None:
        """Put an image in the place of a drawing, which readers of feeds would lose."""
        name = f"{self._stem}-{number}.svg"
        self._drawings[name] = standalone(node.html or "")
        image = self._tree.create_node("img")
        image.attrs["src"] = f"{self._folder}{name}"
        image.attrs["alt"] = node.attributes.get("aria-label") or ""
        node.replace_with(image)

    def whole(self) -> Text:
        """Return the text of the page without its title."""
        return self._text(self.root)

    def section(self, anchor: str) -> Text:
        """Return the text of the section with the id ``anchor`` without its title."""
        root = self.root.css_first(f'[id="{anchor}"]') if self.root is not None else None
        heading = next((child for child in _children(root) if child.tag in ("h2", "h3")), None) if root else None
        if heading is not None:
            heading.decompose()
        return self._text(root)

    def _text(self, root: LexborNode | None) -> Text:
        if root is None:
            return Text("")
        html = clean(root.inner_html or "")
        return Text(html, {name: drawing for name, drawing in self._drawings.items() if f"/{name}" in html})


def _remove_drafts(root: LexborNode) -> None:
    """Remove the cards of drafts, and the picks that lead to the same pages."""
    drafts = [card for card in root.css(".loom-card") if card.css_first(".loom-draft") is not None]
    addresses = {link.attributes.get("href") for card in drafts for link in card.css(".loom-card-title a")}
    for pick in root.css(".loom-pick-list li"):
        link = pick.css_first("a")
        if link is not None and link.attributes.get("href") in addresses:
            pick.decompose()
    for card in drafts:
        card.decompose()
    for group in root.css(".loom-picks"):
        if group.css_first("li") is None:
            group.decompose()


def clean(html: str) -> str:
    """Return ``html`` with nothing in it but text, its structure, links to the web, pictures and formulas."""
    return nh3.clean(html, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None).strip()


def standalone(svg: str) -> str:
    """Return a drawing of a page as the text of a file: on white, since its colors are those of the light scheme."""
    opening, mark, rest = svg.replace("&nbsp;", "&#160;").partition(">")
    opening = opening.replace(' class="loom-drawing"', "")
    if " xmlns=" not in opening:
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f'{opening}{mark}<rect width="100%" height="100%" fill="#ffffff" stroke="none"></rect>{rest}\n'


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter())
