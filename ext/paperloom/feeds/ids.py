"""Ids of feeds and entries: what feed readers know them by, whatever becomes of names and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

#: Identifiers that a paper keeps for good, the first that it has counts; most papers have an arXiv id before a DOI.
_IDENTIFIERS = ("arxiv", "doi", "openreview")
#: What may stand in a tag URI (RFC 4151) besides letters, digits and ``-._~``.
_SAFE = "/:@!$&'()*+,;="


def stable_id(paper: Mapping[str, Any]) -> str:
    """Return the part of a paper's id that follows the beginning that all ids of a site share.

    ``paper`` is a record of the catalog. A citation key is renamed when an author's name or a
    title was wrong; the identifier of the paper stays. A paper without one goes by the earliest
    name of its page: the first of ``former``, where there are any.

    >>> stable_id({"arxiv": "2006.07733", "docname": "papers/grill2020bootstrap"})
    'arxiv:2006.07733'
    >>> stable_id({"docname": "papers/b", "former": ["papers/a"]})
    'papers/a'
    """
    for kind in _IDENTIFIERS:
        if paper.get(kind):
            return quote(f"{kind}:{paper[kind]}", safe=_SAFE)
    return earliest_name(paper)


def earliest_name(record: Mapping[str, Any]) -> str:
    """Return the first name that the page of ``record`` had."""
    former = record.get("former") or ()
    return quote(str(next(iter(former), record["docname"])), safe=_SAFE)


def article_id(week: Mapping[str, Any], article: Mapping[str, Any]) -> str:
    """Return the part of an article's id that follows the beginning that all ids of a site share."""
    return quote(f"{earliest_name(week)}/{article['id']}", safe=_SAFE)
