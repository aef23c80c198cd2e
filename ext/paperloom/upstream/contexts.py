"""What templates know of a page."""

from __future__ import annotations

from typing import Any


class PageContext(dict[str, Any]):
    """What templates know of a page. Sphinx takes down all arguments of an event for its log, which nobody reads."""

    def __repr__(self) -> str:
        return f"<context of '{self.get('pagename', '')}'>"

    def copy(self) -> PageContext:
        """Return a copy, as Sphinx makes one for each page."""
        return PageContext(self)
