"""Marks in HTML pages for those who read them after Sphinx; browsers take them for comments."""

from __future__ import annotations

#: What stands between these repeats what other pages say, so that a search finds it there and not here.
REPEATED_FROM = "<!--repeated-->"
REPEATED_TO = "<!--/repeated-->"
