"""What one entry says: heading, title, address, site."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperloom.importing.blocks import CARD, Block
from paperloom.importing.pieces import Address, Line, Words, pieces_of, tidy_words, words_of_line
from paperloom.importing.words import is_site_label, label_of

#: Where an address stands in its entry, the most telling places first; the last two are labelled as something else
#: than a paper, :data:`SITE` as the page that an article may be about.
HEAD, REFERENCE, CARDED, LABELLED, START, END, RUNNING, BESIDE, SITE = range(9)

_SENTENCE_END = re.compile(r"[。．!！](?=\s*\S)|(?<=[a-z)\d])\.\s+(?=[A-Z])")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LONGEST_TITLE = 220
#: The level of what heads a list item or a row, where nothing tells an editor's heading from a title.
ITEM_LEVEL = 7


@dataclass(slots=True)
class RawEntry:
    """The blocks of one entry; ``section`` is the kind of section it stands in."""

    section: str
    heading: Block | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line on which the entry starts."""
        return self.heading.line if self.heading else self.blocks[0].line if self.blocks else 1

    @property
    def end(self) -> int:
        """The line on which the entry ends."""
        return max([block.end for block in self.blocks] + ([self.heading.end] if self.heading else [self.line]))

    @property
    def has_words(self) -> bool:
        """Whether anything is said besides the heading."""
        return any(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the entry's, with where it stands."""

    address: Address
    role: int
    block: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was understood. ``page_title`` is the title that a link card shows.

    ``links`` are the other addresses in it, ``text`` what it says in words, paragraph by paragraph;
    ``cards`` are the addresses that it shows a preview of, ``asides`` what stood in brackets around its title.
    """

    section: str
    heading: str | None
    title: str | None
    url: str | None
    arxiv: str | None
    site: str | None
    page_title: str | None
    links: tuple[Address, ...]
    text: tuple[str, ...]
    line: int
    end: int
    doubts: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call the entry in a message."""
        return self.heading or self.title or self.page_title or self.url or "entry"


def is_sentence(text: str) -> bool:
    """Return whether ``text`` reads as running text rather than as a title."""
    ends = len(_SENTENCE_END.findall(text))
    width = len(text) + len(_CJK.findall(text))
    closed = text.endswith(("。", "."))
    return width > _LONGEST_TITLE or ends > 1 or (ends == 1 and (closed or width > 90)) or (closed and width > 60)


def join(first: str, second: str) -> str:
    """Return two parts of a title as one: with a blank between words, without one in Chinese and Japanese."""
    if not first or not second:
        return first or second
    glue = "" if _CJK.match(first[-1]) or _CJK.match(second[0]) else " "
    return f"{first}{glue}{second}"


def candidates_of(block: Block, place: int, base: str | None) -> list[Candidate]:
    """Return the addresses in a block with the places where they stand."""
    if block.kind == CARD:
        own = [Candidate(Address(block.href, block.text, block.line), CARDED, place)] if block.href else []
        return [*own, *(Candidate(Address(url, "", line), BESIDE, place) for url, line in block.inner)]
    lines = pieces_of(block.spans, base)
    found: list[Candidate] = []
    said = words_of_line([piece for line in lines for piece in line])
    for number, line in enumerate(lines):
        on_line = words_of_line(line)
        for at, piece in enumerate(line):
            if isinstance(piece, Address):
                first = number == 0 and at == 0
                last = number == len(lines) - 1 and at == len(line) - 1
                role = _role(line, at, on_line, said, first=first, last=last)
                role = END if role == RUNNING and _stands_alone(lines, number) else role
                found.append(Candidate(piece, role, place))
    return found


def _is_behind_title(line: Line) -> bool:
    """Return whether all words before an address are in italics: ``*A Title*, [Proceedings](…)``."""
    said = [piece for piece in line if isinstance(piece, Address) or re.search(r"\w", piece.text)]
    return bool(said) and all(isinstance(piece, Words) and piece.emphasis for piece in said)


def _stands_alone(lines: list[Line], number: int) -> bool:
    """Return whether a line below others is an address and nothing else, and no sentence runs over it."""
    if not number or len(lines[number]) > 1:
        return False
    above = lines[number - 1][-1]
    ended = isinstance(above, Address) or re.search(r"[。.!！?？:：；;)）\]】]\s*$", above.text) is not None
    return ended or number == len(lines) - 1


def _role(line: Line, at: int, on_line: str, said: str, *, first: bool, last: bool) -> int:
    address = line[at]
    assert isinstance(address, Address)  # noqa: S101  # the caller looked
    before = line[at - 1] if at else None
    after = line[at + 1] if at + 1 < len(line) else None
    label = label_of(address.label) if address.label else None
    word = re.split(r"[\s(（\[【,，。.;；]", before.text.rstrip(" :：→-"))[-1] if isinstance(before, Words) else ""
    named = label_of(word) if word else None
    # ``Paper: [A Title](…)``: nothing but the label stands before the link.
    alone = label_of(before.text.strip(" :：→-[【(（*")) if at == 1 and isinstance(before, Words) else None
    named = alone if address.label else named
    if "label_other" in (label, named):
        return SITE if is_site_label(address.label) or is_site_label(word) else BESIDE
    if "label_paper" in (label, named):
        return LABELLED
    if not address.label and not is_sentence(on_line):
        return REFERENCE
    if said == tidy_words(address.label) or not said:
        return REFERENCE
    if first:
        return START
    opened = isinstance(before, Words) and before.text.rstrip().endswith(
        ("(", "（", "[", "【", "<", ":", "：", "→", "↓")
    )
    closed = after is None or (isinstance(after, Words) and after.text.strip(" )）]】>。.") == "")
    if last and (not address.label or _is_behind_title(line[:at])):
        return END
    if (opened and isinstance(after, Words) and after.text.lstrip().startswith((")", "）", "]", "】"))) and closed:
        return END
    return END if closed and last and opened else RUNNING
