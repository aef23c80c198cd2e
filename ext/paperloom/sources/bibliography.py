"""BibTeX: tolerant loading with the line of every entry and problem.

A file is cut at the lines on which entries start and each piece is parsed with pybtex, so that
one bad entry is reported with its line and does not take the others with it (pybtex by itself
stops at the first syntax error and drops what follows a duplicate key).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from paperloom.model.bibtex import MAY_LACK, field_rank
from paperloom.model.identifiers import is_web_address, normalize_arxiv, normalize_doi
from paperloom.model.problems import Problem, Severity, Subtype
from paperloom.model.quick import quickly_pickled
from paperloom.model.records import Author, Reference
from paperloom.sources.latex import to_plain_text
from paperloom.sources.unique_entries import add_entries

#: What an entry of each type needs besides author, title and year.
REQUIRED: dict[str, tuple[str, ...]] = {
    "article": ("journal",),
    "inproceedings": ("booktitle",),
    "conference": ("booktitle",),
    "incollection": ("booktitle",),
    "book": ("publisher",),
    "phdthesis": ("school",),
    "mastersthesis": ("school",),
    "techreport": ("institution",),
    "misc": (),
    "unpublished": (),
}
_FIELD_START = re.compile(r"[ \t]*[A-Za-z]+[ \t]*=[ \t]*[{\"\d]")
#: The line on which an entry starts, or a macro, a preamble, a comment.
ENTRY_START = re.compile(r"^[ \t]*@[ \t]*(?P<type>[A-Za-z]+)[ \t]*[{(]", re.MULTILINE)
ENTRY_KEY = re.compile(r"@[ \t]*[A-Za-z]+[ \t]*[{(]\s*(?P<key>[^\s,{}()]*)")
_ESCAPED = re.compile(r"\\([_%&#~])")
#: The names that are remembered with what they mean; one person writes many papers.
_MOST_NAMES = 100_000


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Piece:
    """What a part of a file holds, from one line on which an entry starts to the next.

    ``unreadable`` are the keys of entries that are there and cannot be parsed.
    """

    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    unreadable: tuple[str, ...] = ()


@dataclass(slots=True)
class Bibliography:
    """The entries of one or more BibTeX files by citation key, in the order of the files.

    ``unreadable`` holds the keys of entries that are there and cannot be parsed.
    """

    references: dict[str, Reference] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)


def parse_bibliography(text: str, path: str, into: Bibliography | None = None) -> Bibliography:
    """Parse BibTeX ``text``; problems and records name the file ``path`` and lines from 1.

    With ``into`` the entries are added to an earlier file's, and keys are unique over both.
    """
    bibliography = into or Bibliography()
    macros = default_macros()
    add_pieces([parse_piece(piece, path, line, macros) for piece, line in pieces_of(text)], bibliography)
    return bibliography


def add_pieces(pieces: Iterable[Piece], bibliography: Bibliography) -> None:
    """Add what the ``pieces`` of a file hold to ``bibliography``."""
    found: list[Reference] = []
    for piece in pieces:
        bibliography.problems.extend(piece.problems)
        bibliography.unreadable.update(piece.unreadable)
        found.extend(piece.references)
    add_entries(found, bibliography.references, bibliography.problems)


def default_macros() -> dict[str, str]:
    """Return the names that stand for text before any ``@string``: those of the months."""
    return dict(month_names)


def pieces_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a file, each from an entry's start to the next, with the line of its start."""
    starts = (match.start() for match in ENTRY_START.finditer(text))
    line, position = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", position, start)
        position = start
        yield text[start:end], line


