"""The fields of one entry: which address is its own, which words are its heading and its title."""

from __future__ import annotations

import re

from paperloom.importing.addresses import arxiv_of, host_of, split_id
from paperloom.importing.blocks import CARD, PARAGRAPH, Block, is_told
from paperloom.importing.entry import (
    CARDED,
    HEAD,
    ITEM_LEVEL,
    Candidate,
    Entry,
    RawEntry,
    is_sentence,
    join,
)
from paperloom.importing.own_address import OwnAddress
from paperloom.importing.pieces import Words, addresses_in, enclosed, pieces_of, tidy_words, words_of_line
from paperloom.importing.title_words import (
    begins_in_italics,
    begins_with_sign,
    ends_sentence,
    is_aside,
    is_links,
    is_note,
    is_running,
    is_sentence_free,
    last_words,
    marked_before_facts,
    names_people,
    place_of,
    without_aside,
    without_authors,
    without_label_behind,
    without_notes,
    without_people,
    without_site,
    words,
)
from paperloom.importing.venues import split_venue
from paperloom.importing.words import label_of, strip_label

_DAY = re.compile(r"\d[\d\s./年月日-]{3,}")


class _Fields(OwnAddress):
    """Works out the fields of one entry."""

    def _is_linked(self) -> bool:
        """Return whether the heading leads to an address."""
        return any(each.role == HEAD for each in self.candidates)

    def heading(self) -> str | None:
        """Return the heading's words."""
        if self.raw.heading is None:
            return None
        lines = pieces_of(self.raw.heading.spans, self.base)
        if self.raw.heading.kind == CARD:
            return self.raw.heading.text or None
        return tidy_words(" ".join(words_of_line(line) for line in lines)) or None

    def title(self, main: Candidate | None) -> tuple[str | None, set[int]]:
        """Return the paper's title as the issue gives it, and the blocks that hold nothing else."""
        blocks = self.raw.blocks
        if main is not None and main.block >= 0 and blocks[main.block].kind != CARD:
            title, pure = self._title_around(main)
            if title and self._is_linked() and names_people(title):
                return None, set()
            if title:
                return title, {main.block} if pure else set()
            below = self._below(main) if pure else None
            if below:
                return below
        first_text = next((n for n, b in enumerate(blocks) if b.text and b.kind != CARD), None)
        told = blocks[first_text] if first_text is not None else None
        if told and main is not None and main.role == HEAD and (title := begins_in_italics(told)):
            return title, set()
        limit = main.block if main is not None and main.block >= 0 else len(blocks)
        for place in reversed(range(min(limit, len(blocks)))):
            block = blocks[place]
            if block.is_picture or block.is_blank or block.is_rule:
                continue
            if self._is_title_paragraph(block, place, first_text, near=limit < len(blocks)):
                return strip_label(without_aside(block).text), _places(block, place)
            break
        if main is not None and main.block >= 0 and blocks[main.block].kind == CARD:
            return blocks[main.block].text or None, set()
        if (
            first_text is not None
            and (main is None or main.block < 0 or main.block > first_text)
            and self._is_title_paragraph(blocks[first_text], first_text, first_text, near=False)
        ):
            return strip_label(without_aside(blocks[first_text]).text), _places(blocks[first_text], first_text)
        return None, set()

    def _is_title_paragraph(self, block: Block, place: int, first_text: int | None, *, near: bool) -> bool:
        """Return whether a paragraph without an address is a title: in italics, or short and before the address."""
        if (
            block.kind != PARAGRAPH
            or place != first_text
            or is_sentence(block.text)
            or addresses_in(pieces_of(block.spans, self.base))
        ):
            return False
        if self._has_own_id(block):
            return True
        words = [span for span in without_aside(block).spans if span.text.strip() and not span.image]
        marked = all(span.emphasis or span.strong for span in words)
        follows = any(b.text for b in self.raw.blocks[place + 1 :] if b.kind != CARD)
        return (marked and (near or follows)) or (near and self.raw.heading is not None)

    def _has_own_id(self, block: Block) -> bool:
        """Return whether a paragraph carries the arXiv id to which the heading or the address leads."""
        named = split_id(block.text)[1]
        heading = self.heading()
        own = [arxiv_of(each.address.url) for each in self.candidates] + [split_id(heading)[1] if heading else None]
        return named is not None and named in own

    def _below(self, main: Candidate) -> tuple[str, set[int]] | None:
        """Return the title that stands below a line of nothing but links: in italics, or right above the text."""
        for place in range(main.block + 1, len(self.raw.blocks)):
            block = self.raw.blocks[place]
            if block.is_picture or block.is_blank:
                continue
            told = next((each for each in self.raw.blocks[place + 1 :] if each.text), None)
            above = any(each.text and each.kind != CARD for each in self.raw.blocks[: main.block])
            before_text = told is not None and is_sentence(told.text) and not above and not label_of(block.text)
            if self._is_title_paragraph(block, place, place, near=before_text):
                return strip_label(without_aside(block).text), {main.block} | _places(block, place)
            break
        return None

    def _title_around(self, main: Candidate) -> tuple[str, bool]:
        """Return the words around an address as far as they are a title, and whether nothing else is there."""
        block = self.raw.blocks[main.block]
        lines = pieces_of(block.spans, self.base)
        number, at = place_of(lines, main.address)
        label = "" if not main.address.label or label_of(main.address.label) else main.address.label
        before = tidy_words(words([*lines[:number], lines[number][:at]]))
        below = [line for line in lines[number + 1 :] if not is_links(line) and not is_note(line)]
        after = tidy_words(words([lines[number][at + 1 :], *below]))
        if len(lines) > 2 and all(begins_with_sign(line) for line in lines if words_of_line(line)):
            below = []  # each line is a fact of its own
        dropped = len(below) < len(lines) - number - 1 or any(is_note(line) for line in lines[number + 1 :])
        before, after = (text if re.search(r"\w", text) else "" for text in (before, after))
        # A piece of the address, or what brackets say of the paper, is no part of the title: ``(NeurIPS 2020)``.
        aside = is_aside(after) or dropped or _DAY.fullmatch(after) is not None
        after = "" if len(after) == 1 or main.address.url.endswith(after) or aside else after
        if not (before or after or label):
            return "", True
        if label and len(lines[number]) == 1 and number and re.search(r"[。.!！]$", words_of_line(lines[number - 1])):
            return label, False
        if label and (not before or label_of(before) == "label_paper"):
            return label, not after and not aside
        if number == 0 and (named := marked_before_facts(lines[number][:at])):
            return named, False
        if is_sentence(before) or (label_of(main.address.label) and is_running(block, lines[number][:at])):
            return "", False
        if label_of(main.address.label) and self.raw.heading and ends_sentence(lines[number][:at]):
            return "", False
        if re.search(r"[:：]\s*$", last_words(lines, number, at)):
            before = without_label_behind(before)
        before, others = without_notes([*lines[:number], lines[number][:at]], before)
        worded = [line for line in [*lines[:number], lines[number][:at]] if words_of_line(line)]
        title = without_authors(worded[0], before) if len(worded) == 1 else before
        aside = aside or others or title != before
        before = title
        told = any(b.text and not is_sentence_free(b) for n, b in enumerate(self.raw.blocks) if n != main.block)
        marked = all(
            piece.emphasis
            for line in [lines[number][at + 1 :], *lines[number + 1 :]]
            for piece in line
            if isinstance(piece, Words)
        )
        if after and not is_sentence(after) and len(after) <= 100 and (told or marked) and not label_of(after):
            cut = re.search(r"[:：]\s*$", last_words(lines, number, at))
            return join(f"{before}{cut[0].strip()}" if before and cut else before, after), True
        return before, not after and not aside

    def entry(self) -> Entry:
        """Return the entry."""
        raw = self.raw
        main = self.main()
        heading = self.heading()
        heading, of_heading = split_id(heading) if heading else (None, None)
        if of_heading and self.of_paper and main is not None and not self.is_paper_page(main):
            main = None  # the page of a person or of a project: the paper's own address is that of its id
        title, pure = self.title(self.repeated(main)) if self.of_paper else (None, set())
        title, of_title = split_id(title) if title else (None, None)
        heading, title = (text and enclosed(text) for text in (heading, title))
        arxiv = arxiv_of(main.address.url) if main else None
        url = main.address.url if main else None
        card = next((b for b in raw.blocks if b.kind == CARD and b.href == url), None) if url else None
        page_title = split_id(card.text)[0] if card and card.text else None
        if self.of_paper:
            if url is None and (named := of_heading or of_title):
                arxiv, url = named, f"https://arxiv.org/abs/{named}"
            elif arxiv is None and (named := of_heading or of_title):
                arxiv = named
                url = url if main is not None and self.is_paper_page(main) else f"https://arxiv.org/abs/{named}"
            is_head = main is not None and main.role == HEAD
            is_item = raw.heading is not None and raw.heading.level == ITEM_LEVEL
            if title is None and heading and (of_heading or is_head or is_item):
                title = without_people(heading)
            title = re.sub(r"(?<=[a-z]{3})\.$", "", title) if title else None
            title, venues = split_venue(title) if title else (None, ())
        else:
            venues = ()
        beside: list[str] = []
        if heading is None:
            heading = (title if self.of_paper else None) or page_title
        if heading is None and main is not None and (named_before := self._name_before(main)):
            heading, *beside = named_before
            pure = pure | {main.block}
        heading = heading or self._first_words()
        if main is not None and main.address.repaired:
            self.doubts.append("repaired-address")
        if any(block.inner for block in raw.blocks):
            self.doubts.append("link-in-card")
        ids = [each for each in (of_heading, of_title) if each and each != arxiv]
        asides = [*venues, *beside, *(f"arXiv:{each}" for each in ids)]
        if ids and self.of_paper:
            self.doubts.append("id-contradicts")
        return Entry(
            section=raw.section,
            heading=heading and without_site(heading, url),
            title=title and without_site(title, url),
            url=url,
            arxiv=arxiv,
            site=host_of(url) if url else None,
            page_title=page_title,
            links=tuple({c.address.url: c.address for c in self.candidates if c.address.url != url}.values()),
            text=tuple(self._text(pure)),
            line=raw.line,
            end=raw.end,
            doubts=tuple(self.doubts),
            asides=tuple(dict.fromkeys(asides)),
            cards=tuple(dict.fromkeys(each.address.url for each in self.candidates if each.role == CARDED)),
        )

    def _name_before(self, main: Candidate) -> list[str]:
        """Return the name before a colon and an address, and the note behind: ``Sheep: https://… (in English)``.

        Nothing is returned where the line says anything else.
        """
        if main.block < 0 or self.raw.blocks[main.block].kind == CARD:
            return []
        lines = pieces_of(self.raw.blocks[main.block].spans, self.base)
        number, at = place_of(lines, main.address)
        name, note = (words([part]) for part in (lines[number][:at], lines[number][at + 1 :]))
        is_named = (
            re.search(r"[:：]\s*$", last_words(lines, number, at)) and not is_sentence(name) and not label_of(name)
        )
        is_noted = not note or is_aside(note)
        return [name, *([note] if note else [])] if len(lines) == 1 and name and is_named and is_noted else []

    def _first_words(self) -> str | None:
        for block in self.raw.blocks:
            lines = (words_of_line(line) for line in pieces_of(block.spans, self.base))
            words = " ".join(word for word in lines if word)
            if words and block.kind != CARD:
                return words if len(words) <= 120 else re.split(r"(?<=[。.!！?？])", words)[0][:120]
            if block.kind == CARD and block.text:
                return block.text
        return None

    def _pictures(self) -> list[str]:
        """Return what stands for the pictures of the entry where they are not shown, no names of files."""
        shown = [span.text for block in self.raw.blocks for span in block.spans if span.image]
        return [text for text in dict.fromkeys(shown) if is_told(text)]

    def _text(self, pure: set[int]) -> list[str]:
        said = [f"picture: {text}" for text in self._pictures()]
        for place, block in enumerate(self.raw.blocks):
            if block.kind == CARD:
                said.append(": ".join(part for part in (block.text, block.description) if part))
                continue
            if place in pure:
                continue
            words = [words_of_line(line) for line in pieces_of(block.spans, self.base)]
            said.append(" ".join(word for word in words if word))
        return [text for text in said if text]


def _places(block: Block, place: int) -> set[int]:
    """Return the place of a block that is a title and says nothing else; nothing where an aside stands behind it."""
    return {place} if without_aside(block) is block else set()


def read_entry(raw: RawEntry, base: str | None, *, of_paper: bool, taken: frozenset[str] = frozenset()) -> Entry:
    """Return what ``raw`` says; ``taken`` are the addresses of other entries, which this one only refers to."""
    return _Fields(raw, base, of_paper=of_paper, taken=taken).entry()
