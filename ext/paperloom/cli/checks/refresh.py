"""Reading the files that changed: pages in several processes where they are many, BibTeX entry by entry."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from paperloom.cli.checks import PAGE_CHECKS, PAGE_CHECKS_IF_FEATURED
from paperloom.cli.checks.facts import PageFacts, plain
from paperloom.cli.checks.kept import KeptBibliography, KeptPage, KeptPiece, digest_of
from paperloom.cli.checks.reading import facts_of_entry, facts_of_page
from paperloom.cli.checks.unlinked import plain_text
from paperloom.cli.source_files import SourceFile
from paperloom.sources.bibliography import default_macros, parse_piece, pieces_of
from paperloom.sources.pages import parse_page
from paperloom.sources.text import decode, read_text

#: Fewer pages than this are read before another process has started.
_FEWEST_FOR_PROCESSES = 300
_PAGES_AT_ONCE = 100

#: Path, name and prefix of some pages.
_Chunk = list[tuple[str, str, str]]


def read_one(path: str, name: str, prefix: str) -> KeptPage:
    """Read a page; ``prefix`` and ``name`` make up the path that problems name."""
    shown_as = prefix + name
    try:
        data = Path(path).read_bytes()
    except OSError:
        digest = b""  # of no file
        text, problems = read_text(Path(path), shown_as)
    else:
        digest = digest_of(data)
        text, problems = decode(data, shown_as)
    page = parse_page(text, shown_as, name.removesuffix(".md"))
    page.problems = [*problems, *page.problems]
    facts = facts_of_page(page, PAGE_CHECKS, PAGE_CHECKS_IF_FEATURED)
    return KeptPage(None, digest, facts, plain_text(page), ())


@contextmanager
def read_pages(files: Sequence[SourceFile], prefix: str) -> Iterator[Iterator[KeptPage]]:
    """Read ``files`` and yield an iterator of the results, in their order; other processes start at once."""
    chunks = [
        [(file.path, file.name, prefix) for file in files[start : start + _PAGES_AT_ONCE]]
        for start in range(0, len(files), _PAGES_AT_ONCE)
    ]
    processes = _processors() if len(files) >= _FEWEST_FOR_PROCESSES else 1
    pool = _pool(processes)
    try:
        yield _results(chunks, _started(pool, chunks))
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(processes: int) -> ProcessPoolExecutor | None:
    try:
        return ProcessPoolExecutor(processes, initializer=_ignore_interrupts) if processes > 1 else None
    except (ImportError, NotImplementedError, OSError):  # some systems have no semaphores, or no memory for them
        return None


def _ignore_interrupts() -> None:
    """Leave it to the first process to end them all when someone interrupts it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _started(pool: ProcessPoolExecutor | None, chunks: list[_Chunk]) -> list[Future[bytes]] | None:
    try:
        return [pool.submit(_read_chunk, chunk) for chunk in chunks] if pool else None
    except (OSError, BrokenProcessPool):  # no process may be started, or one was killed at once
        return None


def _read_chunk(chunk: _Chunk) -> bytes:
    return marshal.dumps([(page.digest, tuple(page.facts), page.text) for page in (read_one(*each) for each in chunk)])


def _results(chunks: list[_Chunk], futures: list[Future[bytes]] | None) -> Iterator[KeptPage]:
    if futures is None:
        yield from (read_one(*each) for chunk in chunks for each in chunk)
        return
    for chunk, future in zip(chunks, futures, strict=True):
        try:
            data = future.result()
        except BrokenProcessPool:  # a process was killed
            data = _read_chunk(chunk)
        for digest, facts, text in marshal.loads(data):  # noqa: S302  # our own
            yield KeptPage(None, digest, PageFacts._make(facts), text, ())


def read_bibliography(data: bytes, shown_as: str, before: KeptBibliography | None) -> KeptBibliography:
    """Read a BibTeX file; what ``before`` says of parts that are still the same is taken from there."""
    text, problems = decode(data, shown_as)
    known = {piece.digest: piece for piece in before.pieces} if before else {}
    months = default_macros()
    macros = dict(months)
    pieces: list[KeptPiece] = []
    for text_of_piece, line in pieces_of(text):
        digest = digest_of(text_of_piece.encode("utf-8", "surrogatepass"))
        piece = known.get(digest) if macros == months else None
        pieces.append(_moved(piece, line) if piece else _read_piece(text_of_piece, shown_as, line, macros))
    return KeptBibliography(digest_of(data), tuple(map(plain, problems)), tuple(pieces))


def _moved(piece: KeptPiece, line: int) -> KeptPiece:
    down = line - piece.line
    if not down:
        return piece
    return piece._replace(line=line, entries=tuple(entry._replace(line=entry.line + down) for entry in piece.entries))


def _read_piece(text: str, shown_as: str, line: int, macros: dict[str, str]) -> KeptPiece:
    names_before = dict(macros)
    piece = parse_piece(text, shown_as, line, macros)
    depends = names_before != default_macros() or macros != names_before
    return KeptPiece(
        b"" if depends else digest_of(text.encode("utf-8", "surrogatepass")),
        line,
        tuple(map(facts_of_entry, piece.references)),
        tuple(plain(problem, line) for problem in piece.problems),
        piece.unreadable,
    )
