"""The editor's picks: their list, and which entries they are."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from paperloom.importing.addresses import split_id
from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, ROW, Block, is_told, lines_of
from paperloom.importing.entry import Entry, is_sentence
from paperloom.importing.heads import begins_with_name
from paperloom.importing.issue import NamedLink
from paperloom.importing.pieces import Address, Line, Words, addresses_in, pieces_of, tidy_words, words_of_line
from paperloom.importing.tables import columns_in
from paperloom.importing.words import label_of, section_of, strip_number
from paperloom.model.identifiers import identify, normalize_title

_SECTION_BEHIND = re.compile(r"\s*[（(\[【]\s*(?P<name>[^()（）\[\]【】]{1,40})[)）\]】]\s*$")
#: What an item of a list begins with, where an export took the list for text.
_ITEM_SIGN = re.compile(r"\s*(?:\d{1,2}\s*[.)、．。）]|[-–—•・*·]\s)")
_ITEM_NUMBER = re.compile(r"^\d{1,2}\s*[.)、．。）](?!\d)\s*")
#: How alike two titles are, from 0 to 1, that mean one entry; without an address to tell, or against it.
_ALIKE, _ALIKE_AGAINST_ADDRESS = 0.6, 0.85


def read_pick(block: Block, base: str | None) -> NamedLink | None:
    """Return the pick that a list item, a paragraph, a heading or a card names."""
    if block.kind == CARD:
        return NamedLink(block.text, block.href) if block.text or block.href else None
    lines = pieces_of(block.spans, base)
    found = addresses_in(lines)
    label = next((each.label for each in found if each.label and not label_of(each.label)), "")
    title = label or _without_section(_named_by(block, lines, base))
    title = split_id(_without_section(title if label else _ITEM_NUMBER.sub("", title)))[0]
    if not title and block.is_picture:
        title = next((span.text for span in block.spans if span.image and is_told(span.text)), "")
    return NamedLink(title, found[0].url if found else None) if title or found else None


def _named_by(block: Block, lines: list[Line], base: str | None) -> str:
    """Return the words of a pick: of the first cell of a row that has some, else those before the first address."""
    if block.kind == ROW:
        cells = [tidy_words(" ".join(words_of_line(line) for line in pieces_of(cell, base))) for cell in block.cells]
        named = [cell for cell in cells if any(c.isalpha() for c in cell) and not section_of(cell)]
        return named[0] if named else ""
    if lines and (name := _bold_name(lines[0])):
        return name
    before: list[Line] = []
    for line in lines:
        at = next((place for place, piece in enumerate(line) if isinstance(piece, Address)), len(line))
        before.append(line[:at])
        if at < len(line):
            break
    title = tidy_words(" ".join(words_of_line(line) for line in before))
    is_name = any(c.isalpha() for c in _ITEM_NUMBER.sub("", title)) and not label_of(title) and not section_of(title)
    return title if is_name else tidy_words(" ".join(words_of_line(line) for line in lines))


def _bold_name(line: Line) -> str:
    """Return the strong words with which a pick begins, where a sign sets apart what is said about it."""
    count = next((place for place, piece in enumerate(line) if not (isinstance(piece, Words) and piece.strong)), 0)
    behind = line[count] if count else None
    name = tidy_words(words_of_line(line[:count]))
    is_apart = isinstance(behind, Words) and re.match(r"\s*(?:[—–|｜:：]|-\s)", behind.text)
    return name if is_apart and any(c.isalpha() for c in name) and not label_of(name) and not section_of(name) else ""


def _without_section(title: str) -> str:
    match = _SECTION_BEHIND.search(title)
    is_section = match and (section_of(match["name"]) or section_of(strip_number(match["name"].replace("。", "."))))
    return title[: match.start()].strip() if match and is_section else title


def count_listed(blocks: list[Block]) -> int:
    """Return how many of the first blocks of a section of picks stand before an entry that is told in full."""
    heading = next((place for place, block in enumerate(blocks) if block.kind == HEADING), None)
    if heading is not None:
        return heading
    if any(block.starts_item or block.kind == ROW for block in blocks):
        return len(blocks)
    starts = [n for n, block in enumerate(blocks) if block.kind == CARD or block.is_bold or begins_with_name(block)]
    told = [
        any(is_sentence(block.text) for block in blocks[start + 1 : end])
        for start, end in pairwise([*starts, len(blocks)])
    ]
    return starts[0] if starts and sum(told) * 2 >= len(told) else len(blocks)


def picks_in(blocks: list[Block], base: str | None) -> tuple[list[NamedLink], list[Block], list[Block]]:
    """Return the picks in a section of picks, the blocks that are none, and those that say more than a pick's name."""
    blocks = [part for block in blocks for part in _lines_of_picks(block, base)]
    items = [block for block in blocks if block.starts_item or block.kind == ROW]
    picks: list[NamedLink] = []
    rest: list[Block] = []
    beside: list[Block] = []
    columns = columns_in(blocks, base)
    for block in blocks:
        has_address = block.kind == CARD or bool(addresses_in(pieces_of(block.spans, base)))
        if block.is_rule or (block.is_picture and not has_address) or block.is_blank or block in columns:
            continue
        if block.kind == HEADING:
            rest.append(block)
        elif block in items or (
            not items and block.kind in (PARAGRAPH, CARD) and _names_pick(block, has_address=has_address)
        ):
            pick = read_pick(block, base)
            if pick and not _continues(picks, pick, block):
                picks.append(pick)
            if pick and _says_more(block, pick, base):
                beside.append(block)
        elif items and has_address and picks and picks[-1].url is None:
            found = addresses_in(pieces_of(block.spans, base))
            picks[-1] = NamedLink(picks[-1].title, block.href or (found[0].url if found else None))
        elif block.depth and picks:
            beside.append(block)
        else:
            rest.append(block)
    return picks, rest, beside


