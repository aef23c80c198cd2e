"""Pages of reports in Markdown, safe for what others wrote: nothing in them formats, links or notifies."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Rows of one section; a page is a summary that a person reads, and issues of GitHub are bounded.
MOST_ROWS = 100
_LONGEST = 300
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~@$&])")
#: What an address may hold between angle brackets.
_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f]+")


def page(title: str, summary: str, to_do: int, sections: Iterable[str]) -> str:
    """Return a page; sections without rows are left out.

    ``to_do`` is the number of rows that a person has to look at. The line that says so is read by the
    workflow that keeps the issue.
    """
    needed = f"To look at: {to_do}." if to_do else "Nothing needs to be looked at."
    return "\n\n".join([f"# {title}", needed, summary, *filter(None, sections)]) + "\n"


def section(title: str, rows: Iterable[str], advice: str = "") -> str:
    """Return a section with a list of ``rows``, empty where there are none."""
    listed = [f"- {row}" for row in rows]
    if not listed:
        return ""
    more = len(listed) - MOST_ROWS
    shown = [*listed[:MOST_ROWS], f"- and {more} more"] if more > 0 else listed
    return "\n\n".join(part for part in (f"## {title} ({len(listed)})", advice, "\n".join(shown)) if part)


def plain(text: str) -> str:
    """Return our own words with the characters escaped that would format."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def quoted(text: str) -> str:
    """Return words of others as code, in which no name is notified and no number becomes a link; cut where long."""
    words = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).replace("`", "'").split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return f"`{words}`" if words else ""


def address(text: str | None) -> str:
    """Return an address as a link, as code where it is none."""
    return f"<{text}>" if text and _ADDRESS.fullmatch(text) else quoted(text or "")


def place(path: str, line: int) -> str:
    """Return a place in a file."""
    return quoted(f"{path}:{line}")
