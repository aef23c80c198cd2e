"""What a BibTeX file or other hosts say about the papers of an issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from paperloom.importing.entry import Entry
from paperloom.importing.matching import identifiers_of
from paperloom.model.identifiers import Identifier, normalize_title
from paperloom.model.metadata import Metadata
from paperloom.providers.bibtex import read_entries
from paperloom.providers.bibtex_files import read_file
from paperloom.providers.endpoints import endpoints_from
from paperloom.providers.resolve import Wanted, fetch
from paperloom.web.client import Client
from paperloom.web.errors import FailingError, MalformedError, NotFoundError, UnavailableError, WebError
from paperloom.web.settings import settings_from

#: The kinds of identifiers that a service knows.
_ASKABLE = ("arxiv", "doi", "openreview", "acl")


class MetadataFile:
    """A BibTeX file with metadata; papers are found in it by identifier, else by their title.

    :raises BibtexError: if it cannot be read in full.
    """

    def __init__(self, path: Path, shown_as: str) -> None:
        self._by_identifier: dict[Identifier, Metadata] = {}
        self._by_title: dict[str, Metadata] = {}
        for metadata in read_entries(read_file(path, shown_as), shown_as):
            for identifier in metadata.identifiers:
                self._by_identifier.setdefault(identifier, metadata)
            self._by_title.setdefault(normalize_title(metadata.title), metadata)

    def find(self, entry: Entry) -> Metadata | None:
        """Return what the file says about the paper of ``entry``."""
        for identifier in identifiers_of(entry):
            if identifier in self._by_identifier:
                return self._by_identifier[identifier]
        titles = (entry.title, entry.page_title, entry.heading)
        return next(
            (found for title in titles if title and (found := self._by_title.get(normalize_title(title)))), None
        )


@dataclass(slots=True)
class OtherHosts:
    """arXiv and the other services; ``notes`` collects what they did not answer.

    After a host could not be reached at all, no other question is asked: there is no network. A
    service that refuses or fails is not asked again, and the others are. ``contact`` is an address
    that hosts are told.
    """

    notes: list[str] = field(default_factory=list)
    contact: str = ""
    _client: Client | None = None
    _given_up: bool = False
    _silent: set[str] = field(default_factory=set)

    def find(self, entry: Entry) -> Metadata | None:
        """Return what the service that knows the paper of ``entry`` says about it."""
        wanted = next((each for each in identifiers_of(entry) if each.kind in _ASKABLE), None)
        if wanted is None or self._given_up or wanted.kind in self._silent:
            return None
        self._client = self._client or Client(settings_from(contact=self.contact))
        try:
            found = fetch(self._client, endpoints_from(), Wanted(wanted))
        except NotFoundError as error:
            self.notes.append(str(error))
            return None
        except MalformedError as error:
            self.notes.append(str(error))
            return None
        except WebError as error:
            self._given_up = isinstance(error, UnavailableError) and not isinstance(error, FailingError)
            self._silent.add(wanted.kind)
            self.notes.append(f"{error}; the papers become drafts with what the issue says")
            return None
        self.notes += found.notes
        return found.metadata
