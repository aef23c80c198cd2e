"""Building with all processes: the same bytes as with one, and nothing lost on the way."""

from __future__ import annotations

import ast
import hashlib
import inspect
import pickle
from importlib.util import find_spec
from pathlib import Path

import pytest
from paperloom import builders, parsed_bibliography
from paperloom.domain import PaperloomDomain
from site_support import rebuild, tree
from sphinx.builders import Builder
from sphinx.search import IndexBuilder

DEFINITIONS = (ast.ClassDef, ast.FunctionDef)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>\n'


@pytest.fixture
def processes(monkeypatch):
    """Give even the smallest builds to several processes."""
    monkeypatch.setattr(builders, "WORTH_A_PROCESS", 2)


def everything(build):
    return tree(build.out)


def test_two_processes_write_what_one_writes(site, processes):
    site.write("papers/kettle.svg", PICTURE)
    site.edit("papers/ember2020kettle.md", "## Limits", "![A kettle](kettle.svg)\n\n## Limits")

    together = site.build(parallel=2, into="together")
    alone = site.build(into="alone")

    assert everything(together) == everything(alone)
    assert (together.out / "_images" / "kettle.svg").is_file()


def test_three_processes_and_folders_as_pages(site, processes):
    together = site.build("dirhtml", parallel=3, into="together")

    assert everything(together) == everything(site.build("dirhtml", into="alone"))


def test_a_change_is_woven_in_with_processes_too(site, processes):
    changed = rebuild(
        site,
        lambda site: site.edit("papers/lake2019slow.md", "aliases: [SlowRiver]", "aliases: [Kitchen, kitchen]"),
        parallel=2,
    )

    assert "papers/lake2019slow.html" in changed


def test_after_a_build_with_processes_nothing_is_left_to_do(site, processes):
    site.build(parallel=2)

    again = site.build(parallel=2)

    assert "0 added, 0 changed, 0 removed" in again.status
    assert "documents written" not in again.status
    assert "writing output... [" not in again.status


def test_warnings_of_all_processes_are_heard(site, processes):
    site.edit("papers/pine2021tall.md", "Wind.", "See {paper}`nobody2020`.")

    said = site.build(parallel=2, warnings=True).warnings

    assert any("unknown paper 'nobody2020'" in line for line in said)


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x04."])
def test_a_damaged_bibliography_that_was_kept_is_made_anew(site, damage):
    first = site.build()
    kept = next(site.folder.glob("build/**/paperloom-bibliography.pickle"))
    kept.write_bytes(damage)
    site.edit("references.bib", "Céline", "Cécile")

    second = site.build()

    assert "Cécile Lake" in second.text("papers/lake2019slow.html")
    assert first.out == second.out


def test_a_bibliography_that_other_code_has_kept_is_not_used(site, monkeypatch):
    monkeypatch.setattr(parsed_bibliography, "PACKAGE_DIGEST", "other code")
    site.build()
    kept = next(site.folder.glob("build/**/paperloom-bibliography.pickle"))
    version = pickle.loads(kept.read_bytes())[0]
    monkeypatch.undo()

    built = site.build()

    assert "Céline Lake" in built.text("papers/lake2019slow.html")
    assert version == "other code" != pickle.loads(kept.read_bytes())[0]


def test_an_environment_with_records_of_another_layout_is_read_anew(site, monkeypatch):
    monkeypatch.setattr(PaperloomDomain, "data_version", 1)
    site.build()
    monkeypatch.undo()

    assert f"{len(list(site.source.rglob('*.md')))} added" in site.build().status
    assert "0 added" in site.build().status


def test_a_missing_output_is_written_again_though_nothing_changed(site):
    built = site.build()
    before = built.text("catalog.json")
    (built.out / "catalog.json").unlink()
    (built.out / "papers" / "lake2019slow.bib").unlink()

    site.build()

    assert built.text("catalog.json") == before
    assert (built.out / "papers" / "lake2019slow.bib").is_file()


