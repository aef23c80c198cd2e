"""Documents that were read again and say what they said: their pages need not be written again.

A file is edited and nothing of it shows (a comment, the order of its front matter); a file that is
shown in part changes in another; a page comes that a hidden toctree lists by a pattern. Whether that is
so is only known when the document has been read, by comparing its doctree with the one before.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.freshness import numbers, stamp
from paperloom.outputs.files import State, is_as_written


class Earlier(NamedTuple):
    """What was known of a document before it was read: its stamp, numbers and metadata, the state of its doctree."""

    stamp: str
    numbers: str
    metadata: object
    doctree: State | None


def note_earlier(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Keep what is known of a document that will be read again, where its page could stay."""
    builder, domain = app.builder, domain_of(env)
    if not isinstance(builder, AllProcesses) or builder.outdated is None or docname in builder.outdated:
        return
    if docname in domain.written.pages and docname in domain.data["sources"]:
        domain.earlier[docname] = Earlier(
            stamp(env, docname),
            numbers(env, docname),
            _shown_metadata(env, docname),
            domain.data["doctrees"].get(docname),
        )


class CompareWithEarlier(SphinxTransform):
    """Notes whether the document that was read says what it said.

    It is the last of the transforms: then the doctree is what will be kept, and the one of before still
    stands on the disk.
    """

    # docutils sorts priorities as texts of three digits, and equal ones in the order of registration.
    default_priority = 999

    def apply(self, **kwargs: object) -> None:
        """Handle the document that is being read."""
        env, domain = self.env, domain_of(self.env)
        earlier = domain.earlier.get(env.docname)
        if earlier is None or earlier.metadata != _shown_metadata(env, env.docname):
            return
        path = f"{env.doctreedir}{os.sep}{env.docname}.doctree"
        if is_as_written(path, earlier.doctree) and _shape_of_kept(path) == shape_of(self.document):
            domain.data["alike"].add(env.docname)


def may_stay(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a document says what its page shows of it; others may have changed what it shows of them."""
    domain = domain_of(env)
    earlier = domain.earlier.get(docname)
    return (
        earlier is not None
        and docname in domain.data["alike"]
        and numbers(env, docname) == earlier.numbers
        and domain.written.pages[docname][0] == earlier.stamp
    )


def _shape_of_kept(path: str) -> str:
    """Return the shape of a doctree that was kept, none where it is damaged."""
    try:
        return shape_of(pickle.loads(Path(path).read_bytes()))  # noqa: S301  # our own, as it was written
    except Exception:  # noqa: BLE001  # whatever is wrong with what was kept, writing the page makes up for it
        return ""


def _shown_metadata(env: BuildEnvironment, docname: str) -> object:
    """Return the metadata of a document without the lines of its headings."""
    metadata = dict(env.metadata.get(docname, {}))
    slugs = metadata.pop("myst_slugs", {})
    return metadata, {slug: shown for slug, (_line, *shown) in slugs.items()}


def shape_of(doctree: nodes.document) -> str:
    """Return a digest of all that a page shows of its own document.

    Neither comments show, nor entries of the general index, nor hidden toctrees; what a page shows of
    their order is part of what is woven.
    """
    digest = hashlib.blake2b(digest_size=16)
    waiting: list[nodes.Node | None] = [doctree]
    while waiting:
        node = waiting.pop()
        if node is None:
            digest.update(b"\1")
        elif isinstance(node, nodes.Text):
            digest.update(f"{node}\0".encode("utf-8", "surrogatepass"))
        elif isinstance(node, nodes.Element) and not _is_hidden(node):
            # Code that differs from its source is not highlighted.
            parsed = isinstance(node, nodes.literal_block) and node.rawsource != node.astext()
            digest.update(f"\2{node.tagname} {node.attributes} {parsed}\0".encode("utf-8", "surrogatepass"))
            waiting += [None, *reversed(node.children)]
    return digest.hexdigest()


def _is_hidden(node: nodes.Element) -> bool:
    if isinstance(node, addnodes.toctree):
        return bool(node.get("hidden")) and not node.get("numbered")
    return isinstance(node, nodes.comment | addnodes.index)
