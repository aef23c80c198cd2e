"""The files that are made from all documents: the catalog, its schema, BibTeX."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from paperloom.domain import domain_of
from paperloom.model.layout import paper_docname
from paperloom.outputs.bibliographies import bibliographies, bibliography_names
from paperloom.outputs.catalog import CATALOG, SCHEMA, catalog_text, schema_text
from paperloom.outputs.files import write_if_changed
from paperloom.written import Written, are_as_written, states_of


def write_outputs(app: Sphinx, written: Written) -> None:
    """Write what differs from what stands there, and note all these files in ``written``."""
    out = Path(app.outdir)
    domain = domain_of(app.env)
    weaving = domain.weaving
    title = str(app.config.project)
    basis = weaving.basis_of_outputs(title)
    if written.basis == basis and written.outputs and are_as_written(out, written.outputs):
        return
    written.basis = basis
    facts = domain.woven.facts
    write_if_changed(out / CATALOG, catalog_text(facts, title, weaving.record))
    write_if_changed(out / SCHEMA, schema_text())
    for name, text in bibliographies(facts):
        write_if_changed(out / name, text)
    names = [CATALOG, SCHEMA, *bibliography_names(facts)]
    for key in facts.papers.keys() - facts.references.keys():
        (out / f"{paper_docname(key)}.bib").unlink(missing_ok=True)
    written.outputs = states_of(out, names)
