"""The reference of the extension, made from what the code says of itself.

``{extension-reference}`` shows the configuration values, directives and roles from their descriptions
and docstrings, and the fields of the catalog from its JSON Schema, so that no text stands twice.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from paperloom.domain import PaperloomDomain
from paperloom.outputs.catalog import schema_text

_CODE = re.compile(r"``(.+?)``")
#: Lists of the catalog in the order in which the reference shows them, with the definitions of their items.
CATALOG_PARTS = (
    ("papers[]", "paper"),
    ("papers[].mentioned_in[]", "mention"),
    ("weeks[]", "week"),
    ("weeks[].articles[]", "article"),
    ("topics[]", "topic"),
)


class ExtensionReferenceDirective(SphinxDirective):
    """The reference of this extension: ``configuration``, ``directives``, ``roles`` or ``catalog``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions, or the tables of the catalog."""
        part = self.arguments[0].strip()
        if part not in self.PARTS:
            raise self.error(f"no part '{part}' of the reference; write one of {', '.join(self.PARTS)}")
        return self.PARTS[part](self)

    def configuration(self) -> list[nodes.Node]:
        """Return our configuration values with their meaning and default."""
        values = self.config.values
        rows = []
        for name in sorted(name for name in values if name.startswith("paperloom_")):
            default: nodes.Node = nodes.literal("", json.dumps(values[name].default, default=str))
            shown = nodes.paragraph("", "Default: ", default, nodes.Text("."))
            rows.append((name, [*paragraphs(values[name].description), shown]))
        return [definitions(rows)]

    def directives_of_ours(self) -> list[nodes.Node]:
        """Return our directives with what their docstrings say and the names of their options."""
        found = dict(registered_directives())
        rows = []
        for name in sorted(found):
            body = paragraphs(inspect.getdoc(found[name]) or "")
            options = sorted(found[name].option_spec or {})
            if options:
                listed = [part for option in options for part in (nodes.literal("", option), nodes.Text(", "))][:-1]
                body.append(nodes.paragraph("", "Options: ", *listed, nodes.Text(".")))
            rows.append((f"{{{name}}}", body))
        return [definitions(rows)]

    def roles(self) -> list[nodes.Node]:
        """Return our roles with what each leads to."""
        rows = [
            (f"{{{kind}}}", paragraphs(PaperloomDomain.descriptions[kind])) for kind in PaperloomDomain.object_types
        ]
        return [definitions(rows)]

    def catalog(self) -> list[nodes.Node]:
        """Return the fields of the catalog, a table for each of its objects."""
        schema = json.loads(schema_text())
        shown: list[nodes.Node] = [*paragraphs(schema["description"])]
        shown.append(_table("catalog", schema, schema))
        shown += [_table(place, schema["$defs"][name], schema) for place, name in CATALOG_PARTS]
        return shown

    PARTS: ClassVar[dict[str, Callable[[ExtensionReferenceDirective], list[nodes.Node]]]] = {
        "configuration": configuration,
        "directives": directives_of_ours,
        "roles": roles,
        "catalog": catalog,
    }


def registered_directives() -> Iterator[tuple[str, type[SphinxDirective]]]:
    """Yield the names and classes of the directives that this extension brings."""
    for name, directive in directives._directives.items():  # type: ignore[attr-defined]  # noqa: SLF001  # no public way
        ours = inspect.isclass(directive) and directive.__module__.startswith("paperloom.")
        if ours and issubclass(directive, SphinxDirective):
            yield name, directive


def paragraphs(text: str) -> list[nodes.Node]:
    """Return the paragraphs of a description, with ``code`` as code."""
    return [nodes.paragraph("", "", *_inline(" ".join(part.split()))) for part in re.split(r"\n\s*\n", text) if part]


def _inline(text: str) -> Iterator[nodes.Node]:
    for number, part in enumerate(_CODE.split(text)):
        if part:
            yield nodes.literal("", part) if number % 2 else nodes.Text(part)


def definitions(rows: list[tuple[str, list[nodes.Node]]]) -> nodes.definition_list:
    """Return a list of terms, which are code, with their definitions."""
    items = [
        nodes.definition_list_item("", nodes.term("", "", nodes.literal("", term)), nodes.definition("", *body))
        for term, body in rows
    ]
    return nodes.definition_list("", *items)


def _table(place: str, described: dict[str, Any], schema: dict[str, Any]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (20, 20, 60)), cols=3)
    titles = (nodes.literal("", place), nodes.Text("Type"), nodes.Text("Meaning"))
    group += nodes.thead("", _row(*titles))
    body = nodes.tbody()
    for name, rule in described["properties"].items():
        meaning = description_of(rule, schema)
        body += _row(nodes.literal("", name), nodes.Text(type_of(rule, schema)), *_inline(meaning))
    group += body
    return nodes.table("", group)


def _row(first: nodes.Node, second: nodes.Node, *third: nodes.Node) -> nodes.row:
    cells = ([first], [second], third)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _resolved(rule: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a rule with the definition that it refers to; its own words come first."""
    if "$ref" not in rule:
        return rule
    definition: dict[str, Any] = schema["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    return {**definition, **{key: value for key, value in rule.items() if key != "$ref"}}


def description_of(rule: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return what a field of the catalog means."""
    resolved = _resolved(rule, schema)
    return str(resolved.get("description", ""))


def type_of(rule: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return the type of a field of the catalog in words, such as ``string or null``."""
    resolved = _resolved(rule, schema)
    if "anyOf" in resolved:
        return " or ".join(type_of(option, schema) for option in resolved["anyOf"])
    if "enum" in resolved:
        return ", ".join(json.dumps(value) for value in resolved["enum"])
    if "const" in resolved:
        return json.dumps(resolved["const"])
    types = resolved.get("type", "object")
    words = " or ".join(types) if isinstance(types, list) else str(types)
    if words == "array":
        return f"list of {type_of(resolved['items'], schema)}s"
    return words
