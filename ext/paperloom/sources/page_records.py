"""The records that front matter describes; missing and malformed fields are left empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from paperloom.model.calendar import is_period, parse_week_id, start_of_week
from paperloom.model.records import Document, Paper, Period, Reading, Revision, Topic, Week
from paperloom.sources.days import parse_day
from paperloom.sources.front_matter import FrontMatter


def paper_of(front: FrontMatter, key: str, docname: str, title: str) -> Paper:
    """Return the paper that ``front`` describes; missing and malformed fields are left empty."""
    relations = front.fields.get("relations")
    links = front.fields.get("links")
    reading = front.fields.get("read")
    return Paper(
        key=key,
        docname=docname,
        title=title,
        topics=tuple(dict.fromkeys(front.strings("topics"))),
        tldr=" ".join((front.string("tldr") or "").split()),
        aliases=tuple(alias.strip() for alias in front.strings("aliases") if alias.strip()),
        code=front.string("code"),
        links=tuple((name, url) for name, url in links.items() if isinstance(url, str))
        if isinstance(links, dict)
        else (),
        relations=tuple(
            (name, tuple(key for key in keys if isinstance(key, str)))
            for name, keys in relations.items()
            if isinstance(keys, list)
        )
        if isinstance(relations, dict)
        else (),
        read=_reading(reading) if isinstance(reading, dict) else None,
        draft=front.fields.get("draft") is True,
        revised=_revision(front.fields.get("revised")),
    )


def _reading(fields: Mapping[str, Any]) -> Reading:
    on, source, version = (
        value if isinstance(value, str) else None for value in map(fields.get, ("on", "from", "version"))
    )
    return Reading(on or "", source or "", version)


def _revision(fields: Any) -> Revision | None:
    """Return the revision that ``fields`` describe; None where they lack the day or what changed."""
    if not isinstance(fields, dict):
        return None
    on, what = fields.get("on"), fields.get("what")
    if not isinstance(on, str) or not isinstance(what, str) or parse_day(on) is None or not what.strip():
        return None
    return Revision(on, " ".join(what.split()))


def week_of_front_matter(front: FrontMatter, week_id: str, docname: str, title: str, starts: date) -> Week:
    """Return the week that ``front`` describes, still without its papers and articles."""
    return Week(
        id=week_id,
        docname=docname,
        title=title,
        starts=starts,
        picks=tuple(dict.fromkeys(front.strings("picks"))),
        source=front.string("source"),
    )


def topic_of(front: FrontMatter, slug: str, docname: str, title: str) -> Topic:
    """Return the topic that ``front`` describes."""
    return Topic(
        slug=slug, docname=docname, title=title, parent=front.string("parent"), aliases=front.strings("aliases")
    )


def period_of(front: FrontMatter, docname: str, title: str) -> Period:
    """Return the year or month that ``front`` describes."""
    return Period(id=str(front.fields.get("period", "")), docname=docname, title=title)


def typed(document: Document, front: FrontMatter) -> Document:
    """Return ``document`` with the record of its kind, as ``front`` describes it."""
    name = document.docname.rpartition("/")[2]
    match front.kind:
        case "paper":
            return replace(document, paper=paper_of(front, name, document.docname, document.title))
        case "topic":
            return replace(document, topic=topic_of(front, name, document.docname, document.title))
        case "archive":
            period = period_of(front, document.docname, document.title)
            return replace(document, period=period) if is_period(period.id) else document
        case "week":
            week_id = parse_week_id(name)
            starts = start_of_week(*week_id) if week_id else parse_day(front.string("starts"))
            if starts:
                week = week_of_front_matter(front, name, document.docname, document.title, starts)
                return replace(document, week=week)
    return document
