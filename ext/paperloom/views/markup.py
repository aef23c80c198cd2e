"""Views as HTML text, for the builders of HTML pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from paperloom.views.writing import Writer
from paperloom.weave.pages.cards import PageLink

#: The arrow of a dropdown, by its name among the pictures of sphinx-design.
_CHEVRON = "chevron-right"


def _attribute(classes: Sequence[str]) -> str:
    return f' class="{" ".join(classes)}"' if classes else ""


class MarkupWriter(Writer[str]):
    """Writes the HTML that Sphinx, sphinx-design and furo make of the nodes of the other writer.

    ``address`` gives the address of a document relative to the page, ``file`` that of a file of the
    site, ``highlight`` the HTML of a source text in a language, and ``picture`` the SVG of a picture
    by name.
    """

    def __init__(
        self,
        language: str,
        address: Callable[[str], str],
        file: Callable[[str], str],
        highlight: Callable[[str, str], str],
        picture: Callable[[str], str],
    ) -> None:
        """Write for one page."""
        super().__init__(language)
        self._address = address
        self._file = file
        self._highlight = highlight
        self._picture = picture

    def text(self, value: str, *classes: str) -> str:
        """Return escaped text, in a span where it has classes."""
        return f'<span class="{" ".join(classes)}">{escape(value)}</span>' if classes else escape(value)

    def strong(self, *children: str) -> str:
        """Return a strong element."""
        return f"<strong>{''.join(children)}</strong>"

    def inline(self, children: Iterable[str], *classes: str) -> str:
        """Return a span."""
        return f"<span{_attribute(classes)}>{''.join(children)}</span>"

    def link(self, target: PageLink, *classes: str, label: str | None = None) -> str:
        """Return a link to a place in a document."""
        shown = self.text(label if label is not None else target.title, *classes)
        address = self._address(target.docname)
        if target.anchor or not address:
            address = f"{address}#{escape(target.anchor)}"
        return f'<a class="reference internal" href="{address}">{shown}</a>'

    def local_link(self, anchor: str, label: str) -> str:
        """Return a link within the page."""
        return f'<a class="reference internal" href="#{escape(anchor)}">{escape(label)}</a>'

    def external_link(self, label: str, address: str) -> str:
        """Return a link to an address outside."""
        return f'<a class="reference external" href="{escape(address)}">{escape(label)}</a>'

    def paragraph(self, *children: str, classes: Sequence[str] = ()) -> str:
        """Return a paragraph."""
        return f"<p{_attribute(classes)}>{''.join(children)}</p>\n"

    def heading(self, title: str, anchor: str) -> str:
        """Return a heading of the second level."""
        return f'<h2 class="loom-heading rubric" id="{escape(anchor)}">{escape(title)}</h2>\n'

    def bullet_list(self, items: Iterable[Sequence[str]], *classes: str) -> str:
        """Return a list."""
        listed = "".join([f"<li>{''.join(children).rstrip()}</li>\n" for children in items])
        return f"<ul{_attribute((*classes, 'simple'))}>\n{listed}</ul>\n"

    def group(self, children: Iterable[str], *classes: str) -> str:
        """Return a block."""
        return f"<div{_attribute((*classes, 'docutils'))}>\n{''.join(children)}</div>\n"

    def card_block(self, children: Iterable[str], *classes: str) -> str:
        """Return a card."""
        body = self.group(children, "sd-card-body")
        return self.group([body], "sd-card", "sd-sphinx-override", "sd-mb-3", *classes)

    def dropdown(self, title: str, children: Iterable[str], *classes: str) -> str:
        """Return a dropdown."""
        return (
            f'<details class="{" ".join(("sd-sphinx-override", "sd-dropdown", "sd-card", "sd-mb-3", *classes))}">\n'
            '<summary class="sd-summary-title sd-card-header">\n'
            f'<span class="sd-summary-text">{escape(title)}</span>'
            f'<span class="sd-summary-state-marker sd-summary-chevron-right">{self._picture(_CHEVRON)}</span></summary>'
            f"{self.group(children, 'sd-summary-content', 'sd-card-body')}</details>\n"
        )

    def code(self, source: str, language: str) -> str:
        """Return highlighted source text."""
        highlighted = self._highlight(source, language)
        return f'<div class="highlight-{language} notranslate">{highlighted}</div>\n'

    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[Sequence[str]]], widths: Sequence[int], *classes: str
    ) -> str:
        """Return a table in the wrapper that furo gives tables, so that wide ones scroll."""
        head = "\n".join([f'<th class="head"><p>{escape(title)}</p></th>' for title in header])
        body = "".join([self._row(number, cells) for number, cells in enumerate(rows)])
        wrapper = _attribute(("table-wrapper", *classes, "docutils", "container"))
        return (
            f"<div{wrapper}>\n<table{_attribute((*classes, 'docutils', 'align-default'))}>\n"
            f'<thead>\n<tr class="row-odd">{head}\n</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n'
        )

    def _row(self, number: int, cells: Sequence[Sequence[str]]) -> str:
        listed = "\n".join([f"<td><p>{''.join(cell)}</p></td>" for cell in cells])
        return f'<tr class="row-{"odd" if number % 2 else "even"}">{listed}\n</tr>\n'

    def html(self, markup: str) -> str:
        """Return the markup itself."""
        return markup

    def file_address(self, name: str) -> str | None:
        """Return the address of a file relative to the page."""
        return self._file(name)
