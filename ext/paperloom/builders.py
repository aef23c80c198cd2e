"""The HTML builders of Sphinx, reading and writing with all processes.

Sphinx reads in many small parts and has every one of them pickle the whole environment; it
resolves and indexes all documents in one process while the others wait for it. With thousands of
papers that is most of a build. These builders take the names ``html`` and ``dirhtml``; what they
write is the same, byte for byte, but for the search index: that is made from the finished pages
(``finishing/sphinx_index.py``).

They override private methods of Sphinx (``_read_parallel``, ``_read_serial``, ``_write_parallel``).
A test compares the overridden sources with those this module was written against and fails when
they change.
"""

from __future__ import annotations

import functools
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from docutils.writers._html_base import HTMLTranslator
from sphinx.builders import _write_docname
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.osutil import relative_uri
from sphinx.util.parallel import ParallelTasks
from sphinx_design.icons import get_octicon

from paperloom.domain import domain_of
from paperloom.garbage import rare_garbage_collection
from paperloom.outputs.bibliographies import FirstFile
from paperloom.outputs.files import FileOfPage, digest_of, is_as_written, state_of, write_bytes_if_changed
from paperloom.outputs.leftovers import clear_shared_files
from paperloom.outputs.previews import preview_name
from paperloom.package import PACKAGE_DIGEST
from paperloom.site_address import address_of
from paperloom.theme_templates import write_colors
from paperloom.upstream.contents import WrittenContents
from paperloom.upstream.contexts import PageContext
from paperloom.upstream.keeping import hand_over_pickled
from paperloom.views.markup import MarkupWriter
from paperloom.weaving import WovenPart
from paperloom.written import are_as_written, digest_of_files

logger = logging.getLogger(__name__)

#: Fewer documents than this are not worth a process that copies the environment.
WORTH_A_PROCESS = 48
#: Parts that each process writes one after the other, for a progress that moves.
PARTS_PER_PROCESS = 4


@functools.cache
def chevron(name: str) -> str:
    """Return the SVG of an arrow of sphinx-design, in the size that its dropdowns give it."""
    return str(get_octicon(name, height="1.5em"))


@dataclass(slots=True)
class WrittenPart:
    """What a process that wrote documents has to tell: images, files with citations, and what was woven."""

    images: dict[str, str]
    written: set[str]
    first_files: dict[str, FirstFile]
    woven: WovenPart


