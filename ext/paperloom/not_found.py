"""The page 404, which a host serves wherever an address leads nowhere.

It stands at any depth below the site's folder. Its addresses are therefore absolute: they start with
the path of ``html_baseurl``, or with a slash where that is not set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from paperloom.outputs.files import write_bytes_if_changed
from paperloom.sections import section_links
from paperloom.sharing import PUBLISHED
from paperloom.translation import _

#: The name of the page; hosts look for ``404.html`` at the root of a site.
NOT_FOUND = "404"
_RELATIVE = re.compile(r"""(?P<attribute>\b(?:href|src)=")(?![a-z]+:|/|\#)(?:\.\.?/)*""")


def prefix_of(baseurl: str) -> str:
    """Return the path of the site on its host, with a slash at both ends.

    >>> prefix_of("https://example.org/papers"), prefix_of("https://example.org"), prefix_of("")
    ('/papers/', '/', '/')
    """
    path = urlsplit(baseurl).path.strip("/")
    return f"/{path}/" if path else "/"


def collect(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Write the page, unless a document has its name; Sphinx need not write anything for it."""
    builder: Any = app.builder
    if builder.name in PUBLISHED and NOT_FOUND not in app.env.all_docs:
        context = {"title": _("Page not found"), "body": _body(app, prefix_of(app.config.html_baseurl))}
        # Sphinx writes a page in every build; a host that compares times would take it for a new one.
        aside = Path(app.doctreedir, f"paperloom-{NOT_FOUND}.html")
        builder.handle_page(NOT_FOUND, context, outfilename=aside)
        write_bytes_if_changed(Path(app.outdir, f"{NOT_FOUND}.html"), aside.read_bytes())
        aside.unlink()
    return ()


def _body(app: Sphinx, prefix: str) -> Markup:
    target: Callable[[str], str] = app.builder.get_target_uri
    home = app.config.root_doc
    pages = [(home, _("Home")), *((name, title) for name, title, _pages in section_links(app.env, home))]
    links = [Markup('<li><a href="{}">{}</a></li>').format(prefix + target(name), title) for name, title in pages]
    search = Markup('<a href="{}">{}</a>').format(prefix + target("search"), _("Search the site"))
    return Markup("<section>\n<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n<ul>\n{}\n</ul>\n</section>\n").format(
        _("Page not found"),
        _("There is no page at this address. It may have been mistyped, or the page is gone."),
        search,
        Markup("\n").join(links),
    )


def make_paths_absolute(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let everything on the page that asks for a path get an absolute one; runs before others ask."""
    if pagename != NOT_FOUND or app.builder.name not in PUBLISHED:
        return
    prefix = prefix_of(app.config.html_baseurl)
    context["content_root"] = prefix
    context["pageurl"] = None

    def pathto(target: str, resource: bool = False, baseuri: str = "") -> str:  # noqa: FBT002  # as Sphinx calls it
        if resource and "://" in target:
            return target
        return prefix + (target if resource else app.builder.get_target_uri(target))

    context["pathto"] = pathto


def make_tags_absolute(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the tags of style sheets and scripts absolute addresses; runs after they are made."""
    if pagename != NOT_FOUND or app.builder.name not in PUBLISHED:
        return
    prefix = prefix_of(app.config.html_baseurl)
    for name in ("css_tag", "js_tag"):
        context[name] = partial(_absolute_tag, prefix, context[name])


def _absolute_tag(prefix: str, write: Callable[[Any], str], asset: Any) -> str:
    return _RELATIVE.sub(lambda match: f"{match['attribute']}{prefix}", write(asset))
