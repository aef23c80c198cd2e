"""The names of the files of e-mails, which pages and the step that writes e-mails share."""

from __future__ import annotations

FOLDER = "emails"


def edition_name(week_id: str) -> str:
    """Return the name of the e-mail of a week below the folder of the site, without its suffix."""
    return f"{FOLDER}/{week_id}"
