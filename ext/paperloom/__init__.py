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
    from paperloom.garbage import collect_garbage_rarely
    from paperloom.settled import leave_if_settled

    leave_if_settled(app)
    collect_garbage_rarely()

    from paperloom import upstream
    from paperloom.alike import CompareWithEarlier
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
    from paperloom.figures import PaperFigureDirective
    from paperloom.reference import ExtensionReferenceDirective
    from paperloom.roles import LoomRole
    from paperloom.transforms import ExpandViews, ExpandViewsInBooks, ExpandViewsInPages
    from paperloom.translation import CATALOG, LOCALE

    upstream.cure()
    for extension in ("myst_parser", "sphinx_design", "sphinx_copybutton", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)

    _add_settings(app)
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
    _add_nodes(app)
    app.add_transform(CollectFacts)
    app.add_transform(CompareWithEarlier)
    app.add_post_transform(ExpandViews)
    app.add_post_transform(ExpandViewsInBooks)
    app.add_post_transform(ExpandViewsInPages)
    app.add_post_transform(DrawingConverter)

    _set_up_books(app)
    _connect(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_settings(app: Sphinx) -> None:
    """Register what ``conf.py`` can set."""
    from paperloom.site_address import DEFAULT_ENTRIES

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
    app.add_config_value(
        "paperloom_highwire_tags",
        False,  # noqa: FBT003  # a default, whose name stands above
        "html",
        types=frozenset({bool}),
        description="Whether pages of papers carry the tags ``citation_title`` and so on. They say that the page is "
        "the paper: indexes of papers may list it in the paper's place.",
    )
    app.add_config_value(
        "paperloom_license",
        "",
        "html",
        types=frozenset({str}),
        description="The address of the license of the texts, such as "
        "``https://creativecommons.org/licenses/by/4.0/``. JSON-LD and exports state it.",
    )

    app.add_config_value(
        "paperloom_feed_ids",
        "",
        "",
        types=frozenset({str}),
        description="How the ids of feeds and their entries begin, such as ``tag:example.org,2026:papers/``. Empty: a "
        "tag URI made of ``html_baseurl``. Set it before the address changes, so that readers know the entries again.",
    )
    app.add_config_value(
        "paperloom_feed_entries",
        DEFAULT_ENTRIES,
        "",
        types=frozenset({int}),
        description="How many entries a feed has at most, at least 1.",
    )


def _add_nodes(app: Sphinx) -> None:
    """Register our nodes and how they are written."""
    from paperloom.figures import visit_drawing
    from paperloom.mathml import render_block, render_inline
    from paperloom.nodes import (
        chart,
        depart_chart,
        drawing,
        thumbnail,
        view_placeholder,
        visit_chart,
        visit_thumbnail,
        visit_woven_markup,
        woven_markup,
    )
    from paperloom.upstream.contents import WrittenContents, visit_written_contents

    app.add_node(view_placeholder)
    app.add_node(WrittenContents, html=(visit_written_contents, None))
    app.add_node(woven_markup, html=(visit_woven_markup, None))
    app.add_node(drawing, html=(visit_drawing, None))
    app.add_node(chart, html=(visit_chart, depart_chart))
    app.add_node(thumbnail, html=(visit_thumbnail, None))
    app.add_html_math_renderer("mathml", (render_inline, None), (render_block, None))


def _connect(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events."""
    from paperloom import (
        alike,
        autodiscovery,
        broken_off,
        citation_metadata,
        corrections,
        events,
        freshness,
        leaving,
        not_found,
        previews,
        published_schema,
        searched,
        settled,
        sharing,
        sidebar,
        site_address,
        theme_templates,
        upstream,
    )
    from paperloom.roles import warn_missing_reference

    app.connect("config-inited", events.configure, priority=400)
    app.connect("config-inited", corrections.check_address)
    app.connect("config-inited", site_address.check_address)
    app.connect("config-inited", theme_templates.choose)
    app.connect("builder-inited", events.start, priority=400)
    app.connect("builder-inited", settled.forget, priority=100)
    app.connect("builder-inited", broken_off.begin)
    app.connect("builder-inited", events.add_assets)
    app.connect("source-read", freshness.note_source, priority=100)
    app.connect("source-read", events.read_front_matter)
    app.connect("doctree-read", freshness.note_dependencies, priority=950)
    app.connect("doctree-read", events.mark_papers_as_orphans, priority=900)
    app.connect("env-get-outdated", events.find_outdated_documents)
    app.connect("env-purge-doc", alike.note_earlier, priority=100)
    app.connect("env-get-updated", events.find_changed_documents, priority=900)
    app.connect("write-started", broken_off.announce, priority=400)
    app.connect("write-started", events.remove_vanished_pages)
    app.connect("write-started", events.spare_parents)
    app.connect("doctree-resolved", events.note_written)
    app.connect("doctree-resolved", previews.write_preview)
    app.connect("warn-missing-reference", warn_missing_reference)
    app.connect("html-page-context", sidebar.remove_global_toctree, priority=400)
    app.connect("html-page-context", sidebar.add_navigation, priority=600)
    app.connect("html-page-context", upstream.remember_asset_tags, priority=900)
    app.connect("html-page-context", autodiscovery.add_follow_line)
    app.connect("html-page-context", corrections.add_link)
    app.connect("html-page-context", autodiscovery.add_feed_links)
    app.connect("html-page-context", citation_metadata.add_to_head)
    app.connect("html-page-context", sharing.add_head)
    app.connect("html-page-context", not_found.make_paths_absolute, priority=300)
    app.connect("html-page-context", not_found.make_tags_absolute, priority=950)
    app.connect("html-collect-pages", not_found.collect)
    app.connect("build-finished", events.finish)
    app.connect("build-finished", published_schema.publish)
    app.connect("build-finished", site_address.publish)
    app.connect("build-finished", searched.publish)
    app.connect("build-finished", broken_off.end)
    app.connect("build-finished", settled.note, priority=990)
    app.connect("build-finished", leaving.keep_what_was_built, priority=995)


def _set_up_books(app: Sphinx) -> None:
    """Register the builders of books, with their settings and what fits documents into them."""
    from paperloom.books import fitting
    from paperloom.books.epub import EpubBuilder
    from paperloom.books.latex import LaTeXBookBuilder

    app.add_config_value(
        "paperloom_book_week",
        "",
        "",
        types=frozenset({str}),
        description="The id of an issue, such as ``2020-w38``. With it the builders ``epub`` and ``latex`` make a book "
        "of this issue and its papers; without it, of everything.",
    )
    app.add_config_value(
        "paperloom_book_without",
        [],
        "",
        types=frozenset({list, tuple}),
        description="Patterns of the names of documents, such as ``contributing/**``, that books leave out.",
    )
    app.add_builder(EpubBuilder, override=True)
    app.add_builder(LaTeXBookBuilder, override=True)
    app.add_post_transform(fitting.FitIntoBook)
    app.connect("config-inited", fitting.configure, priority=400)
    app.connect("builder-inited", fitting.restore_version, priority=900)
