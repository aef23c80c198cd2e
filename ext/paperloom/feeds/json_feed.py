"""Feeds in the JSON Feed format, version 1.1: https://jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from typing import Any

from paperloom.feeds.entries import Entry
from paperloom.feeds.names import json_file
from paperloom.feeds.writing import Written, moment, shown_title
from paperloom.translation import _

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed_text(written: Written) -> str:
    """Return a feed as the text of a JSON file."""
    feed, settings = written.feed, written.settings
    content = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": written.page(feed.docname),
        "feed_url": written.file(json_file),
        "language": settings.language,
        "authors": [{"name": settings.author or settings.title}],
        "items": [_item(entry, written) for entry in feed.entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _item(entry: Entry, written: Written) -> dict[str, Any]:
    """Return an item; ``_paperloom`` says what its kind is and whether the editor picked it."""
    text = written.texts[entry.docname, entry.anchor]
    values = {
        "id": entry.id,
        "url": written.page(entry.docname, entry.anchor),
        "external_url": entry.related,
        "title": shown_title(entry),
        "content_html": written.html(entry),
        "summary": entry.change or entry.summary,
        "image": text.picture,
        "date_published": moment(entry.published),
        "date_modified": moment(entry.updated),
        "tags": [*([_("Editor’s pick")] if entry.picked else []), *(title for _slug, title in entry.topics)],
        "_paperloom": {"kind": entry.kind, "picked": entry.picked},
    }
    return {name: value for name, value in values.items() if value or name == "content_html"}