#: What our builders override or reach into, as it was when they were written.
UPSTREAM = {
    Builder._read_serial: "15d677529451",
    Builder._read_parallel: "d9e655ec9d49",
    Builder._write_serial: "6e0342ca012c",
    Builder._write_parallel: "3ea209a4e854",
    Builder.write_documents: "8bedf99edbb2",
    # ``finishing/sphinx_index.py`` gives it what it would take from documents.
    IndexBuilder.__init__: "375ec6ba4d74",
    IndexBuilder.feed: "056af53b330d",
}


@pytest.mark.parametrize("function", UPSTREAM, ids=lambda function: function.__qualname__)
def test_sphinx_is_what_our_builders_were_written_against(function):
    digest = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()

    assert digest[:12] == UPSTREAM[function], "Sphinx changed: compare it with ext/paperloom/builders.py and finishing"


#: What ``upstream`` replaces and ``builders.py`` overrides, as (file of the module, qualified name).
REPLACED = {
    ("docutils.nodes", "Node.findall"): "2a293bb52d69",
    ("docutils.utils.smartquotes", "educate_tokens"): "3dfe45043522",
    ("docutils.utils.smartquotes", "processEscapes"): "e0679d1372b1",
    ("docutils.transforms.universal", "SmartQuotes.apply"): "145de49c112d",
    ("sphinx.transforms", "SphinxSmartQuotes.apply"): "3ad3e2d08568",
    ("sphinx.util.nodes", "NodeMatcher"): "b53ea7f7510f",
    ("sphinx.highlighting", "PygmentsBridge.get_formatter"): "928fb9f861cc",
    ("sphinx.transforms.post_transforms.code", "HighlightLanguageTransform.apply"): "2d5a1341feb9",
    ("sphinx.transforms.post_transforms.code", "HighlightLanguageVisitor"): "29abab6dcf0b",
    ("sphinx.environment.adapters.toctree", "document_toc"): "9e7737d9e88d",
    ("sphinx.environment.adapters.toctree", "_toctree_copy_seq"): "5c4a4284823c",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.get_doc_context"): "45dcf5aa3fa6",
    ("furo", "has_not_enough_items_to_show_toc"): "66da5155b023",
    ("myst_parser.mdit_to_docutils.base", "DocutilsRenderer.__init__"): "ae1dd2fcbaee",
    ("sphinx.util.docutils", "_get_settings"): "a20a0d374138",
    ("docutils.frontend", "get_default_settings"): "5155cfc6868a",
    ("docutils.frontend", "OptionParser.__init__"): "e17a973a1975",
    ("docutils.frontend", "OptionParser.get_default_values"): "8cb0599b5b76",
    ("myst_parser.mdit_to_docutils.base", "make_document"): "9dc29dce2fd8",
    ("pybtex.richtext", "Text.from_latex"): "1af10dca9c6b",
    ("sphinx.environment", "BuildEnvironment.get_outdated_files"): "5016a5bbff7b",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.get_outdated_docs"): "6a0b9401cf37",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.load_indexer"): "dc4ecedae266",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.index_page"): "31c38dfbefcc",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.dump_search_index"): "fa2b615361c0",
    ("sphinx.builders.html", "StandaloneHTMLBuilder.handle_page"): "40a4c7513130",
    ("sphinx.builders", "Builder.write"): "0c98378a9ff6",
}


def digest_of_source(module, name):
    """Return a digest of a function as its file has it, whatever stands in its place now."""
    text = Path(find_spec(module).origin).read_text(encoding="utf-8")
    node = ast.parse(text)
    for part in name.split("."):
        node = next(child for child in ast.walk(node) if isinstance(child, DEFINITIONS) and child.name == part)
    return hashlib.sha256(ast.get_source_segment(text, node).encode()).hexdigest()[:12]


@pytest.mark.parametrize(("module", "name"), REPLACED)
def test_what_is_cured_is_what_the_cure_was_written_against(module, name):
    assert digest_of_source(module, name) == REPLACED[module, name], "compare it with ext/paperloom/upstream"
