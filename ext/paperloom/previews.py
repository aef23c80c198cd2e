"""Cards for links to papers: each is written together with the page of its paper.

So a card costs what one small file costs, whichever process writes the page, and only when the
page is written. Everything in it is part of what decides whether the page is written.
"""

from __future__ import annotations

from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.outputs.files import state_of, write_if_changed
from paperloom.outputs.previews import preview_path, preview_text


def write_preview(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the card of the paper whose page is being written, for builders of HTML pages."""
    domain = domain_of(app.env)
    if not isinstance(app.builder, AllProcesses) or not domain.documents[docname].paper:
        return
    card = domain.weaving.page(docname).preview
    path = preview_path(app.builder.get_output_path(docname))
    if card is None:
        path.unlink(missing_ok=True)
        return
    images = app.env.images
    figure = f"_images/{quote(images[card.figure][1])}" if card.figure and card.figure in images else ""
    write_if_changed(path, preview_text(card, figure))


def note_previews(app: Sphinx) -> None:
    """Record the cards that were written, and remove those of documents that are no papers any more."""
    domain = domain_of(app.env)
    if not isinstance(app.builder, AllProcesses):
        return
    record = domain.written.previews
    for docname in sorted(domain.written_now & app.env.all_docs.keys()):
        path = preview_path(app.builder.get_output_path(docname))
        if domain.documents[docname].paper and path.is_file():
            record[docname] = list(state_of(str(path)))
        elif record.pop(docname, None):
            path.unlink(missing_ok=True)
    for docname in [docname for docname in record if docname not in app.env.all_docs]:
        del record[docname]
