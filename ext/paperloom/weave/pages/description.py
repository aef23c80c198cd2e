"""What a page is about, in a line or two: for search engines, previews of links and lists of pages."""

from __future__ import annotations

from paperloom.model.records import Document
from paperloom.weave.mentions import visible_text
from paperloom.weave.sentences import sentence_bounds
from paperloom.weave.woven import Woven

#: A description with fewer characters than this says too little to do without the next sentence.
ENOUGH = 80
#: The most characters of a description; search engines and previews cut longer ones.
LIMIT = 200


def description(woven: Woven, document: Document) -> str:
    """Return the TL;DR of a paper, the first sentences of any other page; nothing where there is no text."""
    if document.paper and document.paper.tldr:
        return shortened(document.paper.tldr)
    if document.lead is None:
        return ""
    return shortened(visible_text(document.lead, woven.facts)[0])


def shortened(text: str, limit: int = LIMIT) -> str:
    """Return the sentences of ``text`` that fit into ``limit`` characters.

    Where that is less than :data:`ENOUGH`, the text is cut between words, with an ellipsis. Text without
    blanks, as in Chinese, is cut between characters.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    end = 0
    while end < limit:
        last = sentence_bounds(text, end, end + 1)[1]
        if last > limit:
            break
        end = last
    if end >= min(ENOUGH, limit // 2):
        return text[:end]
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:–—-") + "…"
