"""Times the live preview as a browser sees it: from saving a file to the reloaded page that shows it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from benchmarks.edits import Expectation
from benchmarks.measure import last_words, wait_until
from benchmarks.systems import PAPERLOOM

#: Seconds until the server answers, which includes a build with nothing to do; and until a save is shown.
START_LIMIT = 300.0
SHOW_LIMIT = 60.0
#: Seconds between two saves, so that one does not fall into the build of the other.
_PAUSE = 1.0
_WEBSOCKET = re.compile(r"new WebSocket\(.(ws://[^'\"]+)")


class PreviewError(Exception):
    """The preview did not start or did not show a change."""


def seconds_to_show(
    tree: Path, environment: dict[str, str], edits: Sequence[Callable[[], tuple[Expectation, ...]]]
) -> Iterator[float]:
    """Serve ``tree`` as ``nox -s serve`` does, save each edit in turn, yield the seconds each took to show.

    :raises PreviewError: if the server or a build does not do its part in time.
    """
    docs = tree / "docs"
    port = _free_port()
    command = [sys.executable, "-m", "paperloom.live_preview", "-b", "html", "-n", "-j", "auto", "--port", str(port)]
    command += ["-d", str(docs / "_build/doctrees"), str(docs), str(docs / "_build/html")]
    with (tree / "bench.log").open("wb") as output:
        server = subprocess.Popen(  # noqa: S603  # the command is this package's own
            command, cwd=tree, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            if not wait_until(lambda: server.poll() is not None or _answers(port), START_LIMIT, interval=0.2):
                raise PreviewError(f"the preview did not answer within {START_LIMIT:.0f} s")
            if server.returncode is not None:
                said = (tree / "bench.log").read_text(encoding="utf-8", errors="replace")
                raise PreviewError(f"the preview ended with exit code {server.returncode}: {last_words(said)}")
            yield from _seconds(port, edits)
        except (OSError, WebSocketException, http.client.HTTPException) as error:
            reason = f"{type(error).__name__} {error}".strip()
            raise PreviewError(f"the preview did not show a change ({reason})") from error
        finally:
            _stop(server)


def _seconds(port: int, edits: Sequence[Callable[[], tuple[Expectation, ...]]]) -> Iterator[float]:
    address = _WEBSOCKET.search(_page(port, "index.html"))
    if not address:
        raise PreviewError("the preview's pages do not reload themselves")
    with connect(address[1]) as reloads:
        for edit in edits:
            time.sleep(_PAUSE)
            start = time.perf_counter()
            (expected,) = edit()
            shown = False
            while not shown:
                reloads.recv(timeout=SHOW_LIMIT - (time.perf_counter() - start))
                shown = expected.text in _page(port, PAPERLOOM.page(expected.docname))
            yield time.perf_counter() - start


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and the build it may be in the middle of."""
    for stop in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(server.pid, stop)
            server.wait(timeout=10)
            return


def _page(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SHOW_LIMIT)
    try:
        connection.request("GET", f"/{path}")
        return connection.getresponse().read().decode("utf-8")
    finally:
        connection.close()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
