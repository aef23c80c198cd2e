"""Writes a corpus in the format of each system; the text is the same, the markup is each system's own.

A writer is a function from a corpus to the texts of all files by their path below the tree's root.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.records import Corpus

Writer = Callable[[Corpus], dict[str, str]]
