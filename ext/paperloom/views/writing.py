"""What views are written with: one vocabulary, two writers.

A view says what it shows in the words of a :class:`Writer`. One writer makes docutils nodes, for
every builder; the other makes HTML text, for the builders of HTML pages, where nodes would only
be made to be walked over once. Both must give the same page, which a test compares.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import Generic, TypeVar

from paperloom.citing.formats import FORMATS
from paperloom.translation import _
from paperloom.weave.pages.cards import Card, PageLink

#: A piece of a page: a docutils node, or HTML text.
Piece = TypeVar("Piece")


class Writer(ABC, Generic[Piece]):
    """Writes the pieces of a page. ``language`` is that of the site, as Sphinx names it."""

    #: Where the site is published, with a slash at the end; nothing where that is not known.
    site_address = ""

    def __init__(self, language: str) -> None:
        """Write in ``language``."""
        self.language = language

    @abstractmethod
    def text(self, value: str, *classes: str) -> Piece:
        """Return text, in an element of its own where it has classes."""

    @abstractmethod
    def strong(self, *children: Piece) -> Piece:
        """Return emphasised pieces."""

    @abstractmethod
    def inline(self, children: Iterable[Piece], *classes: str) -> Piece:
        """Return pieces of a line in an element of their own."""

    @abstractmethod
    def link(self, target: PageLink, *classes: str, label: str | None = None) -> Piece:
        """Return a link to a place in a document; its text is the target's title or ``label``."""

    @abstractmethod
    def local_link(self, anchor: str, label: str) -> Piece:
        """Return a link within the page."""

    @abstractmethod
    def external_link(self, label: str, address: str) -> Piece:
        """Return a link to an address outside."""

    @abstractmethod
    def paragraph(self, *children: Piece, classes: Sequence[str] = ()) -> Piece:
        """Return a paragraph."""

    @abstractmethod
    def heading(self, title: str, anchor: str) -> Piece:
        """Return a heading of the second level that stands outside the table of contents."""

    @abstractmethod
    def bullet_list(self, items: Iterable[Sequence[Piece]], *classes: str) -> Piece:
        """Return a list; each item is given by its children, paragraphs and lists."""

    @abstractmethod
    def group(self, children: Iterable[Piece], *classes: str) -> Piece:
        """Return pieces in a block of their own."""

    @abstractmethod
    def card_block(self, children: Iterable[Piece], *classes: str) -> Piece:
        """Return a card of sphinx-design."""

    @abstractmethod
    def dropdown(self, title: str, children: Iterable[Piece], *classes: str) -> Piece:
        """Return a part that readers open, a dropdown of sphinx-design."""

    @abstractmethod
    def code(self, source: str, language: str) -> Piece:
        """Return highlighted source text."""

    @abstractmethod
    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[Sequence[Piece]]], widths: Sequence[int], *classes: str
    ) -> Piece:
        """Return a table; each cell is given by the pieces of its line, ``widths`` are shares of the whole."""

    @abstractmethod
    def html(self, markup: str) -> Piece:
        """Return markup that only HTML pages have."""

    @abstractmethod
    def file_address(self, name: str) -> str | None:
        """Return the address of a file of the built site, as the page sees it; None where there are no files."""

    def for_reference_managers(self, coins: Iterable[str]) -> list[Piece]:
        """Return markup that reference managers read and nobody sees; they read pages, not books."""
        spans = "".join(coins)
        if not spans or self.file_address("") is None:
            return []
        return [self.html(f'<div class="loom-coins" hidden="hidden">{spans}</div>\n')]

    def downloads(self, part: str, label: str = "") -> list[Piece]:
        """Return a line of links to the papers of a part of the knowledge base, in each format.

        There is none where the part is empty, and in books, which have no files beside them.
        """
        links = self.download_links(part)
        if not links:
            return []
        shown = f"{label or _('Download the bibliography')}: "
        return [self.paragraph(self.text(shown), *self.separated(links, " · "), classes=["loom-downloads"])]

    def download_links(self, part: str) -> list[Piece]:
        """Return the links of :meth:`downloads`."""
        links = []
        for form in FORMATS:
            address = self.file_address(part + form.suffix) if part else None
            if address is not None:
                saved_as = escape(part.rpartition("/")[2] + form.suffix)
                place = f'href="{escape(address)}" type="{form.media_type}" download="{saved_as}"'
                links.append(self.html(f'<a class="reference download" {place}>{form.label}</a>'))
        return links

    @abstractmethod
    def chart(self, pieces: Iterable[Piece]) -> Piece:
        """Return the pieces of a drawing, which stands in pages and is left out in books and plain text."""

    @abstractmethod
    def shape_link(self, target: PageLink, markup: str) -> Piece:
        """Return a link in a drawing around shapes, which are given as SVG."""

    @abstractmethod
    def thumbnail(self, picture: str) -> Piece:
        """Return the picture at a path below the source directory, small; it adds nothing to the words around it."""

    def separated(self, pieces: Iterable[Piece], separator: str = ", ") -> list[Piece]:
        """Return ``pieces`` with ``separator`` between them."""
        result: list[Piece] = []
        for piece in pieces:
            if result:
                result.append(self.text(separator))
            result.append(piece)
        return result

    def pick_mark(self) -> Piece:
        """Return the star of an editor's pick."""
        return self.text("★ " + _("Editor’s pick"), "loom-pick")

    def draft_mark(self) -> Piece:
        """Return the label of a page that is not written yet."""
        return self.text(_("Draft"), "loom-draft")

    def topic_line(self, topics: Iterable[PageLink]) -> list[Piece]:
        """Return the topics of something as a line of tags, nothing where it has none."""
        return self.tag_line([(topic, topic.title) for topic in topics])

    def tag_line(self, tags: Iterable[tuple[PageLink, str]]) -> list[Piece]:
        """Return links with the given labels as a line of tags, nothing where there are none."""
        children: list[Piece] = []
        for target, label in tags:
            if children:
                # Tags are apart without it; readers of plain text and of the spoken page need it.
                children.append(self.text(", ", "loom-comma"))
            children.append(self.link(target, "loom-tag", label=label))
        return [self.paragraph(*children, classes=["loom-tags"])] if children else []

    def card(self, shown: Card) -> Piece:
        """Return a paper as a card: picture, title, who and where, TL;DR, topics."""
        body = [self.thumbnail(shown.figure)] if shown.figure else []
        body.append(self.paragraph(self.link(PageLink(shown.docname, shown.title)), classes=["loom-card-title"]))
        line: list[Piece] = []
        if shown.picked:
            line.append(self.pick_mark())
        if shown.draft:
            line.append(self.draft_mark())
        if shown.byline:
            line.append(self.text(shown.byline))
        if shown.week:
            line.append(self.link(shown.week))
        if line:
            body.append(self.paragraph(*self.separated(line, " · "), classes=["loom-details"]))
        if shown.tldr:
            body.append(self.paragraph(self.text(shown.tldr)))
        body += self.topic_line(shown.topics)
        return self.card_block(body, "loom-card")

    def cards(self, shown: Iterable[Card]) -> list[Piece]:
        """Return papers as cards below each other."""
        return [self.card(each) for each in shown]

    def empty(self, message: str) -> list[Piece]:
        """Return what stands where there is nothing to show."""
        return [self.paragraph(self.text(message), classes=["loom-empty"])]
