"""What the search needs to know and Sphinx alone knows, written for the steps that finish a site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from paperloom.builders import AllProcesses
from paperloom.finishing.search_settings import SEARCH_SETTINGS, IndexEntry, SearchSettings
from paperloom.outputs.files import write_if_changed


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the settings beside the static files."""
    if exception is None and isinstance(app.builder, AllProcesses):
        write_if_changed(Path(app.outdir) / SEARCH_SETTINGS, _settings(app).to_json())


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
        hidden=tuple(
            docname
            for docname in sorted(env.all_docs)
            if not {"no-search", "nosearch"}.isdisjoint(env.metadata.get(docname, {}))
        ),
    )


def _entries(env: BuildEnvironment, docname: str) -> Iterator[IndexEntry]:
    """Yield the entries of ``index`` directives, as Sphinx's own indexer takes them."""
    for kind, value, anchor, main, _category in env.domains.index_domain.entries.get(docname, ()):
        for part in split_index_msg(kind, value):
            yield part, anchor or "", main or ""
