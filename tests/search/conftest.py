"""Fixtures of the tests of search."""

from __future__ import annotations

import pytest
from search_support import FinishedSite


@pytest.fixture
def site(tmp_path):
    """Return a copy of the tiny knowledge base."""
    return FinishedSite(tmp_path)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """Return the tiny knowledge base, built and not finished, for tests that only look at it."""
    site = FinishedSite(tmp_path_factory.mktemp("tiny"))
    site.build()
    return site
