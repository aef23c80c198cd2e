"""The one client through which every command asks other hosts."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests_cache import CachedSession
from requests_cache.models.response import CachedResponse
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from paperloom.web.errors import (
    FailingError,
    MalformedError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    WebError,
)
from paperloom.web.politeness import Politeness
from paperloom.web.settings import Settings, settings_from
from paperloom.web.transport import LimitedAdapter

_BUSY = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its body. ``redirects`` are the (status, address) pairs that led from the address asked.

    The last address is ``url``. ``age`` is how long ago the host gave the answer.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]
    redirects: tuple[tuple[int, str], ...] = ()
    age: timedelta = timedelta()

    def text(self) -> str:
        """Return the body as UTF-8 text.

        :raises MalformedError: if it is in another encoding.
        """
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise MalformedError(self.url, "the answer is not UTF-8", "try again later") from error


class _BusyHostError(Exception):
    """An exchange that failed in a way that may pass. ``wait`` is how many seconds the host asks for."""

    def __init__(self, failure: WebError, wait: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.wait = wait


class Client:
    """Asks hosts: with limits of time and size, again when they are busy, rarely, and with a cache on disk.

    Retries wait as long as the host asks (Retry-After), else longer each time. ``clock`` gives
    seconds since 1970; it and ``sleep`` are there for tests.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        politeness: Politeness | None = None,
    ) -> None:
        self._settings = settings if settings is not None else settings_from()
        self._sleep = sleep
        self._clock = clock
        folder = self._settings.cache / "hosts" if self._settings.cache else None
        self._politeness = politeness or Politeness(folder, clock=clock, sleep=sleep)
        self._uncached = self._prepared(requests.Session())
        self._session = self._open()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        accept: str = "*/*",
        types: Sequence[str] = (),
        max_age: timedelta | None = None,
    ) -> Answer:
        """Return the answer of ``url``, which is one of the content ``types`` (any, when there are none).

        A cached answer that is younger than ``max_age`` (the settings' age, where it is None) is
        as good as a new one.

        :raises WebError: one of its kinds, where there is no such answer.
        """
        answer = self.ask("GET", url, params, accept=accept, max_age=max_age)
        if answer.status in _GONE:
            raise NotFoundError(answer.url, f"not found ({answer.status})", "check the identifier")
        if not 200 <= answer.status < 300:
            remedy = "look at the address in a browser"
            raise RefusedError(answer.url, f"the host refuses ({answer.status})", remedy, answer.status)
        if types and answer.content_type not in types:
            given = answer.content_type or "no content type"
            message = f"the answer is {given} where {' or '.join(types)} was asked for"
            raise MalformedError(answer.url, message, "try again later")
        return answer

    def get_json(
        self, url: str, params: Mapping[str, str] | None = None, *, accept: str = "application/json", **options: Any
    ) -> Any:
        """Return the JSON at ``url``; see :meth:`get`.

        :raises WebError: one of its kinds; :class:`MalformedError` if it is no JSON.
        """
        answer = self.get(url, params, accept=accept, **options)
        try:
            return json.loads(answer.text())
        except (ValueError, RecursionError) as error:
            remedy = "try again later"
            raise MalformedError(answer.url, "the answer is no JSON", remedy) from error

    def ask(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        accept: str = "*/*",
        max_age: timedelta | None = None,
        with_body: bool = True,
    ) -> Answer:
        """Return the answer of ``url`` whatever its status, redirects followed.

        Without ``with_body`` the body is not read, and the cache plays no part.

        :raises RateLimitedError: if the host asks to wait for longer than our patience.
        :raises UnavailableError: if it cannot be reached or is busy every time.
        :raises MalformedError: if the answer is too large, or redirects go in circles.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self._settings.attempts),
            wait=self._pause,
            retry=retry_if_exception_type(_BusyHostError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            options = {"params": params or {}, "headers": {"Accept": accept}, "stream": not with_body}
            return retrying(self._ask_once, method, url, options, max_age)
        except _BusyHostError as error:
            raise error.failure from error

    def _ask_once(self, method: str, url: str, options: Mapping[str, Any], max_age: timedelta | None) -> Answer:
        try:
            response = self._send(method, url, options, max_age)
        except requests.TooManyRedirects as error:
            raise MalformedError(url, "redirects go in circles", "look at the address in a browser") from error
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise RefusedError(url, f"is no address that can be asked ({error})", "correct it") from error
        except (requests.RequestException, OSError) as error:
            remedy = "check the network and try again"
            raise _BusyHostError(UnavailableError(url, _reason(error), remedy)) from error
        if response.status_code in _BUSY:
            raise self._busy(response)
        return _answer(response, self._clock())

    def _send(self, method: str, url: str, options: Mapping[str, Any], max_age: timedelta | None) -> requests.Response:
        if options["stream"]:
            return self._uncached.request(method, url, **options)
        if not isinstance(self._session, CachedSession):
            return self._session.request(method, url, **options)
        try:
            response = self._session.request(method, url, **options)
            oldest = self._settings.cache_age if max_age is None else max_age
            if _age(response, self._clock()) > oldest:
                response = self._session.request(method, url, force_refresh=True, **options)
        except sqlite3.Error:  # a damaged cache, or a folder that cannot be written, is no reason to fail
            self._session = self._uncached
            return self._session.request(method, url, **options)
        return response

    def _busy(self, response: requests.Response) -> _BusyHostError | WebError:
        status, wait = response.status_code, _retry_after(response.headers.get("Retry-After"), self._clock())
        if wait is not None and wait > self._settings.patience:
            remedy = f"try again in {_in_words(wait)}"
            return RateLimitedError(response.url, f"the host asks to wait ({status})", remedy)
        if status == 429:
            failure: WebError = RateLimitedError(
                response.url, "too many requests (429), again and again", "try again in some minutes"
            )
        else:
            remedy = "try again later"
            failure = FailingError(response.url, f"the host fails ({status}), again and again", remedy)
        return _BusyHostError(failure, wait)

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _BusyHostError) and error.wait is not None:
            return error.wait
        longer_each_time: float = self._settings.backoff * 2 ** (state.attempt_number - 1)
        return min(longer_each_time, self._settings.patience)

    def _open(self) -> requests.Session:
        if self._settings.cache is not None:
            try:
                self._settings.cache.mkdir(parents=True, exist_ok=True)
                session = CachedSession(
                    str(self._settings.cache / "answers.sqlite"),
                    backend="sqlite",
                    serializer="json",
                    expire_after=timedelta(days=90),
                    allowable_codes=(200,),
                    allowable_methods=("GET", "HEAD"),
                    match_headers=["Accept"],
                )
            except (OSError, sqlite3.Error):
                return self._uncached
            return self._prepared(session)
        return self._uncached

    def _prepared(self, session: requests.Session) -> requests.Session:
        session.headers["User-Agent"] = self._settings.user_agent
        session.max_redirects = 10
        for scheme in ("http://", "https://"):
            session.mount(scheme, LimitedAdapter(self._settings, self._politeness))
        return session


def _answer(response: requests.Response, now: float) -> Answer:
    return Answer(
        url=response.url,
        status=response.status_code,
        content_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        body=response.content,
        headers=response.headers,
        redirects=tuple((step.status_code, step.url) for step in response.history),
        age=_age(response, now),
    )


def _age(response: requests.Response, now: float) -> timedelta:
    if not isinstance(response, CachedResponse):
        return timedelta()
    created: datetime = response.created_at
    return datetime.fromtimestamp(now, UTC) - created.replace(tzinfo=created.tzinfo or UTC)


def _retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After field asks for: a number of them, or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    value = value.strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now)


def _reason(error: Exception) -> str:
    match error:
        case requests.ConnectTimeout():
            return "the host does not answer"
        case requests.ReadTimeout():
            return "the host is too slow"
        case requests.exceptions.SSLError():
            return "the host's certificate cannot be verified"
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return "the answer is cut off"
    return "the host cannot be reached"


def _in_words(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
