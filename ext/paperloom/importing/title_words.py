"""The words around an address, as far as they may be a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from paperloom.importing.addresses import host_of, is_host
from paperloom.importing.blocks import CARD, HEADING, Block, Span
from paperloom.importing.entry import is_sentence, join
from paperloom.importing.pieces import Address, Line, Piece, Words, is_ornament, tidy_words, words_of_line
from paperloom.importing.venues import is_venue
from paperloom.importing.words import label_of, strip_label, words_of

_SITE_SUFFIX = re.compile(
    r"\s*(?:[–—|｜·]+|(?<=\s)-+(?=\s)|-+\s)\s*[\[【(（]?(?P<site>[^–—|｜·\s\[\]【】()（）]{2,60}|acl \S+?)[\]】)）]?$",
    re.IGNORECASE,
)
_SITE_IN_BRACKETS = re.compile(r"\s*[\[【(（]\s*(?P<site>[\w.-]+\.[a-z]{2,})\s*[\]】)）]$", re.IGNORECASE)
_QUOTED_BEHIND_AUTHORS = re.compile(
    r"(?P<authors>[^\"“”]{2,80})(?P<sign>[,.，:：])\s*[\"“](?P<title>[^\"“”]{4,}?)[.,]?[\"”][.,]?"
)
_QUOTED_BEFORE_AUTHORS = re.compile(r"[\"“](?P<title>[^\"“”]{4,}?)[.,]?[\"”]\s*[,.，]\s*[^\"“”]{2,120}")
_ID_BEHIND = re.compile(r"[\s,，.]*(?:arxiv)?[\s:：,，]*", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|van|von|de|der|den|di|da|la|le)){1,4}")
_SITE_NAMES = frozenset({"arxiv", "openreview", "acl anthology", "acl 选集", "github", "medium", "youtube"})


def place_of(lines: list[Line], address: Address) -> tuple[int, int]:
    """Return line and place in it at which an address stands."""
    for number, line in enumerate(lines):
        for at, piece in enumerate(line):
            if piece is address or piece == address:
                return number, at
    return 0, 0


def words(lines: list[Line]) -> str:
    """Return the words of some lines as one text."""
    return joined(words_of_line(line) for line in lines)


def joined(parts: Iterable[str]) -> str:
    """Return the parts of a title as one."""
    text = ""
    for part in parts:
        text = join(text, part)
    return text


def label_before(text: str) -> str:
    """Return what stands before the first colon of a line."""
    return re.split(r"[:：]", text, maxsplit=1)[0]


def last_words(lines: list[Line], number: int, at: int) -> str:
    """Return the words right before a place, as they stand there."""
    before = [piece for line in [*lines[:number], lines[number][:at]] for piece in line]
    return before[-1].text if before and isinstance(before[-1], Words) else ""


def is_sentence_free(block: Block) -> bool:
    """Return whether a block says nothing that reads as text: a picture, a card, a rule."""
    return block.kind in (CARD, HEADING) or block.is_picture or block.is_rule or not block.text


def without_site(title: str, url: str | None) -> str:
    """Return a title without the name of the site that a browser shows behind it."""
    match = _SITE_SUFFIX.search(title) or _SITE_IN_BRACKETS.search(title)
    if not match:
        return title
    site = match["site"].strip().casefold()
    host = host_of(url) if url else ""
    own = bool(host) and is_host(site) and (host.endswith(site.removeprefix("www.")) or site.endswith(host))
    return title[: match.start()].strip() or title if own or site in _SITE_NAMES else title


def is_links(line: Line) -> bool:
    """Return whether a line holds links with words, and nothing else that reads."""
    return any(isinstance(piece, Address) and piece.label for piece in line) and not any(
        isinstance(piece, Words) and re.search(r"\w", piece.text) for piece in line
    )


def begins_with_sign(line: Line) -> bool:
    """Return whether a line begins with a picture that says what it gives: ``🔗 https://…``."""
    return isinstance(line[0], Words) and is_ornament(line[0].text.strip()[:1] or "a")


def is_note(line: Line) -> bool:
    """Return whether a line gives something beside the title, and says so: ``Code: …``."""
    return label_of(label_before(words_of_line(line))) in ("label_other", "label_text")


def is_aside(text: str) -> bool:
    """Return whether all of a text stands in brackets."""
    return re.fullmatch(r"(?:[(（\[【][^()（）\[\]【】]*[)）\]】][\s,，、;；]*)+", text) is not None


def without_aside(block: Block) -> Block:
    """Return a title in italics without what stands in brackets behind it: ``*Small Nets* (NeurIPS 2020)``."""
    spans = [span for span in block.spans if span.text.strip()]
    while len(spans) > 1 and not _is_emphasised(spans[-1]) and is_aside(spans[-1].text.strip()):
        spans.pop()
    cut = len(spans) < len([span for span in block.spans if span.text.strip()])
    return replace(block, spans=tuple(spans)) if cut and all(_is_emphasised(span) for span in spans) else block


def ends_sentence(line: Line) -> bool:
    """Return whether a line ends as a sentence does before an address in brackets, and is no title in italics."""
    said = [piece for piece in line if isinstance(piece, Words) and re.search(r"\w", piece.text)]
    marked = bool(said) and (said[0].emphasis or said[0].strong)
    return bool(said) and not marked and re.search(r"[.。!！]\s*[(（\[【]*\s*$", said[-1].text) is not None


