"""The LaTeX builder of Sphinx, for a book of ours: issues are chapters, and no paper is left out."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.builders.latex.constants import XELATEX_DEFAULT_FONTPKG
from sphinx.config import Config
from sphinx.errors import NoUri
from sphinx.util import texescape
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees
from sphinx.util.osutil import make_filename_from_project

from paperloom.books.book import Book, book_of, is_chosen, suffix_of_week
from paperloom.nodes import view_placeholder
from paperloom.outputs.files import write_if_changed
from paperloom.translation import _

#: What a document of ours needs of LaTeX; what a project sets in ``latex_elements`` goes before.
ELEMENTS = {
    "papersize": "a4paper",
    "pointsize": "10pt",
    "fncychap": "",
    "printindex": "",
    "makeindex": "",
    "extraclassoptions": "openany,oneside",
    "figure_align": "htbp",
    "secnumdepth": r"\setcounter{secnumdepth}{-2}",
}

#: Fonts for Chinese, Japanese and Korean, where they are installed; quotes and dashes stay those of the text.
CJK = r"""
\IfFileExists{xeCJK.sty}{\IfFontExistsTF{Noto Serif CJK SC}{%
  \usepackage{xeCJK}
  \xeCJKDeclareCharClass{Default}{"00A0 -> "00FF, "2000 -> "206F, "2190 -> "22FF, "2600 -> "26FF}
  \setCJKmainfont{Noto Serif CJK SC}
  \setCJKsansfont{Noto Sans CJK SC}
  \setCJKmonofont{Noto Sans Mono CJK SC}
}{}}{}
"""
#: The tables that views make of data; they say how wide each column is.
_VIEWED = frozenset({"loom-data", "loom-feeds", "loom-papers"})
#: What the blanks beside a column add to its width, which narrow columns feel most.
_PADDING = 8
#: Languages for which Sphinx chooses fonts of its own.
_OTHER_FONTS = ("el", "ja", "ko", "zh")


class LaTeXBookBuilder(LaTeXBuilder):
    """Sphinx's builder ``latex``; a project with ``latex_documents`` of its own keeps them."""

    book: Book | None = None

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Settle what the book holds."""
        if self.config.paperloom_book_week or not is_chosen(self.config, "latex_documents"):
            self.book = book_of(self.env, self.config)
            if not self.config.today:
                self.context["date"] = self.book.days
            if not is_chosen(self.config, "latex_toplevel_sectioning"):
                self.config.latex_toplevel_sectioning = "chapter" if self.book.week else "part"
            if not self.context["tocdepth"]:
                # The titles of papers are the last that are listed: sections in a book of one issue.
                self.context["tocdepth"] = rf"\setcounter{{tocdepth}}{{{1 if self.book.week else 2}}}"
        super().prepare_writing(docnames)

    def init_document_data(self) -> None:
        """Name the one document that is the book."""
        if self.book is None:
            super().init_document_data()
            return
        name = make_filename_from_project(self.config.project) + suffix_of_week(self.config)
        title, author = (
            texescape.escape_abbr(texescape.escape(text, self.config.latex_engine))
            for text in (self.book.title, self.config.author)
        )
        self.titles = [(self.book.root, title)]
        self.document_data = [(self.book.root, f"{name}.tex", title, author, self.config.latex_theme, False)]

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the place of a document: in the book, else on the site, else nowhere.

        :raises NoUri: if the project says itself what its books are, and the document is not in this one.
        """
        try:
            return super().get_target_uri(docname, typ)
        except NoUri:
            if self.book is None:
                raise
            return self.book.address_outside(docname, self.config)

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:
        """Return the doctree of the whole book, with all references resolved."""
        whole = self._assembled(indexfile, toctree_only, appendices)
        _let_tables_break(whole)
        return whole

    def _assembled(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:
        if self.book is None:
            return super().assemble_doctree(indexfile, toctree_only, appendices)
        tree = self.env.get_doctree(indexfile) if self.book.week else self._outline(self.book)
        tree["docname"] = indexfile
        self.docnames: set[str] = {indexfile}
        left_out = sorted(self.env.all_docs.keys() - self.book.docnames)
        whole = inline_all_toctrees(self, self.docnames, indexfile, tree, str, [indexfile, *left_out])
        whole["docname"] = indexfile
        _put_cards_first(whole)
        self.env.resolve_references(whole, indexfile, self)
        return whole

    def _outline(self, book: Book) -> nodes.document:
        """Return what stands before the first heading of the first page, its toctrees, and the background papers."""
        first = self.env.get_doctree(book.root)
        outline = new_document("<book>")
        section = nodes.section("", nodes.title(book.title, book.title))
        for node in first.findall(nodes.section):
            section += [child.deepcopy() for child in node.children if _is_preface(child)]
            break
        section += [toctree.deepcopy() for toctree in first.findall(addnodes.toctree)]
        if book.background:
            title = _("Background papers")
            names = list(book.background)
            entries = [(None, name) for name in names]
            toctree = addnodes.toctree("", includefiles=names, entries=entries, hidden=True, maxdepth=-1)
            section += nodes.section("", nodes.title(title, title), toctree, ids=["background-papers"])
        outline += section
        return outline

    def finish(self) -> None:
        """Copy pictures, and fix the time that the PDF states."""
        super().finish()
        if self.book is not None:
            path = Path(self.outdir) / "latexmkrc"
            moment = int(self.book.moment.timestamp())
            lines = f"$ENV{{'SOURCE_DATE_EPOCH'}} = '{moment}';\n$ENV{{'FORCE_SOURCE_DATE'}} = '1';\n"
            write_if_changed(path, lines + path.read_text(encoding="utf-8").removeprefix(lines))


def _is_preface(node: nodes.Node) -> bool:
    """Return whether ``node`` may stand before the first chapter."""
    return not isinstance(node, nodes.section | nodes.title | nodes.comment) and not any(
        True for _ in node.findall(addnodes.toctree)
    )


def _put_cards_first(tree: nodes.document) -> None:
    """Let the cards of an issue's papers stand before the papers themselves."""
    for cards in [node for node in tree.findall(view_placeholder) if node["view"] == "week-cards"]:
        parent, place = cards.parent, cards.parent.index(cards)
        before = parent[place - 1] if place else None
        if isinstance(before, nodes.compound) and "toctree-wrapper" in before["classes"]:
            parent.remove(cards)
            parent.insert(place - 1, cards)


def _let_tables_break(tree: nodes.document) -> None:
    """Give the tables of our views the widths that they ask for, and let them go on on the next page.

    LaTeX would fit the widths to what is in the cells, and cut off what does not fit on one page.
    """
    for table in tree.findall(nodes.table):
        if _VIEWED.intersection(table["classes"]):
            table["classes"] += ["longtable", "colwidths-given"]
            for column in table.findall(nodes.colspec):
                column["colwidth"] += _PADDING


def elements(config: Config) -> dict[str, Any]:
    """Return ``latex_elements`` with what a book needs and the project does not set."""
    ours = dict(ELEMENTS)
    if config.latex_engine == "xelatex" and config.language[:2] not in _OTHER_FONTS:
        ours["fontpkg"] = XELATEX_DEFAULT_FONTPKG + CJK
    return {**ours, **config.latex_elements}
