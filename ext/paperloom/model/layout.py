"""Where the documents of a knowledge base live, relative to its source directory."""

from __future__ import annotations

PAPERS = "papers"
WEEKS = "weeks"
TOPICS = "topics"
ARCHIVE = "archive"
#: Holds drawings, not documents.
FIGURES = "figures"

#: The front matter key of each kind of document and the folder it belongs in.
FOLDER_OF_KIND = {"paper": PAPERS, "week": WEEKS, "topic": TOPICS, "archive": ARCHIVE}


def paper_docname(key: str) -> str:
    """Return the document name of the paper with citation key ``key``."""
    return f"{PAPERS}/{key}"
