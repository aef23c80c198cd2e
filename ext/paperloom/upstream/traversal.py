"""Walking over the nodes of a document.

Some fifty transforms look for nodes of one class in every document. docutils makes a generator for
each node and passes what is found through as many generators as the node is deep; here one loop
keeps the place in each list of children. What is found, its order and what happens when the tree
changes meanwhile are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.util.nodes import NodeMatcher

from paperloom.upstream.replacing import original, replace


def traverse_without_recursion() -> None:
    """Replace the search of docutils in whole trees, which Sphinx's matchers use too."""
    find_others = original(nodes.Node, "findall")

    def findall(
        self: nodes.Node,
        condition: Any = None,
        include_self: bool = True,  # noqa: FBT002  # the signature of docutils
        descend: bool = True,  # noqa: FBT002
        siblings: bool = False,  # noqa: FBT002
        ascend: bool = False,  # noqa: FBT002
    ) -> Iterator[Any]:
        if not (include_self and descend) or siblings or ascend:
            found: Iterator[Any] = find_others(self, condition, include_self, descend, siblings, ascend)
            return found
        if condition is None:
            return _all(self)
        if isinstance(condition, type):
            return _of_class(self, condition)
        if type(condition) is NodeMatcher:
            return _matching(self, condition)
        return _with(self, condition)

    replace(nodes.Node, "findall", findall)


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    places = [iter(node.children)]
    while places:
        for child in places[-1]:
            yield child
            if child.children:
                places.append(iter(child.children))
                break
        else:
            places.pop()


def _of_class(node: nodes.Node, wanted: type | tuple[type, ...]) -> Iterator[nodes.Node]:
    if isinstance(node, wanted):
        yield node
    places = [iter(node.children)]
    while places:
        for child in places[-1]:
            if isinstance(child, wanted):
                yield child
            if child.children:
                places.append(iter(child.children))
                break
        else:
            places.pop()


def _with(node: nodes.Node, condition: Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
    return (found for found in _all(node) if condition(found))


def _matching(node: nodes.Node, matcher: NodeMatcher[Any]) -> Iterator[nodes.Node]:
    """Yield what Sphinx's matcher matches, asking it for nodes only that have the class or the attribute."""
    if matcher.classes:
        return (found for found in _of_class(node, matcher.classes) if matcher.match(found))
    if not matcher.attrs:
        return _all(node)
    attribute = next(iter(matcher.attrs))
    return (
        found
        for found in _of_class(node, nodes.Element)
        if attribute in cast("nodes.Element", found).attributes and matcher.match(found)
    )
