"""All services on one host of this machine."""

import pytest
from paperloom.providers.endpoints import Endpoints
from paperloom.web.client import Client
from paperloom.web.settings import Settings

from tests.services.host import running


@pytest.fixture
def host():
    with running() as server:
        yield server


@pytest.fixture
def endpoints(host):
    parts = ("arxiv", "crossref", "datacite", "doi", "openreview", "openreview_v1", "acl")
    return Endpoints(**{part: f"{host.address}/{part}" for part in parts})


@pytest.fixture
def client():
    waits = []
    made = Client(Settings(connect_timeout=2, read_timeout=0.3, total_timeout=1), sleep=waits.append)
    made.waits = waits
    return made
