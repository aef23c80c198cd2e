"""DOIs: the registries Crossref and DataCite, and what the resolver gives for those of others.

Shapes follow https://api.crossref.org/swagger-ui (Work), https://support.datacite.org/docs/api-get-doi
and https://docs.citationstyles.org/en/stable/specification.html (CSL JSON).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from paperloom.model.identifiers import normalize_arxiv, normalize_doi
from paperloom.model.metadata import Metadata
from paperloom.model.records import Author
from paperloom.providers.endpoints import Endpoints, escaped
from paperloom.providers.texts import family_and_given, from_markup, person
from paperloom.providers.venues import short_venue, without_year
from paperloom.web.client import Client
from paperloom.web.errors import MalformedError, NotFoundError

_CSL = "application/vnd.citationstyles.csl+json"
#: Types of Crossref and of CSL, and the entry type and field of the container that each becomes.
_TYPES = {
    "journal-article": ("article", "journal"),
    "article-journal": ("article", "journal"),
    "proceedings-article": ("inproceedings", "booktitle"),
    "paper-conference": ("inproceedings", "booktitle"),
    "book-chapter": ("incollection", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "book": ("book", ""),
    "monograph": ("book", ""),
    "edited-book": ("book", ""),
    "reference-book": ("book", ""),
    "dissertation": ("phdthesis", ""),
    "thesis": ("phdthesis", ""),
    "report": ("techreport", ""),
}
_SERIES = re.compile(
    r"(?:lecture notes in|communications in computer and|advances in intelligent systems)\b", re.IGNORECASE
)
_ARXIV_DOI = "10.48550/arxiv."


def fetch_doi(client: Client, endpoints: Endpoints, doi: str) -> Metadata:
    """Return what the registries say about ``doi``.

    :raises WebError: if none of them knows it, or there is no such answer.
    """
    try:
        return _crossref(client, endpoints, doi)
    except NotFoundError:
        pass
    try:
        return _datacite(client, endpoints, doi)
    except NotFoundError:
        pass
    address = f"{endpoints.doi}/{escaped(doi)}"
    return _work(client.get_json(address, accept=_CSL, types=(_CSL, "application/json")), address, doi)


def _crossref(client: Client, endpoints: Endpoints, doi: str) -> Metadata:
    address = f"{endpoints.crossref}/works/{escaped(doi)}"
    found = client.get_json(address, types=("application/json",))
    return _work(found.get("message") if isinstance(found, dict) else None, address, doi)


def _work(work: Any, address: str, doi: str) -> Metadata:
    """Return the record of a work of Crossref or of CSL JSON, which agree in most names."""
    if not isinstance(work, dict):
        raise MalformedError(address, "the answer describes no work", "try again later")
    title = _title(work)
    authors = tuple(_people(work.get("author")))
    entry_type, place = _TYPES.get(_first(work.get("type")), ("misc", ""))
    container = _container(work.get("container-title"))
    publisher = from_markup(work.get("publisher"))
    if place and not container:
        entry_type, place = "misc", ""
    if entry_type == "incollection" and short_venue(container):
        entry_type = "inproceedings"  # volumes of proceedings that are published as books
    fields = [
        (place, container),
        ("volume", _first(work.get("volume"))),
        ("number", _first(work.get("issue"))),
        ("pages", _first(work.get("page")) or _first(work.get("article-number"))),
        ("publisher", publisher if entry_type not in ("phdthesis", "techreport") else ""),
    ]
    institution = next((_first(each.get("name")) for each in _dicts(work.get("institution"))), "") or publisher
    fields += [("school", institution)] if entry_type == "phdthesis" else []
    fields += [("institution", institution)] if entry_type == "techreport" else []
    event = work.get("event")
    acronym = without_year(_first(event.get("acronym"))) if isinstance(event, dict) else ""
    metadata = Metadata(
        entry_type=entry_type,
        title=title,
        authors=authors,
        editors=() if authors else tuple(_people(work.get("editor"))),
        year=_year(work),
        fields=tuple((name, value) for name, value in fields if name and value),
        venue=short_venue(container, acronym) or (acronym if entry_type == "inproceedings" else ""),
        arxiv=_preprint(work),
        doi=normalize_doi(str(work.get("DOI", ""))) or doi,
        url=f"https://doi.org/{doi}",
        abstract=from_markup(work.get("abstract")),
        categories=tuple(map(from_markup, _list(work.get("subject")))),
    )
    return _complete(metadata, address)


def _complete(metadata: Metadata, address: str) -> Metadata:
    missing = [name for name, there in (("title", metadata.title), ("year", metadata.year)) if not there]
    missing += [] if metadata.authors or metadata.editors else ["authors"]
    if missing:
        message = f"the answer names no {' and no '.join(missing)}"
        raise MalformedError(address, message, "write the entry yourself and give it as a BibTeX file")
    return metadata


def _title(work: Mapping[str, Any]) -> str:
    title, subtitle = _first(work.get("title")), _first(work.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        return f"{title}{' ' if title.endswith((':', '?', '!', '.')) else ': '}{subtitle}"
    return title


def _container(value: Any) -> str:
    """Return the title of the whole; of a series and a volume in it, that of the volume."""
    titles = [title for each in (value if isinstance(value, list) else [value]) if (title := _first(each))]
    return next((title for title in titles if not _SERIES.match(title)), titles[0] if titles else "")


def _people(value: Any) -> Iterator[Author]:
    for each in _dicts(value):
        if organisation := from_markup(each.get("name") or each.get("literal")):
            yield Author(organisation)
        elif each.get("family") or each.get("given"):
            particle = f"{each.get('non-dropping-particle') or each.get('dropping-particle') or ''} "
            family = f"{particle.lstrip()}{each.get('family') or ''}"
            yield family_and_given(family, str(each.get("given") or ""), str(each.get("suffix") or ""))


def _year(work: Mapping[str, Any]) -> int | None:
    for name in ("issued", "published-print", "published-online", "published", "created"):
        date = work.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        match parts:
            case [[year, *_], *_] if str(year).isdecimal() and 1000 <= int(year) <= 9999:
                return int(year)
    return None


def _preprint(work: Mapping[str, Any]) -> str | None:
    relation = work.get("relation")
    related = relation.get("has-preprint") if isinstance(relation, dict) else None
    for each in _dicts(related):
        name = str(each.get("id", "")).lower()
        if found := normalize_arxiv(name.partition(_ARXIV_DOI)[2] if _ARXIV_DOI in name else name):
            return found
    return None


def _datacite(client: Client, endpoints: Endpoints, doi: str) -> Metadata:
    address = f"{endpoints.datacite}/dois/{escaped(doi)}"
    found = client.get_json(address, types=("application/json", "application/vnd.api+json"))
    data = found.get("data") if isinstance(found, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(attributes, dict):
        raise MalformedError(address, "the answer describes no work", "try again later")
    types, container = _dict(attributes.get("types")), _dict(attributes.get("container"))
    entry_type, place = _TYPES.get(str(types.get("citeproc", "")), ("misc", ""))
    container_title = from_markup(container.get("title"))
    if place and not container_title:
        entry_type, place = "misc", ""
    pages = "-".join(_first(container.get(name)) for name in ("firstPage", "lastPage") if container.get(name))
    publisher = attributes.get("publisher")
    publisher = from_markup(publisher.get("name") if isinstance(publisher, dict) else publisher)
    held = {"phdthesis": "school", "techreport": "institution"}.get(entry_type, "publisher")
    fields = [
        (place, container_title),
        ("volume", _first(container.get("volume"))),
        ("number", _first(container.get("issue"))),
        ("pages", pages),
        (held, publisher),
    ]
    titles = [title for title in _dicts(attributes.get("titles")) if not title.get("titleType")]
    year = str(attributes.get("publicationYear", ""))
    metadata = Metadata(
        entry_type=entry_type,
        title=next((from_markup(title.get("title")) for title in titles), ""),
        authors=tuple(_creators(attributes.get("creators"))),
        year=int(year) if re.fullmatch(r"\d{4}", year) else None,
        fields=tuple((name, value) for name, value in fields if name and value),
        venue=short_venue(container_title),
        doi=doi,
        url=f"https://doi.org/{doi}",
        abstract=next(
            (
                from_markup(each.get("description"))
                for each in _dicts(attributes.get("descriptions"))
                if each.get("descriptionType") == "Abstract"
            ),
            "",
        ),
        categories=tuple(from_markup(each.get("subject")) for each in _dicts(attributes.get("subjects"))),
    )
    return _complete(metadata, address)


def _creators(value: Any) -> Iterator[Author]:
    for each in _dicts(value):
        name = from_markup(each.get("name"))
        if each.get("nameType") == "Organizational":
            yield Author(name)
        elif each.get("familyName") and each.get("givenName"):
            yield family_and_given(str(each["familyName"]), str(each["givenName"]))
        elif name:
            yield person(name)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _first(value: Any) -> str:
    """Return the first text of a list, or the text or number itself."""
    if isinstance(value, list):
        value = next((each for each in value if each), "")
    return from_markup(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
