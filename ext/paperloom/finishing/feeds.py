"""The step ``feeds``: Atom and JSON Feed of the whole site and of each topic, with the text of built pages."""

from __future__ import annotations

from functools import partial

from paperloom.feeds.atom import atom_text
from paperloom.feeds.content import PageText, Text
from paperloom.feeds.entries import Feed, feeds_of
from paperloom.feeds.json_feed import json_feed_text
from paperloom.feeds.names import DRAWINGS, FOLDER, OUTLINES, atom_file, json_file
from paperloom.feeds.outlines import outlines_text
from paperloom.feeds.writing import Written
from paperloom.finishing.kept import Kept
from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite
from paperloom.translation import speak

__all__ = ["FOLDER", "NO_ADDRESS", "run"]

#: What a step that needs the address of the site says where there is none.
NO_ADDRESS = "none, since 'html_baseurl' in conf.py does not say where the site is published"


def run(site: BuiltSite, output: Output) -> str:
    """Write the feeds whose entries or pages changed, and keep the others."""
    settings = site.settings
    if not settings.address:
        return NO_ADDRESS
    speak(settings.language)
    texts = _Texts(site)
    kept = Kept(site, "feeds")
    feeds = list(feeds_of(site.catalog, settings))
    written = 0
    for feed in feeds:
        pages = [kept.digest_of_page(entry.docname) for entry in feed.entries]
        basis = (repr(feed), repr(settings), *pages)
        written += kept.make(feed.name, basis, partial(_files, feed, texts, site), output)
    output.write(OUTLINES, outlines_text(feeds, settings))
    kept.store()
    return f"{len(feeds)} feeds, {written} of them written"


def _files(feed: Feed, texts: _Texts, site: BuiltSite) -> dict[str, str]:
    """Return the files of a feed by name: both formats under each of its names, and the drawings that it shows."""
    written = Written(feed, texts.of(feed), site.settings)
    atom, json = atom_text(written), json_feed_text(written)
    files: dict[str, str] = {}
    for name in (feed.name, *feed.former):
        files |= {atom_file(name): atom, json_file(name): json}
    for text in written.texts.values():
        files |= {DRAWINGS + name: drawing for name, drawing in text.drawings.items()}
    return files


class _Texts:
    """The texts of entries, each taken from its page once."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._found: dict[tuple[str, str], Text] = {}

    def of(self, feed: Feed) -> dict[tuple[str, str], Text]:
        """Return the texts of the entries of a feed."""
        places = sorted({(entry.docname, entry.anchor) for entry in feed.entries})
        for docname in dict.fromkeys(docname for docname, _anchor in places):
            anchors = [anchor for name, anchor in places if name == docname and (name, anchor) not in self._found]
            if anchors:
                self._read(docname, anchors)
        return {place: self._found[place] for place in places}

    def _read(self, docname: str, anchors: list[str]) -> None:
        settings = self._site.settings
        address = settings.address + settings.page_name(docname)
        page = PageText(self._site.markup(docname), docname, address, settings.address + DRAWINGS)
        # The whole text comes first: taking a section changes the page.
        for anchor in sorted(anchors):
            self._found[docname, anchor] = page.section(anchor) if anchor else page.whole()
