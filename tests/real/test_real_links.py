"""The external addresses of the real knowledge base."""

from __future__ import annotations

from paperloom.cli.knowledge_base import load
from paperloom.cli.links.internal import read_site
from paperloom.cli.links.places import Kind, places_of

from tests.conftest import ROOT


def test_every_address_that_the_site_shows_is_found_in_a_source(real_site):
    site = read_site(real_site)
    places = places_of(load(ROOT, ROOT / "docs"), site)

    assert set(site.external) <= set(places)
    assert [place for found in places.values() for place in found if place.kind is Kind.PAGE] == []
