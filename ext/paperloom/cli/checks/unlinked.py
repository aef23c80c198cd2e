"""Papers that pages name without a link, found again only where something changed."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from paperloom.cli.checks.facts import PageFacts, PlainText, UnlinkedMention
from paperloom.weave.mentions import Name, NameIndex

if TYPE_CHECKING:
    from paperloom.sources.pages import Page

_BETWEEN = "\0"  # Markdown has no such character
#: Beyond this many changed names it is faster to look for all names in all pages.
_MOST_NAMES = 50
#: In so few texts it is faster to look for each name than to make an index of all names.
_FEWEST_TEXTS = 10


def plain_text(page: Page) -> PlainText:
    """Return the paragraphs of ``page`` in the form in which they are kept."""
    texts = _BETWEEN.join(paragraph.text.replace(_BETWEEN, " ") for paragraph in page.paragraphs)
    lines = [
        (paragraph.line, tuple((link.start, link.end) for link in paragraph.links)) for paragraph in page.paragraphs
    ]
    return _encoded(texts), marshal.dumps(lines)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def names_of(papers: Mapping[str, PageFacts]) -> dict[str, str]:
    """Return the citation key that each alias and title stands for; names of two papers are left out."""
    keys: dict[str, str] = {}
    shared: set[str] = set()
    for key, page in papers.items():
        for text in (*(alias for alias, _line in page.aliases), page.title):
            if text and keys.setdefault(text, key) != key:
                shared.add(text)
    return {text: key for text, key in keys.items() if text not in shared}


def index_of(names: Mapping[str, str], texts: Sequence[PlainText] | None = None) -> NameIndex:
    """Return the index that finds ``names`` in text, or those of them that stand in ``texts`` where these are few."""
    wanted = names.items()
    if texts is not None and len(texts) <= _FEWEST_TEXTS:
        together = "\n".join(text[0].decode("utf-8", "surrogatepass") for text in texts)
        wanted = {text: key for text, key in wanted if text in together}.items()
    return NameIndex(Name(text, key, "") for text, key in wanted)


def changed_names(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str] | None:
    """Return the names that came, went or stand for another paper; None where they are too many to look for."""
    changed = {text for text, _key in before.items() ^ now.items()}
    return frozenset(changed) if len(changed) <= _MOST_NAMES else None


def names_any(text: PlainText, names: Iterable[bytes]) -> bool:
    """Return whether one of ``names``, as bytes, stands in the text."""
    return any(name in text[0] for name in names)


def as_bytes(names: Iterable[str]) -> tuple[bytes, ...]:
    """Return ``names`` as :func:`names_any` takes them."""
    return tuple(map(_encoded, sorted(names)))


def find_unlinked(page: PageFacts, text: PlainText, index: NameIndex) -> tuple[UnlinkedMention, ...]:
    """Return the first place of each paper that the page names without ever linking it."""
    if page.stated_kind is None:
        return ()
    done = {target for role, target, _line in page.roles if role in ("paper", "citation")}
    if page.stated_kind == "paper":
        done.add(page.name)
    found: list[UnlinkedMention] = []
    paragraphs = text[0].decode("utf-8", "surrogatepass").split(_BETWEEN)
    for paragraph, (line, links) in zip(paragraphs, marshal.loads(text[1]), strict=False):  # noqa: S302  # our own
        for start, end, name in index.find(paragraph):
            if name.key not in done and not any(start < stop and begin < end for begin, stop in links):
                done.add(name.key)
                found.append((name.text, name.key, line))
    return tuple(found)
