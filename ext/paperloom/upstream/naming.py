"""Names of documents."""

from __future__ import annotations

import os
import unicodedata

from sphinx.project import Project

from paperloom.upstream.replacing import original, replace


def name_documents_quickly() -> None:
    """Let Sphinx take the name of a document from the text of its path, without a path object for each file."""
    name_by_path = original(Project, "path2doc")

    def path2doc(self: Project, filename: str | os.PathLike[str]) -> str | None:
        if isinstance(filename, str) and filename[:1] not in ("", ".", "/") and _is_plain(filename):
            for suffix in self.source_suffix:
                if filename.endswith(suffix) and not filename.endswith(f"/{suffix}"):
                    return filename.removesuffix(suffix)
        name: str | None = name_by_path(self, filename)
        return name

    replace(Project, "path2doc", path2doc)


def _is_plain(path: str) -> bool:
    """Return whether a relative path is written as Sphinx writes it."""
    plain = os.sep == "/" and "//" not in path and "/." not in path
    return plain and (path.isascii() or unicodedata.is_normalized("NFC", path))
