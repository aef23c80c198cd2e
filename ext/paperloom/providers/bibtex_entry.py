"""One entry of BibTeX that people paste, read in full or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString

from paperloom.model.identifiers import identify, normalize_arxiv, normalize_doi
from paperloom.model.metadata import Metadata
from paperloom.model.problems import Problem, Subtype
from paperloom.model.records import Author, Reference
from paperloom.providers.bibtex_files import BibtexError
from paperloom.providers.venues import short_venue
from paperloom.sources.bibliography import Bibliography
from paperloom.sources.latex import to_plain_text
from paperloom.sources.pasted_names import read_pasted_name
from paperloom.sources.text import clean

#: What is wrong with an entry as a whole; what else check reports is put right when it is written anew.
FATAL = frozenset({Subtype.BIBTEX_SYNTAX, Subtype.BIBTEX_BRACES, Subtype.BIBTEX_DUPLICATE})
#: The types that we write, for those of BibTeX and BibLaTeX.
TYPES = {
    "article": "article",
    "inproceedings": "inproceedings",
    "conference": "inproceedings",
    "incollection": "incollection",
    "inbook": "incollection",
    "book": "book",
    "collection": "book",
    "proceedings": "book",
    "phdthesis": "phdthesis",
    "mastersthesis": "mastersthesis",
    "thesis": "phdthesis",
    "techreport": "techreport",
    "report": "techreport",
    **dict.fromkeys(
        ("misc", "unpublished", "online", "electronic", "www", "webpage", "preprint", "manual", "booklet", "software"),
        "misc",
    ),
}
_NEEDED = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "book": "publisher",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
#: Names of fields in BibLaTeX, and ours.
_NAMES = {
    "journaltitle": "journal",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "location": "address",
    "issue": "number",
}
_KEPT = (
    "booktitle", "journal", "school", "institution", "howpublished", "volume", "number", "pages", "publisher",
)  # fmt: skip
#: What an entry takes from the one that its ``crossref`` names, besides fields of the same name.
_INHERITED = {"booktitle": "title"}
_NOT_INHERITED = frozenset({"title", "author", "crossref", "doi", "url", "pages", "abstract", "eprint"})
_ARXIV = re.compile(
    r"arxiv[:.\s/]*(?:preprint\s+)?(?:arxiv[:\s]*)?(?:abs/)?(?P<id>[\w.-]+/\d{7}|\d{4}\.\d{4,5})", re.IGNORECASE
)
#: What a page of the web has for a character, and a copy of its source keeps; not ``R&D;``.
_ENTITY = re.compile(
    r"(?<!\\)&(?:amp|lt|gt|quot|apos|nbsp|[A-Za-z](?:acute|grave|uml|circ|tilde|cedil|caron|slash|ring)|#\d{2,6});"
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_DANGLING = re.compile(r"^and\s|\sand$", re.IGNORECASE)
_PROTECTED = re.compile(r"(?<![A-Za-z\\])\{([^{}\\$]+)\}")


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity, as BibTeX has it."""
    character = unescape(entity[0])
    return rf"\{character}" if character in "&%$#{}_" else character


def fields_of(reference: Reference) -> dict[str, str]:
    """Return the BibTeX values of an entry under our names of fields."""
    fields: dict[str, str] = {}
    for name, value in reference.fields:
        fields.setdefault(_NAMES.get(name.lower(), name.lower()), _ENTITY.sub(_character, value))
    return fields


def shown(problem: Problem) -> str:
    """Return a problem of the reader as ``path:line: what is wrong; what to do``."""
    return str(problem).rpartition(" [paperloom.")[0]


