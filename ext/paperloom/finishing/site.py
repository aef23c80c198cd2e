"""A built site, as the steps that finish it see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paperloom.outputs.catalog import CATALOG
from paperloom.outputs.site_settings import SITE, SiteSettings, settings_of

#: Folders of the output that hold no pages of the site.
NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads", "emails", "pagefind"})


class FinishingError(Exception):
    """A step cannot be done; the text says why and what to do."""


@dataclass(frozen=True)
class BuiltSite:
    """A site that Sphinx has built.

    ``folder`` is the output of the builder ``html`` or ``dirhtml``, ``sources`` the folder with
    ``conf.py``, and ``kept`` a folder for what a step remembers: it may be removed at any time.
    """

    folder: Path
    sources: Path
    kept: Path

    @cached_property
    def catalog(self) -> dict[str, Any]:
        """What ``catalog.json`` says.

        :raises FinishingError: if there is no catalog that can be read.
        """
        try:
            catalog: dict[str, Any] = json.loads((self.folder / CATALOG).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            message = f"{self.folder / CATALOG}: {error}; build the site anew: nox -s docs"
            raise FinishingError(message) from error
        return catalog

    @cached_property
    def settings(self) -> SiteSettings:
        """What ``site.json`` says.

        :raises FinishingError: if there is none that can be read.
        """
        try:
            return settings_of((self.folder / SITE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            message = f"{self.folder / SITE}: {error}; build the site anew: nox -s docs"
            raise FinishingError(message) from error

    def markup(self, docname: str) -> str:
        """Return the page of a document as HTML.

        :raises FinishingError: if there is none that can be read.
        """
        path = self.folder / self.settings.page_file(docname)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise FinishingError(f"{path}: {error}; build the site anew: nox -s docs") from error

    def pages(self) -> Iterator[str]:
        """Yield the names of the site's pages, such as ``papers/xue2020mt5.html``, sorted."""
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix()
            if name.partition("/")[0] not in NO_PAGES:
                yield name
