"""What has changed about a paper since its page was written: pure comparison, nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from paperloom.cli.registers.records import (
    CORRECTED,
    DOUBTED,
    PUBLISHED,
    TAKEN_BACK,
    Preprint,
    Update,
    Work,
)
from paperloom.model.identifiers import normalize_title
from paperloom.model.records import Reading, Reference
from paperloom.sources.citation_keys import to_ascii

#: Types of entries that describe no publication yet.
_UNPUBLISHED = ("misc", "unpublished")
#: DOIs of arXiv are DataCite's, and arXiv itself is asked about them.
ARXIV_DOI = "10.48550/"


class Change(Enum):
    """What happened to a paper, the gravest first."""

    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    DOUBTED = "doubted"
    CORRECTED = "corrected"
    PUBLISHED = "published"
    NEW_VERSION = "new version"


@dataclass(frozen=True, slots=True)
class Finding:
    """One change of one paper.

    ``path`` and ``line`` are where the source says otherwise, ``message`` is in our words, ``quoted`` what the
    register says in its own (it may hold anything), and ``address`` is where to read on.
    """

    change: Change
    key: str
    path: str
    line: int
    message: str
    quoted: str = ""
    address: str = ""

    @property
    def rank(self) -> tuple[int, str, str, str]:
        """The order in which findings are reported."""
        return (list(Change).index(self.change), self.key, self.address, self.message)


@dataclass(frozen=True, slots=True)
class Read:
    """A paper as the knowledge base knows it: its entry, and what its page says was read and where."""

    reference: Reference
    reading: Reading | None = None
    path: str = ""
    line: int = 1


@dataclass(slots=True)
class Registered:
    """What the registers answered: preprints by arXiv id, works and notices by DOI, publications by key."""

    preprints: Mapping[str, Preprint] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    notices: Mapping[str, tuple[Update, ...]] = field(default_factory=dict)
    publications: Mapping[str, Work] = field(default_factory=dict)


def is_unpublished(reference: Reference) -> bool:
    """Return whether an entry describes a preprint alone; arXiv gives its preprints DOIs, too."""
    doi = reference.doi or ARXIV_DOI
    return reference.entry_type in _UNPUBLISHED and doi.startswith(ARXIV_DOI) and reference.arxiv is not None


def find(papers: Mapping[str, Read], registered: Registered) -> list[Finding]:
    """Return everything that changed, the gravest first."""
    found = {one for paper in papers.values() for one in _changes(paper, registered)}
    return sorted(found, key=lambda one: one.rank)


def _changes(paper: Read, registered: Registered) -> Iterator[Finding]:
    reference = paper.reference
    preprint = registered.preprints.get(reference.arxiv or "")
    if preprint:
        if preprint.withdrawn:
            yield _withdrawn(reference, preprint)
        else:
            yield from _new_version(paper, preprint)
    if reference.doi:
        yield from _updates(reference, registered)
    if is_unpublished(reference):
        yield from _published(reference, preprint, registered.publications.get(reference.key))


def _withdrawn(reference: Reference, preprint: Preprint) -> Finding:
    message = f"withdrawn from arXiv on {preprint.updated} (v{preprint.version}); say so on its page"
    quoted = preprint.comment or preprint.abstract
    return Finding(Change.WITHDRAWN, reference.key, reference.path, reference.line, message, quoted, _abs(preprint))


def _new_version(paper: Read, preprint: Preprint) -> Iterator[Finding]:
    reading = paper.reading
    if reading is None or reading.source == "secondary":  # no version of the paper itself was read
        return
    match = re.fullmatch(r"v(\d+)", reading.version or "")
    newest = f"arXiv has v{preprint.version} of {preprint.updated}"
    if match and preprint.version > int(match[1]):
        message = f"{newest}, v{match[1]} was read; read what changed and state the version"
    elif not match and reading.on and preprint.updated > reading.on:
        message = f"{newest}, it was read on {reading.on}; read what changed and state the version"
    else:
        return
    address = _abs(preprint)
    yield Finding(Change.NEW_VERSION, paper.reference.key, paper.path, paper.line, message, preprint.comment, address)


def _updates(reference: Reference, registered: Registered) -> Iterator[Finding]:
    doi = reference.doi or ""
    work = registered.works.get(doi)
    updates = {*(work.updates if work else ()), *registered.notices.get(doi, ())}
    known: set[tuple[Change, str]] = set()
    for update in sorted(updates, key=lambda update: (update.day == "", update)):
        change = _change_of(update)
        notice = update.notice or doi
        if change is None or (change, notice) in known:  # publisher and Retraction Watch may both announce it
            continue
        known.add((change, notice))
        when = f" {'on' if len(update.day) == len('2020-01-01') else 'in'} {update.day}" if update.day else ""
        message = f"{update.kind.replace('_', ' ')}{when}; {_REMEDIES[change]}"
        yield Finding(change, reference.key, reference.path, reference.line, message, "", f"https://doi.org/{notice}")
    if work and work.taken_back and not any(change is Change.RETRACTED for change, _notice in known):
        message = f"its title at the publisher says so; {_REMEDIES[Change.RETRACTED]}"
        address = f"https://doi.org/{doi}"
        yield Finding(Change.RETRACTED, reference.key, reference.path, reference.line, message, work.title, address)


_REMEDIES = {
    Change.RETRACTED: "say so on its page, and in the articles that rely on it",
    Change.DOUBTED: "read the notice and say so on its page",
    Change.CORRECTED: "read the notice and correct the page where it is touched",
}


def _change_of(update: Update) -> Change | None:
    for kinds, change in (
        (TAKEN_BACK, Change.RETRACTED),
        (DOUBTED, Change.DOUBTED),
        (CORRECTED, Change.CORRECTED),
    ):
        if update.kind in kinds:
            return change
    return None


def _published(reference: Reference, preprint: Preprint | None, work: Work | None) -> Iterator[Finding]:
    message = "published; take the publication over into the entry and keep the eprint"
    place = (reference.key, reference.path, reference.line)
    if preprint and (preprint.doi or preprint.journal_ref):
        address = f"https://doi.org/{preprint.doi}" if preprint.doi else _abs(preprint)
        yield Finding(Change.PUBLISHED, *place, message, preprint.journal_ref, address)
    elif work:
        quoted = ", ".join(str(part) for part in (work.container, work.year) if part)
        yield Finding(Change.PUBLISHED, *place, message, quoted, f"https://doi.org/{work.doi}")


def publication_of(reference: Reference, works: list[Work]) -> Work | None:
    """Return the work that is the publication of ``reference``, which a search may have found among others.

    Title and first author must agree, letter case, accents and LaTeX aside; a search answers with something always.
    """
    if not reference.authors:
        return None
    title, family = normalize_title(reference.title), _name(reference.authors[0].family)
    same = [
        work
        for work in works
        if work.kind in PUBLISHED
        and normalize_title(work.title) == title
        and family
        and _name(work.family).endswith(family)
        and (work.year is None or reference.year is None or work.year >= reference.year - 1)
    ]
    return min(same, key=lambda work: (work.year or 9999, work.doi), default=None)


def _name(text: str) -> str:
    return to_ascii(text).lower()


def _abs(preprint: Preprint) -> str:
    return f"https://arxiv.org/abs/{preprint.arxiv}v{preprint.version}"
