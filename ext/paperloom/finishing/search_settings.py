"""What a search index is made with and the pages do not say; the build writes it beside the static files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from paperloom.finishing.site import FinishingError

SEARCH_SETTINGS = "_static/search-settings.json"

#: An entry of an ``index`` directive: its text, the anchor it leads to, and ``main`` where it is the main one.
IndexEntry = tuple[str, str, str]


@dataclass(frozen=True)
class SearchSettings:
    """The language of words with the options of its splitter, and what Sphinx alone knows of documents.

    ``suffix`` is that of source files, ``types`` the names of kinds of objects in the language of
    the site (by ``domain:type``), ``entries`` those of ``index`` directives by document, and
    ``hidden`` the documents that ask not to be found, and drafts.
    """

    language: str
    options: dict[str, Any] = field(default_factory=dict)
    suffix: str = ".md"
    types: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[IndexEntry]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the settings as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def load_search_settings(site: Path) -> SearchSettings:
    """Return the settings that the last build of the site in the folder ``site`` has written.

    :raises FinishingError: if there are none.
    """
    path = site / SEARCH_SETTINGS
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        entries = {
            docname: [(str(text), str(anchor), str(main)) for text, anchor, main in listed]
            for docname, listed in stored["entries"].items()
        }
        return SearchSettings(
            stored["language"], stored["options"], stored["suffix"], stored["types"], entries, tuple(stored["hidden"])
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"{path}: {error}; build the site with the builder html or dirhtml of Paperloom"
        raise FinishingError(message) from error
