"""How projects and pages are made to fit into books."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperloom.books.book import NOWHERE, is_chosen
from paperloom.books.cover import COVER
from paperloom.books.epub import EpubBuilder, prune
from paperloom.books.latex import LaTeXBookBuilder, elements
from paperloom.domain import domain_of

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'


def configure(app: Sphinx, config: Config) -> None:
    """Set what Sphinx leaves open and a book needs; what a project sets itself stays."""
    settings: dict[str, Any] = {
        "epub_contributor": config.author,
        "epub_copyright": config.copyright or config.author,
        "epub_cover": (COVER, "epub-cover.html"),
        "epub_description": f"{config.project}: issues and papers",
        "epub_show_urls": "no",
        "epub_tocdup": False,
        "epub_uid": "book",
        "epub_use_index": False,
        "latex_domain_indices": False,
        "latex_use_xindy": False,
    }
    for name, value in settings.items():
        if not is_chosen(config, name):
            setattr(config, name, value)
    config.epub_tocscope = "includehidden"  # the contents are found once, by the builder
    if config.latex_engine == "pdflatex" and not is_chosen(config, "latex_engine"):
        config.latex_engine = "xelatex"  # the other engine knows few characters
    config.latex_elements = elements(config)


def restore_version(app: Sphinx) -> None:
    """Give the project back the version that it states, or none, after Sphinx has asked for it."""
    if isinstance(app.builder, EpubBuilder):
        app.config.version = app.builder.stated_version


class FitIntoBook(SphinxPostTransform):
    """Leaves nothing in a document that its book cannot hold.

    Entries of toctrees go that name documents outside of it, and links to such documents become
    text where the site has no address. Icons get the namespace that they need in XHTML. Headings of views
    stay small in print, where the heading above them may be that of a part, a chapter or a section.
    """

    default_priority = 460  # after views are expanded

    def is_supported(self) -> bool:
        """Handle books."""
        return isinstance(domain_of(self.env).builder, EpubBuilder | LaTeXBookBuilder)

    def run(self, **kwargs: Any) -> None:
        """Fit the document."""
        builder = domain_of(self.env).builder
        for link in list(self.document.findall(nodes.reference)):
            if link.get("refuri", "").startswith(NOWHERE):
                link.replace_self(link.children)
        if isinstance(builder, LaTeXBookBuilder):
            for rubric in self.document.findall(nodes.rubric):
                rubric.attributes.pop("heading-level", None)
        else:
            prune(self.document, cast("EpubBuilder", builder).book.docnames)
            for raw in self.document.findall(nodes.raw):
                text = raw.astext()
                if text.startswith("<svg ") and _NAMESPACE not in text:
                    raw.children = [nodes.Text(text.replace("<svg", f"<svg{_NAMESPACE}", 1))]
