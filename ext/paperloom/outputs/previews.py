"""The card of a paper as a file beside its page, which a link to the page shows when it is pointed at.

The file is a script that hands the card's texts to ours: browsers load it for pages opened from the
file system as well, where they refuse data. A reader loads the cards of the links that they point
at and no other.
"""

from __future__ import annotations

import json
from pathlib import Path

from paperloom.translation import _
from paperloom.weave.pages.cards import Card

#: Ends the names of these files, in place of the page's own ending.
SUFFIX = ".card.js"


def preview_name(page: str) -> str:
    """Return the path of the card that belongs to the file of a page."""
    return page[: page.rindex(".")] + SUFFIX


def preview_path(page: Path) -> Path:
    """Return the path of the card that belongs to the file of a page."""
    return page.with_name(preview_name(page.name))


def preview_text(card: Card, figure: str) -> str:
    """Return the script of a card. ``figure`` is the address of its picture from the root of the site, if any."""
    facts = [_("Draft")] if card.draft else []
    facts += [card.byline] if card.byline else []
    facts += [card.week.title] if card.week else []
    shown = {
        "title": card.title,
        "facts": " · ".join(facts),
        "tldr": card.tldr,
        "topics": ", ".join(topic.title for topic in card.topics),
        "figure": figure,
    }
    present = {name: text for name, text in shown.items() if text}
    return f"paperloomPreview({json.dumps(present, ensure_ascii=False, separators=(',', ':'))});\n"
