"""What a page is made from: every look-up that a view makes, by name.

A view gets its data from tables (papers by key, mentions by key, ...). While it is built, the
tables note what it read; when later something else changes, the view need not be built again.
A name is ``table/key`` for one value and ``table//keys`` for the keys and their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any, TypeVar

Key = TypeVar("Key")
Value_co = TypeVar("Value_co", covariant=True)
Result = TypeVar("Result")

KEYS = "//keys"
#: So many names, at most, are looked for one after another.
_FEW_NAMES = 24


class Reads:
    """Collects the names of what is read."""

    def __init__(self) -> None:
        """Collect nothing yet."""
        self.names: set[str] = set()

    @contextmanager
    def collected(self) -> Iterator[set[str]]:
        """Collect what is read in this block by itself."""
        outer, self.names = self.names, set()
        try:
            yield self.names
        finally:
            self.names = outer


class TrackedTable(Mapping[Key, Value_co]):
    """A table that notes what is read from it."""

    __slots__ = ("_name", "_reads", "_table")

    def __init__(self, name: str, table: Mapping[Key, Value_co], reads: Reads) -> None:
        """Wrap ``table``, called ``name``."""
        self._name = name
        self._table = table
        self._reads = reads

    def __getitem__(self, key: Key) -> Value_co:
        """Return a value and note its name."""
        self._reads.names.add(f"{self._name}/{key}")
        return self._table[key]

    def __contains__(self, key: object) -> bool:
        """Return whether there is a value, and note its name."""
        self._reads.names.add(f"{self._name}/{key}")
        return key in self._table

    def __iter__(self) -> Iterator[Key]:
        """Iterate over the keys and note that."""
        self._reads.names.add(self._name + KEYS)
        return iter(self._table)

    def __len__(self) -> int:
        """Return the number of keys and note that they were asked for."""
        self._reads.names.add(self._name + KEYS)
        return len(self._table)


def changes(name: str, before: Mapping[Any, object], after: Mapping[Any, object]) -> set[str]:
    """Return the names of everything in the table ``name`` that differs before and after."""
    if before is after:
        return set()
    missing = object()
    different = {
        f"{name}/{key}"
        for key, value in after.items()
        if (earlier := before.get(key, missing)) is not value and earlier != value
    }
    different |= {f"{name}/{key}" for key in before.keys() - after.keys()}
    if list(before) != list(after):
        different.add(name + KEYS)
    return different


class SharedResults:
    """Results that several pages share, each with the names of what it was made from."""

    def __init__(self, reads: Reads) -> None:
        """Share nothing yet."""
        self._reads = reads
        self._results: dict[str, object] = {}
        self._digests: dict[str, str] = {}
        #: The names that each result read, joined, by the name of the result.
        self.reads: dict[str, str] = {}

    def get(self, name: str, make: Callable[[], Result]) -> Result:
        """Return the result called ``name``, made when it is first asked for, and note its name."""
        if name not in self._results:
            with self._reads.collected() as names:
                self._results[name] = make()
            self.reads[name] = joined(names)
        self._reads.names.add(f"shared/{name}")
        return self._results[name]  # type: ignore[return-value]  # what ``make`` returned

    def digest(self, name: str) -> str:
        """Return a digest of the result called ``name``, which has been made."""
        if name not in self._digests:
            text = repr(self._results[name])
            self._digests[name] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return self._digests[name]


def joined(names: Iterable[str]) -> str:
    """Return ``names`` as one text, which is kept and loaded many times faster than a set of them."""
    return "\0".join(("", *sorted(names), ""))


class Touch:
    """Tells which of many ``joined`` names are among those that changed."""

    def __init__(self, changed: AbstractSet[str]) -> None:
        """Look for the names in ``changed``."""
        self._changed = changed
        # A few names are found faster in the text; many are not.
        self._marked = [f"\0{name}\0" for name in changed] if len(changed) <= _FEW_NAMES else None

    def __call__(self, reads: str) -> bool:
        """Return whether any of the names joined in ``reads`` changed."""
        if self._marked is None:
            return not self._changed.isdisjoint(reads.split("\0"))
        return any(name in reads for name in self._marked)
