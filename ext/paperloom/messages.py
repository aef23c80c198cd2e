"""Extracts the texts of the interface for translators: ``python -m paperloom.messages ext/paperloom``."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from paperloom.outputs.files import write_if_changed

#: Our functions and which of their arguments are texts.
KEYWORDS = {**DEFAULT_KEYWORDS, "count": (2, 3), "lazy": None}
#: Rooms that show no text of the interface, in which ``count`` is a method of bytes and texts.
SILENT = frozenset({"cli", "editing", "importing", "model", "providers", "sources", "web"})


def _may_show_texts(folder: str) -> bool:
    return Path(folder).name not in SILENT and not Path(folder).name.startswith((".", "_"))


def template(package: Path) -> str:
    """Return the message template of ``package``: every text with the files that show it, sorted."""
    catalog = Catalog(project="paperloom", fuzzy=False)
    found = extract_from_dir(package, keywords=KEYWORDS, directory_filter=_may_show_texts)
    for filename, _line, message, _comments, _context in found:
        catalog.add(message, locations=[(Path(filename).as_posix(), 0)])
    buffer = BytesIO()
    write_po(buffer, catalog, omit_header=True, sort_output=True, include_lineno=False)
    return buffer.getvalue().decode("utf-8")


def main() -> None:
    """Write ``locale/paperloom.pot`` below the package named on the command line."""
    package = Path(sys.argv[1])
    write_if_changed(package / "locale" / "paperloom.pot", template(package))


if __name__ == "__main__":
    main()
