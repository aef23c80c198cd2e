"""The reference names everything there is, from the code itself."""

from __future__ import annotations

import inspect
import json
import re

import click
import pytest
from bs4 import BeautifulSoup
from paperloom.cli.main import main
from paperloom.directives import INDEX_VIEWS, ArticleDirective, PapersDirective
from paperloom.domain import PaperloomDomain
from paperloom.outputs.catalog import schema_text
from paperloom.reference import CATALOG_PARTS, description_of


@pytest.fixture
def reference(site):
    """Return a function that builds a page with a part of the reference."""

    def build(part, *, warnings=False):
        site.write("reference.md", f"---\norphan: true\n---\n# Reference\n\n```{{extension-reference}} {part}\n```\n")
        return site.build(warnings=warnings)

    return build


def terms(built):
    return [term.get_text() for term in built.page("reference").select("[role=main] dt")]


def test_configuration_values_are_described_with_their_defaults(reference):
    built = reference("configuration")
    found = terms(built)
    assert {"paperloom_bibliography", "paperloom_correction_url"} <= set(found)
    assert found == sorted(name for name in found if name.startswith("paperloom_"))
    text = built.page("reference").select_one("[role=main]").get_text()
    assert 'Default: ["references.bib"].' in text
    assert "Glob patterns of BibTeX files" in text


def test_every_directive_is_there_with_its_docstring(reference):
    built = reference("directives")
    said = {"papers": inspect.getdoc(PapersDirective), "article": inspect.getdoc(ArticleDirective), **INDEX_VIEWS}
    assert {f"{{{name}}}" for name in said} | {"{problem-table}", "{extension-reference}"} <= set(terms(built))
    assert terms(built) == sorted(terms(built))
    text = " ".join(built.page("reference").select_one("[role=main]").get_text().split())
    for words in said.values():
        first = re.split(r"\n\s*\n", words)[0].replace("``", "")
        assert " ".join(first.split()) in text
    assert "Options: archived, author, date, id, kind, site, topics, url." in text


def test_every_role_is_there(reference):
    assert terms(reference("roles")) == [f"{{{kind}}}" for kind in PaperloomDomain.object_types]


def test_every_field_of_the_catalog_has_a_meaning(reference):
    schema = json.loads(schema_text())
    for name in (name for _place, name in CATALOG_PARTS):
        for field, rule in schema["$defs"][name]["properties"].items():
            assert description_of(rule, schema), f"{name}.{field}"
    page = reference("catalog").page("reference")
    tables = page.select("[role=main] table")
    heads = [table.select_one("th").get_text() for table in tables]
    assert heads == ["catalog", *(place for place, _name in CATALOG_PARTS)]
    rows = {row.td.get_text(): row.get_text(" ", strip=True) for row in tables[1].select("tbody tr")}
    assert rows.keys() == schema["$defs"]["paper"]["properties"].keys()
    assert rows["year"] == "year integer or null Year of publication."


def test_a_part_that_is_not_there_is_an_error_with_the_names_of_those_that_are(reference):
    (warning,) = [line for line in reference("options", warnings=True).warnings if "no part" in line]
    assert "no part 'options' of the reference; write one of configuration, directives, roles, catalog" in warning


def test_the_site_documents_every_command_and_option(real_site):
    page = BeautifulSoup((real_site / "contributing" / "commands.html").read_text(encoding="utf-8"), "html.parser")
    text = page.select_one("[role=main]").get_text()
    for name, command in main.commands.items():
        assert f"paperloom {name}" in text
        assert command.get_short_help_str(200).rstrip(".") in " ".join(text.split())
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in text, f"{name} {parameter.opts[0]}"
                assert parameter.help, f"{name} {parameter.opts[0]}"
