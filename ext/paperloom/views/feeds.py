"""The list of feeds."""

from __future__ import annotations

from paperloom.feeds.names import ALL, CHANGES, ISSUES, OUTLINES, PAPERS, atom_file, json_file, topic_feed
from paperloom.translation import _
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.feeds import FeedList

#: Shares of the columns of the table of feeds.
_WIDTHS = (70, 15, 15)


def render_feed_list(shown: FeedList, write: Writer[Piece]) -> list[Piece]:
    """Return the feeds as a table, and the file that feed readers import."""
    if not write.site_address:
        return write.empty(_("This site has no feeds: its address is not set."))
    of_site = {
        ALL: _("Everything: issues and papers"),
        ISSUES: _("Issues, with their articles"),
        PAPERS: _("Papers"),
        CHANGES: _("Changed summaries"),
    }
    rows = [_row(write.text(title), name, write) for name, title in of_site.items()]
    rows += [_row(write.link(topic), topic_feed(slug), write) for slug, topic in shown.topics]
    outlines = _file(_("All feeds in one file"), OUTLINES, write)
    note = write.text(" " + _("(OPML), which feed readers import."))
    return [
        write.table((_("Feed"), "Atom", "JSON Feed"), rows, _WIDTHS, "loom-feeds"),
        write.paragraph(outlines, note),
    ]


def _row(title: Piece, name: str, write: Writer[Piece]) -> list[list[Piece]]:
    return [[title], [_file("Atom", atom_file(name), write)], [_file("JSON", json_file(name), write)]]


def _file(label: str, name: str, write: Writer[Piece]) -> Piece:
    """Return a link to a file of the site: the one beside the page, or in books the published one."""
    return write.external_link(label, write.file_address(name) or write.site_address + name)
