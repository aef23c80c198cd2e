"""The contents of all pages, which Sphinx keeps with the environment."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment


class PickledTree(bytes):
    """A tree as it is kept, on its way from one environment to another."""


class KeptTrees(MutableMapping[str, nodes.bullet_list]):
    """Trees by document name, each pickled by itself and made again when it is asked for.

    A build reads and writes the contents of all pages with the environment and needs those of the
    pages that it writes: as objects they are a third of the time that the environment takes.
    """

    def __init__(self, trees: Mapping[str, nodes.bullet_list]) -> None:
        """Take over ``trees``."""
        self._pickled: dict[str, bytes] = {}
        self._trees: dict[str, nodes.bullet_list] = dict(trees)

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        """Return the tree of a document; what is changed in it is kept."""
        if docname not in self._trees:
            self._trees[docname] = pickle.loads(self._pickled[docname])  # noqa: S301  # our own
        return self._trees[docname]

    def __setitem__(self, docname: str, tree: nodes.bullet_list | PickledTree) -> None:
        """Keep the tree of a document."""
        if isinstance(tree, PickledTree):
            self._pickled[docname] = bytes(tree)
            self._trees.pop(docname, None)
        else:
            self._trees[docname] = tree

    def as_kept(self) -> dict[str, PickledTree]:
        """Return all trees as they are kept, so that another environment can take them over unseen."""
        return {docname: PickledTree(pickled) for docname, pickled in self.__getstate__()["_pickled"].items()}

    def __delitem__(self, docname: str) -> None:
        """Forget the tree of a document."""
        known = self._trees.pop(docname, None)
        if self._pickled.pop(docname, None) is None and known is None:
            raise KeyError(docname)

    def __contains__(self, docname: object) -> bool:
        """Return whether a document has a tree."""
        return docname in self._trees or docname in self._pickled

    def __iter__(self) -> Iterator[str]:
        """Iterate over the document names."""
        return iter({**self._pickled, **self._trees})

    def __len__(self) -> int:
        """Return the number of trees."""
        return len({**self._pickled, **self._trees})

    def __getstate__(self) -> dict[str, Any]:
        """Return all trees, pickled."""
        now = {docname: pickle.dumps(tree, pickle.HIGHEST_PROTOCOL) for docname, tree in self._trees.items()}
        return {"_pickled": {**self._pickled, **now}, "_trees": {}}


def hand_over_pickled(env: BuildEnvironment) -> None:
    """Let the environment of another process give the contents of pages away without making trees of them."""
    if isinstance(env.tocs, KeptTrees):
        env.tocs = env.tocs.as_kept()  # type: ignore[assignment]


def keep_contents_pickled(env: BuildEnvironment) -> None:
    """Have the contents of pages kept so."""
    if not isinstance(env.tocs, KeptTrees):
        env.tocs = KeptTrees(env.tocs)  # type: ignore[assignment]
