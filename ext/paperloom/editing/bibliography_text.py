"""BibTeX as it is written: any text comes back from the reader as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString

from paperloom.editing.errors import EditingError
from paperloom.model.bibtex import FIELD_ORDER, Entry, format_fields
from paperloom.model.records import Author
from paperloom.sources.bibliography import ENTRY_KEY, ENTRY_START, parse_bibliography, read_name
from paperloom.sources.pasted_names import read_pasted_name
from paperloom.sources.text import clean

#: Fields whose value no LaTeX is applied to.
_VERBATIM = frozenset({"url", "doi", "eprint", "archiveprefix", "primaryclass", "openreview"})
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&%#_"},
    }
)
#: Pairs that LaTeX joins: dashes, quotation marks, inverted punctuation.
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)")
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_PART = re.compile(r"[^\W_]+")
_CANONICAL = {name.lower(): name for name in FIELD_ORDER}
_NUMBERS = re.compile(r"\s*[–—-]+\s*")


def escape(text: str) -> str:
    """Return plain ``text`` as a BibTeX value; the reader gives ``text`` back."""
    return _JOINED.sub("{}", text.translate(_ESCAPES))


def entry_text(entry: Entry) -> str:
    """Return the BibTeX of ``entry``: fields in the agreed order, capitals of the title protected.

    Empty fields are left out. Texts are cleaned (:func:`~paperloom.sources.text.clean`).
    """
    values = [
        (_CANONICAL.get(name.lower(), name), _value(name.lower(), clean(text), entry)) for name, text in entry.fields
    ]
    for name, people in (("author", entry.authors), ("editor", entry.editors)):
        values.append((name, " and ".join(_name(author) for author in people)))
    comments = [f"% {clean(comment)}" for comment in entry.comments]
    return "\n".join([*comments, format_fields(entry.entry_type, entry.key, values)])


def _value(name: str, text: str, entry: Entry) -> str:
    if name == "title":
        return _title(text, entry.protected)
    if name in _VERBATIM:
        return re.sub(r"[\\{}\s]", lambda match: f"%{ord(match[0]):02X}", text)
    if name == "pages":
        text = escape(_NUMBERS.sub("–", text))
        return text.replace("–", "--")
    return escape(text)


def _title(text: str, protected: frozenset[str]) -> str:
    written, position = "", 0
    for match in _WORD.finditer(text):
        word = match[0].translate(_ESCAPES)
        in_braces = match[0] in protected or _has_meaningful_capitals(match[0])
        written += text[position : match.start()].translate(_ESCAPES) + (f"{{{word}}}" if in_braces else word)
        position = match.end()
    return _JOINED.sub("{}", written + text[position:].translate(_ESCAPES))


def _has_meaningful_capitals(word: str) -> bool:
    """Return whether lower case would change what a word means, as in ``mT5``, ``U-Net`` and ``X-ray``."""
    parts = _PART.findall(word)
    return any(
        any(letter.isupper() for letter in part[1:])
        or (part[:1].isupper() and any(letter.isdigit() for letter in part))
        or (len(part) == 1 and part.isupper() and (len(parts) > 1 or part not in "AI"))
        for part in parts
    )


def _name(author: Author) -> str:
    """Return a name as BibTeX splits it into the same parts again: in braces where it would not.

    A name without a given name is written in braces of its own, as that of an organisation.
    """
    parts = (author.particle, author.family, author.suffix, author.given)
    particle, family, suffix, given = (clean(part) for part in parts)
    last = " ".join(part for part in (particle, family) if part)
    if not given or not last:
        return f"{{{escape(' '.join(part for part in (last, suffix, given) if part))}}}"
    plain = ", ".join(escape(part) for part in (last, suffix, given) if part)
    try:
        stands_alone = split_name_list(f"{plain} and {plain}") == [plain, plain]
        if stands_alone and read_name(plain) == read_pasted_name(plain) == Author(family, given, particle, suffix):
            return plain
    except InvalidNameString:  # more commas than BibTeX knows
        pass
    return ", ".join(f"{{{escape(part)}}}" for part in (last, suffix, given) if part)


def insert_entries(text: str, entries: Iterable[Entry], shown_as: str = "references.bib") -> str:
    """Return the BibTeX file ``text`` with ``entries`` at their places in the order of keys.

    Every other byte stays as it is, and the comment lines directly above an entry stay with it.

    :raises EditingError: if a key is there already, or if the file, which ``shown_as`` names, is so
        broken that what is inserted would not be read back.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    written = text
    new = sorted(entries, key=lambda entry: entry.key)
    for entry in new:
        written = _insert(written, entry.key, entry_text(entry).replace("\n", newline), newline)
    _compare(text, written, [entry.key for entry in new], shown_as)
    return written


