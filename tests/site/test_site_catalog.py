"""The files made from the whole knowledge base: the catalog, its schema, the bibliographies."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from paperloom.outputs import files
from paperloom.outputs.files import write_if_changed


def test_the_catalog_holds_exactly_what_the_sources_say(tiny_html, file_regression):
    file_regression.check(tiny_html.text("catalog.json"), extension=".json")


def test_the_catalog_is_valid_under_the_schema_beside_it(tiny_html):
    schema = json.loads(tiny_html.text("catalog.schema.json"))
    catalog = json.loads(tiny_html.text("catalog.json"))

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(catalog)
    catalog["papers"][0]["mentioned_in"][0]["week"] = "week 38"
    assert not Draft202012Validator(schema).is_valid(catalog)


def test_the_catalog_is_in_reading_order(tiny_html):
    catalog = json.loads(tiny_html.text("catalog.json"))

    assert [week["id"] for week in catalog["weeks"]] == ["2020-w38", "2021-w06"]
    papers = ["ember2020kettle", "moss2020quiet", "pine2021tall", "lake2019slow"]
    assert [paper["key"] for paper in catalog["papers"]] == papers
    assert [paper["background"] for paper in catalog["papers"]] == [False, False, False, True]


def test_a_paper_without_an_entry_is_in_the_catalog_without_what_the_entry_says(site):
    text = site.path("references.bib").read_text(encoding="utf-8")
    site.write("references.bib", text.split("@misc{pine2021tall")[0])

    build = site.build(warnings=True)

    catalog = json.loads(build.text("catalog.json"))
    Draft202012Validator(json.loads(build.text("catalog.schema.json"))).validate(catalog)
    pine = next(paper for paper in catalog["papers"] if paper["key"] == "pine2021tall")
    assert (pine["authors"], pine["year"], pine["venue"]) == ([], None, None)
    assert not (build.out / "papers/pine2021tall.bib").exists()
    assert build.page("papers/pine2021tall").select_one(".loom-tldr")


def test_every_paper_has_its_entry_as_a_file_and_one_file_has_all(tiny_html):
    entry = tiny_html.text("papers/lake2019slow.bib")
    everything = tiny_html.text("references.bib")

    assert entry.splitlines()[:2] == ["@article{lake2019slow,", "  author = {Lake, Céline},"]
    keys = ["ember2020kettle", "lake2019slow", "moss2020quiet", "pine2021tall"]
    assert everything == "\n".join(tiny_html.text(f"papers/{key}.bib") for key in keys)


def test_the_entry_on_the_page_is_the_one_in_the_file(tiny_html):
    page = tiny_html.page("papers/lake2019slow")

    assert page.select_one(".loom-cite pre").text.strip() == tiny_html.text("papers/lake2019slow.bib").strip()


def test_a_file_is_written_only_when_its_bytes_change(tmp_path):
    path = tmp_path / "folder" / "file"

    assert write_if_changed(path, "one")
    assert not write_if_changed(path, "one")
    assert write_if_changed(path, "two")
    assert path.read_text(encoding="utf-8") == "two"
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")

    def no_room(*arguments, **options):
        raise OSError

    monkeypatch.setattr(files.os, "replace", no_room)
    with pytest.raises(OSError):  # noqa: PT011  # any
        write_if_changed(path, "new")

    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_text(encoding="utf-8") == "old"
