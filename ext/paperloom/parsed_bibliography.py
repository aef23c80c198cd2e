"""The parsed bibliography, kept between builds by the content of its files.

Parsing ten thousand entries takes seconds, and every build needs them. What is kept counts only
if it was made from the same bytes by the same version; where a file has changed, the entries that
are as they were are taken from there, and the others are parsed.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paperloom.model.records import Reference
from paperloom.outputs.files import write_bytes_if_changed
from paperloom.package import PACKAGE_DIGEST
from paperloom.sources.bibliography import Bibliography, add_pieces
from paperloom.sources.kept_pieces import KeptPiece, parse_again
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


@dataclass(slots=True)
class Parsed:
    """The entries of all files, and the parts of each file, by the path that problems name."""

    bibliography: Bibliography = field(default_factory=Bibliography)
    pieces: dict[str, list[KeptPiece]] = field(default_factory=dict)


class Loaded:
    """The bibliography of a build, and that of the build before; both are unpickled when they are needed."""

    def __init__(self, paths: list[Path], source: Path, kept: Path, digest: str) -> None:
        """Look for the bibliography with ``digest`` in the file ``kept``; parse ``paths`` where it is not there."""
        self.digest = digest
        self.digest_before = ""
        self._kept: bytes = b""
        self._bibliography: Bibliography | None = None
        self._parsed_before: Parsed | None = None
        version = ""
        try:
            version, self.digest_before, self.problems, self._kept = pickle.loads(kept.read_bytes())  # noqa: S301  # ours
            if version != PACKAGE_DIGEST or zlib.crc32(self._kept[4:]) != int.from_bytes(self._kept[:4], "big"):
                self.digest_before, self._kept = "", b""
        except Exception:  # noqa: BLE001  # whatever is wrong with what was kept, parsing makes up for it
            self.digest_before, self._kept = "", b""
        if self.digest_before != digest:
            parsed = parse(paths, source, self._before.pieces)
            self._bibliography, self.problems = parsed.bibliography, parsed.bibliography.problems
            pickled = pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL)
            checked = zlib.crc32(pickled).to_bytes(4, "big") + pickled
            stored = (PACKAGE_DIGEST, digest, self.problems, checked)
            write_bytes_if_changed(kept, pickle.dumps(stored, pickle.HIGHEST_PROTOCOL))

    @property
    def _before(self) -> Parsed:
        if self._parsed_before is None:
            self._parsed_before = pickle.loads(self._kept[4:]) if self._kept else Parsed()  # noqa: S301  # written by us
        return self._parsed_before

    @property
    def bibliography(self) -> Bibliography:
        """The entries as they are."""
        if self._bibliography is None:
            self._bibliography = self.before
        return self._bibliography

    @property
    def before(self) -> Bibliography:
        """The entries as they were in the build before; none where that is not known."""
        return self._before.bibliography

    @property
    def is_as_before(self) -> bool:
        """Whether the entries are those of the build before."""
        return self.digest == self.digest_before

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


def parse(paths: Iterable[Path], source: Path, before: Mapping[str, Iterable[KeptPiece]]) -> Parsed:
    """Return the entries of ``paths``, which problems name relative to ``source``.

    What is known of their parts from ``before`` is not parsed again.
    """
    parsed = Parsed()
    for path in paths:
        shown_as = path.relative_to(source).as_posix()
        text, problems = read_text(path, shown_as)
        parsed.bibliography.problems.extend(problems)
        parsed.pieces[shown_as] = pieces = parse_again(text, shown_as, before.get(shown_as, ()))
        add_pieces([kept.piece for kept in pieces], parsed.bibliography)
    return parsed
