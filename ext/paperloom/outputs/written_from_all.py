"""The files that are made from all documents: the catalog, its schema, bibliographies."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from paperloom.domain import domain_of
from paperloom.outputs.bibliographies import write_bibliographies
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
    same = written.basis == basis
    if not (same and written.outputs and are_as_written(out, written.outputs)):
        written.basis = basis
        write_if_changed(out / CATALOG, catalog_text(domain.woven.facts, title, weaving.record))
        write_if_changed(out / SCHEMA, schema_text())
        written.outputs = states_of(out, (CATALOG, SCHEMA))
    # Most edits touch no entry: the bibliographies have a basis of their own.
    basis = written.bibliography if same else weaving.basis_of_bibliographies()
    if not (basis and written.bibliography == basis and are_as_written(out, written.bibliographies)):
        written.bibliographies = write_bibliographies(out, domain.woven.facts, written.bibliographies)
        written.bibliography = weaving.basis_of_bibliographies()
