"""The post-transforms that replace placeholders by what was woven, in every builder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri
from sphinx_design.dropdown import DropdownHtmlTransform
from sphinx_design.shared import is_component

from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.nodes import chart, thumbnail, view_placeholder, woven_markup
from paperloom.outputs.marks import repeated
from paperloom.site_address import address_of
from paperloom.views import TOLD_HERE, VIEWS
from paperloom.views.nodes import NodeWriter


class ExpandViews(SphinxPostTransform):
    """Renders every placeholder of a document as nodes.

    It runs after the references that people wrote are resolved and resolves its own, whose targets
    are known: a page has several times more of them, and none of the transforms before it looks
    for anything in a view.
    """

    default_priority = 160

    def is_supported(self) -> bool:
        """Leave HTML to the transforms below."""
        return domain_of(self.env).builder.format != "html"

    def run(self, **kwargs: Any) -> None:
        """Replace the placeholders; in a book many documents stand in one doctree."""
        domain = domain_of(self.env)
        for node in list(self.document.findall(view_placeholder)):
            write = NodeWriter(self.config.language, self._files_of(node["docname"]))
            write.site_address = address_of(self.config)
            view = VIEWS[node["view"]]
            shown = view.build(domain.woven, domain.documents[node["docname"]], node["argument"])
            rendered = view.render(shown, write) if shown is not None else []
            # In a container of their own, links at the top can be replaced as well.
            holder = nodes.container("", *rendered)
            self._resolve_links(holder, node["docname"])
            self.finish(holder)
            node.replace_self(holder.children)

    def finish(self, holder: nodes.Element) -> None:
        """Leave out drawings, whose tables say the same, and small pictures of what other pages show."""
        _remove(holder, chart, thumbnail)

    def _files_of(self, docname: str) -> Callable[[str], str] | None:
        """Return what gives the address of a file of the site on the page of ``docname``; None in books."""
        builder = domain_of(self.env).builder
        if builder.format != "html" or builder.name == "epub":
            return None
        here = "" if builder.name == "singlehtml" else builder.get_target_uri(docname)
        return partial(relative_uri, here)

    def _resolve_links(self, holder: nodes.Element, fromdocname: str) -> None:
        builder = domain_of(self.env).builder
        for link in list(holder.findall(addnodes.pending_xref)):
            docname, _hash, anchor = link["reftarget"].partition("#")
            shown = link[0]
            try:
                link.replace_self(make_refnode(builder, fromdocname, docname, anchor, shown))
            except NoUri:  # the output leaves that document out
                link.replace_self(shown)


class ExpandViewsInBooks(ExpandViews):
    """Renders the placeholders of formats that are HTML but no folder of pages, such as EPUB.

    The components of sphinx-design search pages several times; their one transform that views need
    is applied to the views alone.
    """

    default_priority = 450  # before furo wraps tables

    def is_supported(self) -> bool:
        """Handle HTML that is not written by builders of ours."""
        builder = domain_of(self.env).builder
        return builder.format == "html" and not isinstance(builder, AllProcesses)

    def finish(self, holder: nodes.Element) -> None:
        """Finish the parts that readers open; EPUB would want to know beforehand which pages hold drawings.

        The table beside a drawing is all that is left of it, so it is open: few e-readers open anything.
        """
        if domain_of(self.env).builder.name == "epub" and any(True for _ in holder.findall(chart)):
            _remove(holder, chart)
            for table in holder.findall(lambda node: is_component(node, "dropdown")):
                cast("nodes.Element", table)["opened"] = True
        transform = DropdownHtmlTransform(self.document)
        transform.document = cast("nodes.document", holder)
        transform.run()


def _remove(holder: nodes.Element, *kinds: type[nodes.Element]) -> None:
    for kind in kinds:
        for node in list(holder.findall(kind)):
            node.parent.remove(node)


class ExpandViewsInPages(SphinxPostTransform):
    """Renders the placeholders of an HTML page as text, which no later transform has to walk over."""

    default_priority = 450

    def is_supported(self) -> bool:
        """Handle pages that are written by builders of ours."""
        return isinstance(domain_of(self.env).builder, AllProcesses)

    def run(self, **kwargs: Any) -> None:
        """Replace the placeholders."""
        domain = domain_of(self.env)
        builder = cast("AllProcesses", domain.builder)
        placeholders = list(self.document.findall(view_placeholder))
        if not placeholders:
            return
        docname = placeholders[0]["docname"]
        write = builder.markup_writer(docname)
        page = domain.weaving.page(docname)
        for node in placeholders:
            shown = page.shown[node["place"]]
            markup = "".join(VIEWS[node["view"]].render(shown, write)) if shown is not None else ""
            if node["view"] not in TOLD_HERE:
                markup = repeated(node["view"], markup)
            node.replace_self(woven_markup("", markup=markup))
