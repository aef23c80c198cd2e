"""The list of every document name that was ever published: ``addresses.txt`` in the source directory.

One name stands on each line, sorted; blank lines and lines that start with a hash are comments. The
file need not be there; where it is, no address in it may get lost.
"""

from __future__ import annotations

from collections.abc import Iterable

#: The name of the file, below the source directory.
ADDRESSES = "addresses.txt"
#: What stands at its top.
HEAD = """\
# Every page that was ever published, by the name of its document. 'nox -s check' refuses to lose one:
# a page that was renamed says so in its front matter (former: [papers/oldname]).
# 'nox -s check -- --fix' adds new pages; nobody has to edit this file by hand.
"""


def read_addresses(text: str) -> list[tuple[str, int]]:
    """Return the (document name, line) pairs that ``text`` lists."""
    lines = ((line.strip(), number) for number, line in enumerate(text.splitlines(), 1))
    return [(name, number) for name, number in lines if name and not name.startswith("#")]


def with_addresses(text: str, names: Iterable[str]) -> str:
    """Return the list ``text`` with ``names`` in it, sorted, each once; ``text`` itself if nothing is missing."""
    listed = [name for name, _line in read_addresses(text)]
    wanted = sorted({*listed, *names})
    if listed == wanted:
        return text
    comments = [line for line in text.splitlines() if line.strip().startswith("#")]
    return "\n".join([*(comments or HEAD.splitlines()), *wanted]) + "\n"
