"""Asks hosts and registers about addresses: pages by their address, DOIs and arXiv ids by their APIs."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

from paperloom.cli.links.external import State, Verdict, judge
from paperloom.cli.links.redirects import Hop
from paperloom.model.identifiers import identify, normalize_doi
from paperloom.web.client import Client
from paperloom.web.errors import RateLimitedError, UnavailableError, WebError

_DOI_HOSTS = frozenset({"doi.org", "www.doi.org", "dx.doi.org"})
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", *_DOI_HOSTS})
_COPY = re.compile(r"https?://web\.archive\.org/web/(?P<stamp>\d{1,14})\w*/(?P<address>.+)")
#: Answers to HEAD that may be about the way of asking and not about the page.
_ASK_WITH_GET = frozenset({400, 401, 403, 404, 405, 406, 410, 418, 501, 999})


def doi_of(address: str) -> str | None:
    """Return the DOI whose resolver ``address`` leads to; pages of publishers are pages."""
    return normalize_doi(address) if urlsplit(address).hostname in _DOI_HOSTS else None


def arxiv_of(address: str) -> str | None:
    """Return the arXiv id whose page at arXiv, or whose DOI, ``address`` leads to."""
    identifier = identify(address)
    named = identifier and identifier.kind == "arxiv" and urlsplit(address).hostname in _ARXIV_HOSTS
    return identifier.value if identifier and named else None


def copy_of(address: str) -> tuple[str, str] | None:
    """Return the time stamp and the address of the page that ``address`` is an archived copy of."""
    match = _COPY.fullmatch(address)
    return (match["stamp"], match["address"]) if match else None


def ask_page(client: Client, address: str) -> Verdict:
    """Ask the host of ``address``, follow its redirects, and return what is known then.

    The page itself is asked for, without reading it, where the answer to HEAD may be about the question.
    """
    try:
        answer = client.ask("HEAD", address, with_body=False)
        if answer.status in _ASK_WITH_GET:
            answer = client.ask("GET", address, with_body=False)
    except UnavailableError:  # some hosts drop HEAD, or fail over it
        try:
            answer = client.ask("GET", address, with_body=False)
        except WebError as error:
            return _unanswered(error)
    except WebError as error:
        return _unanswered(error)
    addresses = [*(where for _status, where in answer.redirects[1:]), answer.url]
    statuses = [status for status, _where in answer.redirects]
    hops = [Hop(status, where) for status, where in zip(statuses, addresses, strict=False)]
    return judge(address, hops, answer.status)


def _unanswered(error: WebError) -> Verdict:
    waits = isinstance(error, UnavailableError | RateLimitedError)
    return Verdict(State.UNSURE, error.happened, lasting=not waits, answered=not waits)


def ask_doi(client: Client, doi_org: str, doi: str, max_age: timedelta) -> Verdict:
    """Ask the Handle API of ``doi_org`` whether ``doi`` is registered and leads somewhere."""
    try:
        reply = client.ask("GET", f"{doi_org}/api/handles/{quote(doi, safe='/')}", {"type": "URL"}, max_age=max_age)
    except WebError as error:
        return _unanswered(error)
    data = _json(reply.body)
    code = data.get("responseCode")
    if code == 1 and data.get("values"):
        return Verdict(State.WORKING)
    if code == 100:
        return Verdict(State.GONE, "the DOI is not registered")
    if code in (1, 200):
        return Verdict(State.GONE, "the DOI is registered and leads nowhere")
    message = f"the DOI's register gave no answer that can be read ({reply.status})"
    return Verdict(State.UNSURE, message, lasting=False)


def ask_archive(client: Client, archive: str, address: str, near: str) -> str | None:
    """Return the copy of ``address`` nearest to the time stamp ``near``, empty where there is none.

    None where the ``archive`` gave no answer that can be read.
    """
    try:
        reply = client.ask(
            "GET", f"{archive}/wayback/available", {"url": address, "timestamp": near}, max_age=timedelta()
        )
    except WebError:
        return None
    data = _json(reply.body)
    snapshots = data.get("archived_snapshots")
    if reply.status != 200 or not isinstance(snapshots, dict):
        return None
    closest = snapshots.get("closest")
    if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
        return ""
    copy = re.sub(r"^http://", "https://", str(closest.get("url", "")))
    return copy if copy_of(copy) else ""


def stamp_of(day: date) -> str:
    """Return ``day`` as a time stamp of the archive."""
    return day.strftime("%Y%m%d")


def _json(body: bytes) -> dict[str, object]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
