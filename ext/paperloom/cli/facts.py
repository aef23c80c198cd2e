"""A knowledge base that was read without Sphinx, as facts: everything but the running text of its pages."""

from __future__ import annotations

from dataclasses import replace

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.model.records import Document
from paperloom.sources.page_records import typed
from paperloom.weave.facts import Facts


def facts_of(base: KnowledgeBase) -> Facts:
    """Return the facts of ``base``; without running text there are no mentions."""
    documents: dict[str, Document] = {}
    for docname, page in base.pages.items():
        title = page.title.text if page.title else docname
        document = typed(Document(docname, title), page.front)
        if document.week:
            listed = base.papers_of_weeks.get(document.week.id, ())
            papers = tuple(dict.fromkeys(key for key, _line in listed))
            document = replace(document, week=replace(document.week, papers=papers))
        documents[docname] = document
    return Facts(documents, base.references)
