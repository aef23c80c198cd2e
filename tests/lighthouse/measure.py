"""Serves a built site as hosts do, and runs Lighthouse on its pages in its default form for mobile devices.

Lighthouse loads a page once, without brakes, and computes from that what a phone on a slow connection would take
(simulated throttling). What other programs do on the machine still shows in it, so each page is loaded several times
and the median counts.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.finder import find_browser, launch_arguments
from tests.browser.server import QuietHandler, serve

FOLDER = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: The least score of each category.
LEAST = 95
SECONDS = 180
_TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class LighthouseError(Exception):
    """Lighthouse cannot be run, or did not do its work; the text says why."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one page from 0 to 100: of each category, one for each run; and how fast the machine was.

    Lighthouse's index of the machine is about 2,000 for an idle one of today, and a few hundred for a busy one.
    """

    page: str
    of: Mapping[str, Sequence[float]]
    machine: Sequence[float]

    def median(self, category: str) -> float:
        """Return what counts."""
        return statistics.median(self.of[category])

    def enough(self) -> bool:
        """Whether every category reaches the least score."""
        return all(self.median(category) >= LEAST for category in self.of)


class CompressingHandler(QuietHandler):
    """Serves text compressed with gzip and keeps connections open, as GitHub Pages and other hosts do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802  # the base class looks for this name
        """Answer with a file; what is text is compressed."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.suffix not in _TEXT or not path.is_file():
            super().do_GET()
            return
        data = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def install(folder: Path) -> Path:
    """Install the pinned Lighthouse into ``folder`` and return its program.

    :raises LighthouseError: if Node.js is missing or the packages cannot be had.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise LighthouseError("Node.js and npm are not installed (Debian: apt-get install nodejs npm)")
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    lock = (FOLDER / "package-lock.json").read_bytes()
    kept = folder / "package-lock.json"
    if program.is_file() and kept.is_file() and kept.read_bytes() == lock:
        return program
    shutil.copyfile(FOLDER / "package.json", folder / "package.json")
    kept.write_bytes(lock)
    command = [npm, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not program.is_file():
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        raise LighthouseError(f"npm could not install Lighthouse: {done.stderr.strip()[-400:]}")
    return program


def run_once(program: Path, address: str) -> tuple[dict[str, float], float]:
    """Return the scores of one run, by category, and the index of the machine.

    :raises LighthouseError: if Lighthouse fails or the page has none of a category.
    """
    flags = " ".join(["--headless=new", "--disable-quic", "--no-first-run", *launch_arguments()])
    with TemporaryDirectory(prefix="paperloom-lighthouse-") as folder:
        answer = Path(folder, "report.json")  # what it prints is cut off where a page is large
        done = subprocess.run(
            [
                *("node", str(program), address, "--quiet", "--output=json", f"--output-path={answer}"),
                *(f"--chrome-flags={flags}", "--no-enable-error-reporting"),
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            env={**os.environ, "CHROME_PATH": find_browser()},
        )
        if done.returncode != 0 or not answer.is_file():
            raise LighthouseError(f"{address}: {done.stderr.strip()[-400:] or f'exit {done.returncode}'}")
        report = json.loads(answer.read_text(encoding="utf-8"))
    scores = {name: report["categories"][name]["score"] for name in CATEGORIES}
    if None in scores.values():
        raise LighthouseError(f"{address}: {report.get('runtimeError') or 'a category has no score'}")
    return {name: round(100 * score, 1) for name, score in scores.items()}, report["environment"]["benchmarkIndex"]


def measure(program: Path, site: Path, pages: Sequence[str], runs: int) -> Iterator[Scores]:
    """Yield the scores of each page of ``site``, loaded ``runs`` times."""
    with serve(site, CompressingHandler) as address:
        for page in pages:
            found = [run_once(program, f"{address}/{page}") for _run in range(runs)]
            of = {name: [scores[name] for scores, _machine in found] for name in CATEGORIES}
            yield Scores(page, of, [machine for _scores, machine in found])
