"""What other projects do again for every document and need do once: the cures, until they have them.

Each cure keeps the results; none changes what is built. ``docs/contributing/performance.md`` says
what each costs and what a patch to the project would be. A test compares the functions that are
replaced here with the ones these modules were written against and fails when they change.
"""

from __future__ import annotations

from paperloom.upstream.assets import remember_asset_tags
from paperloom.upstream.contents import count_contents_once, read_titles_as_they_are
from paperloom.upstream.highlighting import highlight_once
from paperloom.upstream.naming import find_documents_quickly, name_documents_quickly
from paperloom.upstream.parsing import remember_parsers
from paperloom.upstream.settings import compare_contents, remember_decoded_text, remember_settings
from paperloom.upstream.traversal import traverse_without_recursion
from paperloom.upstream.typography import leave_plain_text

__all__ = ["cure", "remember_asset_tags"]


def cure() -> None:
    """Put all cures in place, once for a project; nothing is kept from one project to the next."""
    remember_settings()
    remember_decoded_text()
    compare_contents()
    traverse_without_recursion()
    remember_parsers()
    highlight_once()
    leave_plain_text()
    count_contents_once()
    read_titles_as_they_are()
    name_documents_quickly()
    find_documents_quickly()
