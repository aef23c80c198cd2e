"""How often the garbage collector looks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from paperloom.leaving import is_command

#: Objects that may be made before the garbage collector looks: doctrees are many and live long.
ALLOCATIONS_BETWEEN_COLLECTIONS = 200_000


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Let the garbage collector look rarely, and not at what is there already."""
    thresholds = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS, 20, 100)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def collect_garbage_rarely() -> None:
    """Let the garbage collector of a process that ends with the build look rarely.

    What a build loads and weaves lives until its end: looking through it for what could be freed took
    a tenth of a small build.
    """
    if is_command():
        gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS, 20, 100)
