"""What the head of a paper's page says of the paper, for reference managers, search engines and other programs.

The page is about the paper; it is not the paper. Everything here says so, but the tags of
``paperloom_highwire_tags``, which are off unless a site wants them.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from paperloom.citing.csl import csl_item
from paperloom.citing.formats import FORMATS
from paperloom.citing.linked_data import addresses_of, highwire_tags, linked_data
from paperloom.domain import domain_of
from paperloom.model.layout import paper_docname
from paperloom.model.records import Paper

#: Builders whose pages are read where addresses can be followed.
_BUILDERS = frozenset({"html", "dirhtml"})


def add_to_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the address to cite, the files of the citation and JSON-LD to the head of a paper's page."""
    domain = domain_of(app.env)
    document = domain.documents.get(pagename)
    if doctree is None or app.builder.name not in _BUILDERS or document is None or document.paper is None:
        return
    paper = document.paper
    reference = domain.bibliography.references.get(paper.key)
    if reference is None:
        return
    item = csl_item(reference)
    addresses = addresses_of(reference)
    tags = [f'<link rel="cite-as" href="{escape(address)}">' for address in addresses[:1]]
    for form in FORMATS:
        file = context["pathto"](paper_docname(paper.key) + form.suffix, resource=True)
        tags.append(f'<link rel="alternate" type="{form.media_type}" title="{form.label}" href="{escape(file)}">')
    if app.config.paperloom_highwire_tags:
        tags += [f'<meta name="{name}" content="{escape(value)}">' for name, value in highwire_tags(item)]
    page = _page(app, paper, context)
    tags.append(f'<script type="application/ld+json">{linked_data(page, item, addresses)}</script>')
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(tags) + "\n"


def _page(app: Sphinx, paper: Paper, context: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON-LD says of the page itself; its address only where the site knows its own."""
    address = context.get("pageurl") or ""
    return {
        "@id": address,
        "url": address,
        "headline": paper.title,
        "description": paper.tldr,
        "inLanguage": app.config.language,
        "license": app.config.paperloom_license,
        "isPartOf": {"@type": "WebSite", "name": app.config.project, "url": app.config.html_baseurl}
        if app.config.html_baseurl
        else {"@type": "WebSite", "name": app.config.project},
    }