def told_behind_rule(listed: list[Block], rest: list[Block], base: str | None) -> list[Block]:
    """Return the sentences behind the rule that ends a list of picks: they lead over to what follows."""
    at = next((place for place, block in enumerate(listed) if place and block.is_rule), len(listed))
    behind = [block for block in listed[at:] if block.kind == PARAGRAPH and not block.is_bold]
    return [
        block
        for block in behind
        if block in rest and not block.depth and not addresses_in(pieces_of(block.spans, base))
    ]


def _says_more(block: Block, pick: NamedLink, base: str | None) -> bool:
    """Return whether an item says more than what its pick is called: why it is one, or where its code is.

    A second address with a name of its own may be a pick that was not understood.
    """
    if block.kind == CARD:
        return bool(block.description)
    others = [each for each in addresses_in(pieces_of(block.spans, base)) if each.url != pick.url]
    if any(each.label and label_of(each.label) is None and each.label != pick.title for each in others):
        return False
    lines = pieces_of(block.spans, base)
    said = _without_section(tidy_words(" ".join(words_of_line(line, with_labels=False) for line in lines)))
    pictures = any(span.image and is_told(span.text) and span.text != pick.title for span in block.spans)
    told = any(character.isalpha() for character in said) and normalize_title(said) != normalize_title(pick.title)
    return told or pictures or len(addresses_in(lines)) > 1


def _lines_of_picks(block: Block, base: str | None) -> list[Block]:
    """Return a paragraph line by line where each line has a number or an address: a list that is none any more."""
    lines = lines_of(block.spans) if block.kind == PARAGRAPH else []
    if len(lines) < 2 or not (
        all(_ITEM_SIGN.match("".join(span.text for span in line)) for line in lines)
        or all(addresses_in(pieces_of(line, base)) for line in lines)
    ):
        return [block]
    if not all(any(c.isalnum() for c in words_of_line(piece)) for line in lines for piece in pieces_of(line, base)):
        return [block]
    return [
        replace(block, spans=line, line=line[0].line, starts_item=block.starts_item and number == 0)
        for number, line in enumerate(lines)
    ]


def _names_pick(block: Block, *, has_address: bool) -> bool:
    return has_address or (bool(block.text) and not is_sentence(block.text) and len(block.text) <= 120)


def _continues(picks: list[NamedLink], pick: NamedLink, block: Block) -> bool:
    """Return whether an address without words belongs to the pick above, and give it to that one."""
    if picks and picks[-1].url is None and pick.url and (not pick.title or block.kind == CARD):
        picks[-1] = NamedLink(picks[-1].title, pick.url)
        return True
    return False


def match_pick(pick: NamedLink, entries: list[Entry]) -> Entry | None:
    """Return the entry that a pick means: by its address, else by the words that are most alike."""
    if pick.url:
        wanted = identify(pick.url)
        for entry in entries:
            if entry.url and identify(entry.url) == wanted:
                return entry
        for entry in entries:
            if any(identify(link.url) == wanted for link in entry.links):
                return entry
    best = max(((_likeness(pick.title, entry), -place) for place, entry in enumerate(entries)), default=(0.0, 0))
    needed = _ALIKE_AGAINST_ADDRESS if pick.url else _ALIKE
    return entries[-best[1]] if best[0] >= needed else None


def _likeness(title: str, entry: Entry) -> float:
    wanted = normalize_title(title)
    names = [normalize_title(name) for name in (entry.heading, entry.title, entry.page_title) if name]
    if not wanted:
        return 0.0
    if any(name == wanted for name in names):
        return 1.0
    if any(len(wanted) >= 6 and (wanted in name or (len(name) >= 6 and name in wanted)) for name in names):
        return 0.95
    if any(len(name) >= 4 and not name.isascii() and wanted.startswith(name) for name in names):
        return 0.95  # four characters of Chinese say as much as a few words
    return max((SequenceMatcher(None, wanted, name, autojunk=False).ratio() for name in names if name), default=0.0)
