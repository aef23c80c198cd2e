"""What an answer says of an external link, and what is reported of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from paperloom.cli.links.places import Kind
from paperloom.cli.links.redirects import Hop, new_address

#: Only these answers say that a page is gone; refusals and faults say nothing about it.
_GONE = (404, 410)


class State(Enum):
    """What is known of an external link."""

    WORKING = "working"
    MOVED = "moved"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of an address: ``detail`` says why, ``new`` is its address from now on where it moved.

    ``lasting`` is false where asking again soon may give another answer; ``answered`` is false where the host
    gave none at all.
    """

    state: State
    detail: str = ""
    new: str | None = None
    lasting: bool = True
    answered: bool = True


@dataclass(frozen=True, slots=True, order=True)
class ExternalLink:
    """An external link: where it stands (file and line), its address, and what was found out about it.

    ``moved_to`` is its new address where it has one for good, ``kept`` says why that is not taken over,
    ``archived`` is a copy in the archive (empty: there is none, None: not asked), ``checked`` when it was asked.
    ``copy`` says of the address of an article whether the article states an archived copy: ``stated`` or ``missing``.
    """

    path: str
    line: int
    address: str
    state: str
    detail: str
    kind: str = Kind.PAGE.value
    moved_to: str | None = None
    kept: str = ""
    archived: str | None = None
    checked: str = ""
    copy: str = ""

    @property
    def has_copy(self) -> bool:
        """Whether the article with this address states an archived copy."""
        return self.copy == "stated"

    @property
    def lacks_copy(self) -> bool:
        """Whether this is the address of an article that states no archived copy."""
        return self.copy == "missing"


def judge(address: str, hops: Sequence[Hop], status: int) -> Verdict:
    """Return what the last ``status`` and the redirects before it say of ``address``."""
    if status in _GONE:
        return Verdict(State.GONE, _phrase(status))
    if not 200 <= status < 300:
        return Verdict(State.UNSURE, _phrase(status), lasting=status < 500 and status not in (408, 425, 429))
    new = new_address(address, hops)
    if new is None or new == address:
        return Verdict(State.WORKING)
    return Verdict(State.MOVED, new, new)


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
