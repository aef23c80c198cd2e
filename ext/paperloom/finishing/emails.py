"""The step ``emails``: each week as an e-mail, in HTML and in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from paperloom.emails.edition import edition_of
from paperloom.emails.names import FOLDER, edition_name
from paperloom.emails.writing import edition_html, edition_text
from paperloom.finishing.feeds import NO_ADDRESS
from paperloom.finishing.kept import Kept
from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite
from paperloom.translation import speak

__all__ = ["FOLDER", "run"]


def run(site: BuiltSite, output: Output) -> str:
    """Write the e-mails of the weeks that changed, and keep the others."""
    settings = site.settings
    if not settings.address:
        return NO_ADDRESS
    speak(settings.language)
    papers = {paper["key"]: paper for paper in site.catalog["papers"]}
    kept = Kept(site, "emails")
    weeks = site.catalog["weeks"]
    written = 0
    for week in weeks:
        named = {key: papers[key] for key in [*week["papers"], *week["picks"]] if key in papers}
        basis = (repr(week), repr(named), repr(settings), kept.digest_of_page(week["docname"]))
        written += kept.make(week["id"], basis, partial(_files, site, week, named), output)
    kept.store()
    return f"{len(weeks)} weeks, {written} of them written"


def _files(site: BuiltSite, week: Mapping[str, Any], papers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    edition = edition_of(week, papers, site.settings, site.markup(week["docname"]))
    name = edition_name(week["id"])
    return {f"{name}.html": edition_html(edition), f"{name}.txt": edition_text(edition)}
