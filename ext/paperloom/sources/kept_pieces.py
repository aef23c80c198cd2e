"""Parsing a BibTeX file again after a part of it changed: the other parts are taken from before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from paperloom.sources.bibliography import Piece, default_macros, parse_piece, pieces_of


class KeptPiece(NamedTuple):
    """A part of a file that starts on ``line``.

    ``digest`` is that of its text, or empty where its meaning depends on an ``@string`` or it holds one.
    """

    digest: bytes
    line: int
    piece: Piece


def parse_again(text: str, path: str, before: Iterable[KeptPiece]) -> list[KeptPiece]:
    """Return the parts of the file ``path``; those whose text stands in ``before`` are not parsed again."""
    known = {kept.digest: kept for kept in before if kept.digest}
    months = default_macros()
    macros = dict(months)
    found: list[KeptPiece] = []
    for text_of_piece, line in pieces_of(text):
        digest = hashlib.blake2b(text_of_piece.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        kept = known.get(digest) if macros == months else None
        if kept is None:
            had_others = macros != months
            piece = parse_piece(text_of_piece, path, line, macros)
            kept = KeptPiece(b"" if had_others or macros != months else digest, line, piece)
        found.append(_moved(kept, line))
    return found


def _moved(kept: KeptPiece, line: int) -> KeptPiece:
    down = line - kept.line
    if not down:
        return kept
    piece = Piece(
        tuple([replace(reference, line=reference.line + down) for reference in kept.piece.references]),
        tuple([replace(problem, line=problem.line + down) for problem in kept.piece.problems]),
        kept.piece.unreadable,
    )
    return KeptPiece(kept.digest, line, piece)
