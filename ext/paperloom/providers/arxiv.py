"""arXiv, through its API (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import feedparser

from paperloom.model.identifiers import normalize_arxiv, normalize_doi
from paperloom.model.metadata import Metadata
from paperloom.providers.endpoints import Endpoints
from paperloom.providers.texts import from_latex, person
from paperloom.sources.text import clean
from paperloom.web.client import Client
from paperloom.web.errors import MalformedError, NotFoundError, RefusedError

_ARXIV_DOI = "10.48550/"
_VERSION = re.compile(r"v(\d+)$")
_TYPES = ("application/atom+xml", "application/xml", "text/xml")


def fetch_arxiv(client: Client, endpoints: Endpoints, identifier: str, version: str | None = None) -> Metadata:
    """Return what arXiv says about ``identifier``, an id without version; the newest version where none is given.

    ``doi`` is the one of the published version where the authors named it.

    :raises WebError: if there is no such paper, or no such answer.
    """
    asked = f"{identifier}{version or ''}"
    question = {"id_list": asked, "max_results": "1"}
    try:
        answer = client.get(f"{endpoints.arxiv}/api/query", question, types=_TYPES)
    except RefusedError as error:
        if error.status == 400:  # of an id that it cannot read, arXiv says so with this status
            raise NotFoundError(error.url, f"arXiv refuses the id {asked}", "check the identifier") from error
        raise
    try:
        feed = parse_feed(answer.body)
    except ValueError as error:
        raise MalformedError(answer.url, "the answer is no Atom feed", "try again later") from error
    if not feed.entries:
        raise NotFoundError(answer.url, f"arXiv knows no paper {asked}", "check the identifier")
    entry = feed.entries[0]
    address = str(entry.get("id", ""))
    if "/api/errors" in address:
        reason = clean(str(entry.get("summary", "")))
        raise NotFoundError(answer.url, f"arXiv refuses the id {asked}: {reason}", "check the identifier")
    found = address.partition("/abs/")[2]
    if normalize_arxiv(found) != identifier or not entry.get("title") or not entry.get("authors"):
        raise MalformedError(answer.url, f"the answer does not describe {asked}", "try again later")
    return _metadata(entry, identifier, _VERSION.search(found))


def parse_feed(body: bytes) -> Any:
    """Return what feedparser makes of an answer.

    :raises ValueError: if it is no feed, or one with a mistake.
    """
    body.decode("utf-8")  # as arXiv writes; feedparser would take another encoding for it
    feed = feedparser.parse(BytesIO(body))
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        raise ValueError(str(feed.bozo_exception))
    return feed


def _metadata(entry: Any, identifier: str, version: re.Match[str] | None) -> Metadata:
    published = str(entry.get("published", ""))[:4]
    year = int(published) if published.isdecimal() else None
    doi = normalize_doi(str(entry.get("arxiv_doi", "")))
    journal = clean(str(entry.get("arxiv_journal_ref", "")))
    categories = tuple(dict.fromkeys(str(tag.get("term", "")) for tag in entry.get("tags", ())))
    primary = entry.get("arxiv_primary_category") or {}
    unresolved = (f"the published version, which arXiv names as {journal}",) if journal and not doi else ()
    comment = clean(str(entry.get("arxiv_comment", "")))
    withdrawn = ("whether the paper was withdrawn",) if re.search(r"\bwithdrawn\b", comment, re.IGNORECASE) else ()
    return Metadata(
        entry_type="misc",
        title=from_latex(entry.title),
        authors=tuple(person(str(author.get("name", ""))) for author in entry.authors if author.get("name")),
        year=year,
        first_year=year,
        venue="arXiv",
        arxiv=identifier,
        version=version[0] if version else None,
        primary_class=str(primary.get("term", "")) or (categories[0] if categories else ""),
        doi=doi if doi and not doi.startswith(_ARXIV_DOI) else None,
        url=f"https://arxiv.org/abs/{identifier}",
        abstract=from_latex(str(entry.get("summary", ""))),
        categories=categories,
        to_verify=(*unresolved, *withdrawn),
    )
