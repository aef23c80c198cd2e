"""Paperloom: a Sphinx extension that weaves a knowledge base from pages about papers.

Add ``paperloom`` to ``extensions``. It brings myst-parser, sphinx-design, sphinx-copybutton and
sphinxcontrib-bibtex with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx; the one place that wires events."""
    from paperloom import upstream
    from paperloom.builders import DirectoryBuilder, HTMLBuilder
    from paperloom.citations import IndexedCitationDomain, TolerantCiteRole
    from paperloom.collect import CollectFacts
    from paperloom.converter import DrawingConverter
    from paperloom.directives import (
        INDEX_VIEWS,
        ArticleDirective,
        PapersDirective,
        ProblemTableDirective,
        ToctreeDirective,
        index_directive,
    )
    from paperloom.domain import PaperloomDomain
    from paperloom.figures import PaperFigureDirective, visit_drawing
    from paperloom.mathml import render_block, render_inline
    from paperloom.nodes import drawing, view_placeholder, visit_woven_markup, woven_markup
    from paperloom.reference import ExtensionReferenceDirective
    from paperloom.roles import LoomRole
    from paperloom.transforms import ExpandViews, ExpandViewsInBooks, ExpandViewsInPages
    from paperloom.translation import CATALOG, LOCALE

    upstream.remember_settings()
    upstream.remember_decoded_text()
    upstream.compare_contents()
    for extension in ("myst_parser", "sphinx_design", "sphinx_copybutton", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)

    app.add_config_value(
        "paperloom_bibliography",
        ["references.bib"],
        "env",
        types=frozenset({list, tuple}),
        description="Glob patterns of BibTeX files, relative to the source directory. Keys are unique over all files.",
    )

    app.add_config_value(
        "paperloom_correction_url",
        "",
        "html",
        types=frozenset({str}),
        description="Address of a form for corrections. With it every page ends with the link “Suggest a correction”, "
        "in which ``{page}`` stands for the name of the document and ``{title}`` for its title.",
    )
    app.add_config_value(
        "paperloom_contact",
        "",
        "",
        types=frozenset({str}),
        description="A mail or web address that commands give to the services they ask, for questions and complaints.",
    )

    app.add_message_catalog(CATALOG, str(LOCALE))
    app.add_builder(HTMLBuilder, override=True)
    app.add_builder(DirectoryBuilder, override=True)
    app.add_domain(PaperloomDomain)
    app.add_domain(IndexedCitationDomain, override=True)
    app.add_role("cite", TolerantCiteRole(), override=True)
    for kind in PaperloomDomain.object_types:
        app.add_role(kind, LoomRole(kind))
    app.add_directive("toctree", ToctreeDirective, override=True)
    app.add_directive("papers", PapersDirective)
    app.add_directive("article", ArticleDirective)
    app.add_directive("paper-figure", PaperFigureDirective)
    app.add_directive("problem-table", ProblemTableDirective)
    app.add_directive("extension-reference", ExtensionReferenceDirective)
    for view in INDEX_VIEWS:
        app.add_directive(view, index_directive(view))
    app.add_node(view_placeholder)
    app.add_node(woven_markup, html=(visit_woven_markup, None))
    app.add_transform(CollectFacts)
    app.add_post_transform(ExpandViews)
    app.add_post_transform(ExpandViewsInBooks)
    app.add_post_transform(ExpandViewsInPages)
    app.add_node(drawing, html=(visit_drawing, None))
    app.add_html_math_renderer("mathml", (render_inline, None), (render_block, None))
    app.add_post_transform(DrawingConverter)

    _connect(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _connect(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events."""
    from paperloom import corrections, events, freshness, published_schema, searched, sidebar, upstream
    from paperloom.roles import warn_missing_reference

    app.connect("config-inited", events.configure, priority=400)
    app.connect("config-inited", corrections.check_address)
    app.connect("builder-inited", events.start, priority=400)
    app.connect("builder-inited", events.add_assets)
    app.connect("source-read", freshness.note_source, priority=100)
    app.connect("source-read", events.read_front_matter)
    app.connect("doctree-read", freshness.note_dependencies, priority=950)
    app.connect("doctree-read", events.mark_papers_as_orphans, priority=900)
    app.connect("env-get-outdated", events.find_outdated_documents)
    app.connect("env-updated", events.find_changed_documents, priority=900)
    app.connect("write-started", events.remove_vanished_pages)
    app.connect("write-started", events.spare_parents)
    app.connect("doctree-resolved", events.note_written)
    app.connect("warn-missing-reference", warn_missing_reference)
    app.connect("html-page-context", sidebar.remove_global_toctree, priority=400)
    app.connect("html-page-context", sidebar.add_navigation, priority=600)
    app.connect("html-page-context", upstream.remember_asset_tags, priority=900)
    app.connect("html-page-context", corrections.add_link)
    app.connect("build-finished", events.finish)
    app.connect("build-finished", published_schema.publish)
    app.connect("build-finished", searched.publish)
