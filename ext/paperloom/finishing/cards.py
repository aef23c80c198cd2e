"""Social cards: a picture of each page that is shown where somebody shares its address.

What a card says comes from the head of the built page and from the catalog. It is drawn anew only
when that changes.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from sphinx.locale import init

from paperloom.finishing.card_drawing import Card, draw, drawn_with
from paperloom.finishing.output import Output
from paperloom.finishing.remembered import Remembered, in_processes
from paperloom.finishing.site import BuiltSite
from paperloom.sharing import CARDS
from paperloom.translation import CATALOG, LOCALE, _

_META = re.compile(r'<meta property="og:(?P<name>title|description|site_name|image)" content="(?P<value>[^"]*)">')
_LANGUAGE = re.compile(r'<html[^>]* lang="(?P<name>[^"]+)"')
_FOLDER = f"{CARDS}/"
#: Authors named on a card; more become "et al.".
_MOST_AUTHORS = 3
_MOST_TOPICS = 3


def _head(page: str) -> dict[str, str]:
    """Return what the head of a page tells previews of links, nothing for pages that are no documents."""
    return {match["name"]: unescape(match["value"]) for match in _META.finditer(page.partition("<body")[0])}


def _card_of(head: dict[str, str]) -> str:
    """Return the path of the card that a page names as its picture, nothing where it names none of ours."""
    _site, folder, name = head.get("image", "").rpartition(f"/{_FOLDER}")
    return f"{_FOLDER}{unquote(name)}" if folder else ""


def _speak(site: BuiltSite) -> None:
    """Set the language of our texts to that of the site."""
    match = _LANGUAGE.search((site.folder / "index.html").read_text(encoding="utf-8"))
    init([str(LOCALE)], match["name"].replace("-", "_") if match else None, CATALOG)


class _Catalog:
    """The papers, weeks and topics of a site by document name."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        self._papers = {paper["docname"]: paper for paper in catalog["papers"]}
        self._weeks = {week["docname"]: week for week in catalog["weeks"]}
        self._topics = {topic["docname"]: topic for topic in catalog["topics"]}
        self._week_titles = {week["id"]: week["title"] for week in catalog["weeks"]}
        self._topic_titles = {topic["id"]: topic["title"] for topic in catalog["topics"]}

    def card(self, docname: str, head: dict[str, str]) -> Card:
        """Return the card of a page whose head says ``head``."""
        site = head.get("site_name", "")
        title = head.get("title", docname)
        if docname in self._papers:
            paper = self._papers[docname]
            weeks = [self._week_titles[week] for week in paper["featured_in"][:1]]
            topics = [self._topic_titles[slug] for slug in paper["topics"][:_MOST_TOPICS] if slug in self._topic_titles]
            return Card("paper", _("Paper"), site, title, _byline(paper), (*weeks, *topics))
        kind, label, words = "page", "", []
        if docname in self._weeks:
            week = self._weeks[docname]
            kind, label, words = "week", _("Issue"), [f"{week['starts']} – {week['ends']}"]
        elif docname in self._topics:
            parent = self._topic_titles.get(self._topics[docname]["parent"])
            kind, label, words = "topic", _("Topic"), [parent] if parent else []
        return Card(kind, label, site, title, head.get("description", ""), tuple(words))


def _byline(paper: dict[str, Any]) -> str:
    """Return authors, venue and year of a paper, as far as they are known."""
    authors = list(paper["authors"])
    names = ", ".join(authors[:_MOST_AUTHORS]) if len(authors) <= _MOST_AUTHORS else f"{authors[0]} et al."
    published = " ".join(str(part) for part in (paper["venue"], paper["year"]) if part)
    return " · ".join(part for part in (names, published) if part)


def _digest(card: Card) -> str:
    return hashlib.blake2b(repr(card).encode(), digest_size=12).hexdigest()


def run(site: BuiltSite, output: Output) -> str:
    """Draw the cards of pages that say something new, and keep those of all others."""
    _speak(site)
    pages = Remembered(site.kept / "cards-pages.json")
    drawn = Remembered(site.kept / "cards-drawn.json", drawn_with())
    catalog = _Catalog(site.catalog)
    todo: list[tuple[str, Card]] = []
    count = 0
    for name in site.pages():
        path = site.folder / name
        head: Any = pages.known(name, path)
        if head is None:
            head = _head(path.read_text(encoding="utf-8"))
            pages.note(name, path, head)
        picture = _card_of(head)
        if not picture:
            continue
        card = catalog.card(picture.removeprefix(_FOLDER).removesuffix(".png"), head)
        if drawn.known(picture, site.folder / picture) == _digest(card):
            output.keep([picture])
        else:
            todo.append((picture, card))
        count += 1
    for (picture, card), data in zip(todo, in_processes(draw, [card for _picture, card in todo]), strict=True):
        output.write(picture, data)
        drawn.note(picture, site.folder / picture, _digest(card))
    pages.store()
    drawn.store()
    return f"{count} cards, {len(todo)} of them drawn anew"
