"""The names of feeds and of their files, which pages and the step that writes feeds share."""

from __future__ import annotations

FOLDER = "feeds"
#: The folder of the drawings that feeds show, which pages hold in themselves.
DRAWINGS = f"{FOLDER}/drawings/"

ALL = "all"
ISSUES = "issues"
PAPERS = "papers"
CHANGES = "changes"
#: The feeds of the whole site, in the order in which readers are told of them.
FEEDS_OF_SITE = (ALL, ISSUES, PAPERS, CHANGES)

#: All feeds in one file.
OUTLINES = f"{FOLDER}/all.opml"

ATOM = "application/atom+xml"
JSON = "application/feed+json"


def topic_feed(slug: str) -> str:
    """Return the name of the feed of the topic ``slug``."""
    return f"topics/{slug}"


def atom_file(name: str) -> str:
    """Return the Atom file of the feed ``name``, below the folder of the site."""
    return f"{FOLDER}/{name}.xml"


def json_file(name: str) -> str:
    """Return the JSON Feed file of the feed ``name``, below the folder of the site."""
    return f"{FOLDER}/{name}.json"
