"""Fixtures of the contract's tests."""

from __future__ import annotations

import pytest

from tests.contract.checkout import Checkout, CleanBuilds
from tests.contract.world import small_world


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """What clean builds give, kept for the whole run."""
    return CleanBuilds(tmp_path_factory.mktemp("clean"))


@pytest.fixture
def world():
    """The knowledge base that all histories start with."""
    return small_world()


@pytest.fixture
def checkout(tmp_path, world):
    """A folder with the sources of ``world``."""
    return Checkout(tmp_path, world)


@pytest.fixture(scope="session")
def _first_build(tmp_path_factory):
    """A folder with a finished build, and how to have it back."""
    checkout = Checkout(tmp_path_factory.mktemp("built") / "site", small_world())
    checkout.do()
    checkout.keep()
    return checkout


@pytest.fixture
def built(_first_build):
    """A folder with the sources of ``world`` and a finished build of them, the same at the start of each test."""
    _first_build.restore()
    return _first_build
