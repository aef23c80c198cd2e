"""What editors get: a schema in the built site, and snippets that make valid pages."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft7Validator
from paperloom.published_schema import front_matter_schema_text
from paperloom.sources.articles import OPTIONS
from paperloom.sources.front_matter import parse_front_matter
from paperloom.sources.pages import parse_page

from tests.conftest import ROOT

SNIPPETS = ROOT / ".vscode" / "paperloom.code-snippets"
STARTER = ROOT / "ext" / "paperloom" / "starter" / "dot-vscode" / "paperloom.code-snippets"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_schema_stands_beside_the_pages(site, builder):
    built = site.build(builder)
    assert json.loads(built.text("front-matter.schema.json")) == json.loads(front_matter_schema_text())


def test_other_builders_do_not_write_it(site):
    assert not (site.build("text").out / "front-matter.schema.json").exists()


def test_the_schema_is_of_the_draft_that_editors_know_and_describes_every_field():
    schema = json.loads(front_matter_schema_text())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    for kind, rule in schema["properties"].items():
        assert rule["description"]
        assert [name for name, field in rule.get("properties", {}).items() if "description" not in field] == [], kind


def test_the_validator_of_editors_judges_our_pages_as_we_do():
    validator = Draft7Validator(json.loads(front_matter_schema_text()))
    for path in sorted((ROOT / "docs").glob("*/*.md")):
        front = parse_front_matter(path.read_text(encoding="utf-8"), path.name)
        if front.kind:
            assert list(validator.iter_errors({front.kind: front.fields or None})) == [], path
    assert list(validator.iter_errors({"paper": {"topics": ["Label Noise"], "tldr": "x"}}))


def expand(body):
    """Return a snippet as an editor inserts it when every default is taken."""
    text = "\n".join(body)
    text = text.replace("${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}", "2026-11-21")
    text = re.sub(r"\$\{\d\|([^,|]+)[^}]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d:([^}]*)\}|\$\d", r"\1", text)


@pytest.mark.parametrize("kind", ["paper", "week", "topic"])
def test_snippets_of_pages_make_valid_front_matter(kind):
    snippets = {snippet["prefix"]: snippet for snippet in json.loads(SNIPPETS.read_text(encoding="utf-8")).values()}
    page = parse_page(expand(snippets[kind]["body"]), f"{kind}.md", kind)
    assert page.front.kind == kind
    assert page.problems == []
    assert page.title is not None


def test_snippets_offer_the_values_that_are_allowed():
    text = SNIPPETS.read_text(encoding="utf-8")
    choices = [choice.split(",") for choice in re.findall(r"\$\{\d\|([^|]*)\|\}", text)]
    paper = json.loads(front_matter_schema_text())["properties"]["paper"]["properties"]
    assert choices == [
        paper["read"]["properties"]["from"]["enum"],
        list(paper["relations"]["properties"]),
        ["article", "use-case", "other"],
    ]
    snippets = json.loads(text)
    options = re.findall(r"^:(\w+):", "\n".join(snippets["Article"]["body"]), re.MULTILINE)
    assert set(options) <= set(OPTIONS)


def test_a_new_knowledge_base_has_the_same_snippets():
    assert STARTER.read_bytes() == SNIPPETS.read_bytes()


def test_a_comment_may_name_the_schema():
    text = "---\n# yaml-language-server: $schema=x.json\npaper:\n  topics: [a]\n  tldr: T.\n---\n# A\n"
    front = parse_front_matter(text, "a.md")
    assert (front.kind, front.problems) == ("paper", [])
    assert front.line("topics") == 4


def test_the_paths_in_the_guide_are_those_of_the_schema():
    text = (ROOT / "docs" / "contributing" / "editors.md").read_text(encoding="utf-8")
    for path in set(re.findall(r"ext/[\w/.-]+\.json", text)):
        assert (ROOT / path).is_file()
