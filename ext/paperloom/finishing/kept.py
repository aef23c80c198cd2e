"""What a step remembers from run to run: pages that it read, and files that it made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite
from paperloom.outputs.files import State, is_as_written, state_of
from paperloom.outputs.kept import read_kept, write_kept
from paperloom.package import PACKAGE_DIGEST


class Kept:
    """The memory of one step: the states of pages, and for each part of its work a basis and its files.

    Files are taken as they stand where the basis is the one of the last run and nobody has changed
    them. The memory may be removed at any time; what cannot be read is forgotten.
    """

    def __init__(self, site: BuiltSite, name: str) -> None:
        """Take up what the step ``name`` kept."""
        self._site = site
        self._place = site.kept / f"{name}-kept.json"
        self._pages_before, self._parts_before = _load(self._place)
        self._pages: dict[str, State] = {}
        self._parts: dict[str, tuple[str, dict[str, State]]] = {}

    def digest_of_page(self, docname: str) -> str:
        """Return the digest of a page; it is read only where its time or size is another than before."""
        if docname not in self._pages:
            path = str(self._site.folder / self._site.settings.page_file(docname))
            before = self._pages_before.get(docname)
            self._pages[docname] = before if before and is_as_written(path, before) else state_of(path)
        return self._pages[docname][2]

    def make(self, name: str, basis: Iterable[str], contents: Callable[[], Mapping[str, str]], output: Output) -> bool:
        """Write the files of a part, given by name, unless they follow from the same ``basis``; return whether."""
        digest = hashlib.blake2b("\0".join((PACKAGE_DIGEST, *basis)).encode(), digest_size=16).hexdigest()
        folder = self._site.folder
        before = self._parts_before.get(name)
        unchanged = before is not None and before[0] == digest
        if before and unchanged and all(is_as_written(str(folder / at), was) for at, was in before[1].items()):
            output.keep(before[1])
            self._parts[name] = before
            return False
        made = contents()
        for file, content in made.items():
            output.write(file, content)
        self._parts[name] = digest, {file: state_of(str(folder / file)) for file in made}
        return True

    def store(self) -> None:
        """Keep what this run knows for the next."""
        content = {"pages": self._pages, "parts": self._parts}
        write_kept(self._place, json.dumps(content, indent=0, sort_keys=True) + "\n")


def _load(path: Path) -> tuple[dict[str, State], dict[str, tuple[str, dict[str, State]]]]:
    try:
        stored = json.loads(read_kept(path))
        pages = _states(stored["pages"])
        return pages, {str(name): (str(basis), _states(files)) for name, (basis, files) in stored["parts"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}, {}


def _states(stored: Mapping[str, tuple[int, int, str]]) -> dict[str, State]:
    return {str(name): (int(modified), int(size), str(digest)) for name, (modified, size, digest) in stored.items()}
