"""BibTeX that people paste: read correctly, or refused with the line and the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from paperloom.model.identifiers import Identifier, identify
from paperloom.model.metadata import Metadata
from paperloom.model.records import Reference
from paperloom.providers.bibtex_entry import FATAL, TYPES, EntryReader, fields_of, shown
from paperloom.providers.bibtex_files import BibtexError
from paperloom.sources.bibliography import parse_bibliography
from paperloom.sources.latex import to_plain_text
from paperloom.sources.text import clean


@dataclass(frozen=True, slots=True)
class LooseEntry:
    """What could be read of an entry that is only a hint."""

    entry_type: str = "misc"
    fields: tuple[tuple[str, str], ...] = ()
    year: int | None = None


def read_entry(text: str) -> LooseEntry:
    """Return type, fields and year of the first entry in ``text``; what cannot be read is left out."""
    for reference in parse_bibliography(text, "").references.values():
        fields = tuple((name, clean(to_plain_text(value))) for name, value in reference.fields)
        return LooseEntry(TYPES.get(reference.entry_type, "misc"), fields, reference.year)
    return LooseEntry()


def read_bibtex(text: str, shown_as: str, wanted: Collection[Identifier] = ()) -> Metadata:
    """Return the entry of ``text``, a BibTeX file that is shown as ``shown_as``.

    Where the file has several entries, it is the only one that has one of the ``wanted`` identifiers.

    :raises BibtexError: if there is no such entry, or if it cannot be read in full.
    """
    bibliography = parse_bibliography(text, shown_as)
    candidates = [each for each in bibliography.references.values() if each.entry_type not in ("string", "preamble")]
    parents = {fields_of(each).get("crossref", "").lower() for each in candidates}
    children = [each for each in candidates if each.key.lower() not in parents]
    chosen = children
    if wanted and len(children) > 1:
        chosen = [each for each in children if not _identifiers(each).isdisjoint(wanted)]
    if bibliography.unreadable and len(chosen) != 1:
        raise BibtexError(*(shown(each) for each in bibliography.problems if each.subtype in FATAL))
    if not candidates:
        fatal = [shown(each) for each in bibliography.problems if each.subtype in FATAL]
        raise BibtexError(
            *(fatal or [f"{shown_as}:1: there is no BibTeX entry; paste one, from '@' to the last brace"])
        )
    if len(chosen) != 1:
        keys = ", ".join(each.key for each in children[:8]) + (", …" if len(children) > 8 else "")
        which = "none of them has the identifier" if wanted else "a paper is added from one"
        remedy = "leave one in the file, or name the paper and give the file with --bib"
        raise BibtexError(f"{shown_as}:1: there are {len(children)} entries ({keys}) and {which}; {remedy}")
    return EntryReader(text, shown_as, bibliography, chosen[0]).read()


def read_entries(text: str, shown_as: str) -> list[Metadata]:
    """Return all entries of ``text``, a BibTeX file that is shown as ``shown_as``.

    :raises BibtexError: if one of them cannot be read in full.
    """
    bibliography = parse_bibliography(text, shown_as)
    problems = [shown(each) for each in bibliography.problems if each.subtype in FATAL]
    found = []
    for reference in bibliography.references.values():
        try:
            found.append(EntryReader(text, shown_as, bibliography, reference).read())
        except BibtexError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise BibtexError(*problems)
    return found


def _identifiers(reference: Reference) -> set[Identifier]:
    found = {identify(text) for text in (reference.arxiv, reference.doi, reference.url) if text}
    found |= {Identifier("openreview", reference.openreview)} if reference.openreview else set()
    return {each for each in found if each}
