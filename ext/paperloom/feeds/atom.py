"""Feeds in the Atom Syndication Format, RFC 4287."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from paperloom.feeds.entries import Entry
from paperloom.feeds.names import ATOM, JSON, atom_file, json_file
from paperloom.feeds.writing import PICK, Written, moment, shown_title
from paperloom.translation import _

NAMESPACE = "http://www.w3.org/2005/Atom"
#: Characters that no XML document may hold (XML 1.0, production 2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom_text(written: Written) -> str:
    """Return a feed as the text of an XML file."""
    feed, settings = written.feed, written.settings
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": settings.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", moment(feed.updated))
    _add(_add(root, "author"), "name", settings.author or settings.title)
    _add(root, "link", rel="self", type=ATOM, href=written.file(atom_file))
    _add(root, "link", rel="alternate", type="text/html", href=written.page(feed.docname))
    _add(root, "link", rel="alternate", type=JSON, href=written.file(json_file))
    _add(root, "generator", "Paperloom")
    for entry in feed.entries:
        _entry(root, entry, written)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(root: ET.Element, entry: Entry, written: Written) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", shown_title(entry))
    _add(element, "published", moment(entry.published))
    _add(element, "updated", moment(entry.updated))
    page = written.page(entry.docname, entry.anchor)
    _add(element, "link", rel="alternate", type="text/html", href=page)
    if entry.related:
        _add(element, "link", rel="related", href=entry.related)
    if entry.picked:
        _add(element, "category", term=PICK, label=_("Editor’s pick"))
    scheme = f"{written.settings.address}topics/"
    for slug, title in entry.topics:
        _add(element, "category", term=slug, scheme=scheme, label=title)
    summary = entry.change or entry.summary
    if summary:
        _add(element, "summary", summary, type="text")
    _add(element, "content", written.html(entry), type="html")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    allowed = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, allowed)
    if text:
        element.text = _FORBIDDEN.sub("", text)
    return element
