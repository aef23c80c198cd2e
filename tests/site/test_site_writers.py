"""Views written as HTML text look like views written as nodes."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup, Comment
from paperloom.transforms import ExpandViewsInBooks, ExpandViewsInPages

#: Class names that docutils adds; ``simple`` only to the outermost list, from where it works.
ADDED = {"docutils", "container", "simple"}


def canonical(page):
    """Return the main text of a page as nested tuples, without comments and what white space makes different."""

    def of(node):
        if isinstance(node, Comment):
            return ""
        if isinstance(node, str):
            return " ".join(node.split())
        attributes = {
            name: sorted({*value} - ADDED) if name == "class" else value
            for name, value in node.attrs.items()
            if name != "class" or {*value} - ADDED
        }
        children = [found for child in node.children if (found := of(child))]
        return (node.name, sorted(attributes.items()), children)

    return of(page.find("article"))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_both_writers_write_the_same_pages(site, builder):
    """Whatever a page shows, it shows the same whether its views were nodes or text."""
    as_text = site.build(builder, into="as-text")
    with (
        patch.object(ExpandViewsInPages, "is_supported", lambda _self: False),
        patch.object(ExpandViewsInBooks, "is_supported", lambda _self: True),
    ):
        as_nodes = site.build(builder, into="as-nodes")
    pages = sorted(path.relative_to(as_text.out) for path in as_text.out.rglob("*.html"))
    compared = 0
    for name in pages:
        parsed = [
            BeautifulSoup((build.out / name).read_text(encoding="utf-8"), "html.parser")
            for build in (as_text, as_nodes)
        ]
        if parsed[0].find("article"):
            assert canonical(parsed[0]) == canonical(parsed[1]), name
            compared += 1
    assert compared > 10
