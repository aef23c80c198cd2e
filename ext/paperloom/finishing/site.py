"""A built site, as the steps that finish it see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paperloom.outputs.catalog import CATALOG

#: Folders of the output that hold no pages of the site.
NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads", "pagefind"})


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

    def pages(self) -> Iterator[str]:
        """Yield the names of the site's pages, such as ``papers/xue2020mt5.html``, sorted."""
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix()
            if name.partition("/")[0] not in NO_PAGES:
                yield name
