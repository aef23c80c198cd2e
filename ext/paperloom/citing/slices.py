"""Parts of the knowledge base that can be downloaded: their names are those of the files, without suffix."""

from __future__ import annotations

import re
import zlib

from paperloom.model.layout import ARCHIVE, TOPICS, WEEKS
from paperloom.sources.citation_keys import to_ascii

#: All papers.
WHOLE = "references"
AUTHORS = "authors"
#: An author of fewer papers has no file: the page of the paper, which the index names, has it.
FEWEST_OF_AN_AUTHOR = 2


def week_slice(week_id: str) -> str:
    """Return the name of the part with the papers of an issue."""
    return f"{WEEKS}/{week_id}"


def topic_slice(slug: str) -> str:
    """Return the name of the part with the papers of a topic."""
    return f"{TOPICS}/{slug}"


def period_slice(period: str) -> str:
    """Return the name of the part with the papers of the issues of a year or a month."""
    return f"{ARCHIVE}/{period}"


def author_slice(name: str) -> str:
    """Return the name of the part with the papers of an author, whose ``name`` is in reading order.

    >>> author_slice("Guido van Rossum")
    'authors/guido-van-rossum'

    A name with other letters than ASCII has a checksum behind it: José is not Jose, and 王伟 is not 李娜.
    """
    words = [word for word in (to_ascii(word) for word in re.split(r"[\W_]+", name)) if word]
    if not name.isascii() or not words:
        words.append(f"{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}")
    return f"{AUTHORS}/{'-'.join(words)}"
