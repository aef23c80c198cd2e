"""Times how long the bibliography takes to load; run as a program in a process of its own."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from paperloom.parsed_bibliography import Loaded, digest_of


def seconds_to_load(docs: Path, kept: Path) -> float:
    """Load ``docs/references.bib``, from the file ``kept`` where that is there, and return the seconds."""
    paths = [docs / "references.bib"]
    start = time.perf_counter()
    entries = Loaded(paths, docs, kept, digest_of(paths, docs)).references
    seconds = time.perf_counter() - start
    if not entries:
        raise SystemExit(f"no entries in {docs}")
    return seconds


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seconds_to_load(Path(sys.argv[1]), Path(sys.argv[2]))))
