"""Entries for the tests of this folder."""

from __future__ import annotations

import pytest
from paperloom.sources.bibliography import parse_bibliography


@pytest.fixture
def entry():
    """Return the entry of a BibTeX text."""

    def parsed(text):
        bibliography = parse_bibliography(text, "references.bib")
        return next(iter(bibliography.references.values()))

    return parsed
