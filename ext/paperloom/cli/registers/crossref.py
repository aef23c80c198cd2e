"""Crossref's REST API: works by DOI, notices about them, and a search for publications.

https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from paperloom.cli.registers import portions
from paperloom.cli.registers.records import PUBLISHED, Update, Work, notices_of, work_of
from paperloom.web.client import Client
from paperloom.web.errors import WebError

#: DOIs of one question about notices, and the notices that one answer may hold.
PER_QUESTION = 20
_MOST_NOTICES = 200
#: How many results of a search are looked at; the right one is among the first or not there.
_RESULTS = 5


class CrossrefError(Exception):
    """No answer, or one that cannot be read; the message says why."""


def ask_work(client: Client, base: str, doi: str, max_age: timedelta) -> Work | None:
    """Return the work with ``doi``, None where another agency registered the DOI.

    :raises CrossrefError: if Crossref gives no answer that can be read.
    """
    message = _message(client, f"{base}/works/{quote(doi, safe='')}", {}, max_age, missing_is_fine=True)
    if message is None:
        return None
    work = work_of(message)
    if work is None:
        raise CrossrefError("Crossref's answer describes no work")
    return work


def ask_notices(
    client: Client, base: str, dois: Iterable[str], max_age: timedelta
) -> tuple[dict[str, tuple[Update, ...]], dict[str, str]]:
    """Return the notices about works by DOI, and why it was not answered about others."""
    notices: dict[str, tuple[Update, ...]] = {}
    unanswered: dict[str, str] = {}
    askable = (doi for doi in dois if "," not in doi)  # a comma separates filters
    for some in portions(askable, PER_QUESTION):
        filters = ",".join(f"updates:{doi}" for doi in some)
        try:
            message = _message(client, f"{base}/works", {"filter": filters, "rows": str(_MOST_NOTICES)}, max_age)
            notices |= notices_of(_items(message))
        except CrossrefError as error:
            unanswered |= dict.fromkeys(some, str(error))
    return notices, unanswered


def search(client: Client, base: str, title: str, author: str, max_age: timedelta) -> list[Work]:
    """Return the publications that Crossref finds for a title and the name of an author, best first.

    :raises CrossrefError: if Crossref gives no answer that can be read.
    """
    question = {
        "query.bibliographic": f"{title} {author}".strip(),
        "filter": ",".join(f"type:{kind}" for kind in sorted(PUBLISHED)),
        "rows": str(_RESULTS),
    }
    message = _message(client, f"{base}/works", question, max_age)
    return [work for item in _items(message) if (work := work_of(item))]


def _message(
    client: Client, address: str, question: Mapping[str, str], max_age: timedelta, *, missing_is_fine: bool = False
) -> Mapping[str, Any] | None:
    try:
        reply = client.ask("GET", address, question, max_age=max_age)
    except WebError as error:
        raise CrossrefError(error.happened) from error
    if reply.status == 404 and missing_is_fine:
        return None
    if reply.status != 200:
        raise CrossrefError(f"Crossref answered {reply.status}")
    try:
        data = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise CrossrefError("Crossref's answer is no JSON") from error
    message = data.get("message") if isinstance(data, dict) else None
    if not isinstance(message, dict):
        raise CrossrefError("Crossref's answer has no message")
    return message


def _items(message: Mapping[str, Any] | None) -> list[Any]:
    items = message.get("items") if message else None
    if not isinstance(items, list):
        raise CrossrefError("Crossref's answer has no list of works")
    return items
