"""Names of people as they are pasted: what BibTeX would read as parts of a name that they are not."""

from __future__ import annotations

import re
from dataclasses import replace

from pybtex.database import InvalidNameString

from paperloom.model.records import Author
from paperloom.sources.bibliography import read_name

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "junior", "senior", "phd", "ph.d.", "md"})
_GROUP = re.compile(r"\{[^{}]*\}")
_BETWEEN_PEOPLE = re.compile(r"\\?&|[;；、]|(?<!\w)und(?!\w)|(?<!\w)和(?!\w)")


def read_pasted_name(text: str) -> Author:
    """Return the person that ``text`` names, as :func:`read_name` does.

    Fullwidth commas count as commas, and a suffix may stand behind the family name without one:
    ``Sammy Davis Jr.``

    :raises InvalidNameString: if it cannot be read, or names several people without ``and`` between them.
    """
    text = re.sub(r"\s*，\s*", ", ", text) if "{" not in text else text
    outside = text
    while (without := _GROUP.sub("x", outside)) != outside:
        outside = without
    parts = [part.strip() for part in outside.split(",")]
    if _BETWEEN_PEOPLE.search(outside) or (len(parts) > 2 and parts[1].casefold() not in _SUFFIXES):
        raise InvalidNameString(text)
    words = text.split()
    if len(parts) == 1 and len(words) > 2 and words[-1].casefold() in _SUFFIXES - {"v"}:
        return replace(read_name(" ".join(words[:-1])), suffix=words[-1])
    return read_name(text)
