"""Citation keys of papers whose author nobody has looked up, and ids of articles."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import unquote, urlsplit

from paperloom.importing.addresses import host_of
from paperloom.importing.entry import Entry
from paperloom.model.identifiers import identify
from paperloom.sources.articles import make_anchor
from paperloom.sources.citation_keys import make_citation_key, to_ascii

#: Ids that headings of the page and its generated parts have.
RESERVED = frozenset({"papers", "technical-articles", "use-cases", "other-topics", "editors-picks"})
_LONGEST_ID = 60
_NUMBER_BEHIND = re.compile(r"-[0-9a-f]{8,}$")


def arxiv_year(arxiv: str | None) -> int | None:
    """Return the year in which a paper came to arXiv, which its id says."""
    match = re.match(r"(?:[\w.-]+/)?(\d{2})\d{2}", arxiv or "")
    if not match:
        return None
    year = int(match[1])
    return 1900 + year if year > 90 else 2000 + year


def is_provisional(key: str) -> bool:
    """Return whether a citation key was made without an author: a name for the time being."""
    return re.match(r"anonymous\d{4}", key) is not None


def provisional_key(entry: Entry, title: str, week: str, place: int, taken: Container[str]) -> str:
    """Return the key of a paper whose author is not known.

    ``anonymous`` stands for the family name, and the year is that of the arXiv id or else of the
    issue. The word is the first significant one of the title in Latin letters; where it has none,
    the id of the paper, or its place in the issue: ``anonymous2020mt5``, ``anonymous2020arxiv201011934``.
    """
    year = arxiv_year(entry.arxiv) or int(week[:4])
    names = [title]
    if entry.arxiv:
        names.append(f"arxiv{to_ascii(entry.arxiv)}")
    identifier = identify(entry.url) if entry.url else None
    if identifier is not None:
        last = re.split(r"[/=]", re.sub(r"\.\w{1,4}$", "", identifier.value))[-1]
        names.append(f"{identifier.kind if identifier.kind != 'url' else ''}{to_ascii(last)[-24:]}")
    names.append(f"{to_ascii(week)}paper{place}")
    for name in names:
        try:
            return make_citation_key("", year, name, taken)
        except ValueError:
            continue
    number = 2
    while f"anonymous{year}{names[-1]}n{number}" in taken:
        number += 1
    return f"anonymous{year}{names[-1]}n{number}"


def article_id(entry: Entry, title: str, kind: str, taken: Container[str]) -> str:
    """Return the id of an article: words of its title where that is Latin, else of its address."""
    candidates = []
    letters = [character for character in title if character.isalpha()]
    if letters and sum(character.isascii() for character in letters) * 4 >= len(letters) * 3:
        candidates.append(make_anchor(title))
    if entry.url:
        candidates.append(_of_address(entry.url))
    candidates += [make_anchor(title), make_anchor(host_of(entry.url)) if entry.url else kind, kind]
    name = next((_shortened(each) for each in candidates if len(each) > 3 and each != "article"), kind)
    return _free(name, taken)


def _of_address(url: str) -> str:
    path = re.sub(r"\.(?:html?|php|aspx?|pdf|md)$", "", unquote(urlsplit(url).path).rstrip("/"))
    step = _NUMBER_BEHIND.sub("", path.rpartition("/")[2])
    if step in ("index", "view", "watch", "") or not re.search(r"[A-Za-z]{3}", step):
        return ""
    return make_anchor(step) if re.search(r"[a-z]{3}", step) and not re.fullmatch(r"\w{20,}", step) else ""


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST_ID:
        return name
    cut = name[:_LONGEST_ID].rpartition("-")[0]
    return cut or name[:_LONGEST_ID]


def _free(name: str, taken: Container[str]) -> str:
    number = 1
    found = name
    while found in taken or found in RESERVED:
        number += 1
        found = f"{name}-{number}"
    return found