def begins_in_italics(block: Block) -> str:
    """Return the title with which text begins: words in italics that end as a sentence does."""
    spans = [span for span in block.spans if span.text.strip()]
    count = next((n for n, span in enumerate(spans) if not span.emphasis or span.href), len(spans))
    behind = spans[count].text if 0 < count < len(spans) else ""
    title = tidy_words("".join(span.text for span in spans[:count])).rstrip(".。")
    ended = re.match(r"\s*[.。(（]", behind) or spans[count - 1].text.rstrip().endswith((".", "。")) if behind else None
    return title if ended and len(title) > 5 and not is_sentence(title) and not label_of(title) else ""


def _is_emphasised(span: Span) -> bool:
    return span.emphasis or span.strong


def is_running(block: Block, before: Iterable[Piece]) -> bool:
    """Return whether a block reads as text, and what stands before an address is no title in italics."""
    said = [piece for piece in before if isinstance(piece, Words) and re.search(r"\w", piece.text)]
    return is_sentence(block.text) and not all(piece.emphasis or piece.strong for piece in said)


def without_notes(lines: list[Line], before: str) -> tuple[str, bool]:
    """Return the words before an address without lines such as ``Authors: …`` among them.

    Lines below a title in italics are its authors and the like; whether there are such is said, too.
    """
    lines = [line for line in lines if words_of_line(line)]
    marked = [_is_marked(line) for line in lines]
    if marked[:1] == [True] and None not in marked and False in marked:
        lines = lines[: marked.index(False)]
        return strip_label(words(lines)), True
    said = [words_of_line(line) for line in lines]
    if any(label_of(label_before(text)) for text in said[1:]):
        titles = [text for text in said if label_of(label_before(text)) not in ("label_other", "label_text")]
        before = joined(text for text in titles if label_of(text) is None)
    return (strip_label(before) if not label_of(before) else ""), False


def marked_before_facts(line: Line) -> str:
    """Return the title in italics or strong text before authors or a venue: ``**Small Nets** by A. Doe``."""
    said = [piece for piece in line if isinstance(piece, Words)]
    count = next((n for n, piece in enumerate(said) if not (piece.emphasis or piece.strong)), 0)
    title = tidy_words("".join(piece.text for piece in said[:count]))
    told = any(re.search(r"\w", piece.text) for piece in said[count:])
    behind = told and re.match(r"\s*(?:by\s|[,，(（—–|｜·])", said[count].text) if count else None
    later = tidy_words("".join(piece.text for piece in said[count:] if piece.emphasis and not piece.strong))
    if count and said[0].strong and len(later) > 8 and not is_venue(later):
        return later  # a name in bold, and the title in italics behind it
    return title if behind and len(title) > 8 and not label_of(title) else ""


def without_authors(line: Line, before: str) -> str:
    """Return a title without the authors in front: in italics or quotation marks behind a comma or a full stop.

    ``Doe et al., *Small Nets*`` and ``Doe & Roe. "Small Nets."`` are both ``Small Nets``.
    """
    said = [piece for piece in line if isinstance(piece, Words) and re.search(r"\w", piece.text)]
    plain = next((n for n, piece in enumerate(said) if piece.emphasis), 0)
    authors = "".join(piece.text for piece in said[:plain]).strip()
    marked = said[plain:]
    while len(marked) > 1 and not marked[-1].emphasis and _ID_BEHIND.fullmatch(marked[-1].text):
        marked = marked[:-1]
    if plain and authors.endswith((",", "，", ".", ":", "：")) and all(piece.emphasis for piece in marked):
        return tidy_words("".join(piece.text for piece in marked))
    if len(marked) > 1 and not plain and is_aside(marked[-1].text.strip()):
        names = marked[:-1]
        if all(piece.emphasis for piece in names) and not marked[-1].emphasis:
            return tidy_words("".join(piece.text for piece in names))
    match = _QUOTED_BEHIND_AUTHORS.fullmatch(before)
    if match is None or (match["sign"] in ":：" and not _are_authors(match["authors"])):
        return before  # ``Mudflats: "A Natural Experiment"`` is a title with its second part in quotation marks
    return match["title"].strip()


def _are_authors(text: str) -> bool:
    return names_people(text) or re.search(r"\bet al\b", text) is not None


def without_people(title: str) -> str:
    """Return a title in quotation marks without the authors behind it: ``"Small Nets", A. Doe``."""
    match = _QUOTED_BEFORE_AUTHORS.fullmatch(title)
    return match["title"].strip() if match else title


def names_people(text: str) -> bool:
    """Return whether a text lists two or more people by given and family name: ``Ada Doe, Bo van Roe``."""
    people = [part.strip() for part in re.split(r"[,;·、]|&|\band\b", text) if part.strip()]
    return len(people) > 1 and all(_PERSON.fullmatch(person) for person in people)


def without_label_behind(text: str) -> str:
    """Return a title without the label of the address behind it: ``A Net  link``."""
    folded = text.casefold()
    labels = sorted(words_of("label_paper"), key=len, reverse=True)
    label = next((word for word in labels if len(word) > 1 and folded.endswith(word)), "")
    rest = text[: len(text) - len(label)]
    cut = rest != rest.rstrip() or not rest[-1:].isascii()
    return rest.rstrip() if label and rest.strip() and cut else text


def _is_marked(line: Line) -> bool | None:
    """Return whether all words of a line are in italics or strong; None where some are, or there are none."""
    said = [piece for piece in line if isinstance(piece, Words) and re.search(r"\w", piece.text)]
    marked = [piece.emphasis or piece.strong for piece in said]
    return None if not marked or any(marked) != all(marked) else all(marked)
