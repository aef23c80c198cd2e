"""What Sphinx alone knows of the search: settings for the steps that finish a site, texts for readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.finishing.search_settings import SEARCH_SETTINGS, IndexEntry, SearchSettings
from paperloom.outputs.files import write_if_changed
from paperloom.translation import _

SEARCH_LABELS = "_static/search-labels.js"


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write settings and texts beside the static files."""
    if exception is None and isinstance(app.builder, AllProcesses):
        write_if_changed(Path(app.outdir) / SEARCH_SETTINGS, _settings(app).to_json())
        labels = json.dumps(_labels(), ensure_ascii=False, indent=0, sort_keys=True)
        write_if_changed(Path(app.outdir) / SEARCH_LABELS, f"window.paperloomSearchLabels = {labels};\n")


def _settings(app: Sphinx) -> SearchSettings:
    env, config = app.env, app.config
    entries = {docname: found for docname in sorted(env.all_docs) if (found := sorted({*_entries(env, docname)}))}
    return SearchSettings(
        language=config.html_search_language or config.language,
        options=config.html_search_options,
        suffix=Path(env.doc2path(config.root_doc)).suffix,
        types={
            f"{domain.name}:{kind}": str(domain.get_type_name(object_type))
            for domain in env.domains.sorted()
            for kind, object_type in domain.object_types.items()
        },
        entries=entries,
        hidden=tuple(docname for docname in sorted(env.all_docs) if _is_hidden(env, docname)),
    )


def _is_hidden(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a document asks not to be found, or is a draft."""
    document = domain_of(env).documents.get(docname)
    draft = document is not None and document.paper is not None and document.paper.draft
    return draft or not {"no-search", "nosearch"}.isdisjoint(env.metadata.get(docname, {}))


def _entries(env: BuildEnvironment, docname: str) -> Iterator[IndexEntry]:
    """Yield the entries of ``index`` directives, as Sphinx's own indexer takes them."""
    for kind, value, anchor, main, _category in env.domains.index_domain.entries.get(docname, ()):
        for part in split_index_msg(kind, value):
            yield part, anchor or "", main or ""


def _labels() -> dict[str, str | dict[str, str]]:
    """Return the texts of the search dialog, which loads them when it is opened."""
    return {
        "byDate": _("newest first"),
        "byRelevance": _("best match first"),
        "clear": _("Clear"),
        "close": _("Close"),
        "every": {
            "kind": _("everything"),
            "topic": _("all topics"),
            "week": _("all weeks"),
            "year": _("all years"),
            "venue": _("all venues"),
        },
        "filters": _("Filters"),
        "filtersChosen": _("Filters ({number})"),
        "found": _("Results: {number}"),
        "hint": _("words, authors, arXiv ids, citation keys …"),
        "keys": _("↑ ↓ to go through the results, Enter to open one, Esc to close"),
        "kinds": {
            "article": _("Article"),
            "page": _("Page"),
            "paper": _("Paper"),
            "topic": _("Topic"),
            "week": _("Week"),
        },
        "missing": _("The index of this search is missing. Make it with: paperloom finish"),
        "more": _("Show more"),
        "names": {
            "kind": _("Kind"),
            "topic": _("Topic"),
            "week": _("Week"),
            "year": _("Year"),
            "venue": _("Venue"),
        },
        "nothing": _("Nothing found for “{words}”"),
        "results": _("Results"),
        "search": _("Search"),
        "sort": _("Sort"),
    }
