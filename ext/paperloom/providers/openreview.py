"""OpenReview, through its API: version 2, and version 1 for venues of earlier years.

See https://docs.openreview.net/reference/api-v2/entities/note. The fields of a note's content are
plain values in version 1, and mappings with a ``value`` in version 2.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from paperloom.model.metadata import Metadata
from paperloom.providers.bibtex import read_entry
from paperloom.providers.endpoints import Endpoints
from paperloom.providers.texts import from_latex, person
from paperloom.providers.venues import short_venue, without_year
from paperloom.sources.text import clean
from paperloom.web.client import Client
from paperloom.web.errors import MalformedError, NotFoundError, RefusedError

_NOT_ACCEPTED = re.compile(r"submitted|submission|withdrawn|rejected|under review|preprint", re.IGNORECASE)


def fetch_openreview(client: Client, endpoints: Endpoints, forum: str) -> Metadata:
    """Return what OpenReview says about the submission ``forum``.

    :raises WebError: if there is no such submission, or no such answer.
    """
    page = f"https://openreview.net/forum?id={forum}"
    for base in (endpoints.openreview, endpoints.openreview_v1):
        address = f"{base}/notes"
        try:
            found = client.get_json(address, {"id": forum}, types=("application/json",))
        except NotFoundError:
            continue
        except RefusedError as error:
            if base == endpoints.openreview_v1:
                happened = f"OpenReview lets no program in at the moment ({error.status or 'refused'})"
                remedy = f"copy the BibTeX from {page} and give it with --bib FILE"
                raise RefusedError(error.url, happened, remedy, error.status) from error
            continue  # version 2 refuses what only version 1 has
        notes = found.get("notes") if isinstance(found, dict) else None
        if not isinstance(notes, list):
            raise MalformedError(address, "the answer holds no notes", "try again later")
        if notes and isinstance(notes[0], dict):
            return _metadata(notes[0], forum, f"{address}?id={forum}")
    raise NotFoundError(page, "OpenReview knows no such submission", "check the identifier")


def _metadata(note: dict[str, Any], forum: str, address: str) -> Metadata:
    content = note.get("content")
    content = content if isinstance(content, dict) else {}
    if note.get("forum") not in (None, forum):
        remedy = f"give https://openreview.net/forum?id={note['forum']}"
        raise MalformedError(address, "this is a note about a submission, not the submission", remedy)
    names = [clean(str(name)) for name in _list(content, "authors")]
    title = from_latex(_text(content, "title"))
    if not title or not names:
        remedy = "write the entry yourself and give it as a BibTeX file"
        raise MalformedError(address, f"the answer names no {'authors' if title else 'title'}", remedy)
    if any(name.lower().startswith("anonymous") for name in names):
        remedy = "wait until they are public, or add the paper from arXiv"
        raise MalformedError(address, "the authors are hidden while the paper is under review", remedy)
    venue = from_latex(_text(content, "venue"))
    own = read_entry(_text(content, "_bibtex"))
    accepted = bool(venue or own.entry_type != "misc") and not _NOT_ACCEPTED.search(
        f"{venue} {_text(content, 'venueid')}"
    )
    public = next(
        (note[name] for name in ("odate", "pdate", "tcdate", "cdate") if isinstance(note.get(name), int)), None
    )
    created = next((note[name] for name in ("tcdate", "cdate") if isinstance(note.get(name), int)), public)
    year = own.year or _year_in(venue) or _year_of(public)
    place = dict(own.fields)
    kept = [(name, place[name]) for name in ("booktitle", "journal", "pages", "volume") if place.get(name)]
    if accepted and not place.get("booktitle") and not place.get("journal"):
        kept = [("booktitle", without_year(venue))]
    entry_type = own.entry_type if own.entry_type in ("article", "inproceedings") else "inproceedings"
    short = short_venue(venue, *(value for _name, value in kept)) or without_year(venue)
    first = min((each for each in (year, _year_of(created)) if each), default=None)
    return Metadata(
        entry_type=entry_type if accepted else "misc",
        title=title,
        authors=tuple(person(name) for name in names),
        year=year,
        fields=tuple(kept) if accepted else (),
        first_year=first,
        venue=short if accepted else "OpenReview",
        openreview=forum,
        url=f"https://openreview.net/forum?id={forum}",
        abstract=from_latex(_text(content, "abstract")),
        categories=tuple(clean(str(word)) for word in _list(content, "keywords")),
        to_verify=() if accepted else (f"whether it was published; OpenReview says '{venue or 'nothing'}'",),
    )


def _value(content: dict[str, Any], name: str) -> Any:
    value = content.get(name)
    return value.get("value") if isinstance(value, dict) else value


def _text(content: dict[str, Any], name: str) -> str:
    value = _value(content, name)
    return value if isinstance(value, str) else ""


def _list(content: dict[str, Any], name: str) -> list[Any]:
    value = _value(content, name)
    return value if isinstance(value, list) else []


def _year_in(text: str) -> int | None:
    match = re.search(r"\b(?:19|20)\d{2}\b", text)
    return int(match[0]) if match else None


def _year_of(milliseconds: int | None) -> int | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).year if milliseconds else None
