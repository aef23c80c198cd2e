"""``python -m tests.lighthouse SITE TOOLS [RUNS]``: Lighthouse's scores of the main pages of a built site.

The program is kept in the folder TOOLS. The end is 0, with a message, where Node.js is missing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.browser.finder import NoBrowserError, find_browser
from tests.lighthouse.measure import LEAST, LighthouseError, Scores, install, measure

PAGES = (
    "index.html",
    "weeks/2020-w44.html",
    "papers/xue2020mt5.html",
    "topics/self-supervised-learning.html",
    "indexes/papers.html",
)
RUNS = 5


def main(arguments: list[str]) -> int:
    """Print the scores; return 1 where a median is below the least score."""
    site, tools, *rest = arguments
    runs = int(rest[0]) if rest else RUNS
    try:
        find_browser()
        program = install(Path(tools))
    except (LighthouseError, NoBrowserError) as error:
        print(f"Lighthouse was skipped: {error}")
        return 0
    print(f"{len(PAGES)} pages, {runs} runs each; {_load()} at the start")
    results = []
    for scores in measure(program, Path(site), PAGES, runs):
        results.append(scores)
        print(_line(scores), flush=True)
    print(f"{_load()} at the end")
    low = [scores.page for scores in results if not scores.enough()]
    print(f"below {LEAST}: {', '.join(low)}" if low else f"all medians are {LEAST} or more")
    return 1 if low else 0


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return "an unknown load"
    return f"a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _line(scores: Scores) -> str:
    each = (f"{name} {scores.median(name):g} ({min(values):g}-{max(values):g})" for name, values in scores.of.items())
    slowest, fastest = min(scores.machine), max(scores.machine)
    return f"{scores.page}: {', '.join(each)}; index of the machine {slowest:.0f}-{fastest:.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
