"""The services of the tests of links, and a small bibliography."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main

from tests.links.conftest import archive, arxiv, crossref, handles, running, services, sources

__all__ = ["archive", "arxiv", "crossref", "handles", "running", "services", "sources"]

ENTRIES = """@misc{marlowe2020boiling,
  author = {Marlowe, Ada},
  title = {Boiling Rivers with {Kettles}},
  year = {2020},
  eprint = {2001.00001},
  archivePrefix = {arXiv}
}

@article{tidewell2019rivers,
  author = {Tidewell, Bo},
  title = {Rivers},
  journal = {Journal of Kettles},
  year = {2019},
  doi = {10.1234/Rivers}
}
"""
PAGE = """---
paper:
  topics: [kettles]
  tldr: We boil.
  read: {version: v1, on: 2020-02-01, from: paper}
---
# Boiling Rivers with Kettles
"""


@pytest.fixture
def base(sources):
    """Write a knowledge base of two papers, one of them with a page."""

    def write(**more):
        return sources({"references.bib": ENTRIES, "papers/marlowe2020boiling.md": PAGE, **more})

    return write


@pytest.fixture
def run_outdated():
    """Run ``paperloom outdated`` on a root and return its exit code and output."""

    def run(root, *arguments):
        result = CliRunner().invoke(main, ["--root", str(root), "outdated", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        if "--json" in arguments:
            return result.exit_code, json.loads(result.output)
        return result.exit_code, result.output

    return run
