"""The address of the published site, which feeds, mail and other places outside the site need.

``site.json`` hands it, and what else the configuration says, to the steps that finish the site.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from paperloom.model.identifiers import is_web_address
from paperloom.model.problems import Subtype
from paperloom.outputs.files import write_if_changed
from paperloom.outputs.site_settings import SITE, SiteSettings
from paperloom.warnings import warn

#: The year in the default of ``paperloom_feed_ids``. It is part of every id: changing it changes them all.
_YEAR = 2026
#: Builders whose sites are published page by page.
_BUILDERS = frozenset({"html", "dirhtml"})
#: The most entries of a feed, unless the configuration gives another number from 1.
DEFAULT_ENTRIES = 50
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def address_of(config: Config) -> str:
    """Return ``html_baseurl`` with a slash at its end, nothing where it is not set."""
    address = str(config.html_baseurl or "")
    if not is_web_address(address):
        return ""
    return address if address.endswith("/") else f"{address}/"


def ids_of(config: Config) -> str:
    """Return how the ids of feeds and their entries begin: ``paperloom_feed_ids``, or a tag URI (RFC 4151)."""
    return str(config.paperloom_feed_ids or "") or default_ids(address_of(config))


def default_ids(address: str) -> str:
    """Return how ids begin on the site at ``address``.

    >>> default_ids("https://Example.org/docs/")
    'tag:example.org,2026:docs/'
    """
    if not address:
        return ""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:  # no name of a host; it need not be one to tell ids apart
        host = quote(host)
    return f"tag:{host},{_YEAR}:{quote(parts.path.lstrip('/'), safe='/%')}"


def check_address(app: Sphinx, config: Config) -> None:
    """Warn of a ``html_baseurl`` or a ``paperloom_feed_ids`` that is none, and do without it."""
    address = str(config.html_baseurl or "")
    if address and not is_web_address(address):
        message = f"'html_baseurl' is '{address}', not a web address"
        warn(Subtype.URL, message, "write it as https://example.org/papers/", None)
        config.html_baseurl = ""
    ids = str(config.paperloom_feed_ids or "")
    if ids and not _ABSOLUTE.fullmatch(ids):
        message = f"'paperloom_feed_ids' is '{ids}', not the beginning of an address"
        warn(Subtype.URL, message, "write it as tag:example.org,2026:papers/", None)
        config.paperloom_feed_ids = ""


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write ``site.json`` beside the pages."""
    if exception is not None or app.builder.name not in _BUILDERS:
        return
    config = app.config
    most = config.paperloom_feed_entries
    settings = SiteSettings(
        title=str(config.project),
        author="" if config.author == Config.config_values["author"].default else str(config.author),
        language=str(config.language).replace("_", "-"),
        address=address_of(config),
        page_suffix=app.builder.get_target_uri("x").removeprefix("x"),
        feed_ids=ids_of(config),
        feed_entries=most if isinstance(most, int) and most > 0 else DEFAULT_ENTRIES,
    )
    write_if_changed(Path(app.outdir) / SITE, settings.text())
