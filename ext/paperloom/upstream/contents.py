"""The contents of a page, beside its text."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import sphinx.builders.html
import sphinx.domains.std
from docutils import nodes
from docutils.writers._html_base import HTMLTranslator
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from paperloom.upstream.replacing import original, replace


def read_titles_as_they_are() -> None:
    """Let Sphinx take the text of a title without a copy of it, where it is plain text.

    It copies the titles of all documents for the inventory, to leave out pictures in them.
    """
    clean = original(sphinx.domains.std, "clean_astext")

    def clean_astext(node: nodes.Element) -> str:
        text: str = node.astext() if all(type(child) is nodes.Text for child in node) else clean(node)
        return text

    replace(sphinx.domains.std, "clean_astext", clean_astext)


class WrittenContents(nodes.Element):
    """Contents that are written already; ``html`` holds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html


def visit_written_contents(translator: HTMLTranslator, node: WrittenContents) -> None:
    """Write the contents, for builders that do not know them."""
    translator.body.append(node.html)
    raise nodes.SkipNode


def count_contents_once() -> None:
    """Write the contents of a page from the tree that Sphinx keeps, where its headings are plain text.

    Sphinx copies the tree, makes a document of the copy, runs transforms on it and writes it with
    a translator of its own; furo, where that theme is installed, has it copied once more to see
    whether there is anything in it.
    """
    contents_of = original(sphinx.builders.html, "document_toc")

    def document_toc(env: BuildEnvironment, docname: str, tags: Any) -> nodes.Node:
        html = _html(env, docname)
        contents: nodes.Node = contents_of(env, docname, tags) if html is None else WrittenContents(html)
        return contents

    replace(sphinx.builders.html, "document_toc", document_toc)
    if find_spec("furo") is not None:
        _ask_once(import_module("furo"))


def _ask_once(furo: ModuleType) -> None:
    """Let the theme look at the tree itself when it asks whether a page has contents to show."""
    furo_asks = original(furo, "has_not_enough_items_to_show_toc")

    def has_not_enough_items_to_show_toc(builder: Any, docname: str) -> bool:
        env = builder.env
        if not _is_whole(env, docname):
            few: bool = furo_asks(builder, docname)
            return few
        page = env.tocs[docname][0]
        return len(page) < 2 or all(isinstance(entry, addnodes.toctree) for entry in page[1])  # link, list

    replace(furo, "has_not_enough_items_to_show_toc", has_not_enough_items_to_show_toc)


def _is_whole(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a page shows its contents in full, whatever the tags."""
    contents = env.tocs.get(docname)
    return (
        contents is not None
        and len(contents) == 1
        and not env.metadata[docname].get("tocdepth")
        and next(contents.findall(addnodes.only), None) is None
    )


def _html(env: BuildEnvironment, docname: str) -> str | None:
    """Return the contents as Sphinx would write them, or None where only Sphinx can."""
    return _list(env.tocs[docname]) if _is_whole(env, docname) else None


def _list(node: nodes.Node) -> str | None:
    if len(node.children) == 1 and isinstance(node.children[0], addnodes.toctree):
        return ""  # as Sphinx does, for valid HTML
    items = []
    for item in node.children:
        if isinstance(item, addnodes.toctree):
            continue
        written = _item(item)
        if written is None:
            return None
        items.append(written)
    return f"<ul>\n{''.join(items)}</ul>\n"


def _item(item: nodes.Node) -> str | None:
    """Return an item: its link and, where it has any, the items below."""
    if not isinstance(item, nodes.list_item) or not 1 <= len(item) <= 2:  # link, list
        return None
    link = item[0][0] if isinstance(item[0], addnodes.compact_paragraph) and len(item[0]) == 1 else None
    if not isinstance(link, nodes.reference) or not all(isinstance(child, nodes.Text) for child in link):
        return None
    below: str | None = ""
    if len(item) > 1:
        below = _list(item[1]) if isinstance(item[1], nodes.bullet_list) else None
    if below is None:
        return None
    address = (link["anchorname"] or "#").translate(HTMLTranslator.special_characters)
    title = link.astext().translate(HTMLTranslator.special_characters)
    return f'<li><a class="reference internal" href="{address}">{title}</a>{below}</li>\n'
