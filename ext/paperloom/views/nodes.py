"""Views as docutils nodes, for every builder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import create_component

from paperloom.domain import PaperloomDomain
from paperloom.views.writing import Writer
from paperloom.weave.pages.cards import PageLink


class NodeWriter(Writer[nodes.Node]):
    """Writes docutils nodes. Links stay pending; the expansion of views resolves them.

    ``file`` gives the address of a file of the site relative to the page, where the format has files.
    """

    def __init__(self, language: str, file: Callable[[str], str] | None = None) -> None:
        """Write for one page."""
        super().__init__(language)
        self._file = file

    def text(self, value: str, *classes: str) -> nodes.Node:
        """Return text, in an inline node where it has classes."""
        return nodes.inline("", value, classes=list(classes)) if classes else nodes.Text(value)

    def strong(self, *children: nodes.Node) -> nodes.Node:
        """Return a strong node."""
        return nodes.strong("", "", *children)

    def inline(self, children: Iterable[nodes.Node], *classes: str) -> nodes.Node:
        """Return an inline node."""
        return nodes.inline("", "", *children, classes=list(classes))

    def link(self, target: PageLink, *classes: str, label: str | None = None) -> nodes.Node:
        """Return a pending link to a place in a document."""
        shown = self.text(label if label is not None else target.title, *classes)
        place = f"{target.docname}#{target.anchor}" if target.anchor else target.docname
        return addnodes.pending_xref(
            "", shown, refdomain=PaperloomDomain.name, reftype="place", reftarget=place, refexplicit=True, refwarn=True
        )

    def local_link(self, anchor: str, label: str) -> nodes.Node:
        """Return a link within the page."""
        return nodes.reference("", label, refid=anchor, internal=True)

    def external_link(self, label: str, address: str) -> nodes.Node:
        """Return a link to an address outside."""
        return nodes.reference("", label, refuri=address, internal=False)

    def paragraph(self, *children: nodes.Node, classes: Sequence[str] = ()) -> nodes.Node:
        """Return a paragraph."""
        return nodes.paragraph("", "", *children, classes=list(classes))

    def heading(self, title: str, anchor: str) -> nodes.Node:
        """Return a rubric, which is in no table of contents."""
        rubric = nodes.rubric("", title, ids=[anchor], classes=["loom-heading"])
        rubric["heading-level"] = 2
        return rubric

    def bullet_list(self, items: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.Node:
        """Return a list."""
        listed = [nodes.list_item("", *children) for children in items]
        return nodes.bullet_list("", *listed, classes=list(classes), bullet="*")

    def group(self, children: Iterable[nodes.Node], *classes: str) -> nodes.Node:
        """Return a container."""
        return create_component(classes[0], list(classes), children=list(children))

    def card_block(self, children: Iterable[nodes.Node], *classes: str) -> nodes.Node:
        """Return a card."""
        body = create_component("card-body", ["sd-card-body"], children=list(children))
        return create_component("card", ["sd-card", "sd-sphinx-override", "sd-mb-3", *classes], children=[body])

    def dropdown(self, title: str, children: Iterable[nodes.Node], *classes: str) -> nodes.Node:
        """Return a dropdown."""
        return create_component(
            "dropdown",
            opened=False,
            type="dropdown",
            has_title=True,
            icon=None,
            chevron=None,
            container_classes=["sd-mb-3", *classes],
            title_classes=[],
            body_classes=[],
            children=[nodes.rubric("", title), *children],
        )

    def code(self, source: str, language: str) -> nodes.Node:
        """Return a literal block."""
        return nodes.literal_block(source, source, language=language)

    def table(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[Sequence[nodes.Node]]],
        widths: Sequence[int],
        *classes: str,
    ) -> nodes.Node:
        """Return a table."""
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(header))
        group += nodes.thead("", self._row([[nodes.Text(title)] for title in header]))
        group += nodes.tbody("", *(self._row(cells) for cells in rows))
        return nodes.table("", group, classes=list(classes))

    def _row(self, cells: Iterable[Sequence[nodes.Node]]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", self.paragraph(*cell)) for cell in cells))

    def html(self, markup: str) -> nodes.Node:
        """Return a raw node."""
        return nodes.raw("", markup, format="html")

    def file_address(self, name: str) -> str | None:
        """Return the address of a file relative to the page, None where the format has none."""
        return self._file(name) if self._file else None
