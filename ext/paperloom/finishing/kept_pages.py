"""What a step read from pages, kept until their files change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from paperloom.finishing.site import BuiltSite, FinishingError
from paperloom.outputs.files import State, is_as_written, state_of
from paperloom.outputs.kept import read_kept, write_kept
from paperloom.package import PACKAGE_DIGEST


class KeptPages:
    """The pages of a site as a step reads them: each is read again only when its file has other content.

    ``read`` makes plain data, as JSON has it, of the HTML of a page. ``settings`` is everything else
    that the result depends on. The step also keeps what its output was made from.
    """

    def __init__(self, site: BuiltSite, name: str, settings: str, read: Callable[[str], Any]) -> None:
        """Take up what is kept under ``name``, if it is whole and was made by this code with ``settings``."""
        self._folder = site.folder
        self._path = site.kept / f"{name}.json"
        self._read = read
        self._code = f"{PACKAGE_DIGEST} {settings}"
        self._before: dict[str, list[Any]] = {}
        self._now: dict[str, list[Any]] = {}
        self._made_from = ""
        self._files: dict[str, State] = {}
        #: How many pages were read.
        self.fresh = 0
        self._load()

    def _load(self) -> None:
        try:
            stored = json.loads(read_kept(self._path))
            if stored["code"] != self._code:
                return
            pages = {str(address): [_state(state), value] for address, (state, value) in stored["pages"].items()}
            files = {str(name): _state(state) for name, state in stored["files"].items()}
            self._before, self._files, self._made_from = pages, files, str(stored["made from"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return

    def page(self, address: str) -> Any:
        """Return what was read from the page at ``address``, which is relative to the site.

        :raises FinishingError: if there is no such page.
        """
        name = f"{address}index.html" if not address or address.endswith("/") else address
        path = self._folder / name
        known = self._before.get(address)
        if known is None or not is_as_written(str(path), known[0]):
            try:
                markup = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                message = f"{path}: {error}; build the site anew: nox -s docs"
                raise FinishingError(message) from error
            known = [state_of(str(path)), self._read(markup)]
            self.fresh += 1
        self._now[address] = known
        return known[1]

    def is_made_from(self, digest: str) -> bool:
        """Return whether the files of the last run were made from what has ``digest``, and stand as it left them."""
        if self._made_from != digest or not self._files:
            return False
        return all(is_as_written(str(self._folder / name), state) for name, state in self._files.items())

    @property
    def files(self) -> frozenset[str]:
        """The names of the files of the last run."""
        return frozenset(self._files)

    def close(self, digest: str, files: Iterable[str]) -> None:
        """Keep the pages that were asked for, and that ``files`` are made from what has ``digest``."""
        stored = {
            "code": self._code,
            "made from": digest,
            "files": {name: state_of(str(self._folder / name)) for name in sorted(files)},
            "pages": dict(sorted(self._now.items())),
        }
        write_kept(self._path, json.dumps(stored, ensure_ascii=False))


def digest_of(parts: Iterable[str | bytes]) -> str:
    """Return a digest of texts."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update((part.encode() if isinstance(part, str) else part) + b"\0")
    return digest.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """Return a digest of the contents of files."""
    return digest_of(path.read_bytes() for path in paths)


def _state(stored: Any) -> State:
    modified, size, digest = stored
    return int(modified), int(size), str(digest)
