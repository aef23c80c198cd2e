"""Names of documents."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.project import EXCLUDE_PATHS, Project
from sphinx.util.matching import compile_matchers

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


def find_documents_quickly() -> None:
    """Let Sphinx look for documents with paths as text: it joins three path objects for each file."""
    discover_with_paths = original(Project, "discover")

    def discover(self: Project, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        excluded, included = list(exclude_paths), list(include_paths)
        folder = f"{self.srcdir}{os.sep}"
        found: dict[str, str] = {}
        for name in _matching_files(folder, included, [*excluded, *EXCLUDE_PATHS]):
            docname = self.path2doc(name)
            if not docname:
                continue
            if docname in found or not os.access(folder + name, os.R_OK):
                # Sphinx tells of two files for one document, and of those that cannot be read.
                docnames: set[str] = discover_with_paths(self, excluded, included)
                return docnames
            found[docname] = name
        paths = {docname: Path(name) for docname, name in found.items()}
        self.docnames.clear()
        self.docnames.update(paths)
        self._docname_to_path = paths
        self._path_to_docname = {path: docname for docname, path in paths.items()}
        return self.docnames

    replace(Project, "discover", discover)


def _matching_files(folder: str, included: list[str], excluded: list[str]) -> Iterator[str]:
    """Yield the files below a folder as Sphinx's ``get_matching_files`` does."""
    include, exclude = compile_matchers(included), compile_matchers(excluded)
    top = os.path.realpath(folder)
    for root, folders, files in os.walk(top, followlinks=True):
        below = "" if root == top else os.path.relpath(root, top).replace(os.sep, "/") + "/"
        names = [unicodedata.normalize("NFC", below + name) for name in sorted(files)]
        folders[:] = [
            name
            for name in sorted(folders)
            if not any(matches(unicodedata.normalize("NFC", below + name)) for matches in exclude)
        ]
        for name in names:
            if any(matches(name) for matches in include) and not any(matches(name) for matches in exclude):
                yield name


def _is_plain(path: str) -> bool:
    """Return whether a relative path is written as Sphinx writes it."""
    plain = os.sep == "/" and "//" not in path and "/." not in path
    return plain and (path.isascii() or unicodedata.is_normalized("NFC", path))
