"""The nodes of this extension: places of what is woven, its markup, and drawings."""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class view_placeholder(nodes.General, nodes.Element):  # noqa: N801  # docutils names nodes so
    """Stands for the view ``view`` of the document ``docname`` with the text ``argument`` until all are read.

    ``place`` counts the views of the document from 0.

    A post-transform replaces it in every builder; no writer ever sees it.
    """


class woven_markup(nodes.General, nodes.Element):  # noqa: N801  # docutils names nodes so
    """A view as HTML text in the attribute ``markup``."""


class drawing(nodes.image):  # noqa: N801
    """An image whose markup ``svg`` stands in HTML pages themselves; all else shows the file ``uri``."""


def placeholder(view: str, argument: str = "") -> view_placeholder:
    """Return a placeholder for ``view``."""
    return view_placeholder("", view=view, argument=argument)


def visit_woven_markup(translator: HTML5Translator, node: woven_markup) -> None:
    """Write the markup as it is."""
    translator.body.append(node["markup"])
    raise nodes.SkipNode
