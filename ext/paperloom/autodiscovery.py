"""Links to feeds and e-mails: in the heads of pages, where feed readers look for them, and below the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx

from paperloom.domain import domain_of
from paperloom.emails.names import edition_name
from paperloom.feeds.names import ALL, ATOM, CHANGES, ISSUES, JSON, PAPERS, atom_file, json_file, topic_feed
from paperloom.model.records import Document
from paperloom.site_address import address_of
from paperloom.translation import _

_BUILDERS = frozenset({"html", "dirhtml"})


def feeds_of_page(document: Document, site: str, *, home: bool) -> Iterator[tuple[str, str]]:
    """Yield (name, title) of the feeds that the page of ``document`` announces, the nearest first."""
    titles = {
        ALL: site,
        ISSUES: _("{site}: issues").format(site=site),
        PAPERS: _("{site}: papers").format(site=site),
        CHANGES: _("{site}: changed summaries").format(site=site),
    }
    if document.topic:
        yield topic_feed(document.topic.slug), _("{site}: {topic}").format(site=site, topic=document.topic.title)
        yield ALL, titles[ALL]
    elif document.week:
        yield from ((name, titles[name]) for name in (ISSUES, ALL))
    elif document.paper:
        yield from ((name, titles[name]) for name in (PAPERS, CHANGES))
    elif home:
        yield from titles.items()


def add_feed_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Announce the feeds in the head of a page, where the site has an address and so has feeds."""
    document = _document(app, pagename) if doctree is not None else None
    if document is None:
        return
    pathto: Callable[[str, int], str] = context["pathto"]
    home = pagename == app.config.root_doc or any(view == "feed-list" for view, _argument in document.views)
    links = []
    for name, title in feeds_of_page(document, str(app.config.project), home=home):
        for kind, file in ((ATOM, atom_file(name)), (JSON, json_file(name))):
            links.append(
                f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{escape(pathto(file, 1))}">\n'
            )
    # Plain text, as Sphinx has it: others add tags to it, which Markup would escape.
    context["metatags"] = str(context.get("metatags") or "") + "".join(links)


def add_follow_line(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put links to the e-mail of a week, or to the feed of a topic, below the text of its page."""
    document = _document(app, pagename) if doctree is not None and "body" in context else None
    if document is None:
        return
    if document.week:
        name = edition_name(document.week.id)
        label, files = _("As an e-mail:"), {"HTML": f"{name}.html", _("plain text"): f"{name}.txt"}
    elif document.topic:
        feed = topic_feed(document.topic.slug)
        label, files = _("Follow this topic:"), {"Atom": atom_file(feed), "JSON Feed": json_file(feed)}
    else:
        return
    pathto: Callable[[str, int], str] = context["pathto"]
    links = [
        f'<a class="reference external" href="{escape(pathto(file, 1))}">{escape(kind)}</a>'
        for kind, file in files.items()
    ]
    line = f'<p class="loom-note loom-edition">{escape(label)} {" · ".join(links)}</p>\n'
    context["body"] = Markup(context["body"]) + Markup(line)  # noqa: S704  # escaped


def _document(app: Sphinx, pagename: str) -> Document | None:
    """Return what is known of a page, None where the site has no feeds."""
    if app.builder.name not in _BUILDERS or not address_of(app.config):
        return None
    return domain_of(app.env).documents.get(pagename)
