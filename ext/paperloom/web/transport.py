"""One exchange with a host, within limits of time and size."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from paperloom.web.errors import MalformedError
from paperloom.web.politeness import Politeness
from paperloom.web.settings import Settings


class LimitedAdapter(HTTPAdapter):
    """Waits for its turn, reads answers whole, and gives up on those that are too long or too slow.

    requests calls it for each step of a redirect, and not for answers from the cache.
    """

    def __init__(self, settings: Settings, politeness: Politeness, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._settings = settings
        self._politeness = politeness
        self._clock = clock

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Return the answer with its body read; ``options`` are those of requests.

        With the option ``stream`` the body is left out: whether a page is there does not take all of it.
        """
        self._politeness.wait(urlsplit(request.url or "").hostname or "")
        limits = (self._settings.connect_timeout, self._settings.read_timeout)
        response = super().send(request, *args, **{**options, "stream": True, "timeout": limits})
        raw = response.raw
        headers = {name: value for name, value in raw.headers.items() if name.lower() not in _OF_TRANSFER}
        try:
            body = b"" if options.get("stream") else self._read(response)
        finally:
            response.raw.release_conn()
            response.close()
        response.raw = HTTPResponse(
            body=BytesIO(body), headers=headers, status=raw.status, reason=raw.reason, preload_content=False
        )
        return response

    def _read(self, response: requests.Response) -> bytes:
        deadline = self._clock() + self._settings.total_timeout
        body = bytearray()
        try:
            while chunk := response.raw.read1(65536, decode_content=True):
                body += chunk
                if len(body) > self._settings.largest_answer:
                    size = f"{self._settings.largest_answer / 1e6:.0f} MB"
                    remedy = "look at the address in a browser"
                    raise MalformedError(response.url, f"the answer is larger than {size}", remedy)
                if self._clock() > deadline:
                    message = f"no whole answer within {self._settings.total_timeout:.0f} seconds"
                    raise requests.ReadTimeout(message, response=response)
        except (HTTPError, OSError) as error:  # cut off, or a body that cannot be decompressed
            if isinstance(error, requests.RequestException):
                raise
            raise requests.exceptions.ChunkedEncodingError(error, response=response) from error
        return bytes(body)


#: Fields about how the body was sent, which does not hold for the body that was read.
_OF_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
