"""The clients with which commands ask many hosts and services."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from paperloom.providers.endpoints import endpoints_from
from paperloom.web.client import Client
from paperloom.web.errors import FailingError, UnavailableError, WebError
from paperloom.web.politeness import Politeness
from paperloom.web.settings import Settings, settings_from

#: The first pause before a host that failed is asked again, in seconds.
BACKOFF = 2.0
#: The most hosts asked whether there is a network at all.
PROBED_HOSTS = 4


class Clients:
    """Clients that are polite together: each host counts what all of them ask.

    ``registers`` is for APIs: patient, and with the cache of answers. ``pages`` is for pages of any host:
    less patient, since there are many, and without that cache. ``hasty`` tries once and soon gives up: it
    finds out whether there is a network at all, and what the cache holds where there is none.

    ``contact`` is where operators of hosts can reach who asks.

    :raises ValueError: if the environment holds a setting that cannot be read.
    """

    def __init__(self, contact: str = "") -> None:
        self.endpoints = endpoints_from()
        settings = replace(settings_from(contact=contact), backoff=BACKOFF)
        self._politeness = Politeness(settings.cache / "hosts" if settings.cache else None)
        self.registers = self._client(settings)
        self.pages = self._client(replace(settings, cache=None, attempts=3, read_timeout=20))
        self.hasty = self._client(replace(settings, attempts=1, connect_timeout=4, read_timeout=4))

    def network_is_there(self, hosts: Iterable[str]) -> bool:
        """Return whether any of the first of ``hosts`` answers; they are asked all at once."""
        asked = list(hosts)[:PROBED_HOSTS]
        if not asked:
            return True
        with ThreadPoolExecutor(max_workers=len(asked)) as pool:
            return any(pool.map(self._answers, asked))

    def _answers(self, host: str) -> bool:
        try:
            self.hasty.ask("HEAD", host, with_body=False)
        except FailingError:
            return True
        except UnavailableError:
            return False
        except WebError:
            return True
        return True

    def _client(self, settings: Settings) -> Client:
        return Client(settings, politeness=self._politeness)
