"""arXiv's API: many papers in one question.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from paperloom.cli.registers import portions
from paperloom.cli.registers.records import Preprint
from paperloom.model.identifiers import normalize_arxiv, normalize_doi
from paperloom.providers.arxiv import parse_feed
from paperloom.web.client import Client
from paperloom.web.errors import WebError

#: Papers of one question: an address of about two thousand characters.
PER_QUESTION = 100
_ID = re.compile(r"https?://arxiv\.org/abs/(?P<id>.+?)v(?P<version>\d+)")


class UnreadableError(ValueError):
    """An answer that cannot be read; the message says why."""


def ask(
    client: Client, base: str, identifiers: Iterable[str], max_age: timedelta
) -> tuple[dict[str, Preprint | None], dict[str, str]]:
    """Return the preprints by id, None for ids that arXiv does not know, and why others were not answered.

    ``base`` is where arXiv is. It refuses a whole question for one id that it cannot read; such a question is
    asked again in halves. An id that an answer leaves out is asked again before it counts as unknown: under
    load, arXiv leaves out papers that it has.
    """
    known: dict[str, Preprint | None] = {}
    unanswered: dict[str, str] = {}
    pending = [(some, False) for some in portions(identifiers, PER_QUESTION)]
    while pending:
        some, again = pending.pop(0)
        try:
            found = _ask(client, base, some, timedelta() if again else max_age)
        except (WebError, UnreadableError) as error:
            reason = error.happened if isinstance(error, WebError) else str(error)
            unanswered |= dict.fromkeys(some, reason)
            continue
        if found is None and len(some) > 1:
            pending += [(some[: len(some) // 2], again), (some[len(some) // 2 :], again)]
            continue
        known |= found or {}
        missing = [identifier for identifier in some if identifier not in (found or {})]
        if found is None or (missing and again):
            known |= dict.fromkeys(missing)
        elif missing:
            pending.append((missing, True))
    return known, unanswered


def _ask(client: Client, base: str, identifiers: list[str], max_age: timedelta) -> dict[str, Preprint] | None:
    """Return the preprints that an answer lists; None where arXiv cannot read an id."""
    question = {"id_list": ",".join(identifiers), "start": "0", "max_results": str(len(identifiers))}
    reply = client.ask("GET", f"{base}/api/query", question, max_age=max_age)
    if reply.status == 400:
        return None
    if reply.status != 200:
        raise UnreadableError(f"arXiv answered {reply.status}")
    return read_feed(reply.body)


def read_feed(body: bytes) -> dict[str, Preprint]:
    """Return the preprints of an answer by id.

    :raises UnreadableError: if it is no feed of arXiv, or an error that arXiv tells in the form of a feed.
    """
    try:
        feed = parse_feed(body)
    except ValueError as error:
        raise UnreadableError(f"arXiv's answer cannot be read: {error}") from error
    if not feed.get("version", "").startswith("atom"):
        raise UnreadableError("arXiv's answer is no Atom feed")
    found: dict[str, Preprint] = {}
    for entry in feed.entries:
        match = _ID.fullmatch(_text(entry, "id"))
        identifier = normalize_arxiv(match["id"]) if match else None
        if match is None or identifier is None:
            raise UnreadableError(f"arXiv's answer is an error: {_text(entry, 'summary') or 'an entry has no id'}")
        found[identifier] = Preprint(
            arxiv=identifier,
            title=_text(entry, "title"),
            version=int(match["version"]),
            updated=_text(entry, "updated")[:10],
            comment=_text(entry, "arxiv_comment"),
            journal_ref=_text(entry, "arxiv_journal_ref"),
            doi=normalize_doi(_text(entry, "arxiv_doi").partition(" ")[0]),
            abstract=_text(entry, "summary"),
        )
    return found


def _text(entry: Mapping[str, object], name: str) -> str:
    return " ".join(str(entry.get(name) or "").split())
