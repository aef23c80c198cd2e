"""Identifiers of papers and their normal forms.

Two references to one paper have the same normal form however they are written:
``https://arxiv.org/pdf/2006.07733v3``, ``arXiv:2006.07733`` and
``https://doi.org/10.48550/arXiv.2006.07733`` are all ``arxiv:2006.07733``.

Forms follow https://info.arxiv.org/help/arxiv_identifier.html,
https://www.doi.org/doi-handbook/ and https://aclanthology.org/info/ids/.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

_ARXIV_NEW = re.compile(r"(?P<id>\d{4}\.\d{4,5})(?:v\d+)?", re.ASCII)
_ARXIV_OLD = re.compile(r"(?P<id>[a-z][a-z-]*(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_ACL = re.compile(r"(?:[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_-]+-[a-z0-9_]+\.\d+)", re.ASCII)
_RESOLVER = re.compile(r"https?://(?:(?:dx|www)\.)?doi\.org/", re.ASCII | re.IGNORECASE)
#: Sites that show a paper under its arXiv id, with what stands before the id in their addresses.
_ARXIV_MIRRORS = {
    "ar5iv.org": r"(?:abs|html)",
    "ar5iv.labs.arxiv.org": r"(?:abs|html)",
    "huggingface.co": "papers",
    "hf.co": "papers",
    "alphaxiv.org": r"(?:abs|pdf|overview)",
    "arxiv-vanity.com": "papers",
    "scirate.com": "arxiv",
}
_ARXIV_DOI_PREFIX = "10.48550/arxiv."
_ACL_DOI_PREFIX = "10.18653/v1/"

#: Query parameters that say where a reader came from and not what is read.
_TRACKING = re.compile(
    r"(?:utm_\w+|source|gi|fbclid|gclid|dclid|yclid|msclkid|twclid|mc_cid|mc_eid|ref|ref_src|ref_url|referrer|sk|spm|scm|"
    r"igshid|isappinstalled|_hsenc|_hsmi|mkt_tok|cmpid|ncid|trk|vero_id|ck_subscriber_id|wt\.mc_id|rss_id)",
    re.ASCII | re.IGNORECASE,
)
#: What a messenger writes behind ``from=`` where somebody passed an address on.
_MESSENGERS = frozenset({"singlemessage", "groupmessage", "timeline"})


class Identifier(NamedTuple):
    """An identifier in normal form: ``kind`` is ``arxiv``, ``doi``, ``openreview``, ``acl`` or ``url``."""

    kind: str
    value: str

    def __str__(self) -> str:
        """Return ``kind:value``."""
        return f"{self.kind}:{self.value}"


def normalize_arxiv(text: str) -> str | None:
    """Return the arXiv id in ``text`` without its version, or None where there is none.

    Accepts ``2006.07733``, ``2006.07733v3``, ``arXiv:2006.07733`` and ``math.AG/0601001``
    (the subject class of an old id is dropped: ``math/0601001``).
    """
    text = re.sub(r"^arxiv\s*:\s*", "", text.strip(), flags=re.IGNORECASE)
    if match := _ARXIV_NEW.fullmatch(text):
        return match["id"]
    if match := _ARXIV_OLD.fullmatch(text):
        archive, number = match["id"].split("/")
        return f"{archive.split('.')[0]}/{number}"
    return None


def normalize_doi(text: str) -> str | None:
    """Return the DOI in ``text`` in lower case, without resolver or prefix; None where there is none."""
    text = re.sub(r"^doi\s*:\s*", "", text.strip(), flags=re.IGNORECASE)
    if resolver := _RESOLVER.match(text):
        text = unquote(re.split(r"[?#]", text[resolver.end() :])[0]).rstrip("/")
    match = _DOI.fullmatch(text)
    return match[0].rstrip(".,;").lower() if match else None


def strip_tracking(url: str) -> str:
    """Return ``url`` without the query parameters that only say where the reader came from."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    kept = [parameter for parameter in parts.query.split("&") if not _tracks(unquote_plus(parameter))]
    return parts._replace(query="&".join(kept)).geturl()


def _tracks(parameter: str) -> bool:
    name, _sign, value = parameter.partition("=")
    return _TRACKING.fullmatch(name) is not None or (name == "from" and value in _MESSENGERS)


def is_web_address(text: str) -> bool:
    """Return whether ``text`` is an absolute http or https address without blanks."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port  # both are parsed, and refused, on access
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", text)


def identify(text: str) -> Identifier | None:
    """Return the identifier that ``text`` (an address or a bare id) stands for, in normal form.

    Any other http or https address becomes an identifier of kind ``url``; None for the rest.
    """
    text = text.strip()
    if arxiv := normalize_arxiv(text):
        return Identifier("arxiv", arxiv)
    if doi := normalize_doi(text):
        return _identify_doi(doi)
    if not is_web_address(text):
        return None
    parts = urlsplit(text)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    if host in ("arxiv.org", "export.arxiv.org", "browse.arxiv.org") or host in _ARXIV_MIRRORS:
        kind = _ARXIV_MIRRORS.get(host, r"(?:abs|pdf|html|format|ps|e-print)")
        match = re.fullmatch(rf"/{kind}/(.+?)(?:\.pdf)?/?", path)
        if match and (arxiv := normalize_arxiv(match[1])):
            return Identifier("arxiv", arxiv)
    elif host == "openreview.net" and path.rstrip("/") in ("/forum", "/pdf", "/attachment"):
        if forum := dict(parse_qsl(parts.query)).get("id"):
            return Identifier("openreview", forum)
    elif host in ("aclanthology.org", "aclweb.org"):
        stem = re.sub(r"\.(?:pdf|bib)$", "", path.removeprefix("/anthology").strip("/"))
        stem = re.sub(r"(?<=\d)v\d+$", "", stem)
        if _ACL.fullmatch(stem):
            return Identifier("acl", stem)
    elif doi := _doi_in_path(path):
        return _identify_doi(doi)
    return Identifier("url", _normalize_url(text))


def _doi_in_path(path: str) -> str | None:
    match = re.search(r"/(10\.\d{4,9}/[^?#]+)", path.rstrip("/"))
    if match is None:
        return None
    name = re.sub(r"(?:/(?:full|abstract|pdf|epdf)|\.pdf)$", "", match[1])
    if name.startswith("10.1101/"):  # bioRxiv and medRxiv write the version, and what is shown of it, behind the DOI
        name = re.sub(r"(?<=\d)v\d+(?:\.(?:full|abstract|article-info|supplementary-material)\S*)?$", "", name)
    return normalize_doi(name)


def _identify_doi(doi: str) -> Identifier:
    if doi.startswith(_ARXIV_DOI_PREFIX) and (arxiv := normalize_arxiv(doi.removeprefix(_ARXIV_DOI_PREFIX))):
        return Identifier("arxiv", arxiv)
    if doi.startswith(_ACL_DOI_PREFIX):
        stem = doi.removeprefix(_ACL_DOI_PREFIX)
        for candidate in (stem, stem.upper()):
            if _ACL.fullmatch(candidate):
                return Identifier("acl", candidate)
    return Identifier("doi", doi)


def _normalize_url(url: str) -> str:
    parts = urlsplit(strip_tracking(url))
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = parts.path.rstrip("/")
    if host in ("github.com", "gitlab.com"):
        path = path.removesuffix(".git").lower()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{path}{query}"


def normalize_title(title: str) -> str:
    """Return ``title`` reduced to its letters and digits, for comparison: accents, case, markup aside."""
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    return "".join(character for character in decomposed if character.isalnum())