class AllProcesses(StandaloneHTMLBuilder):
    """Reading and writing for builders of HTML pages."""

    def init(self) -> None:
        """Prepare what does not depend on documents."""
        super().init()
        self._addresses: dict[tuple[str, str], str] = {}
        self.surroundings = ""
        #: The documents whose pages have to be written in any case, None where all or some are asked for.
        self.outdated: set[str] | None = None

    def markup_writer(self, docname: str) -> MarkupWriter:
        """Return the writer of the views on the page of ``docname``."""
        write = MarkupWriter(
            self.config.language,
            self.addresses_on(docname),
            functools.partial(relative_uri, self.get_target_uri(docname)),
            functools.partial(self.highlighter.highlight_block, linenos=False),
            chevron,
            functools.partial(self._image_address, self.get_target_uri(docname)),
        )
        write.site_address = address_of(self.config)
        return write

    def addresses_on(self, docname: str) -> Callable[[str], str]:
        """Return the function that gives the address of a document on the page of ``docname``."""
        here = self.get_target_uri(docname)
        return functools.partial(self._address, docname, here, here.rpartition("/")[0])

    def _address(self, docname: str, here: str, folder: str, target: str) -> str:
        """Return the address of ``target`` on the page of ``docname``, which all pages of a folder share."""
        if target == docname:
            return ""
        address = self._addresses.get((folder, target))
        if address is None:
            address = relative_uri(here, self.get_target_uri(target))
            self._addresses[folder, target] = address
        return address

    def render_partial(self, node: nodes.Node | None) -> dict[str, str]:
        """Return the HTML of a node that is in no document; contents of pages may be written already."""
        if isinstance(node, WrittenContents):
            return {"fragment": node.html, "title": ""}
        if isinstance(node, nodes.title) and all(type(child) is nodes.Text for child in node):
            # What is made of a title of plain text, without a document and a translator for it.
            return {"fragment": "", "title": node.astext().translate(HTMLTranslator.special_characters)}
        return super().render_partial(node)

    def _image_address(self, here: str, picture: str) -> str:
        """Return the address of the copy of a picture on the page ``here``, and have it copied if it is not there."""
        name = self.env.images[picture][1] if picture in self.env.images else ""
        if name and not Path(self.outdir, "_images", name).is_file():
            self.images[picture] = name
        return relative_uri(here, f"_images/{quote(name)}")

    def get_outdated_docs(self) -> Iterator[str]:
        """Return the documents whose pages are missing, damaged or of other surroundings."""
        self.outdated = {*self._outdated_documents()}
        return iter(sorted(self.outdated))

    def _outdated_documents(self) -> Iterator[str]:
        """Yield the documents whose pages are missing, damaged or of other surroundings.

        Sphinx compares times of modification of sources, pages and templates, none of which says
        anything in a fresh checkout. What has changed in the sources is found when they are read.
        """
        self.surroundings = self._surroundings()
        written = domain_of(self.env).written
        if written.surroundings != self.surroundings:
            clear_shared_files(Path(self.outdir))
            yield from self.env.found_docs
            return
        if not are_as_written(Path(self.outdir), written.copied):
            clear_shared_files(Path(self.outdir))
            yield from self.env.found_docs
            return
        for docname in self.env.found_docs:
            record = written.pages.get(docname)
            path = f"{self.outdir}{os.sep}{self._page_name(docname)}"
            card = written.previews.get(docname)
            intact = record is not None and is_as_written(path, (record[2], record[3], record[4]))
            if intact and card is not None:
                intact = is_as_written(preview_name(path), (card[0], card[1], card[2]))
            if intact and (copy := self.source_copy(docname)):
                state = written.sources.get(docname)
                intact = state is not None and is_as_written(copy, (state[0], state[1], state[2]))
            if not intact:
                yield docname

    def _page_name(self, docname: str) -> str:
        """Return the path of a page in the output, as text: there are thousands."""
        return os.path.relpath(self.get_output_path(docname), self.outdir)

    def source_copy(self, docname: str) -> str:
        """Return the path of the copy of a source that Sphinx puts beside the pages, nothing where it makes none."""
        sources = domain_of(self.env).data["sources"].get(docname)
        if not sources or not self.config.html_copy_source:
            return ""
        name: str = next(iter(sources))
        appended = self.config.html_sourcelink_suffix
        return f"{self.outdir}{os.sep}_sources{os.sep}{name}{'' if name.endswith(appended) else appended}"

    def _surroundings(self) -> str:
        """Return a digest of everything that shows on all pages: configuration, tags, templates, styles, code."""
        folders = [*self.config.templates_path, *self.config.html_static_path]
        files = digest_of_files(Path(self.confdir, folder) for folder in folders)
        return " ".join((PACKAGE_DIGEST, self.build_info.config_hash, self.build_info.tags_hash, files))

    def _read_serial(self, docnames: list[str]) -> None:
        with rare_garbage_collection():
            super()._read_serial(docnames)

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        if len(docnames) < WORTH_A_PROCESS:
            self._read_serial(docnames)
            return
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)

        def read(part: list[str]) -> bytes:
            self.env._app = self._app  # noqa: SLF001  # as Sphinx does
            for docname in part:
                self.read_doc(docname, _cache=False)
            return pickle.dumps(self.env, pickle.HIGHEST_PROTOCOL)

        def merge(part: list[str], pickled: bytes) -> None:
            other = pickle.loads(pickled)  # noqa: S301  # from our own process
            hand_over_pickled(other)
            self.env.merge_info_from(part, other, self._app)
            # It refers to itself, and the garbage collector does not look before everything is written.
            vars(other).clear()
            logger.info("reading sources... %d documents read", len(part))

        with rare_garbage_collection():
            tasks = ParallelTasks(nproc)
            for first in range(nproc):
                # Neighbours in the alphabet are alike in size; dealt out, the parts are alike too.
                tasks.add_task(read, docnames[first::nproc], merge)
            tasks.join()

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write as Sphinx does, but for the pages that are what they were."""
        spared = domain_of(self.env).spared
        for docname in sorted(spared):
            self._copy_files_of(docname)
        super().write_documents(docnames - spared)

    def _copy_files_of(self, docname: str) -> None:
        """Have the files copied that stand beside a page, which stays: its source and its pictures may be others."""
        if copy := self.source_copy(docname):
            write_bytes_if_changed(Path(copy), self.env.doc2path(docname).read_bytes())
        for picture, (docnames, name) in self.env.images.items():
            if docname in docnames and Path(self.outdir, self.imagedir, name).is_file():
                self.images[picture] = name

    def get_output_path(self, page_name: str, /) -> Path:
        """Return the file of a page, which is written whole and only where its bytes differ."""
        return FileOfPage(super().get_output_path(page_name))

    def write_buildinfo(self) -> None:
        """Write the file by which Sphinx knows the configuration, where it differs."""
        self.build_info.dump(FileOfPage(self.outdir, ".buildinfo"))

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        processes = nproc + 1  # Sphinx keeps one for itself
        if len(docnames) < WORTH_A_PROCESS:
            self._write_serial(docnames)
            return
        with rare_garbage_collection():
            domain_of(self.env).weaving.prepare_processes()
            # The first document compiles templates for all processes.
            self._write_serial(docnames[:1])
            parts = processes * PARTS_PER_PROCESS
            tasks = ParallelTasks(processes)
            for first in range(parts):
                tasks.add_task(self._write_part, docnames[1 + first :: parts], self._merge_part)
            tasks.join()

    def _write_part(self, docnames: Sequence[str]) -> WrittenPart:
        self.images = {}
        domain = domain_of(self.env)
        domain.written_now = set()
        domain.first_files = {}
        domain.weaving.begin_part()
        for docname in docnames:
            _write_docname(docname, env=self.env, builder=self, tags=self.tags)
        return WrittenPart(
            images=self.images,
            written=domain.written_now,
            first_files=domain.first_files,
            woven=domain.weaving.part(domain.written_now),
        )

    def _merge_part(self, docnames: Sequence[str], part: WrittenPart) -> None:
        self.images.update(part.images)
        domain = domain_of(self.env)
        domain.written_now |= part.written
        domain.first_files |= part.first_files
        domain.weaving.take(part.woven)
        logger.info("writing output... %d documents written", len(docnames))

    def prepare_writing(self, docnames: Any) -> None:
        """Prepare as Sphinx does."""
        super().prepare_writing(docnames)
        self.globalcontext = PageContext(self.globalcontext)
        if self.config.html_theme == "furo":
            # Neighbours are ours and furo shows no parents: their titles need not be rendered for every page.
            self.relations = {}

    def create_pygments_style_file(self) -> None:
        """Write the style sheet of highlighted code, and beside it the theme's colors."""
        super().create_pygments_style_file()
        write_colors(self)

    def dump_inventory(self) -> None:
        """Write Sphinx's inventory where it would not be what stands there: making it anew takes a while."""
        objects = [(domain.name, sorted(domain.get_objects())) for domain in self.env.domains.sorted()]
        listed = repr((getattr(self, "surroundings", ""), objects)).encode("utf-8", "surrogatepass")
        written = domain_of(self.env).written
        digest, path = digest_of(listed), f"{self.outdir}{os.sep}{INVENTORY_FILENAME}"
        basis, modified, size, content = written.inventory
        if basis != digest or not is_as_written(path, (modified, size, content)):
            super().dump_inventory()
            written.inventory = [digest, *state_of(path)]

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Do not load the search index of the last build; the indexer only tells scripts about the language."""

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Do not index a page; that is done when all pages are there."""

    def dump_search_index(self) -> None:
        """Do not write a search index; ``paperloom finish`` does."""


class HTMLBuilder(AllProcesses):
    """Sphinx's builder ``html``, with all processes."""

    def _page_name(self, docname: str) -> str:
        return f"{docname}{self.out_suffix}"


class DirectoryBuilder(AllProcesses, DirectoryHTMLBuilder):
    """Sphinx's builder ``dirhtml``, with all processes."""