def replace_entry(text: str, entry: Entry, shown_as: str = "references.bib") -> str:
    """Return the BibTeX file ``text`` with ``entry`` in the place of the one with its key.

    Every other byte stays as it is, comments above the entry included.

    :raises EditingError: if there is no entry with the key, or if the file is so broken that the
        new one would not be read back.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    for match, following in pairwise([*ENTRY_START.finditer(text), None]):
        if match is None:
            break
        piece_end = following.start() if following else len(text)
        if _key(text[match.start() : piece_end]) == entry.key:
            end = _end_of_entry(text, match.end(), piece_end)
            written = f"{entry_text(entry)}\n".replace("\n", newline)
            return _replaced(text, text[: match.start()] + written + text[end:], entry.key, shown_as)
    raise EditingError(f"{shown_as}: has no entry '{entry.key}'; run 'paperloom check'")


def _replaced(old: str, new: str, key: str, shown_as: str) -> str:
    """Return ``new``, or refuse it where it says anything else of another entry than ``old``."""

    def others(text: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        found = parse_bibliography(text, shown_as)
        if found.unreadable or key not in found.references:
            raise EditingError(f"{shown_as}: is too broken to change the entry '{key}'; run 'paperloom check' first")
        return [(name, reference.fields) for name, reference in found.references.items() if name != key]

    if others(old) != others(new):
        raise EditingError(f"{shown_as}: the entry '{key}' cannot be told from what stands around it; edit it by hand")
    return new


def _insert(text: str, key: str, block: str, newline: str) -> str:
    for start, present in _entry_blocks(text):
        if present > key:
            before = text[:start]
            return f"{_separated(before, newline)}{block}{newline}{newline}{text[start:]}"
    return f"{_separated(text, newline)}{block}{newline}"


def _separated(before: str, newline: str) -> str:
    """Return what stands before an entry, ending with a blank line; nothing is added at the top of a file."""
    if not before.removeprefix("\ufeff"):
        return before
    lines = before.splitlines(keepends=True)
    if not lines[-1].endswith(("\n", "\r")):
        return before + newline + newline
    return before if not lines[-1].strip() else before + newline


def _entry_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each entry starts, with the comment lines directly above it, and its key."""
    end_of_last = 0
    starts = list(ENTRY_START.finditer(text))
    for match, following in pairwise([*starts, None]):
        if match is None:
            break
        piece_end = following.start() if following else len(text)
        if match["type"].lower() not in ("string", "preamble", "comment"):
            yield _with_comments(text, match.start(), end_of_last), _key(text[match.start() : piece_end])
        end_of_last = _end_of_entry(text, match.end(), piece_end)


def _key(piece: str) -> str:
    match = ENTRY_KEY.search(piece)
    return match["key"] if match else ""


def _end_of_entry(text: str, opened: int, piece_end: int) -> int:
    """Return where the line after an entry starts whose first brace stands before ``opened``."""
    depth = 1
    for position in range(opened, piece_end):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            line_end = text.find("\n", position, piece_end)
            return piece_end if line_end < 0 else line_end + 1
    return piece_end


def _with_comments(text: str, start: int, earliest: int) -> int:
    start = text.rfind("\n", 0, start) + 1
    while start > earliest:
        line_start = text.rfind("\n", 0, start - 1) + 1
        if line_start < earliest or not text[line_start:start].strip("\ufeff \t\r\n"):
            break
        start = line_start
    return start


def _compare(old: str, new: str, keys: list[str], shown_as: str) -> None:
    """Refuse an insertion that is not read back beside everything that was there."""
    before, after = parse_bibliography(old, shown_as), parse_bibliography(new, shown_as)
    for key in keys:
        same = [known for known in before.references if known.lower() == key.lower()]
        if same:
            where = before.references[same[0]]
            raise EditingError(f"{shown_as}:{where.line}: the key '{key}' is there already; give the new entry another")
    kept = [(key, reference.fields) for key, reference in after.references.items() if key not in keys]
    unchanged = [(key, reference.fields) for key, reference in before.references.items()]
    if before.unreadable or kept != unchanged or not all(key in after.references for key in keys):
        line = next((problem.line for problem in before.problems), 1)
        remedy = "run 'paperloom check', correct the file and run the command again"
        raise EditingError(f"{shown_as}:{line}: is too broken to add an entry; {remedy}")
