"""What both formats of feeds are written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from paperloom.feeds.content import Text
from paperloom.feeds.entries import Entry, Feed
from paperloom.outputs.site_settings import SiteSettings
from paperloom.translation import _

#: Marks the picks of the editor among the categories of an entry.
PICK = "editors-pick"


@dataclass(frozen=True, slots=True)
class Written:
    """A feed with the ``texts`` of its entries, by (document name, anchor), on a site."""

    feed: Feed
    texts: Mapping[tuple[str, str], Text]
    settings: SiteSettings

    def page(self, docname: str, anchor: str = "") -> str:
        """Return the address of a page, or of a place in it."""
        address = self.settings.address + self.settings.page_name(docname)
        return f"{address}#{anchor}" if anchor else address

    def file(self, name_of: Callable[[str], str]) -> str:
        """Return the address of the feed itself; ``name_of`` gives the name of its file."""
        return self.settings.address + name_of(self.feed.name)

    def html(self, entry: Entry) -> str:
        """Return the whole text of an entry; a change is announced above it."""
        text = self.texts[entry.docname, entry.anchor].html
        if not entry.change:
            return text
        return f"<p><strong>{escape(_('What changed:'))}</strong> {escape(entry.change)}</p>\n{text}"


def shown_title(entry: Entry) -> str:
    """Return the title of an entry with the star of a pick."""
    return f"★ {entry.title}" if entry.picked else entry.title


def moment(day: str) -> str:
    """Return the beginning of a day as RFC 3339 writes it, as Atom and JSON Feed demand."""
    return f"{day}T00:00:00Z"