def parse_piece(piece: str, path: str, line: int, macros: dict[str, str]) -> Piece:
    """Parse a part of the file ``path`` that starts on ``line``; an ``@string`` in it is added to ``macros``."""
    if re.match(r"[ \t]*@[ \t]*comment", piece, re.IGNORECASE):
        return Piece()
    key_match = ENTRY_KEY.search(piece)
    name = key_match["key"] if key_match else ""
    label = f"entry '{name}'" if name else "an entry"
    depth = _brace_balance(piece)
    if depth > 0:
        where = line + _unclosed_line(piece)
        message = f"{label} has {depth} unclosed brace(s)"
        problem = Problem(path, where, message, "close every '{'", Subtype.BIBTEX_BRACES)
        return Piece(problems=(problem,), unreadable=(name,))
    parser = LowLevelParser(piece, macros=macros)
    try:
        commands = list(parser)
    except PybtexSyntaxError as error:
        where = line + (error.lineno or 1) - 1
        reason = re.sub(r"^syntax error in line \d+: ", "", str(error))
        problem = Problem(path, where, f"{label}: {reason}", "correct the entry", Subtype.BIBTEX_SYNTAX)
        return Piece(problems=(problem,), unreadable=(name,))
    problems: list[Problem] = []
    if depth < 0:
        remedy = "remove the extra '}' or open it"
        problems.append(Problem(path, line, f"{label} has {-depth} extra '}}'", remedy, Subtype.BIBTEX_BRACES))
    references = []
    for entry_type, body in commands:
        if entry_type.lower() not in ("string", "preamble"):
            key, fields = body
            references.append(_make_reference(entry_type.lower(), key, fields, path, line, piece, problems))
    return Piece(tuple(references), tuple(problems))


def _brace_balance(piece: str) -> int:
    """Return unclosed minus unopened braces of an entry, ignoring what follows its closing brace.

    As in BibTeX, a backslash does not hide a brace.
    """
    depth = 0
    lowest = 0
    closed = False
    for line in piece.splitlines():
        stripped = line.strip()
        if closed and not stripped.startswith("}"):
            continue
        depth += line.count("{") - line.count("}")
        lowest = min(lowest, depth)
        closed = closed or depth <= 0
    return depth if depth > 0 else lowest


def _unclosed_line(piece: str) -> int:
    """Return how many lines below the start of an entry the first brace stands that is not closed.

    A field that starts while a value is open shows that the line before it left it open.
    """
    depth = 0
    for number, text in enumerate(piece.splitlines()):
        if depth > 1 and _FIELD_START.match(text):
            return number - 1
        depth += text.count("{") - text.count("}")
    return 0


def _make_reference(
    entry_type: str,
    key: str,
    parsed: list[tuple[str, list[str]]],
    path: str,
    line: int,
    piece: str,
    problems: list[Problem],
) -> Reference:
    fields: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, parts in parsed:
        value = " ".join("".join(parts).split())
        if name.lower() in names:
            message = f"entry '{key}' has the field '{name}' twice"
            problems.append(
                Problem(path, _field_line(piece, name, line, last=True), message, "keep one", Subtype.BIBTEX_DUPLICATE)
            )
            continue
        names[name.lower()] = name
        fields[name.lower()] = value
    reference = Reference(
        key=key,
        entry_type=entry_type,
        title=to_plain_text(fields.get("title", "")),
        authors=_authors(fields.get("author") or fields.get("editor") or "", key, path, line, piece, problems),
        year=int(fields["year"]) if re.fullmatch(r"\d{4}", fields.get("year", "")) else None,
        venue=_venue(fields),
        arxiv=normalize_arxiv(fields.get("eprint", "")) if _is_arxiv(fields) else None,
        doi=normalize_doi(_ESCAPED.sub(r"\1", fields.get("doi", ""))),
        openreview=fields.get("openreview") or None,
        url=_ESCAPED.sub(r"\1", fields.get("url", "")) or None,
        fields=tuple((names[name], fields[name]) for name in fields),
        path=path,
        line=line,
    )
    problems.extend(_validate(reference, fields, piece))
    return reference


def _is_arxiv(fields: dict[str, str]) -> bool:
    return fields.get("archiveprefix", "arXiv").lower() == "arxiv"


def _venue(fields: dict[str, str]) -> str | None:
    for name in ("venue", "booktitle", "journal", "school", "institution"):
        if fields.get(name):
            return to_plain_text(fields[name])
    return "arXiv" if fields.get("eprint") and _is_arxiv(fields) else None


def _authors(value: str, key: str, path: str, line: int, piece: str, problems: list[Problem]) -> tuple[Author, ...]:
    authors = []
    for text in split_name_list(value):
        stripped = text.strip()
        if stripped.lower() == "others":
            where = _field_line(piece, "author", line)
            message = f"entry '{key}' ends its authors with 'others'"
            problems.append(Problem(path, where, message, "name all authors", Subtype.BIBTEX_FIELD))
            continue
        try:
            authors.append(read_name(stripped))
        except InvalidNameString:
            where = _field_line(piece, "author", line)
            message = f"entry '{key}' has the unreadable name '{stripped}'"
            problems.append(Problem(path, where, message, "write 'Family, Given'", Subtype.BIBTEX_FIELD))
    return tuple(authors)


