"""What the search costs: making its indexes after a build, and what a reader downloads for one query."""

from __future__ import annotations

import gzip
import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

from benchmarks.measure import Measurement
from benchmarks.results import Sizes
from benchmarks.sites import sizes_of
from benchmarks.systems import PAPERLOOM
from benchmarks.workplace import Workplace

#: Steps of ``paperloom finish``, each measured by itself: cold, and when nothing changed.
_FINISHING = ("sphinx-index", "search")
#: What servers compress; the files of Pagefind are compressed already.
_COMPRESSED = (".css", ".html", ".js", ".json")
_PATIENCE = 60_000


class Bench(Protocol):
    """What the step needs of the runner."""

    def say(self, line: str) -> object:
        """Tell the person who waits."""

    def command(self, command: Sequence[str], folder: Path, papers: int) -> Measurement:
        """Run and measure a command."""

    def record(self, papers: int, system: str, step: str, run: Measurement, problem: str = "") -> None:
        """Add a run to the results."""

    def set_sizes(self, sizes: Sizes) -> None:
        """Put the sizes of a site in place of those measured before."""


def time_search(bench: Bench, workplace: Workplace, papers: int) -> None:
    """Time making the indexes, and add the bytes of one query to the sizes."""
    tree = workplace.tree(PAPERLOOM)
    for kept in ("", "-kept"):
        for name in _FINISHING:
            command = [sys.executable, "-m", "paperloom", "--root", str(tree), "finish", "--only", name]
            bench.record(papers, PAPERLOOM.name, f"{name}{kept}", bench.command(command, tree, papers))
    sizes = sizes_of(PAPERLOOM, tree, papers)
    try:
        sizes = replace(sizes, query=bytes_of_query(tree / PAPERLOOM.site))
    except QueryError as failure:
        bench.say(f"bytes of one query: {failure}")
    bench.set_sizes(sizes)


class QueryError(Exception):
    """The bytes of a query cannot be measured; the text says why."""


def bytes_of_query(site: Path) -> int:
    """Return how many bytes a reader of the site downloads who opens the search and asks for one paper.

    Pages, styles and scripts that the page had loaded before do not count. Texts count as they are
    when a server compresses them.

    :raises QueryError: if there is no browser, or the search shows nothing.
    """
    paper = json.loads((site / "catalog.json").read_text(encoding="utf-8"))["papers"][0]
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  # a browser is not everywhere

        from tests.browser.finder import NoBrowserError, find_browser, launch_arguments  # noqa: PLC0415

        browser_path = find_browser()
    except (ImportError, NoBrowserError) as error:
        raise QueryError(f"no browser: {error}") from error
    sent: list[int] = []
    with _serve(site, sent.append) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=launch_arguments())
        try:
            page = browser.new_page()
            page.goto(f"{address}/{paper['docname']}.html")
            page.wait_for_load_state("networkidle")
            sent.clear()
            page.keyboard.press("/")
            page.locator(".loom-search-dialog[open] input").fill(paper["title"], timeout=_PATIENCE)
            page.locator('.loom-found[aria-busy="false"] a').first.wait_for(timeout=_PATIENCE)
            page.wait_for_load_state("networkidle")
        except Error as error:
            raise QueryError(str(error).splitlines()[0]) from error
        finally:
            browser.close()
    return sum(sent)


@contextmanager
def _serve(site: Path, note: Callable[[int], object]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Counting, directory=str(site), note=note))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Counting(SimpleHTTPRequestHandler):
    """Serves files and notes how large each is on its way."""

    def __init__(self, *arguments: object, note: Callable[[int], object], directory: str) -> None:
        self._note = note
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Note the size of the file that is asked for, and send it."""
        path = Path(self.translate_path(self.path))
        if path.is_file():
            data = path.read_bytes()
            self._note(len(gzip.compress(data, mtime=0)) if path.suffix in _COMPRESSED else len(data))
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""
