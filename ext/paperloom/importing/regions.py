"""The parts of an issue: which blocks belong to which section."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, ROW, Block, plain
from paperloom.importing.choices import count_addresses, is_labelled_navigation, picks_of_paragraph
from paperloom.importing.outline import Outline, is_plain_name, leads_out
from paperloom.importing.words import (
    CONTENTS,
    ENTRY_SECTIONS,
    FOOTER,
    MIXED,
    NAVIGATION,
    PICKS,
    label_of,
    leading_number,
    likely_section,
    normalize,
    section_of,
    words_of,
)
from paperloom.model.identifiers import Identifier

#: The part before the first section, and entries that stand in none.
INTRO = "intro"
NO_SECTION = "none"
UNKNOWN = "unknown"
#: What may stand above the title of an issue.
_ABOVE_TITLE = (PICKS, CONTENTS, NAVIGATION)


@dataclass(slots=True)
class Region:
    """A section: its kind, its heading and the blocks below it.

    ``is_likely`` says that the table of words knows only a part of its heading.
    """

    kind: str
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    is_likely: bool = False

    @property
    def holds_entries(self) -> bool:
        """Whether what stands here are entries."""
        return self.kind in (*ENTRY_SECTIONS, MIXED, NO_SECTION, UNKNOWN)


def split_regions(blocks: list[Block], title_line: int = 0) -> list[Region]:  # noqa: C901
    """Return the sections of a document, in their order; the first one is the introduction.

    Below the title, which stands on ``title_line``, it is the introduction again, whatever stood above.
    """
    outline = Outline(blocks)
    counts = count_addresses(blocks)
    regions = [Region(INTRO)]
    section_level = entry_level = 0
    seen_entries = False
    for place, block in enumerate(blocks):
        current = regions[-1]
        if current.kind in _ABOVE_TITLE and blocks[place - 1].line < title_line < block.line:
            current = Region(INTRO)
            regions.append(current)
        if place in outline.contents:
            _list_contents(regions, block)
            while place + 1 not in outline.contents and regions[-1].kind == CONTENTS:
                regions.append(_resumed(current))
            continue
        kind = _section_at(outline, place)
        if kind and outline.is_entry_called_so(place, kind):
            kind = None
        if inserted := _inserted(block, counts):
            regions += [inserted, _resumed(current)]
            continue
        if kind == FOOTER and block.kind != HEADING:
            regions += [Region(FOOTER, block), _resumed(current)]
            continue
        if current.blocks == [] and len(regions) > 1 and regions[-2].kind == FOOTER and _only_leads_out(block):
            regions[-2].blocks.append(block)
            continue
        is_label = block.kind == HEADING and entry_level and section_level < entry_level < block.level
        if kind and not (is_label and label_of(block.text)):
            regions.append(Region(kind, block))
            section_level, entry_level = (block.level if block.kind == HEADING else 0), 0
            seen_entries = seen_entries or regions[-1].holds_entries
            continue
        if block.kind == HEADING and outline.unknown_section(place):
            likely = likely_section(block.text)
            regions.append(Region(likely or UNKNOWN, block, is_likely=likely is not None))
            section_level, entry_level = block.level, 0
            seen_entries = True
            continue
        if block.kind == HEADING:
            entry_level = min(entry_level or block.level, block.level)
            if not current.holds_entries and current.kind != PICKS:
                current = Region(NO_SECTION)
                regions.append(current)
        current.blocks.append(block)
    return [region for region in regions if region.heading or region.blocks or region.kind == INTRO]


def _inserted(block: Block, counts: Counter[Identifier]) -> Region | None:
    """Return a paragraph that is a section by itself, wherever it stands."""
    if listed := picks_of_paragraph(block, counts):
        return Region(PICKS, None, listed)
    return Region(NAVIGATION, None, [block]) if is_labelled_navigation(block) else None


def _list_contents(regions: list[Region], item: Block) -> None:
    """Go on with the contents; an item that is no name of a section is kept."""
    if not (regions[-1].kind == CONTENTS and not regions[-1].blocks):
        regions.append(Region(CONTENTS))
    if section_of(item.text) is None or leads_out(item):
        regions[-1].blocks.append(item)


def _resumed(region: Region) -> Region:
    """Return a region of the kind of another, for what follows an insertion into it."""
    return Region(INTRO if region.kind == CONTENTS else region.kind)


def _only_leads_out(block: Block) -> bool:
    return block.kind == CARD or (block.kind == PARAGRAPH and not _words_beside_links(block))


def _words_beside_links(block: Block) -> str:
    text = "".join(span.text for span in block.spans if not span.href and not span.image)
    words = "".join(character for character in text if character.isalnum())
    return "" if "http" in text or label_of(text.strip(" :：")) else words


def _section_at(outline: Outline, place: int) -> str | None:
    block = outline.blocks[place]
    if block.kind == HEADING:
        begins = normalize(block.text).startswith(tuple(words_of("footer_start")))
        return section_of(block.text) or (FOOTER if begins else None)
    if block.kind == ROW and block.cells and not leads_out(block):
        # A list of picks may be a table, which says so in its first row.
        return PICKS if section_of(plain(block.cells[0])) == PICKS else None
    if block.kind != PARAGRAPH or leads_out(block) or len(block.text) > 60 or "\n" in block.text:
        return None
    kind = section_of(block.text)
    if kind == FOOTER:
        return kind if len(normalize(block.text)) > 4 and not block.depth else None
    if kind is None:
        return None
    alone = not block.depth or (block.starts_item and not _has_neighbour_item(outline, place))
    named = block.is_bold or (outline.has_plain_names and is_plain_name(block))
    marked = named or leading_number(block.text) is not None or outline.has_rule_beside(place)
    return kind if alone and (marked or block.depth) else None


def _has_neighbour_item(outline: Outline, place: int) -> bool:
    around = (outline.neighbour(place, -1), outline.neighbour(place, 1))
    own = outline.blocks[place].list_id
    return any(block is not None and block.list_id == own for block in around)
