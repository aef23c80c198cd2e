"""Finishing sites that tests have built."""

from __future__ import annotations

from pathlib import Path

from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import finish

from tests.site.site_support import Site


def finish_site(site: Site, *steps: str, builder: str = "html", into: str = "build") -> Path:
    """Finish the pages of ``site`` by all steps, or by those called ``steps``; return their folder."""
    folder = site.folder / into / builder
    problems = finish(BuiltSite(folder, site.source, folder.parent / f"{builder}-finished"), steps, lambda _said: None)
    assert problems == []
    return folder
