"""The EPUB builder of Sphinx, for a book of ours that the checker of the format finds no fault with."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from os.path import normpath
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import NoUri
from sphinx.util import url_re

from paperloom.books.book import NOWHERE, Book, book_of, suffix_of_week
from paperloom.books.cover import COVER, cover
from paperloom.domain import domain_of
from paperloom.outputs.files import write_if_changed
from paperloom.outputs.zips import write_zip
from paperloom.translation import _

#: The page that names the background papers; no document is called so, since names of pages hold no space.
BACKGROUND = "background papers"
_OPF = "http://www.idpf.org/2007/opf"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_IN_PAGES = {"mathml": re.compile(r"<math[\s>]"), "svg": re.compile(r"<svg[\s>]")}

#: What a page and what a style sheet ask for.
_ASSET = re.compile(r"""_static/([^"'?#<>\s]+)""")
_URL = re.compile(r"""url\(\s*["']?([^"')?#]+)""")


class EpubBuilder(Epub3Builder):
    """Sphinx's builder ``epub``: complete metadata, a contents list of documents, the same bytes every time.

    A book is always written whole.
    """

    book: Book
    stated_version = ""
    media_types = {**Epub3Builder.media_types, ".woff2": "font/woff2"}  # noqa: RUF012  # as Sphinx declares it

    def init(self) -> None:
        """Name the file of the book."""
        self.config.epub_basename += suffix_of_week(self.config)
        super().init()
        # Sphinx insists on a version when a book begins. Where a project has none, that of the book is its day.
        self.stated_version = self.config.version
        self.config.version = self.stated_version or "day"

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield all documents."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page: in the book, else on the site, else nowhere."""
        if docname in self.book.docnames or docname not in self.env.all_docs:  # pages such as the cover are ours
            return super().get_target_uri(docname, typ)
        return self.book.address_outside(docname, self.config)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a page relative to another; that of a page outside of the book is whole.

        :raises NoUri: if the page is nowhere and the general index asks, whose entries stay what they are.
        """
        if to in self.book.docnames or to not in self.env.all_docs:
            return super().get_relative_uri(from_, to, typ)
        address = self.get_target_uri(to, typ)
        if address == NOWHERE and from_ == "genindex":
            raise NoUri(to, typ)
        return address

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Settle what the book holds, and remove the pages and pictures of another one."""
        self.book = book_of(self.env, self.config)
        for table in self.env.tocs.values():
            prune(table, self.book.docnames)
        out = Path(self.outdir)
        for path in (*out.rglob(f"*{self.out_suffix}"), *(out / self.imagedir).glob("*")):
            path.unlink()
        super().prepare_writing({*docnames} & self.book.docnames)
        self.relations = {}  # no page shows its neighbours, and some are not in the book

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the documents of the book."""
        super().write_documents({*docnames} & self.book.docnames)

    def handle_finish(self) -> None:
        """Add the cover and the page of the background papers, then make the book."""
        if self.config.epub_cover and self.config.epub_cover[0] == COVER:
            write_if_changed(Path(self.outdir) / COVER, cover(self.book, self.config.project, self.config.epub_author))
        if self.book.background:
            self._write_background()
        remove_unused_assets(Path(self.outdir), self.out_suffix, (COVER,))
        super().handle_finish()

    def _write_background(self) -> None:
        title = _("Background papers")
        items = "".join(
            f'<li><a href="{html.escape(self.get_target_uri(docname))}">{html.escape(text)}</a></li>\n'
            for docname, text in self._background()
        )
        body = f"<section>\n<h1>{html.escape(title)}</h1>\n<ul>\n{items}</ul>\n</section>"
        self.handle_page(BACKGROUND.replace(" ", "-"), {"title": title, "body": body})

    def _background(self) -> list[tuple[str, str]]:
        titles = domain_of(self.env).woven.facts.titles
        return [(docname, titles[docname]) for docname in self.book.background]

    def get_toc(self) -> None:
        """Find the contents: documents alone, each once, and the background papers last."""
        titles = self.env.titles
        first = 1 if self.book.week else 0  # what one issue holds is part of it; the home page holds nothing itself
        self.refnodes = [
            self._entry(max(depth + first, 1), self.get_target_uri(docname), titles[docname].astext())
            for depth, docname in self.book.contents
        ]
        if self.book.background:
            page = BACKGROUND.replace(" ", "-") + self.out_suffix
            self.refnodes.append(self._entry(1, page, _("Background papers")))
            self.refnodes += [
                self._entry(2, self.get_target_uri(docname), title) for docname, title in self._background()
            ]

    def _entry(self, level: int, address: str, title: str) -> dict[str, Any]:
        return {"level": level, "refuri": html.escape(address), "text": html.escape(title)}

    def content_metadata(self) -> dict[str, Any]:
        """Return the metadata of the package."""
        return {
            **super().content_metadata(),
            "title": html.escape(self._title()),
            "id": html.escape(self._identifier()),
            "date": self.book.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "version": html.escape(self.config.version or self.book.moment.date().isoformat()),
        }

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Return the metadata of the contents list for readers of EPUB 2."""
        metadata = super().toc_metadata(level, navpoints)
        return {**metadata, "uid": html.escape(self._identifier()), "title": html.escape(self._title())}

    def _title(self) -> str:
        return self.book.title if self.book.week else str(self.config.epub_title)

    def _identifier(self) -> str:
        stated = str(self.config.epub_identifier)
        return stated if stated != "unknown" and not self.book.week else self.book.identifier(self.config)

    def build_content(self) -> None:
        """Write the package file, and declare in it which pages hold formulas and drawings."""
        out = Path(self.outdir)
        stated = self.config.epub_exclude_files
        # Other books may lie in the folder, and what Sphinx keeps for the next build.
        there = sorted(path.relative_to(out) for path in out.rglob("*"))
        others = [str(path) for path in there if path.suffix == ".epub" or path.parts[0].startswith(".")]
        self.config.epub_exclude_files = [*stated, *others]
        try:
            super().build_content()
        finally:
            self.config.epub_exclude_files = stated
        path = out / "content.opf"
        for prefix, namespace in (("", _OPF), ("dc", _DUBLIN_CORE)):
            ET.register_namespace(prefix, namespace)
        package = ET.parse(path)  # noqa: S314  # written a moment ago
        for item in package.iter(f"{{{_OPF}}}item"):
            properties = self._properties(item.get("href", ""))
            if properties:
                item.set("properties", " ".join(properties))
        package.write(path, encoding="utf-8", xml_declaration=True)

    def _properties(self, address: str) -> list[str]:
        if self.config.epub_cover and address == self.config.epub_cover[0]:
            return ["cover-image"]
        if address == "nav.xhtml":
            return ["nav"]
        if not address.endswith(self.out_suffix):
            return []
        page = (Path(self.outdir) / address).read_text(encoding="utf-8")
        return [name for name, pattern in sorted(_IN_PAGES.items()) if pattern.search(page)]

    def build_epub(self) -> None:
        """Write the file of the book, without any time."""
        out = Path(self.outdir)
        names = ("mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files)
        files = ((name, (out / name).read_bytes()) for name in names)
        write_zip(out / f"{self.config.epub_basename}.epub", files, stored=frozenset({"mimetype"}))


def remove_unused_assets(out: Path, suffix: str, kept: Iterable[str]) -> None:
    """Remove what the pages of a site need and those of a book do not: all in ``_static`` that nothing asks for."""
    used = {out / name for name in kept}
    for page in out.rglob(f"*{suffix}"):
        used.update(out / "_static" / name for name in _ASSET.findall(page.read_text(encoding="utf-8")))
    for style in [path for path in used if path.suffix == ".css" and path.is_file()]:
        used.update(Path(normpath(style.parent / name)) for name in _URL.findall(style.read_text(encoding="utf-8")))
    for path in (out / "_static").rglob("*"):
        if path.is_file() and path not in used:
            path.unlink()


def prune(tree: nodes.Node, docnames: AbstractSet[str]) -> None:
    """Take the documents that are not in the book out of the toctrees of ``tree``."""
    for toctree in tree.findall(addnodes.toctree):
        toctree["entries"] = [
            (title, name)
            for title, name in toctree["entries"]
            if name in docnames or name == "self" or url_re.match(name)
        ]
        toctree["includefiles"] = [name for name in toctree["includefiles"] if name in docnames]
