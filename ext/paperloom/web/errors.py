"""What can go wrong when a host is asked; each error says of which address, and what to do."""

from __future__ import annotations


class WebError(Exception):
    """``url: what happened; what to do``."""

    def __init__(self, url: str, happened: str, remedy: str) -> None:
        super().__init__(f"{url}: {happened}; {remedy}")
        self.url = url
        self.happened = happened
        self.remedy = remedy


class NotFoundError(WebError):
    """The host says that there is no such thing (404, 410)."""


class RefusedError(WebError):
    """The host refuses to answer (401, 403 and other statuses that asking again does not change).

    ``status`` is that of the answer, None where the address could not even be asked.
    """

    def __init__(self, url: str, happened: str, remedy: str, status: int | None = None) -> None:
        super().__init__(url, happened, remedy)
        self.status = status


class RateLimitedError(WebError):
    """The host asks to be left alone for longer than we wait (429, 503 with Retry-After)."""


class UnavailableError(WebError):
    """The host cannot be reached, is too slow, or fails (5xx), several times in a row."""


class FailingError(UnavailableError):
    """The host is there, and fails (5xx) several times in a row."""


class MalformedError(WebError):
    """The answer is not what was asked for: wrong type, cut off, too large, unreadable."""
