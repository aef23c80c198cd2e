"""What ``check --fix`` does to a BibTeX file: order, and identifiers in their normal form.

Entries are moved and changed as text, so that everything that is not wrong stays byte for byte. The
result is read again and kept only if it says the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from paperloom.editing.bibtex_entry import EntryText, in_order, normalized, read_entry
from paperloom.editing.errors import EditingError
from paperloom.model.bibtex import field_rank
from paperloom.model.identifiers import identify
from paperloom.model.problems import Subtype
from paperloom.model.records import Reference
from paperloom.sources.bibliography import ENTRY_KEY, ENTRY_START, Bibliography, parse_bibliography
from paperloom.weave.facts import identifiers_of

#: Problems that keep a file from being read whole; nothing in it is touched.
_BROKEN = frozenset({Subtype.BIBTEX_SYNTAX, Subtype.BIBTEX_BRACES, Subtype.BIBTEX_DUPLICATE, Subtype.ENCODING})
_IDENTIFIERS = frozenset({"eprint", "archiveprefix", "doi", "openreview", "url"})
_MACRO = re.compile(r"^[ \t]*@[ \t]*string[ \t]*[{(].*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FixedBibliography:
    """The text of a BibTeX file after its corrections, and what they were: (line before them, words)."""

    text: str
    notes: tuple[tuple[int, str], ...]


def fix_bibliography(text: str, shown_as: str) -> FixedBibliography:
    """Return the BibTeX file ``text`` sorted and with its identifiers in normal form.

    A file that cannot be read whole is returned as it is. Comments above an entry move with it;
    what stands before the first entry, apart from it, stays where it is.
    """
    if text.startswith("\ufeff"):
        fixed = fix_bibliography(text[1:], shown_as)
        return replace(fixed, text=f"\ufeff{fixed.text}")
    before = parse_bibliography(_lines(text), shown_as)
    if before.unreadable or any(problem.subtype in _BROKEN for problem in before.problems):
        return FixedBibliography(text, ())
    notes: list[tuple[int, str]] = []
    corrected = _correct_entries(text, before, notes)
    ordered = _sort(corrected)
    if ordered != corrected and _fields(ordered) == _fields(corrected):
        first = next(iter(before.references.values()))
        notes.insert(0, (first.line, "the entries are sorted"))
        corrected = ordered
    return FixedBibliography(corrected, tuple(notes))


def rename_entry(text: str, old: str, new: str, shown_as: str) -> str:
    """Return the BibTeX file ``text`` with the key ``new`` in place of ``old``, and the entry in its new place.

    :raises EditingError: if the file cannot be read whole, or the entry does not stand in it as expected.
    """
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    before = _fields(text)
    if old not in before:
        return mark + text
    pattern = re.compile(rf"(@[ \t]*\w+[ \t]*[{{(]\s*){re.escape(old)}(?=\s*,)")
    renamed = pattern.sub(lambda match: match[1] + new, text, count=1)
    ordered = _sort(renamed) if _sort(text) == text else renamed
    expected = {new if key == old else key: fields for key, fields in before.items()}
    for written in (ordered, renamed):
        if _fields(written) == expected:
            return mark + written
    remedy = "run 'paperloom check', correct the file and run the command again"
    raise EditingError(f"{shown_as}:1: the key '{old}' cannot be changed safely; {remedy}")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _fields(text: str) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    found = parse_bibliography(_lines(text), "").references
    return {key: (reference.entry_type, reference.fields) for key, reference in found.items()}


@dataclass(frozen=True, slots=True)
class _Block:
    """An entry with the comments that belong to it, and the blank lines behind it."""

    comments: str
    entry: str
    behind: str
    key: str


def _blocks(text: str) -> tuple[str, list[_Block]]:
    """Return what stands before the first entry and the entries, as text that joins to the whole."""
    entries = [m for m in ENTRY_START.finditer(text) if m["type"].lower() not in ("string", "preamble", "comment")]
    blocks: list[_Block] = []
    start = 0
    for number, match in enumerate(entries):
        following = entries[number + 1].start() if number + 1 < len(entries) else len(text)
        end = _end_of_entry(text, match.end(), following)
        comments = text[start : match.start()]
        key = ENTRY_KEY.search(text, match.start())
        behind = re.match(r"\s*", text[end:following])
        stop = end + (len(behind[0]) if behind else 0)
        blocks.append(_Block(comments, text[match.start() : end], text[end:stop], key["key"] if key else ""))
        start = stop
    if not blocks:
        return text, []
    head, own = _split_head(blocks[0].comments)
    blocks[0] = replace(blocks[0], comments=own)
    blocks[-1] = replace(blocks[-1], behind=blocks[-1].behind + text[start:])
    return head, blocks


def _split_head(text: str) -> tuple[str, str]:
    """Return what stands at the top of a file and the comments right above its first entry."""
    blank = list(re.finditer(r"\n[ \t]*\r?\n", text))
    place = blank[-1].end() if blank else (0 if text.strip().startswith("%") else len(text))
    return text[:place], text[place:]


def _end_of_entry(text: str, opened: int, limit: int) -> int:
    depth = 1
    for position in range(opened, limit):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            line_end = re.compile(r"[ \t]*(?:\r\n|\n|\r)?").match(text, position + 1, limit)
            return line_end.end() if line_end else position + 1
    return limit


def _sort(text: str) -> str:
    """Return ``text`` with its entries sorted by key; the blank lines between places stay where they are."""
    head, blocks = _blocks(text)
    if sorted(blocks, key=lambda block: block.key) == blocks:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    head, blocks = _with_macros_first(head, blocks, newline)
    ordered = sorted(blocks, key=lambda block: block.key)
    pieces = [head]
    for block, place in zip(ordered, blocks, strict=True):
        entry = block.entry if block.entry.endswith(("\n", "\r")) else block.entry + newline
        pieces += [block.comments, entry, place.behind]
    return "".join(pieces)


def _with_macros_first(head: str, blocks: list[_Block], newline: str) -> tuple[str, list[_Block]]:
    """Return head and entries with the macros that stand between entries at the end of the head.

    Entries anywhere may use them then. What two macros of one name would change is noticed later:
    the sorted file has to say the same as before.
    """
    moved: list[str] = []
    kept: list[_Block] = []
    for block in blocks:
        comments, taken = "", 0
        for match in ENTRY_START.finditer(block.comments):
            if match.start() >= taken and match["type"].lower() in ("string", "preamble"):
                end = _end_of_entry(block.comments, match.end(), len(block.comments))
                moved.append(block.comments[match.start() : end].rstrip("\r\n") + newline)
                comments += block.comments[taken : match.start()]
                taken = end
        comments += block.comments[taken:]
        kept.append(replace(block, comments=comments.lstrip("\r\n") if taken else comments))
    if not moved:
        return head, blocks
    gap = "" if not head.strip() or head.endswith((newline * 2, "\n\n")) else newline
    return f"{head}{gap}{''.join(moved)}{newline}", kept


def _correct_entries(text: str, before: Bibliography, notes: list[tuple[int, str]]) -> str:
    head, blocks = _blocks(text)
    macros = "".join(_MACRO.findall(text))
    pieces = [head]
    for block in blocks:
        reference = before.references.get(block.key)
        entry = read_entry(block.entry)
        corrected = _correct(entry, reference, macros, notes) if entry and reference else block.entry
        pieces += [block.comments, corrected, block.behind]
    return "".join(pieces)


def _correct(entry: EntryText, reference: Reference, macros: str, notes: list[tuple[int, str]]) -> str:
    identified = normalized(entry)
    if identified != entry and _keeps_identifiers(reference, _read(macros, identified, reference.key)):
        names = sorted({field.name for field in {*entry.fields} ^ {*identified.fields}}, key=field_rank)
        notes.append((reference.line, f"'{reference.key}': {', '.join(names)} in normal form"))
        entry = identified
    ordered = in_order(entry)
    was, now = _read(macros, entry, reference.key), _read(macros, ordered, reference.key)
    if ordered != entry and was and now and sorted(was.fields) == sorted(now.fields):
        notes.append((reference.line, f"'{reference.key}': the fields are in order"))
        entry = ordered
    return str(entry)


def _read(macros: str, entry: EntryText, key: str) -> Reference | None:
    return parse_bibliography(_lines(f"{macros}\n{entry}"), "").references.get(key)


def _keeps_identifiers(before: Reference, after: Reference | None) -> bool:
    """Return whether a corrected entry still stands for everything that it stood for, and says the rest as before."""
    if after is None:
        return False
    stood_for = {
        identify(found.value) or found if found.kind == "openreview" else found
        for found in identifiers_of(None, before)
    }
    return stood_for <= identifiers_of(None, after) and _without_identifiers(before) == _without_identifiers(after)


def _without_identifiers(reference: Reference) -> list[tuple[str, str]]:
    return [(name, value) for name, value in reference.fields if name.lower() not in _IDENTIFIERS]
