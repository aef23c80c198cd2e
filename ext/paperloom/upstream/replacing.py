"""Putting a function of ours in the place of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: What has been replaced so far, as (module or class, name).
REPLACED: list[tuple[Any, str]] = []


def replace(owner: Any, name: str, function: Callable[..., Any]) -> None:
    """Set the attribute ``name`` of a module or class; what was there stays on ``function.original``.

    A second call finds the function of the first and keeps the original of that.
    """
    there = owner.__dict__[name]
    function.original = getattr(there, "original", there)  # type: ignore[attr-defined]
    setattr(owner, name, function)
    if (owner, name) not in REPLACED:
        REPLACED.append((owner, name))


def original(owner: Any, name: str) -> Any:
    """Return what stood in a place before :func:`replace`."""
    there = owner.__dict__[name]
    return getattr(there, "original", there)
