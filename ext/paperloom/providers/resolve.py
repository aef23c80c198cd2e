"""From what people paste to a record: what it names, and whom to ask about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from paperloom.model.identifiers import Identifier, identify, normalize_title
from paperloom.model.metadata import Metadata, published_as
from paperloom.providers.acl import fetch_acl
from paperloom.providers.arxiv import fetch_arxiv
from paperloom.providers.doi import fetch_doi
from paperloom.providers.endpoints import Endpoints
from paperloom.providers.openreview import fetch_openreview
from paperloom.web.client import Client
from paperloom.web.errors import NotFoundError, WebError

_HOSTS = re.compile(
    r"(?:www\.|dx\.|export\.|browse\.)?(?:arxiv\.org|doi\.org|openreview\.net|aclanthology\.org|aclweb\.org)/",
    re.IGNORECASE,
)
_ACL = re.compile(r"(?:[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_-]+-[a-z0-9_]+\.\d+)", re.ASCII)
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{8,14}", re.ASCII)
_CLINGING = " \t\r\n<>\"'“”‘’`()[]{}.,;"
#: What arXiv shows behind an id, ``arXiv:2010.11934v3 [cs.CL]``, and how people write a DOI.
_SUBJECT = re.compile(r"\s*\[[a-z-]+(?:\.[A-Za-z-]{2,10})?$", re.IGNORECASE)
_DOI_WORD = re.compile(r"^doi[\s:]+(?=10\.|https?:)", re.IGNORECASE)
_NATURE = re.compile(
    r"https?://(?:www\.)?nature\.com/articles/((?:s\d{5}-|nature|n[a-z]+\.?\d)[\w.-]+?)(?:\.pdf)?(?:[?#].*)?$"
)
_VERSION = re.compile(r"(?:\d{4}\.\d{4,5}|/\d{7})(v\d+)", re.ASCII)
_ALPHAXIV = re.compile(
    r"https?://(?:(?:www\.)?(?:alphaxiv\.org/(?:abs|overview)|huggingface\.co/papers|semanticscholar\.org/arxiv)/|"
    r"[a-z]{2}\.arxiv\.org/(?:abs|pdf)/|api\.semanticscholar\.org/arxiv:|(?:www\.)?arxiv\.org/src/)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that somebody named: its identifier in normal form, and the arXiv version (``v2``) if they gave one."""

    identifier: Identifier
    version: str | None = None


def parse_identifier(text: str) -> Wanted | None:
    """Return the paper that ``text`` names, None where it is no identifier of one.

    Accepts ids and addresses of arXiv (old and new, in any version), DOIs, OpenReview and the ACL
    Anthology, with what clings to them when they are copied: quotes, brackets, a full stop.
    """
    text = unicodedata.normalize("NFKC", text).strip(_CLINGING)
    text = _DOI_WORD.sub("", _SUBJECT.sub("", text))
    if article := _NATURE.match(text):
        text = f"10.1038/{article[1]}"
    kind, _colon, rest = text.partition(":")
    if kind.lower() in ("openreview", "acl") and not rest.startswith("//"):
        return Wanted(Identifier(kind.lower(), rest.strip())) if rest.strip() else None
    if _HOSTS.match(text):
        text = f"https://{text}"
    text = _ALPHAXIV.sub("https://arxiv.org/abs/", text)
    found = identify(text)
    if found is None and _ACL.fullmatch(text):
        found = Identifier("acl", text)
    if found is None and _OPENREVIEW.fullmatch(text) and re.search(r"[A-Z]", text):
        found = Identifier("openreview", text)
    if found is None or found.kind == "url":
        return None
    version = _VERSION.search(text) if found.kind == "arxiv" else None
    return Wanted(found, version[1] if version else None)


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and what could not be learned: ``path: what happened; what to do``."""

    metadata: Metadata
    notes: tuple[str, ...] = ()


def fetch(client: Client, endpoints: Endpoints, wanted: Wanted) -> Found:
    """Return the record of ``wanted``: that of the published version, with the eprint, where one is known.

    :raises WebError: if the service knows no such paper, or gives no answer.
    """
    identifier = wanted.identifier
    match identifier.kind:
        case "arxiv":
            preprint = fetch_arxiv(client, endpoints, identifier.value, wanted.version)
            return _published(client, endpoints, preprint)
        case "doi":
            return _with_preprint(client, endpoints, fetch_doi(client, endpoints, identifier.value))
        case "openreview":
            return Found(fetch_openreview(client, endpoints, identifier.value))
        case "acl":
            return Found(fetch_acl(client, endpoints, identifier.value))
    raise NotFoundError(identifier.value, "no service knows such an identifier", "give an arXiv id or a DOI")


def _published(client: Client, endpoints: Endpoints, preprint: Metadata) -> Found:
    """Ask for the published version that arXiv names; what arXiv says stands where that fails."""
    if not preprint.doi:
        return Found(preprint)
    named = identify(preprint.doi)
    try:
        if named and named.kind == "acl":
            published = fetch_acl(client, endpoints, named.value)
        else:
            published = fetch_doi(client, endpoints, preprint.doi)
    except WebError as error:
        note = f"the published version ({preprint.doi}) could not be asked for: {error}"
        unsure = replace(preprint, to_verify=(*preprint.to_verify, f"the published version, {preprint.doi}"))
        return Found(unsure, (note,))
    merged = published_as(preprint, published)
    if normalize_title(published.title) != normalize_title(preprint.title):
        note = f"arXiv has the title '{preprint.title}', {preprint.doi} has '{published.title}'"
        merged = replace(merged, to_verify=(*merged.to_verify, "title"))
        return Found(merged, (f"{note}; see that they are one paper",))
    return Found(merged)


def _with_preprint(client: Client, endpoints: Endpoints, published: Metadata) -> Found:
    if not published.arxiv:
        return Found(published)
    try:
        preprint = fetch_arxiv(client, endpoints, published.arxiv)
    except WebError as error:
        return Found(published, (f"the preprint ({published.arxiv}) could not be asked for: {error}",))
    return Found(published_as(preprint, published))
