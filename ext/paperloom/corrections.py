"""The link "Suggest a correction" at the end of a page, which opens a form filled in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.config import Config

from paperloom.model.identifiers import is_web_address
from paperloom.model.problems import Subtype
from paperloom.translation import _
from paperloom.warnings import warn

#: Builders whose pages are read where a form can be opened.
_BUILDERS = frozenset({"html", "dirhtml"})


def correction_address(template: str, docname: str, title: str) -> str:
    """Return ``template`` with ``{page}`` and ``{title}`` filled in, quoted for the query of an address.

    >>> correction_address("https://example.org/new?page={page}&title={title}", "papers/a", "1 & 2")
    'https://example.org/new?page=papers%2Fa&title=1%20%26%202'
    """
    values = {"{page}": docname, "{title}": title}
    for placeholder, value in values.items():
        template = template.replace(placeholder, quote(value, safe=""))
    return template


def check_address(app: Sphinx, config: Config) -> None:
    """Warn of a ``paperloom_correction_url`` that leads nowhere, and do without it."""
    template = config.paperloom_correction_url
    if template and not is_web_address(correction_address(template, "page", "title")):
        message = f"'paperloom_correction_url' is '{template}', not a web address"
        warn(Subtype.URL, message, "write it as https://example.org/new?page={page}&title={title}", None)
        config.paperloom_correction_url = ""


def add_link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the link below the text of a document; pages that Sphinx makes itself have none."""
    template = app.config.paperloom_correction_url
    if not template or doctree is None or app.builder.name not in _BUILDERS or "body" not in context:
        return
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else pagename
    address = correction_address(template, pagename, title)
    label = _("Suggest a correction")
    link = f'<a class="reference external" rel="nofollow" href="{escape(address)}">{escape(label)}</a>'
    context["body"] = Markup(context["body"]) + Markup(f'<p class="loom-note loom-correction">{link}</p>\n')  # noqa: S704
