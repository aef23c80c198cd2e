"""Looks at built sites: does a page show what it should, and how large is everything."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from statistics import median_low

from benchmarks.edits import Expectation
from benchmarks.results import Sizes
from benchmarks.systems import System

#: The sidebar of furo's pages, which shows the years, and the months or issues of one year.
_SIDEBAR = re.compile(rb'<aside [^>]*class="sidebar-drawer".*?</aside>', re.DOTALL)


def missing(system: System, tree: Path, expected: Iterable[Expectation]) -> str:
    """Return what the built pages should show and do not, or nothing."""
    problems = []
    for each in expected:
        page = tree / system.site / system.page(each.docname)
        if not page.is_file():
            problems.append(f"the page of {each.docname} is missing")
        elif each.text not in page.read_text(encoding="utf-8"):
            problems.append(f"the page of {each.docname} does not show {each.text!r}")
    return "; ".join(problems)


def sizes_of(system: System, tree: Path, papers: int) -> Sizes:
    """Measure the built site in ``tree``."""
    site = tree / system.site
    pages = sorted(site.glob(system.page("papers/*")))
    search = [path for pattern in system.search_index for path in sorted(site.glob(pattern))]
    everything = [path for path in site.rglob("*") if path.is_file()]
    catalog = site / "catalog.json"
    return Sizes(
        papers=papers,
        system=system.name,
        page=median_low([path.stat().st_size for path in pages] or [0]),
        page_content=median_low([len(without_sidebar(path.read_bytes())) for path in pages] or [0]),
        page_gzip=median_low([_gzipped(path) for path in pages] or [0]),
        search_index=sum(path.stat().st_size for path in search),
        search_index_gzip=sum(map(_gzipped, search)),
        pagefind=sum(path.stat().st_size for path in everything if "pagefind" in path.relative_to(site).parts[:1]),
        catalog=catalog.stat().st_size if catalog.is_file() else 0,
        total=sum(path.stat().st_size for path in everything),
        files=len(everything),
    )


def without_sidebar(page: bytes) -> bytes:
    """Return the HTML of a page without the navigation beside it."""
    return _SIDEBAR.sub(b"", page)


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))
