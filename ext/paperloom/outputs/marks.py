"""Marks in HTML pages for those who read them after Sphinx; browsers take them for comments."""

from __future__ import annotations

import re

#: What stands between such marks repeats what other pages say: a search finds it there and not here.
REPEATED = re.compile(r"<!--repeated:([a-z-]+)-->.*?<!--/repeated-->", re.DOTALL)


def repeated(view: str, markup: str) -> str:
    """Return the markup of a view that repeats what other pages say, between marks."""
    return f"<!--repeated:{view}-->{markup}<!--/repeated-->"