_NAMED_PART = re.compile(r"\W*(?:family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)


@lru_cache(_MOST_NAMES)
def read_name(text: str) -> Author:
    """Return the person, or the organisation in braces of its own, that BibTeX calls ``text``.

    :raises InvalidNameString: if it has too many commas, or names its parts as biblatex can: ``family=Ember``.
    """
    if _is_one_group(text):
        return Author(to_plain_text(text))
    if _NAMED_PART.match(text):
        raise InvalidNameString(text)
    person = Person(text)
    return Author(
        family=to_plain_text(" ".join(person.last_names)),
        given=to_plain_text(" ".join((*person.first_names, *person.middle_names))),
        particle=to_plain_text(" ".join(person.prelast_names)),
        suffix=to_plain_text(" ".join(person.lineage_names)),
    )


def _is_one_group(text: str) -> bool:
    """Return whether one pair of braces holds all of ``text``."""
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1 and character == "}"
    return False


def _field_line(piece: str, name: str, line: int, *, last: bool = False) -> int:
    matches = list(re.finditer(rf"^[ \t]*{re.escape(name)}[ \t]*=", piece, re.MULTILINE | re.IGNORECASE))
    if not matches:
        return line
    return line + piece.count("\n", 0, matches[-1 if last else 0].start())


def _validate(reference: Reference, fields: dict[str, str], piece: str) -> Iterator[Problem]:
    path, line, key = reference.path, reference.line, reference.key

    def problem(name: str, message: str, remedy: str) -> Problem:
        where = _field_line(piece, name, line)
        return Problem(path, where, f"entry '{key}' {message}", remedy, Subtype.BIBTEX_FIELD)

    if reference.entry_type not in REQUIRED:
        known = ", ".join(sorted(REQUIRED))
        yield problem("", f"has the unknown type '@{reference.entry_type}'", f"use one of {known}")
    yield from _missing(reference, fields, problem)
    if fields.get("year") and reference.year is None:
        yield problem("year", f"has the year '{fields['year']}'", "write four digits")
    if fields.get("eprint") and _is_arxiv(fields) and reference.arxiv is None:
        yield problem("eprint", f"has the eprint '{fields['eprint']}'", "write an arXiv id such as 2006.07733")
    elif reference.arxiv and fields["eprint"] != reference.arxiv:
        yield problem("eprint", f"has the eprint '{fields['eprint']}'", f"write '{reference.arxiv}'")
    if fields.get("doi") and reference.doi is None:
        yield problem("doi", f"has the doi '{fields['doi']}'", "write it as 10.1000/182")
    if reference.url and not is_web_address(reference.url):
        where = _field_line(piece, "url", line)
        message = f"entry '{key}' has the url '{reference.url}', not a web address"
        yield Problem(path, where, message, "write an http or https address", Subtype.URL)
    ranks = [field_rank(name) for name in fields]
    if ranks != sorted(ranks):
        remedy = "order: " + ", ".join(sorted((name for name, _ in reference.fields), key=field_rank))
        message = f"entry '{key}' has its fields in another order"
        yield Problem(path, line, message, remedy, Subtype.BIBTEX_FORMAT, Severity.WARNING)


def _missing(
    reference: Reference, fields: dict[str, str], problem: Callable[[str, str, str], Problem]
) -> Iterator[Problem]:
    """Yield what an entry lacks, unless it is that of a draft and says so itself."""
    lacking = lacking_fields(reference)
    for name in lacking:
        if name not in MAY_LACK or fields.get(name):
            yield problem(
                "draft", f"says that it lacks '{name}'", f"'draft' names what is missing: {', '.join(MAY_LACK)}"
            )
    if not fields.get("author") and not fields.get("editor") and "author" not in lacking:
        yield problem("author", "has no author", "name the authors as 'Family, Given and Family, Given'")
    for name in ("title", "year", *REQUIRED.get(reference.entry_type, ())):
        if not fields.get(name) and name not in lacking:
            state = f"has an empty field '{name}'" if name in fields else f"lacks the field '{name}'"
            yield problem(name, state, f"add '{name}'")


def lacking_fields(reference: Reference) -> tuple[str, ...]:
    """Return what the entry of a draft says that it lacks, in its field ``draft``: ``author, year``."""
    written = next((value for name, value in reference.fields if name.lower() == "draft"), "")
    return tuple(name for name in re.split(r"[,\s]+", written.lower()) if name)
