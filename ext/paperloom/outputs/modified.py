"""The day on which a page changed last: known for sure, or not given at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from paperloom.model.records import Document
from paperloom.weave.woven import Woven

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def days_of_pages(woven: Woven, files: Mapping[str, str], source_of: Callable[[str], str]) -> dict[str, str]:
    """Return the day of the last change of each document of which it is known, by document name.

    ``files`` are the days of source files, and ``source_of`` gives the file of a document. What counts is
    the text of a page and its drawing, the day on which a writer says that a summary was revised, and for
    issues and topics also that of the papers and articles that they list. A citation and the list of
    places that mention a paper do not count. Pages of the archive, the home page and the indexes are
    made from everything; no day is given for them.
    """
    facts = woven.facts
    if not files and not any(paper.revised for paper in facts.papers.values()):
        return {}
    own = {
        docname: day
        for docname, document in facts.documents.items()
        if (day := _own_day(document, files, source_of)) is not None
    }
    papers = {key: own.get(paper.docname) for key, paper in facts.papers.items()}
    found: dict[str, str | None] = {}
    for docname, document in facts.documents.items():
        listed: list[str | None] = [own.get(docname)]
        if document.week:
            listed += [papers.get(key) for key in document.week.papers]
        elif document.topic:
            listed += [papers.get(key) for key in facts.topic_papers.get(document.topic.slug, ())]
            articles = woven.topic_articles.get(document.topic.slug, ())
            listed += [own.get(facts.week_pages[article.week][0]) for article, _picked in articles]
        elif document.period or (document.views and not document.paper):
            continue
        found[docname] = _latest(listed)
    return {docname: day for docname, day in found.items() if day is not None}


def _own_day(document: Document, files: Mapping[str, str], source_of: Callable[[str], str]) -> str | None:
    names = [source_of(document.docname)]
    if document.paper and document.paper.figure:
        names.append(document.paper.figure)
    committed = _latest(files.get(name) for name in names)
    revised = document.paper.revised.on if document.paper and document.paper.revised else ""
    if not _DAY.fullmatch(revised):
        return committed
    return max(committed or "", revised)


def _latest(days: Iterable[str | None]) -> str | None:
    """Return the latest of ``days``, None where one of them is not known."""
    known = list(days)
    return max((day for day in known if day is not None), default=None) if None not in known else None
