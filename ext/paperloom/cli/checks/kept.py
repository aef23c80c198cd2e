"""What a run of ``paperloom check`` learned, kept for the next one.

One file holds, for each page and BibTeX file, a digest of its bytes and what was read from it. It
counts only as a whole and only if the same code, with the same packages, wrote it; anything else
is a run without it. A second file holds what has changed since the first was written, and counts
only with that first one. Both are plain data in Python's own format for such, behind a checksum.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import paperloom
from paperloom.cli.checks.facts import EntryFacts, PageFacts, PlainProblem, PlainText, UnlinkedMention
from paperloom.cli.source_files import Signature
from paperloom.outputs.files import write_bytes, write_bytes_if_changed

_KEY_SIZE = 16
_CHECKSUM_SIZE = 4
#: Two edits this close together may leave a file system with one and the same time.
_COARSEST_CLOCK = 2_000_000_000
#: Changes of more pages than this part of all lead to writing all of them again.
_LARGEST_PART = 0.25


class KeptPage(NamedTuple):
    """What was read from a page with the bytes of ``digest``.

    ``signature`` is that of a file that surely has these bytes, None where only they can tell.
    """

    signature: Signature | None
    digest: bytes
    facts: PageFacts
    text: PlainText
    unlinked: tuple[UnlinkedMention, ...]


class KeptPiece(NamedTuple):
    """What was read from a part of a BibTeX file that starts on ``line``; lines of problems count from it."""

    digest: bytes
    line: int
    entries: tuple[EntryFacts, ...]
    problems: tuple[PlainProblem, ...]
    unreadable: tuple[str, ...]


class KeptBibliography(NamedTuple):
    """What was read from a BibTeX file; ``problems`` are those of its bytes."""

    digest: bytes
    problems: tuple[PlainProblem, ...]
    pieces: tuple[KeptPiece, ...]


@dataclass(frozen=True)
class Whole:
    """What stands in the file that holds everything, with its checksum."""

    checksum: bytes
    pages: dict[str, KeptPage]
    bibliographies: dict[str, KeptBibliography]


@dataclass
class Kept:
    """Pages by their path below the source directory, BibTeX files by the path that problems name.

    ``whole`` is what was last written as a whole, of which this may be a later state.
    """

    pages: dict[str, KeptPage] = field(default_factory=dict)
    bibliographies: dict[str, KeptBibliography] = field(default_factory=dict)
    whole: Whole | None = None


def digest_of(data: bytes) -> bytes:
    """Return a digest of ``data``."""
    return hashlib.blake2b(data, digest_size=16).digest()


def lasting(signature: Signature | None, seen: int) -> Signature | None:
    """Return ``signature`` if every later edit is bound to change it, else None.

    ``seen`` is a time before the file was read, in nanoseconds, whenever the signature was taken. As in
    git, a file that had just been written then may be written again within the same tick of the file
    system's clock; what was written before that tick ended has been read where reading began later.
    """
    if signature is None or max(signature[0], signature[1]) >= seen - _COARSEST_CLOCK:
        return None
    return signature


def place_of(source: Path) -> Path:
    """Return the file that keeps what was learned of the pages below ``source``."""
    return source / "_build" / "check" / "facts"


def key_of(prefix: str) -> bytes:
    """Return what must be equal for kept facts to count: this package, its dependencies, Python, the paths shown."""
    digest = hashlib.blake2b(f"{sys.version} {prefix}".encode(), digest_size=_KEY_SIZE)
    package = Path(paperloom.__file__).parent
    for folder, folders, names in os.walk(package):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                path = Path(folder, name)
                digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208  # names alone, of hundreds
        except OSError:
            continue
        for name in sorted(names):
            if name.endswith((".dist-info", ".egg-info")):
                digest.update(name.encode("utf-8", "surrogateescape"))
    return digest.digest()


def load(place: Path, key: bytes) -> Kept:
    """Return what is kept at ``place``, nothing where it is missing, damaged or of another ``key``."""
    try:
        checksum, (pages, bibliographies) = _read(place, key)
    except (OSError, ValueError):
        return Kept()
    whole = Whole(checksum, _pages(pages), _bibliographies(bibliographies))
    try:
        _checksum, (of_whole, changed, removed, bibliographies) = _read(_changes_beside(place), key)
    except (OSError, ValueError):
        of_whole = None
    if of_whole != checksum:
        return Kept(whole.pages, whole.bibliographies, whole)
    gone = frozenset(removed)
    pages_now = {name: page for name, page in whole.pages.items() if name not in gone} | _pages(changed)
    return Kept(pages_now, whole.bibliographies if bibliographies is None else _bibliographies(bibliographies), whole)


def _read(path: Path, key: bytes) -> tuple[bytes, tuple[Any, ...]]:
    """Return the checksum of a file and what it holds.

    :raises ValueError: if it is damaged or of another ``key``.
    """
    with path.open("rb") as file:
        if file.read(_KEY_SIZE) != key:
            raise ValueError(f"{path} is of other code")
        checksum = file.read(_CHECKSUM_SIZE)
        data = file.read()
    if _checksum(data) != checksum:
        raise ValueError(f"{path} is damaged")
    return checksum, marshal.loads(data)  # noqa: S302  # it holds no code, and the checksum is right


def _pages(plain: Iterable[tuple[str, tuple[Any, ...]]]) -> dict[str, KeptPage]:
    return {
        name: KeptPage(signature, digest, PageFacts._make(facts), text, unlinked)
        for name, (signature, digest, facts, text, unlinked) in plain
    }


def _bibliographies(plain: Iterable[tuple[str, tuple[Any, ...]]]) -> dict[str, KeptBibliography]:
    return {
        name: KeptBibliography(digest, problems, tuple(_piece(*piece) for piece in pieces))
        for name, (digest, problems, pieces) in plain
    }


def _piece(
    digest: bytes,
    line: int,
    entries: tuple[tuple[object, ...], ...],
    problems: tuple[PlainProblem, ...],
    unreadable: tuple[str, ...],
) -> KeptPiece:
    return KeptPiece(digest, line, tuple(map(EntryFacts._make, entries)), problems, unreadable)


def save(place: Path, key: bytes, kept: Kept, whole: Whole | None) -> None:
    """Write what was learned, for the next run; where it cannot be written, that run starts from less.

    What differs little from what was last written as a ``whole`` goes into a file of its own: to write everything
    takes a fifth of a second for 10,000 pages.
    """
    changes = _changes_since(whole, kept) if whole else None
    try:
        write_bytes_if_changed(place.parent / ".gitignore", b"*\n")
        if changes:
            write_bytes(_changes_beside(place), key, *_as_bytes(changes))
        else:
            write_bytes(place, key, *_as_bytes((_plain_pages(kept.pages), _plain_bibliographies(kept.bibliographies))))
            _changes_beside(place).unlink(missing_ok=True)
    except OSError:  # a folder that is read-only, a full disk
        pass


def _changes_since(whole: Whole, kept: Kept) -> tuple[Any, ...] | None:
    changed = {name: page for name, page in kept.pages.items() if whole.pages.get(name) != page}
    removed = [name for name in whole.pages if name not in kept.pages]
    if len(changed) + len(removed) > _LARGEST_PART * len(whole.pages):
        return None
    same = kept.bibliographies == whole.bibliographies
    return (
        whole.checksum,
        _plain_pages(changed),
        removed,
        None if same else _plain_bibliographies(kept.bibliographies),
    )


def _changes_beside(place: Path) -> Path:
    return place.with_name(f"{place.name}-changes")


def _plain_pages(pages: dict[str, KeptPage]) -> list[tuple[object, ...]]:
    return [
        (name, (page.signature, page.digest, tuple(page.facts), page.text, page.unlinked))
        for name, page in pages.items()
    ]


def _plain_bibliographies(bibliographies: dict[str, KeptBibliography]) -> list[tuple[object, ...]]:
    return [
        (
            name,
            (
                file.digest,
                file.problems,
                [(*piece[:2], tuple(map(tuple, piece.entries)), *piece[3:]) for piece in file.pieces],
            ),
        )
        for name, file in bibliographies.items()
    ]


def _as_bytes(value: tuple[Any, ...]) -> tuple[bytes, bytes]:
    """Return a checksum and ``value`` as bytes."""
    data = marshal.dumps(value)
    return _checksum(data), data


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM_SIZE, "big")
