"""What the head of a page says to search engines, previews of links and reading programs.

The description, Open Graph and the hint at the Markdown twin are written here; Sphinx and the theme
write the title and the canonical address. Addresses that have to be absolute are there only where
``html_baseurl`` says where the site is published.
"""

from __future__ import annotations

from posixpath import basename, join
from typing import Any
from urllib.parse import quote

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx

from paperloom.domain import domain_of
from paperloom.model.records import Document
from paperloom.weave.pages.description import description

#: The builders whose pages are published.
PUBLISHED = frozenset({"html", "dirhtml"})
#: The folder of the social cards in the output, and their size in pixels.
CARDS = "_cards"
CARD_SIZE = (1200, 630)
#: What is added to the name of a page's file for its Markdown twin, as the proposal of llms.txt has it.
TWIN_SUFFIX = ".md"


def card_name(docname: str) -> str:
    """Return the path of a page's social card in the output.

    >>> card_name("papers/xue2020mt5")
    '_cards/papers/xue2020mt5.png'
    """
    return f"{CARDS}/{docname}.png"


def twin_uri(uri: str) -> str:
    """Return the address of the Markdown twin of the page at ``uri``, which may end with a slash.

    >>> twin_uri("papers/xue2020mt5.html"), twin_uri("papers/"), twin_uri("")
    ('papers/xue2020mt5.html.md', 'papers/index.html.md', 'index.html.md')
    """
    return f"{uri}{'' if basename(uri) else 'index.html'}{TWIN_SUFFIX}"


def title_of_site(app: Sphinx) -> str:
    """Return the title of the site on one line; where none is configured, Sphinx leaves a gap in it."""
    return " ".join(str(app.config.html_title).split())


def is_draft(document: Document) -> bool:
    """Return whether a page is not written yet, so that no search engine should list it."""
    return document.paper is not None and document.paper.draft


def add_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add to the head of a page what others show of it; pages that Sphinx makes itself are not for search engines."""
    if app.builder.name not in PUBLISHED:
        return
    before = str(context.get("metatags") or "")
    document = domain_of(app.env).documents.get(pagename) if doctree is not None else None
    if document is None:
        context["metatags"] = f'{before}\n<meta name="robots" content="noindex">'
        return
    lines = [] if not is_draft(document) else ['<meta name="robots" content="noindex">']
    about = description(domain_of(app.env).woven, document)
    if about and 'name="description"' not in before:
        lines.append(f'<meta name="description" content="{escape(about)}">')
    lines += [
        f'<meta {"name" if name.startswith("twitter:") else "property"}="{name}" content="{escape(value)}">'
        for name, value in _open_graph(app, document, about)
        if value and f'"{name}"' not in before
    ]
    twin = basename(twin_uri(app.builder.get_target_uri(pagename)))
    lines.append(f'<link rel="alternate" type="text/markdown" title="Markdown" href="{escape(twin)}">')
    context["metatags"] = "\n".join([before, *lines, ""])


def _open_graph(app: Sphinx, document: Document, about: str) -> list[tuple[str, str]]:
    """Return the names and values of https://ogp.me that are known, and the one that makes previews large."""
    base = app.config.html_baseurl
    site = title_of_site(app)
    home = document.docname == app.config.root_doc
    found = [
        ("og:title", site if home else document.title),
        ("og:type", "article" if document.paper or document.week else "website"),
        ("og:description", about),
        ("og:site_name", site),
        ("og:locale", _locale(app.config.language)),
    ]
    if base:
        width, height = CARD_SIZE
        found += [
            ("og:url", join(base, app.builder.get_target_uri(document.docname))),
            ("og:image", join(base, quote(card_name(document.docname)))),
            ("og:image:type", "image/png"),
            ("og:image:width", str(width)),
            ("og:image:height", str(height)),
            ("og:image:alt", site if home else document.title),
            ("twitter:card", "summary_large_image"),
        ]
    return found


def _locale(language: str) -> str:
    """Return a language as Open Graph names it, with a territory; nothing where that is not known."""
    parts = language.replace("-", "_").split("_")
    if language == "en":
        return "en_US"
    return "_".join((parts[0].lower(), parts[-1].upper())) if len(parts) > 1 and len(parts[-1]) == 2 else ""
