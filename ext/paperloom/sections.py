"""The sections of a site: the documents in the toctrees of the root document."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

#: Sections below which every page is listed are not opened; these have views of their own.
_LISTED_ELSEWHERE = ("weeks/", "papers/", "topics/", "archive/")


def sections(env: BuildEnvironment) -> tuple[str, ...]:
    """Return the document names in the toctrees of the root document."""
    return tuple(env.toctree_includes.get(env.config.root_doc, ()))


def section_links(env: BuildEnvironment, docname: str) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return (document name, title, pages below as pairs) of each section; only the one in view lists its pages."""
    found = []
    for section in sections(env):
        pages = _pages_below(env, section, docname)
        found.append((section, _title(env, section), tuple((page, _title(env, page)) for page in pages)))
    return tuple(found)


def _pages_below(env: BuildEnvironment, section: str, docname: str) -> tuple[str, ...]:
    pages = env.toctree_includes.get(section, [])
    if docname != section and docname not in pages:
        return ()
    return tuple(page for page in pages if not page.startswith(_LISTED_ELSEWHERE))


def _title(env: BuildEnvironment, docname: str) -> str:
    title: nodes.title | None = env.titles.get(docname)
    return title.astext() if title is not None else docname
