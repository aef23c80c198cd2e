"""Papers that a knowledge base has already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.model.identifiers import Identifier, normalize_title
from paperloom.weave.facts import identifiers_of


@dataclass(frozen=True, slots=True)
class Known:
    """A paper that is there: its key, the path of its page (None where it has but an entry), and what they share."""

    key: str
    page: str | None
    shared: str


def find_known(base: KnowledgeBase, identifiers: Collection[Identifier], title: str = "") -> Known | None:
    """Return the paper of ``base`` with one of ``identifiers`` or with ``title``; one with a page comes first."""
    wanted = normalize_title(title)
    found = []
    for key in sorted({*base.references, *base.papers}):
        page, reference = base.papers.get(key), base.references.get(key)
        shared = [str(identifier) for identifier in sorted(identifiers_of(None, reference) & set(identifiers))]
        titles = [page.title.text if page and page.title else "", reference.title if reference else ""]
        if not shared and wanted and wanted in map(normalize_title, titles):
            shared = ["title"]
        if shared:
            found.append(Known(key, page.path if page else None, shared[0]))
    return min(found, key=lambda known: known.page is None, default=None)
