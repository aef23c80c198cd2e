"""Papers as data to take along: JSON Lines, with a schema, a description and a checksum."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from paperloom.outputs.catalog import schema_text, stated_record
from paperloom.sources.citation_keys import to_ascii
from paperloom.weave.woven import Woven

#: The version of the records: it changes when a field gets another meaning or goes.
RECORDS = 1
#: What only a build knows: it follows from the running text of all pages.
_WOVEN = ("mentioned_in", "related")


class OlderSiteError(Exception):
    """A site does not show a paper as its sources have it now; the text is the paper's key."""


def papers_as_lines(woven: Woven, keys: Iterable[str], catalog: Mapping[str, Any] | None = None) -> str:
    """Return JSON Lines: one paper a line, with the fields of the catalog that follow from its sources.

    With the ``catalog`` of a built site, all of its fields.

    :raises OlderSiteError: if the catalog says something else of a paper than its sources.
    """
    records = (stated_record(woven, woven.facts.papers[key]) for key in keys)
    if catalog is not None:
        built = {paper["key"]: paper for paper in catalog["papers"]}
        records = (_same(record, built.get(record["key"], {})) for record in records)
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


def _same(stated: dict[str, Any], built: dict[str, Any]) -> dict[str, Any]:
    if stated != {name: value for name, value in built.items() if name not in _WOVEN}:
        raise OlderSiteError(stated["key"])
    return built


def papers_schema_text() -> str:
    """Return the JSON Schema of a line, which is made of that of the catalog."""
    catalog = json.loads(schema_text())
    paper: dict[str, Any] = catalog["$defs"].pop("paper")
    for name in _WOVEN:
        paper["properties"][name]["description"] += " Only in releases made with a built site."
    paper["required"] = [name for name in paper["required"] if name not in _WOVEN]
    definitions = catalog["$defs"]
    used = set(re.findall(r"#/\$defs/(\w+)", json.dumps(paper)))
    while further := set(re.findall(r"#/\$defs/(\w+)", json.dumps([definitions[name] for name in used]))) - used:
        used |= further
    schema = {
        "$schema": catalog["$schema"],
        "$id": f"urn:paperloom:papers:{RECORDS}",
        "title": "A paper of a Paperloom knowledge base",
        "description": "One line of a file of JSON Lines. Absent values are null; empty lists are present.",
        **paper,
        "$defs": {name: definition for name, definition in definitions.items() if name in used},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def description_text(data: bytes, *, file: str, schema: str, title: str, version: str, license_address: str) -> str:
    """Return the description of a release as a Data Package (https://datapackage.org/standard/data-package/)."""
    words = (to_ascii(word) for word in re.split(r"[\W_]+", title))
    description: dict[str, Any] = {
        "profile": "data-package",
        "name": "-".join(word for word in words if word) or "papers",
        "title": title,
        "version": version,
        "licenses": [{"path": license_address}] if license_address else [],
        "resources": [
            {
                "name": "papers",
                "path": file,
                "format": "jsonl",
                "mediatype": "application/jsonl",
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "jsonSchema": schema,
            }
        ],
    }
    found = {name: value for name, value in description.items() if value}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def checksums_text(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the checksums of files as ``sha256sum --check`` reads them."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files))
