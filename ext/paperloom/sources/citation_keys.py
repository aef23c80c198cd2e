"""Citation keys: family name of the first author, year, first significant word of the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

#: Words that carry no meaning at the start of a title.
INSIGNIFICANT = frozenset(
    """
    a an and are as at be by can do does for from how in is it its not of on or so that the their
    this to towards via was were what when where which who why will with without you your
    """.split()  # noqa: SIM905  # a list of words reads better as text
)
KEY = re.compile(r"[a-z]+[0-9]{4}[a-z0-9]+", re.ASCII)
#: A key names a file, whose name has its limits; no word of a language is as long as this.
_LONGEST_PART = 60

_SPECIAL = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}  # after case folding
)


def to_ascii(text: str) -> str:
    """Return ``text`` in lower-case ASCII letters and digits; other letters lose their accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())


def _significant_words(title: str) -> Iterator[str]:
    for word in re.split(r"[\W_]+", title):
        ascii_word = to_ascii(word)
        if len(ascii_word) > 1 and ascii_word not in INSIGNIFICANT:
            yield ascii_word[:_LONGEST_PART]


def make_citation_key(family: str, year: int, title: str, taken: Container[str] = frozenset()) -> str:
    """Return the citation key of a paper, such as ``xue2020mt5``.

    On a clash with a key in ``taken`` the next title word is added.

    :raises ValueError: if no free key can be made from the title's words.
    """
    base = f"{to_ascii(family)[:_LONGEST_PART] or 'anonymous'}{year}"
    key = base
    for word in _significant_words(title):
        key += word
        if key not in taken:
            return key
    raise ValueError(f"no free citation key for {title!r}: {key!r} is taken")
