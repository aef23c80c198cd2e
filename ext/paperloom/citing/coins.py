"""COinS: a paper as an OpenURL in the title of an empty span, from which reference managers save it.

https://web.archive.org/web/2017/http://ocoins.info/ describes the span, ANSI/NISO Z39.88-2004 the keys: the
matrices ``journal``, ``book``, ``dissertation``, and Dublin Core for what has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from paperloom.citing.csl import PREPRINT, Item, name_last_first, year_of

_BOOKS = {"paper-conference": "proceeding", "chapter": "bookitem", "book": "book", "report": "report"}


def coins_span(item: Item) -> str:
    """Return the span of an item of CSL-JSON."""
    return f'<span class="Z3988" title="{escape(context_object(item))}"></span>'


def context_object(item: Item) -> str:
    """Return the context object of an item: keys and values as in the query of an address."""
    # Readers take a plus for a blank, written out or not.
    return "&".join(f"{key}={quote(str(value), safe='')}" for key, value in _pairs(item) if value)


def _pairs(item: Item) -> Iterator[tuple[str, object]]:
    kind, title = item["type"], item.get("title")
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{_matrix(kind)}"
    if doi := item.get("DOI"):
        yield "rft_id", f"info:doi/{doi}"
    yield "rft_id", item.get("URL")
    if kind == "article-journal":
        yield "rft.genre", "article"
        yield "rft.atitle", title
        yield "rft.jtitle", item.get("container-title")
    elif kind in _BOOKS:
        yield "rft.genre", _BOOKS[kind]
        within = item.get("container-title")
        yield "rft.atitle", title if kind in ("paper-conference", "chapter") else None
        yield "rft.btitle", within if kind in ("paper-conference", "chapter") else title
    else:
        yield "rft.title", title
        if kind == "thesis":
            yield "rft.inst", item.get("publisher")
            yield "rft.degree", item.get("genre")
        else:
            yield "rft.type", "preprint" if kind == PREPRINT else "document"
            yield "rft.source", item.get("publisher")
            yield "rft.identifier", item.get("URL")
    for name in item.get("author", ()):
        yield "rft.au", _author(name)
    yield "rft.date", year_of(item)
    yield "rft.volume", item.get("volume")
    yield "rft.issue", item.get("issue")
    first, _dash, last = str(item.get("page", "")).partition("-")
    yield "rft.pages", item.get("page")
    yield "rft.spage", first
    yield "rft.epage", last
    if kind in _BOOKS:
        yield "rft.pub", item.get("publisher")
        yield "rft.place", item.get("publisher-place")
        yield "rft.series", item.get("collection-title")
        yield "rft.edition", item.get("edition")
    yield "rft.isbn", item.get("ISBN")
    yield "rft.issn", item.get("ISSN")


def _matrix(kind: str) -> str:
    if kind == "article-journal":
        return "journal"
    if kind in _BOOKS:
        return "book"
    return "dissertation" if kind == "thesis" else "dc"


def _author(name: dict[str, str]) -> str:
    """Return ``Family, Given``; readers split names at the first comma and keep two parts.

    The comma behind an organisation keeps them from taking its last word for a family name.
    """
    if "literal" in name:
        return f"{name['literal']},"
    if "suffix" in name:
        name = name | {"given": f"{name.get('given', '')} {name['suffix']}".strip()}
        del name["suffix"]
    return name_last_first(name)
