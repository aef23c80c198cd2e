"""What a page says itself: its content without navigation and without what is repeated from other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from paperloom.outputs.marks import REPEATED

_MAIN = re.compile(r'<(article|main|div)[^>]* role="main"')
#: What is no text of the page, though it stands in its content.
_NO_TEXT = "script, style, template, noscript, svg, .headerlink, .no-search"
#: Lists of pages, and what every page says.
_NOT_OWN = ".toctree-wrapper, .loom-correction"
_HEADINGS = "h1, h2, h3, h4, h5, h6"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text, and the anchor that leads to its section (empty where there is none)."""

    text: str
    anchor: str


def own_content(markup: str) -> LexborNode | None:
    """Return the content of a page that is worth a search; nothing where the page has no content.

    ``markup`` is the HTML of the whole page. The content is what has the role ``main``, as in the
    themes of Sphinx.
    """
    start = _MAIN.search(markup)
    if start is None:
        return None
    end = markup.rfind(f"</{start[1]}>")
    content = REPEATED.sub("", markup[start.start() : end])  # before it is parsed, since it is most of a page
    main = LexborHTMLParser(content).css_first('[role="main"]')
    if main is not None:
        for node in main.css(f"{_NO_TEXT}, {_NOT_OWN}"):
            node.decompose()
    return main


def heading_nodes(content: LexborNode) -> list[tuple[LexborNode, str]]:
    """Return the elements of headings in their order, the title first, each with its anchor."""
    return [(node, _anchor(node)) for node in content.css(_HEADINGS)]


def headings(content: LexborNode) -> list[Heading]:
    """Return the headings of a page in their order, the title first."""
    return [Heading(_text(node), anchor) for node, anchor in heading_nodes(content)]


def words_of(content: LexborNode) -> str:
    """Return the text of a page, in which elements are separated by blanks."""
    return str(content.text(separator=" "))


def repeated_views(markup: str) -> list[str]:
    """Return the names of the views on a page that repeat what other pages say."""
    return [match[1] for match in REPEATED.finditer(markup)]


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _anchor(heading: LexborNode) -> str:
    section = heading.parent
    holder = section if section is not None and section.tag == "section" else heading
    return holder.attributes.get("id") or ""
