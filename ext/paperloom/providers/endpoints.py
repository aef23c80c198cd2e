"""Where the services are; tests and mirrors set other addresses in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import quote

from paperloom.model.identifiers import is_web_address


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Base addresses without a slash at the end; the variable of ``arxiv`` is ``PAPERLOOM_ARXIV_URL``, and so on."""

    arxiv: str = "https://export.arxiv.org"
    crossref: str = "https://api.crossref.org"
    datacite: str = "https://api.datacite.org"
    doi: str = "https://doi.org"
    openreview: str = "https://api2.openreview.net"
    openreview_v1: str = "https://api.openreview.net"
    acl: str = "https://aclanthology.org"
    archive: str = "https://archive.org"


def variable(name: str) -> str:
    """Return the environment variable that sets the endpoint ``name``."""
    return f"PAPERLOOM_{name.upper()}_URL"


def endpoints_from(environment: Mapping[str, str] | None = None) -> Endpoints:
    """Return the endpoints, with those that the environment sets.

    :raises ValueError: if one of them is no web address.
    """
    environment = os.environ if environment is None else environment
    given = {
        each.name: environment[variable(each.name)] for each in fields(Endpoints) if variable(each.name) in environment
    }
    for name, address in given.items():
        if not is_web_address(address):
            raise ValueError(f"{variable(name)} is '{address}'; write an http or https address")
    return Endpoints(**{name: address.rstrip("/") for name, address in given.items()})


def escaped(identifier: str) -> str:
    """Return an identifier as a part of a path, slashes included as services expect them."""
    return quote(identifier, safe="/:()")
