"""The parsed bibliography, kept between builds by the content of its files.

Parsing ten thousand entries takes seconds, and every build needs them. What is kept counts only
if it was made from the same bytes by the same version; anything else is parsed anew.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterable
from pathlib import Path

from paperloom.model.records import Reference
from paperloom.outputs.files import write_bytes_if_changed
from paperloom.package import PACKAGE_DIGEST
from paperloom.sources.bibliography import Bibliography, parse_bibliography
from paperloom.sources.text import read_text


def digest_of(paths: Iterable[Path], source: Path) -> str:
    """Return a digest of the names and contents of ``paths`` and of what this package makes of them."""
    digest = hashlib.blake2b(PACKAGE_DIGEST.encode(), digest_size=16)
    for path in paths:
        digest.update(path.relative_to(source).as_posix().encode() + b"\0")
        try:
            digest.update(path.read_bytes())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


class Loaded:
    """The bibliography of a build, and that of the build before; both are unpickled when they are needed."""

    def __init__(self, paths: list[Path], source: Path, kept: Path, digest: str) -> None:
        """Look for the bibliography with ``digest`` in the file ``kept``; parse ``paths`` where it is not there."""
        self.digest = digest
        self.digest_before = ""
        self._kept: bytes = b""
        self._bibliography: Bibliography | None = None
        self._before: Bibliography | None = None
        try:
            self.digest_before, self.problems, self._kept = pickle.loads(kept.read_bytes())  # noqa: S301  # written by us
            if zlib.crc32(self._kept[4:]) != int.from_bytes(self._kept[:4], "big"):
                self.digest_before, self._kept = "", b""
        except Exception:  # noqa: BLE001  # whatever is wrong with what was kept, parsing makes up for it
            self.digest_before, self._kept = "", b""
        if self.digest_before != digest:
            self._bibliography = parse(paths, source)
            self.problems = self._bibliography.problems
            pickled = pickle.dumps(self._bibliography, pickle.HIGHEST_PROTOCOL)
            checked = zlib.crc32(pickled).to_bytes(4, "big") + pickled
            stored = (digest, self.problems, checked)
            write_bytes_if_changed(kept, pickle.dumps(stored, pickle.HIGHEST_PROTOCOL))

    @property
    def bibliography(self) -> Bibliography:
        """The entries as they are."""
        if self._bibliography is None:
            self._bibliography = self.before
        return self._bibliography

    @property
    def before(self) -> Bibliography:
        """The entries as they were in the build before; none where that is not known."""
        if self._before is None:
            self._before = pickle.loads(self._kept[4:]) if self._kept else Bibliography()  # noqa: S301  # written by us
        return self._before

    @property
    def references(self) -> dict[str, Reference]:
        """The entries by citation key."""
        return self.bibliography.references

    @property
    def references_before(self) -> dict[str, Reference]:
        """The entries of the build before by citation key."""
        return self.before.references

    @property
    def unreadable(self) -> set[str]:
        """Keys of entries that cannot be parsed."""
        return self.bibliography.unreadable


def parse(paths: Iterable[Path], source: Path) -> Bibliography:
    """Return the entries of ``paths``, which problems name relative to ``source``."""
    bibliography = Bibliography()
    for path in paths:
        shown_as = path.relative_to(source).as_posix()
        text, problems = read_text(path, shown_as)
        bibliography.problems.extend(problems)
        parse_bibliography(text, shown_as, into=bibliography)
    return bibliography
