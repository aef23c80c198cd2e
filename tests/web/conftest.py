"""A host, and a client that does not really wait."""

import pytest
from paperloom.web.client import Client
from paperloom.web.settings import Settings

from tests.services.host import running


@pytest.fixture
def host():
    with running() as server:
        yield server


@pytest.fixture
def waits():
    """The pauses that the client of :func:`client` took, in seconds."""
    return []


@pytest.fixture
def client(waits):
    def make(**options):
        limits = {"connect_timeout": 2, "read_timeout": 0.5, "total_timeout": 1.5, **options}
        return Client(Settings(**limits), sleep=waits.append)

    return make
