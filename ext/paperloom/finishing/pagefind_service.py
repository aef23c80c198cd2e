"""Talking to Pagefind's program: pages in a given order, files back.

Pagefind numbers pages in the order in which it meets them. Given a folder, that is the order of the
file system, and the index differs from machine to machine. So pages are given to it one by one, in
the way of its own Python client, which waits a tenth of a second for each of them.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from paperloom.finishing.site import FinishingError

_ADVICE = "install it with: pip install 'pagefind[extended]'"
_CHUNK = 1 << 20


def pagefind_files(pages: Iterable[tuple[str, str]], language: str) -> dict[str, bytes]:
    """Return the files that Pagefind makes of ``pages``, (address, HTML) in their order, by their names.

    ``language`` is the code of the language by whose rules words are stemmed.

    :raises FinishingError: if Pagefind is missing or fails.
    """
    with _Service() as service:
        config = {"force_language": language, "keep_index_url": True}
        index = service.ask(type="NewIndex", config=config)["index_id"]
        for address, html in pages:
            service.ask(type="AddFile", index_id=index, url=address, file_path=None, file_contents=html)
        # The other way, WriteFiles, answers before all bytes are in the files.
        files = service.ask(type="GetFiles", index_id=index)["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


class _Service:
    """Pagefind's program as a service: one message, one answer."""

    def __init__(self) -> None:
        try:
            from pagefind.service import get_executable  # noqa: PLC0415  # may be missing
        except ImportError as error:
            message = f"Pagefind is missing; {_ADVICE}"
            raise FinishingError(message) from error
        program = get_executable()
        if program is None:
            message = f"Pagefind has no program for this machine; {_ADVICE}"
            raise FinishingError(message)
        # Settings of other sites in the environment are not for this one.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        try:
            self._process = subprocess.Popen(  # noqa: S603  # the program that its package brings
                [str(program), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                bufsize=0,
            )
        except OSError as error:
            message = f"Pagefind cannot run: {error}; {_ADVICE}"
            raise FinishingError(message) from error
        self._asked = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program."""
        self._process.kill()
        self._process.communicate()

    def ask(self, **request: Any) -> dict[str, Any]:
        """Return the answer to a request.

        :raises FinishingError: if Pagefind says that something is wrong, or ends.
        """
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:  # never, since both are pipes
            raise FinishingError(_ADVICE)
        self._asked += 1
        message = base64.b64encode(json.dumps({"message_id": self._asked, "payload": request}).encode())
        answer = bytearray()
        try:
            for part in (message, b","):
                view = memoryview(part)
                while view:
                    view = view[writer.write(view) or 0 :]
            while not answer.endswith(b","):
                part = os.read(reader.fileno(), _CHUNK)
                if not part:
                    break
                answer += part
        except OSError as error:
            text = f"Pagefind ended early: {error}"
            raise FinishingError(text) from error
        try:
            payload: dict[str, Any] = json.loads(base64.b64decode(bytes(answer).removesuffix(b",")))["payload"]
        except (ValueError, LookupError, TypeError) as error:
            text = f"Pagefind ended early, with {bytes(answer[:200])!r}"
            raise FinishingError(text) from error
        if payload.get("type") == "Error":
            text = f"Pagefind failed: {payload.get('message')}"
            raise FinishingError(text)
        return payload
