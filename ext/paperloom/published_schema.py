"""``front-matter.schema.json`` in the built site: editors complete and check front matter with it.

It is written in draft 7 of JSON Schema, the newest that the tools of editors know.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx

from paperloom.outputs.files import write_if_changed

FRONT_MATTER_SCHEMA = "front-matter.schema.json"
_BUILDERS = frozenset({"html", "dirhtml"})


def front_matter_schema_text() -> str:
    """Return the JSON Schema of front matter as text."""
    return files("paperloom.sources").joinpath(f"schemas/{FRONT_MATTER_SCHEMA}").read_text(encoding="utf-8")


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the schema beside the pages."""
    if exception is None and app.builder.name in _BUILDERS:
        write_if_changed(Path(app.outdir) / FRONT_MATTER_SCHEMA, front_matter_schema_text())
