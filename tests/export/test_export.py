"""``paperloom export``."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from paperloom.cli.main import main

from tests.conftest import TINY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def base(tmp_path):
    """A copy of the tiny knowledge base."""
    shutil.copytree(TINY, tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    return tmp_path


def export(base, *arguments):
    """Run the command on ``base``."""
    return CliRunner().invoke(main, ["--root", str(base), "export", *map(str, arguments)])


def keys(base, *options):
    """Return the citation keys that the command exports."""
    result = export(base, "csl-json", *options)
    assert result.exit_code == 0, result.output
    return [item["id"] for item in json.loads(result.stdout)]


def test_everything_is_exported_without_an_option(base):
    assert keys(base) == ["ember2020kettle", "lake2019slow", "moss2020quiet", "pine2021tall"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--week", "2020-w38"], ["ember2020kettle", "moss2020quiet"]),
        (["--topic", "rivers", "--author", "moss"], ["moss2020quiet"]),
        (["--author", "lake"], ["lake2019slow"]),
        (["--author", "Celine Lake"], ["lake2019slow"]),
        (["--author", "von Stone, Bo"], ["ember2020kettle"]),
        (["--author", "The Kiln Team", "--author", "pine"], ["ember2020kettle", "pine2021tall"]),
        (["--year", "2020"], ["ember2020kettle", "moss2020quiet"]),
        (["--year", "2020-09"], ["ember2020kettle", "moss2020quiet"]),
    ],
)
def test_options_choose_papers(base, options, expected):
    assert keys(base, *options) == expected


@pytest.mark.parametrize(
    ("option", "value", "remedy"),
    [
        ("--topic", "river", "did you mean 'rivers'?"),
        ("--week", "2020-w39", "did you mean '2020-w38'"),
        ("--author", "Embre", "did you mean 'ember'"),
        ("--year", "1999", "the pages and the bibliography say what is there"),
    ],
)
def test_an_unknown_value_names_the_nearest(base, option, value, remedy):
    result = export(base, "bib", option, value)

    assert result.exit_code == 2
    assert f"'{option}'" in result.stderr
    assert remedy in result.stderr
    assert result.stdout == ""


def test_no_paper_that_fits_is_an_error(base):
    result = export(base, "bib", "--author", "lake", "--week", "2020-w38")

    assert (result.exit_code, result.stderr) == (1, "Error: no paper fits all of the options; leave one out\n")


def test_a_folder_without_a_knowledge_base_is_refused(tmp_path):
    result = export(tmp_path, "bib")

    assert result.exit_code == 2
    assert "no knowledge base" in result.stderr


def test_a_file_holds_what_the_terminal_would_show(base, tmp_path):
    for form in ("bib", "ris", "csl-json", "jsonl"):
        shown = export(base, form).stdout_bytes
        assert export(base, form, "-o", tmp_path / "papers").exit_code == 0
        assert (tmp_path / "papers").read_bytes() == shown


def test_a_file_that_cannot_be_written_is_an_error_and_nothing_is_left(base, tmp_path):
    missing = export(base, "bib", "-o", tmp_path / "nowhere" / "papers.bib")
    folder = export(base, "bib", "-o", tmp_path)

    assert (missing.exit_code, folder.exit_code) == (1, 2)
    assert "make it first" in missing.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_paper_without_an_entry_is_named_and_left_out(base):
    path = base / "docs" / "references.bib"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("@misc{pine2021tall")], encoding="utf-8")

    result = export(base, "ris")

    assert result.exit_code == 0
    assert "left out, without an entry in the bibliography: pine2021tall" in result.stderr
    assert "pine2021tall" not in result.stdout


def test_a_broken_entry_is_named_and_the_others_are_exported(base):
    path = base / "docs" / "references.bib"
    path.write_text(path.read_text(encoding="utf-8").replace("Quiet Gradients", "{Quiet Gradients"), encoding="utf-8")

    result = export(base, "bib")

    assert result.exit_code == 0
    assert "docs/references.bib:" in result.stderr
    assert "unclosed" in result.stderr
    assert "@article{lake2019slow" in result.stdout


def test_lines_say_what_the_catalog_of_a_build_says(real_site):
    catalog = json.loads((real_site / "catalog.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in export(ROOT, "jsonl").stdout.splitlines()]

    woven = ("mentioned_in", "related")
    assert lines == [{name: paper[name] for name in paper if name not in woven} for paper in catalog["papers"]]


def test_with_a_built_site_lines_are_complete_and_as_the_schema_says(real_site, tmp_path):
    catalog = json.loads((real_site / "catalog.json").read_text(encoding="utf-8"))
    result = export(ROOT, "jsonl", "--site", real_site, "-o", tmp_path / "papers.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "papers.jsonl").read_text(encoding="utf-8").splitlines()]
    schema = json.loads((tmp_path / "papers.schema.json").read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert lines == catalog["papers"]
    assert any(line["mentioned_in"] for line in lines)
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(line)
    assert not jsonschema.Draft202012Validator(schema).is_valid({**lines[0], "mentioned_in": [{"docname": "a"}]})


def test_a_site_of_other_sources_is_refused(base, real_site, tmp_path):
    (tmp_path / "empty").mkdir()
    older = export(base, "jsonl", "--site", real_site, "-o", tmp_path / "papers.jsonl")
    without = export(base, "jsonl", "--site", tmp_path / "empty")

    assert (older.exit_code, without.exit_code) == (1, 1)
    assert "build the site again" in older.stderr
    assert "catalog.json' is no catalog of a built site" in without.stderr
    assert not (tmp_path / "papers.jsonl").exists()
    assert export(base, "bib", "--site", real_site).exit_code == 2


def test_a_release_has_schema_description_license_and_checksums(tmp_path):
    result = export(ROOT, "jsonl", "-o", tmp_path / "papers.jsonl", "--release", "2026.11")
    schema = json.loads((tmp_path / "papers.schema.json").read_text(encoding="utf-8"))
    package = json.loads((tmp_path / "papers.datapackage.json").read_text(encoding="utf-8"))
    data = (tmp_path / "papers.jsonl").read_bytes()
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "papers.jsonl.sha256").read_text().splitlines())

    assert result.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in data.decode().splitlines():
        validator.validate(json.loads(line))
    assert not validator.is_valid({"key": "a2020b"})
    assert (package["version"], package["licenses"]) == (
        "2026.11",
        [{"path": "https://creativecommons.org/licenses/by/4.0/"}],
    )
    assert package["resources"][0]["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert (tmp_path / "papers.LICENSE").read_bytes() == (ROOT / "LICENSE-content").read_bytes()
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tmp_path.iterdir()
        if path.suffix != ".sha256"
    }


def test_a_version_without_a_release_is_refused(base):
    assert export(base, "bib", "--release", "1").exit_code == 2
    assert export(base, "jsonl", "--release", "1").exit_code == 2


def test_an_export_is_the_same_every_time(base):
    assert export(base, "jsonl").stdout == export(base, "jsonl").stdout