class EntryReader:
    """Reads one entry; collects what is wrong with it."""

    def __init__(self, text: str, shown_as: str, bibliography: Bibliography, reference: Reference) -> None:
        self._lines = text.split("\n")
        self._shown_as = shown_as
        self._bibliography = bibliography
        self._reference = reference
        later = [each.line for each in bibliography.references.values() if each.line > reference.line]
        self._end = min(later, default=len(self._lines) + 1)
        self._problems: list[str] = []
        self._fields = fields_of(reference)

    def read(self) -> Metadata:
        """Return the record of the entry.

        :raises BibtexError: with everything that keeps it from being read in full.
        """
        reference = self._reference
        self._problems += [
            shown(problem)
            for problem in self._bibliography.problems
            if problem.subtype in FATAL and reference.line <= problem.line < self._end
        ]
        self._inherit()
        raw_title = self._fields.get("title", "")
        title, authors, editors = self._text("title"), self._people("author"), self._people("editor")
        year = self._year()
        entry_type = self._type()
        if not title:
            self._problem("title", "has no title", "add it")
        if not authors and not editors and not self._problems:
            self._problem("author", "has no author", "name all authors")
        arxiv, preprint = self._arxiv()
        if preprint and entry_type in ("article", "misc", "techreport"):
            entry_type = "misc"
            for name in ("journal", "volume", "number", "institution", "howpublished", "pages", "publisher"):
                self._fields.pop(name, None)
        needed = _NEEDED.get(entry_type)
        if needed and not self._fields.get(needed):
            self._problem(needed, f"lacks the field '{needed}', which @{reference.entry_type} needs", "add it")
        url = self._url(arxiv, normalize_doi(self._verbatim("doi")))
        if url and url in self._text("howpublished"):
            self._fields.pop("howpublished")
        fields = tuple((name, text) for name in _KEPT if (text := self._text(name)))
        if self._problems:
            raise BibtexError(*self._problems)
        names = dict(fields)
        venue = self._text("venue") or short_venue(names.get("booktitle", ""), names.get("journal", ""))
        doi = normalize_doi(self._verbatim("doi"))
        return Metadata(
            entry_type=entry_type,
            title=title,
            authors=authors,
            editors=() if authors else editors,
            year=year,
            fields=fields,
            venue=venue or ("arXiv" if arxiv and entry_type == "misc" else ""),
            arxiv=arxiv,
            primary_class=self._text("primaryclass"),
            doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
            openreview=self._openreview(),
            url=url,
            abstract=self._text("abstract", strict=False),
            categories=tuple(word for word in [self._text("primaryclass")] if word),
            protected=_protected_words(raw_title),
        )

    def _inherit(self) -> None:
        name = self._fields.get("crossref", "")
        if not name:
            return
        parent = next(
            (each for key, each in self._bibliography.references.items() if key.lower() == name.lower()), None
        )
        if parent is None:
            self._problem("crossref", f"refers to '{name}', which is not in the file", "add that entry, too")
            return
        of_parent = fields_of(parent)
        for field, value in of_parent.items():
            if field not in _NOT_INHERITED:
                self._fields.setdefault(field, value)
        for field, source in _INHERITED.items():
            if of_parent.get(source):
                self._fields.setdefault(field, of_parent[source])

    def _text(self, name: str, *, strict: bool = True) -> str:
        text = clean(to_plain_text(self._fields.get(name, "")))
        if name == "pages":
            text = re.sub(r"\s*[-–—]+\s*", "–", text)
        if strict and (command := _unknown_command(self._fields.get(name, ""), text)):
            self._problem(name, f"has the command '{command}', which is not known", "write its text in Unicode")
        return text

    def _verbatim(self, name: str) -> str:
        return re.sub(r"\\([_%&#~{}])", r"\1", self._fields.get(name, "")).strip()

    def _people(self, field: str) -> tuple[Author, ...]:
        people = []
        for name in split_name_list(self._fields.get(field, "")):
            stripped = name.strip()
            if stripped.lower() in ("others", "et al.", "et al") or stripped.endswith(("et al.", "et al")):
                self._problem(field, f"ends its {field}s with '{stripped}'", f"name all {field}s")
                continue
            try:
                author = read_pasted_name(stripped)
            except InvalidNameString:
                remedy = "write 'Family, Given', with 'and' between two people"
                self._problem(field, f"has the unreadable name '{stripped}'", remedy)
                continue
            if not clean(author.name) or _DANGLING.search(stripped):
                self._problem(field, "has an empty name", "name all authors, with 'and' between them")
                continue
            if command := _unknown_command(stripped, author.name):
                self._problem(field, f"has the command '{command}', which is not known", "write the name in Unicode")
            people.append(author if author.family else Author(author.name))
        return tuple(people)

    def _year(self) -> int | None:
        of_date = "" if self._fields.get("year") else "(?:/.*)?"
        given = clean(to_plain_text(self._fields.get("year") or self._fields.get("date", "")))
        if match := re.fullmatch(rf"(\d{{4}})(?:-\d{{2}}){{0,2}}{of_date}", given):
            return int(match[1])
        message = f"has the year '{given}'" if given else "has no year"
        self._problem("year" if "year" in self._fields else "date", message, "write four digits")
        return None

    def _type(self) -> str:
        entry_type = TYPES.get(self._reference.entry_type)
        if entry_type is None:
            known = ", ".join(sorted(TYPES))
            self._problem("", f"has the unknown type '@{self._reference.entry_type}'", f"use one of {known}")
            return "misc"
        if self._reference.entry_type == "thesis" and "master" in self._text("type", strict=False).lower():
            entry_type = "mastersthesis"
        for of_thesis in ("institution", "publisher"):
            if entry_type in ("phdthesis", "mastersthesis") and of_thesis in self._fields:
                self._fields.setdefault("school", self._fields.pop(of_thesis))
        return entry_type

    def _arxiv(self) -> tuple[str | None, bool]:
        """Return the arXiv id, and whether the entry describes the version at arXiv."""
        prefix = self._fields.get("archiveprefix", "arxiv").strip().lower()
        eprint = normalize_arxiv(self._verbatim("eprint")) if prefix == "arxiv" else None
        journal = self._fields.get("journal", "")
        named = [journal, self._fields.get("howpublished", ""), self._fields.get("note", "")]
        if journal.lower() in ("corr", "arxiv"):
            named.append(f"arxiv {self._fields.get('volume', '')}")
        found = next((match["id"] for text in named if (match := _ARXIV.search(text))), None)
        for name in ("url", "doi"):
            identifier = identify(self._verbatim(name))
            eprint = eprint or (identifier.value if identifier and identifier.kind == "arxiv" else None)
        is_preprint = (
            journal.lower() == "corr" or "arxiv" in journal.lower() or not (journal or self._fields.get("booktitle"))
        )
        eprint = eprint or (normalize_arxiv(found) if found else None)
        return eprint, bool(eprint) and is_preprint

    def _openreview(self) -> str | None:
        given = self._verbatim("openreview")
        identifier = identify(self._verbatim("url"))
        return given or (identifier.value if identifier and identifier.kind == "openreview" else None)

    def _url(self, arxiv: str | None, doi: str | None) -> str:
        given = self._verbatim("url")
        if re.match(r"https?://\S+$", given):
            return given
        if match := re.search(r"https?://[^\s{}]+", self._verbatim("howpublished")):
            return match[0]
        if doi and not doi.startswith("10.48550/arxiv."):
            return f"https://doi.org/{doi}"
        return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""

    def _problem(self, field: str, message: str, remedy: str) -> None:
        found = f"{self._shown_as}:{self._line(field)}: the entry '{self._reference.key}' {message}; {remedy}"
        if found not in self._problems:
            self._problems.append(found)

    def _line(self, field: str) -> int:
        names = [other for other, ours in _NAMES.items() if ours == field] + [field]
        pattern = re.compile(rf"(?:^|[,{{\s])(?:{'|'.join(map(re.escape, names))})\s*=", re.IGNORECASE)
        for number in range(self._reference.line, min(self._end, len(self._lines) + 1)):
            if field and pattern.search(self._lines[number - 1]):
                return number
        return self._reference.line


def _unknown_command(value: str, text: str) -> str | None:
    """Return a command of the BibTeX ``value`` that still stands in its plain ``text``."""
    return next((command for command in _COMMAND.findall(value) if command in text), None)


def _protected_words(title: str) -> frozenset[str]:
    """Return the words that stand in braces of their own; braces around the whole title mean nothing."""
    inner = title[1:-1] if title.startswith("{") and title.endswith("}") else title
    return frozenset(_words(inner))


def _words(title: str) -> Iterator[str]:
    for match in _PROTECTED.finditer(title):
        yield from (word for word in match[1].split() if any(letter.isupper() for letter in word))
