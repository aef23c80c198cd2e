"""``site.json``: what the steps that finish a site have to know of its configuration."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

SITE = "site.json"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site as its configuration describes it.

    ``address`` is where it is published, with a slash at the end, or nothing; ``page_suffix`` is what
    follows the name of a document in addresses, a slash alone where each page has a folder of its own.
    ``feed_ids`` is how the ids of feeds begin, ``feed_entries`` the most entries of one.
    """

    title: str
    author: str
    language: str
    address: str
    page_suffix: str
    feed_ids: str
    feed_entries: int

    def text(self) -> str:
        """Return the settings as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    def page_name(self, docname: str) -> str:
        """Return the name of a document's page below the address of the site."""
        if self.page_suffix != "/":
            return docname + self.page_suffix
        return "" if docname == "index" else docname.removesuffix("/index") + "/"

    def page_file(self, docname: str) -> str:
        """Return the file of a document's page below the folder of the site."""
        name = self.page_name(docname)
        return f"{name}index.html" if not name or name.endswith("/") else f"{docname}.html"


def settings_of(text: str) -> SiteSettings:
    """Return the settings that :meth:`SiteSettings.text` wrote.

    :raises ValueError: if ``text`` is something else.
    """
    try:
        stored = json.loads(text)
        known = {field.name: stored[field.name] for field in fields(SiteSettings)}
    except (LookupError, TypeError) as error:
        raise ValueError(f"{SITE} lacks {error}") from error
    return SiteSettings(**known)
