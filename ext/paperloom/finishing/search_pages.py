"""What Pagefind is given of each page: its own text, and what is known of it, as a small page of HTML.

Pagefind splits text into words at white space. Chinese and Japanese have none between words, so
every character of theirs becomes a word of its own; the script of the search does the same with
what a reader types, and asks for the characters in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from paperloom.finishing.page_text import heading_nodes, own_content, repeated_views
from paperloom.finishing.search_facts import SearchFacts

#: Ideographs, kana and their signs of repetition; ``paperloom-search.js`` has the same ranges.
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN = re.compile(rf"(?<=[^\s])(?=[{UNSPACED}])|(?<=[{UNSPACED}])(?=\w)")
_ATTRIBUTES = re.compile(r' (?:class|href|title|rel|role|lang|alt|src)="[^"]*"')

#: What is known of a page anyway, or says something of it as a file and not of its subject.
_NOT_SEARCHED = ".loom-cite, .loom-reading, .loom-origin, .loom-tags"
#: How much a word counts in some places; headings count more by themselves.
_WEIGHTS = {".loom-authors": "3", ".loom-tldr": "2"}
#: Views that make a page an index, which repeats what other pages say and is not searched.
_INDEXES = frozenset({"archive-list", "author-index", "paper-table", "topic-tree", "venue-index", "week-list"})

#: What is read of a page: its text as HTML, that of its articles by their anchors, and whether it is an index.
SearchedText = tuple[str, dict[str, str], bool]


def separated(text: str) -> str:
    """Return ``text`` with a blank around each character of a script that has none between words."""
    return _BETWEEN.sub(" ", text)


def read_searched_text(markup: str) -> SearchedText:
    """Return what a search finds in a page."""
    content = own_content(markup)
    if content is None:
        return "", {}, False
    for node in content.css(_NOT_SEARCHED):
        node.decompose()
    anchors = [(heading, anchor) for heading, anchor in heading_nodes(content) if heading.tag != "h1"]
    articles = content.css("section.loom-article")
    names = [article.attributes.get("id") or "" for article in articles]
    for node in content.css("[id]"):
        del node.attrs["id"]
    for heading, anchor in anchors:
        heading.attrs["id"] = anchor
    for selector, weight in _WEIGHTS.items():
        for node in content.css(selector):
            node.attrs["data-pagefind-weight"] = weight
    texts = {}
    for name, article in zip(names, articles, strict=True):
        for heading in article.css("[id]"):
            del heading.attrs["id"]
        about = article.css_first(".loom-article-header")
        line = (about.html or "") if about is not None else ""
        if about is not None:
            about.decompose()
        # Who wrote it and where stands behind the text, which is shown where only the title was sought.
        texts[name] = _small(f"{article.inner_html}{line}")
        article.decompose()
    return _small(content.inner_html), texts, not _INDEXES.isdisjoint(repeated_views(markup))


def _small(html: str | None) -> str:
    return separated(_ATTRIBUTES.sub("", html or ""))


def pages_of(address: str, facts: SearchFacts, text: SearchedText) -> Iterator[tuple[str, str]]:
    """Yield (address, HTML) of what Pagefind is given for the document at ``address`` and for its articles."""
    own, articles, _index = text
    yield address, _page(facts, own)
    for anchor, article in facts.articles.items():
        if anchor in articles:
            yield f"{address}#{anchor}", _page(article, articles[anchor])


def _page(facts: SearchFacts, text: str) -> str:
    known = [_known("meta", "title", separated(facts.title))]
    known += [_known("meta", name, separated(value)) for name, value in sorted(facts.meta.items()) if value]
    known.append(_known("filter", "kind", facts.kind))
    known += [_known("filter", name, value) for name, values in sorted(facts.filters.items()) for value in values]
    known.append(_known("sort", "date", facts.date))
    also = f"<p>{escape(separated(' · '.join(facts.also)))}.</p>" if facts.also else ""
    return f"<!doctype html><html><head></head><body data-pagefind-body>{''.join(known)}\n{text}{also}</body></html>\n"


def _known(what: str, name: str, value: str) -> str:
    return f'<b data-pagefind-{what}="{name}" data-pagefind-ignore>{escape(value)}</b>'


def is_index(text: Any) -> bool:
    """Return whether a page is an index of others."""
    return bool(text[2])
