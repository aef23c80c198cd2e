"""Where the documents of a knowledge base live, relative to its source directory."""

from __future__ import annotations

import re

PAPERS = "papers"
WEEKS = "weeks"
TOPICS = "topics"
ARCHIVE = "archive"
#: Holds drawings, not documents.
FIGURES = "figures"

#: The front matter key of each kind of document and the folder it belongs in.
FOLDER_OF_KIND = {"paper": PAPERS, "week": WEEKS, "topic": TOPICS, "archive": ARCHIVE}
_KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDER_OF_KIND.items()}


def kind_of_document(docname: str, stated: str | None) -> str | None:
    """Return the kind that a page states; the kind of its folder where it states none.

    So a slip in the front matter of a page is one problem and not one more for every page that refers to it.
    """
    folder, _slash, name = docname.rpartition("/")
    return stated or (_KIND_OF_FOLDER.get(folder) if name != "index" else None)


#: Pages that are no documents; no other page can have had one of these names.
PAGES_OF_SPHINX = frozenset({"404", "genindex", "py-modindex", "search"})

#: How a comment begins that an import leaves for the writer.
SOURCE_COMMENT = "Source text of the newsletter"

#: A part of a document name, as the schema of front matter has it: it leads nowhere else in an address or a path.
_PART = r'[^\s/.\\#?%:<>"|*][^\s/\\#?%:<>"|*]*'
_DOCNAME = re.compile(rf"(?!.*\.(?:md|html)$){_PART}(?:/{_PART})*")


def is_docname(text: str) -> bool:
    """Return whether ``text`` can be the name of a document, such as ``papers/xue2020mt5``."""
    return _DOCNAME.fullmatch(text) is not None


def paper_docname(key: str) -> str:
    """Return the document name of the paper with citation key ``key``."""
    return f"{PAPERS}/{key}"
