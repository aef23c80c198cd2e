"""The nodes of this extension: places of what is woven, its markup, and drawings."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class view_placeholder(nodes.General, nodes.Element):  # noqa: N801  # docutils names nodes so
    """Stands for the view ``view`` of the document ``docname`` with the text ``argument`` until all are read.

    ``place`` counts the views of the document from 0.

    A post-transform replaces it in every builder; no writer ever sees it.
    """


class woven_markup(nodes.General, nodes.Element):  # noqa: N801  # docutils names nodes so
    """A view as HTML text in the attribute ``markup``."""


class chart(nodes.General, nodes.TextElement):  # noqa: N801
    """A drawing made of what was woven: raw SVG with links in it. Beside it stands the same as a table."""


class thumbnail(nodes.image):  # noqa: N801
    """The figure of a paper, small, on its card, which leads to the figure itself and the words for it."""


class drawing(nodes.image):  # noqa: N801
    """An image whose markup ``svg`` stands in HTML pages themselves; all else shows the file ``uri``."""


def placeholder(view: str, argument: str = "") -> view_placeholder:
    """Return a placeholder for ``view``."""
    return view_placeholder("", view=view, argument=argument)


def visit_woven_markup(translator: HTML5Translator, node: woven_markup) -> None:
    """Write the markup as it is."""
    translator.body.append(node["markup"])
    raise nodes.SkipNode


def visit_chart(translator: HTML5Translator, node: chart) -> None:
    """Write nothing of its own: the pieces are the whole drawing."""


def depart_chart(translator: HTML5Translator, node: chart) -> None:
    """Write nothing of its own."""


#: The size of small figures in pixels, so that nothing moves when one arrives.
_THUMBNAIL = (144, 96)


def thumbnail_markup(address: str, *, lazy: bool = True) -> str:
    """Return the small picture at ``address`` as HTML; without words, since the link beside it has them."""
    width, height = _THUMBNAIL
    loading = ' loading="lazy"' if lazy else ""
    return f'<img alt="" class="loom-thumbnail" height="{height}"{loading} src="{escape(address)}" width="{width}"/>\n'


def visit_thumbnail(translator: HTML5Translator, node: thumbnail) -> None:
    """Write the image, loaded when it comes into view; a book has all at once."""
    name = translator.builder.images.get(node["uri"], "")
    address = f"{translator.builder.imgpath}/{quote(name)}"
    translator.body.append(thumbnail_markup(address, lazy=translator.builder.name != "epub"))
    raise nodes.SkipNode
