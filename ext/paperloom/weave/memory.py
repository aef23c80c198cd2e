"""What the last build has woven, kept so that the next one weaves only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from paperloom.model.identifiers import Identifier
from paperloom.model.records import Mention
from paperloom.weave.related import Related
from paperloom.weave.tracking import Touch


class Made(NamedTuple):
    """What a page shows: its digest, the names of what it was made from, joined, and its description."""

    digest: str
    reads: str
    description: str


class MadeText(NamedTuple):
    """A text that was made, and the names of what it was made from, joined."""

    text: str
    reads: str


@dataclass
class Memory:
    """What was woven from documents and bibliography whose digest is ``basis``.

    ``identifiers`` are those of each paper, ``mentions`` those in each document, ``related`` the
    closest papers of each, ``pages`` what each document shows of others, ``results`` what was read
    for the results that pages share, and ``records`` the records of the catalog by name.
    ``facts`` is a digest of documents and bibliography when facts or mentions changed last.
    ``sections`` is a digest of the site's sections, which every page shows; ``consistent`` says
    that nothing is wrong with all documents together.
    """

    basis: str = ""
    facts: str = ""
    sections: str = ""
    consistent: bool = False
    identifiers: dict[str, tuple[Identifier, ...]] = field(default_factory=dict)
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    related: dict[str, tuple[Related, ...]] = field(default_factory=dict)
    pages: dict[str, Made] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    records: dict[str, MadeText] = field(default_factory=dict)

    def depending_on(self, changed: set[str]) -> set[str]:
        """Return ``changed`` and the names of the shared results that were made from any of it."""
        found = set(changed)
        while True:
            touched = Touch(found)
            more = {
                name
                for result, reads in self.results.items()
                if (name := f"shared/{result}") not in found and touched(reads)
            }
            if not more:
                return found
            found |= more
