"""Entries of one or more BibTeX files under one key each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from paperloom.model.problems import Problem, Subtype


class _Entry(Protocol):
    """What has a citation key and a place."""

    @property
    def key(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...


_AnyEntry = TypeVar("_AnyEntry", bound=_Entry)


def add_entries(entries: Iterable[_AnyEntry], known: dict[str, _AnyEntry], problems: list[Problem]) -> None:
    """Add ``entries`` to ``known``, by key; an entry whose key is there, letter case aside, is a problem instead."""
    lowered = {key.lower(): entry for key, entry in known.items()}
    for entry in entries:
        earlier = lowered.setdefault(entry.key.lower(), entry)
        if earlier is entry:
            known[entry.key] = entry
            continue
        message = f"the key '{entry.key}' is used twice: see {earlier.path}:{earlier.line}"
        remedy = f"remove one of them or rename this entry (keys differ in more than case, '{earlier.key}')"
        problems.append(Problem(entry.path, entry.line, message, remedy, Subtype.BIBTEX_DUPLICATE))
