"""All feeds of a site in one file, in OPML 2.0 (http://opml.org/spec2.opml), which feed readers import."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from paperloom.feeds.entries import Feed
from paperloom.feeds.names import atom_file
from paperloom.outputs.site_settings import SiteSettings


def outlines_text(feeds: Iterable[Feed], settings: SiteSettings) -> str:
    """Return the list of ``feeds`` as the text of an OPML file."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = settings.title
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(
            body,
            "outline",
            type="rss",
            text=feed.title,
            xmlUrl=settings.address + atom_file(feed.name),
            htmlUrl=settings.address + settings.page_name(feed.docname),
        )
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
