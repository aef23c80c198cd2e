"""From the text of a newsletter issue to its record."""

from __future__ import annotations

from pathlib import Path

from paperloom.importing.accounting import beside_navigation, letters_of, unaccounted
from paperloom.importing.addresses import is_of_reader, profile_of
from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, RULE, Block, join_links
from paperloom.importing.cards import merge_cards
from paperloom.importing.entry import (
    RawEntry,
    candidates_of,
)
from paperloom.importing.head import read_head
from paperloom.importing.issue import NO_ISSUE, Issue, NamedLink
from paperloom.importing.markdown import clean_text, read_blocks
from paperloom.importing.marks import as_shown
from paperloom.importing.names import with_linked_names, with_names_apart
from paperloom.importing.navigation import is_navigation, is_of_entry, leads_elsewhere, leads_to_issues, read_navigation
from paperloom.importing.numbered import settle_by_number
from paperloom.importing.picks import count_listed, match_pick, picks_in, told_behind_rule
from paperloom.importing.pieces import Piece, pieces_of, words_of_line
from paperloom.importing.placing import LIST_OF, Placer
from paperloom.importing.references import split_papers
from paperloom.importing.regions import INTRO, NO_SECTION, UNKNOWN, Region, split_regions
from paperloom.importing.segment import Segmenter
from paperloom.importing.tables import columns_in, without_tables
from paperloom.importing.words import CONTENTS, ENTRY_SECTIONS, FOOTER, MIXED, NAVIGATION, PICKS
from paperloom.model.identifiers import Identifier, identify
from paperloom.sources.text import read_text

#: A paragraph of the head with its address that says more than that is not only the issue's own address.
_LONGEST_SOURCE = 160


def read_issue_file(path: Path, shown_as: str) -> Issue:
    """Return the issue in the file ``path``; a file that cannot be read gives an issue with a problem."""
    text, problems = read_text(path, shown_as)
    if problems:
        issue = Issue(shown_as)
        for problem in problems:
            issue.report(problem.line, "cannot-read", problem.text)
        return issue
    return read_issue(text, shown_as)


def read_issue(text: str, name: str) -> Issue:
    """Return what the Markdown ``text`` of an issue says; problems are collected in the record."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    issue = Issue(name, lines=tuple(text.split("\n")))
    blocks, fields = read_blocks(text)
    below = read_head(issue, blocks, fields)
    rest = [block for block in below if not block.is_blank]
    base = issue.source
    body = join_links(merge_cards(rest, clean_text(text).split("\n"), base))
    body = with_names_apart(with_linked_names(body))
    title = next((block.line for block in blocks if block.text == issue.title), 0)
    reader = _Reader(issue, base, 0 if any(block.line == title for block in below) else title)
    reader.read(body)
    if not issue.codes & NO_ISSUE:
        head = [block for block in blocks if not any(block is each for each in below)]
        head = [block for block in head if block.kind == HEADING or len(block.text) > _LONGEST_SOURCE]
        reader.account([*head, *body])
    if issue.codes & NO_ISSUE:
        issue.picks, issue.roundups, issue.previous, issue.next = [], [], None, None
        issue.papers, issue.articles, issue.use_cases, issue.other = [], [], [], []
    if "not-an-issue" in issue.codes:
        issue.problems = [problem for problem in issue.problems if problem.code == "not-an-issue"]
        issue.review, issue.introduction, issue.footer = [], (), ()
    return as_shown(issue)


class _Reader:
    def __init__(self, issue: Issue, base: str | None, title_line: int) -> None:
        self.issue = issue
        self.title_line = title_line
        self.base = base
        self.placer = Placer(issue, base)

    def read(self, blocks: list[Block]) -> None:
        """Fill in everything below the head."""
        notes = [block for block in blocks if block.is_note]
        regions = split_regions(self._without_footer([block for block in blocks if not block.is_note]), self.title_line)
        settle_by_number(regions)
        self._navigation(regions)
        raws: list[RawEntry] = []
        featured: set[int] = set()
        for place, region in enumerate(regions):
            if (
                region.kind in (INTRO, CONTENTS)
                or self._is_subtitle(regions, place)
                or self._is_overview(region, regions[place + 1 :])
            ):
                self._introduction(region)
            elif region.kind == FOOTER:
                self._footer([*([region.heading] if region.heading else []), *region.blocks])
            elif region.kind == PICKS or self._is_choice(region, regions):
                told = self._picks(region)
                featured |= {id(raw) for raw in told}
                raws += told
            elif region.holds_entries:
                raws += self._segment(region)
        self.placer.place_all(raws, featured)
        self._footer([block for block in notes if words_of_line(_in_one_line(block, self.base))])
        self._report_picks()
        self._relative(blocks)
        if not self.issue.entries and not self.issue.codes & NO_ISSUE:
            self.issue.report(1, "no-entries", "the file has no entries: it is a stub, or its form is not known")

    # Sections

    def _navigation(self, regions: list[Region]) -> None:
        leading: list[Block] = []
        for region in regions:
            if region.kind == NAVIGATION:
                leading += region.blocks
                self._footer([block for block in region.blocks if not leads_to_issues(block, self.base)])
            else:
                found = [b for b in region.blocks if b.kind != HEADING and is_navigation(b, self.base)]
                if region.holds_entries and all(is_of_entry(each, self.base) for each in found):
                    found = [block for block in found if not is_of_entry(block, self.base)]
                if region.kind in (INTRO, FOOTER) and self.issue.year and self.issue.number:
                    own = (self.issue.year, self.issue.number)
                    found += [block for block in region.blocks if leads_elsewhere(block, own)]
                leading += found
                behind = _behind(found, region.blocks) if region is regions[-1] else []
                self._footer(behind)
                region.blocks = [block for block in region.blocks if block not in (*found, *behind)]
        read_navigation(self.issue, leading, self.base)

    def _is_overview(self, region: Region, later: list[Region]) -> bool:
        """Return whether a section only says beforehand what another one of its kind tells: it has no address."""
        if not (region.holds_entries or region.kind == PICKS) or not region.blocks:
            return False
        if any(block.kind == HEADING for block in region.blocks) or self._has_address(region):
            return False
        return any(each.kind == region.kind and self._has_address(each) for each in later)

    def _is_subtitle(self, regions: list[Region], place: int) -> bool:
        """Return whether a heading without a section is the second line of the title, with the author's name below.

        No address below it leads to anything but a person or to what a reader's account is for.
        """
        region = regions[place]
        before = [each.kind for each in regions[:place] if each.blocks]
        if region.kind != NO_SECTION or not set(before) <= {FOOTER, NO_SECTION}:
            return False
        headings = [block for block in region.blocks if block.kind == HEADING]
        found = [each.address.url for block in region.blocks for each in candidates_of(block, 0, self.base)]
        known = any(each.kind in (*ENTRY_SECTIONS, MIXED, PICKS) for each in regions[place + 1 :])
        is_first = headings == (region.blocks[:1] if NO_SECTION not in before else [])
        return known and is_first and all(map(is_of_reader, found))

    def _is_choice(self, region: Region, regions: list[Region]) -> bool:
        """Return whether a list below a heading that the table of words does not know names entries of other sections.

        Those that name all of them are contents.
        """
        if region.kind != UNKNOWN or any(not block.starts_item for block in region.blocks if not block.is_rule):
            return False
        own = self._addressed_in(region)
        others: set[Identifier] = set()
        for each in regions:
            others |= self._addressed_in(each) if each is not region and each.holds_entries else set()
        return bool(own) and own < others

    def _addressed_in(self, region: Region) -> set[Identifier]:
        found = (identify(each.address.url) for block in region.blocks for each in candidates_of(block, 0, self.base))
        return {identifier for identifier in found if identifier}

    def _has_address(self, region: Region) -> bool:
        return any(candidates_of(block, 0, self.base) for block in region.blocks)

    def _picks(self, region: Region) -> list[RawEntry]:
        """Read a section of picks; entries that are told in it in full are returned."""
        listed = region.blocks[: count_listed(region.blocks)]
        picks, rest, beside = picks_in(listed, self.base)
        self.issue.introduction += tuple(text for text in self._said(beside) if text not in {p.url for p in picks})
        self.issue.picks += [pick for pick in picks if pick not in self.issue.picks]
        told = region.blocks[len(listed) :]
        behind = told_behind_rule(listed, rest, self.base)
        self.issue.introduction += self._said(behind)
        rest = [block for block in rest if block not in behind]
        if not told:
            self._orphans([rest])
            return []
        self._orphans([[block for block in rest if block.text]])
        segmenter = Segmenter(MIXED, told, self.base)
        entries = segmenter.run()
        self._orphans(segmenter.orphans)
        if not self.issue.picks:
            for raw in entries:
                entry = self.placer.understood(raw, frozenset())
                self.issue.picks.append(NamedLink(entry.heading or entry.name, entry.url))
            return [raw for raw in entries if raw.has_words]
        return entries

    def _segment(self, region: Region) -> list[RawEntry]:
        if region.heading and (region.kind == UNKNOWN or region.is_likely):
            counts = f"; its entries count to {LIST_OF[region.kind]}" if region.is_likely else ""
            message = f"the section '{region.heading.text}' is not known{counts}; add its words to words.toml"
            self.issue.report(region.heading.line, "unknown-section", message)
        segmenter = Segmenter(region.kind, region.blocks, self.base)
        raws = segmenter.run()
        self._orphans(segmenter.orphans)
        raws = [without_tables(raw) for raw in raws]
        return [part for raw in raws for part in (split_papers(raw, self.base) if self.placer.is_paper(raw) else [raw])]

    def _introduction(self, region: Region) -> None:
        self.issue.introduction += self._said(region.blocks)

    def _footer(self, blocks: list[Block]) -> None:
        self.issue.footer = tuple(dict.fromkeys([*self.issue.footer, *self._said(blocks)]))

    def _said(self, blocks: list[Block]) -> tuple[str, ...]:
        """Return what blocks say in words, and the addresses that they lead to."""
        said = [": ".join(filter(None, (block.text, block.description))) for block in blocks if block.kind != RULE]
        links = [each.address.url for block in blocks for each in candidates_of(block, 0, self.base)]
        return tuple(dict.fromkeys(text for text in (*said, *(url for url in links if url not in said)) if text))

    def _orphans(self, chunks: list[list[Block]]) -> None:
        for chunk in chunks:
            told = [block for block in chunk if block.text and not block.is_rule]
            if told:
                first, last = told[0].line, max(block.end for block in told)
                self.issue.review.append((first, last))
                shown = told[0].text if len(told[0].text) <= 60 else f"{told[0].text[:57]}…"
                self.issue.report(first, "unplaced-text", f"'{shown}' belongs to no entry")

    def _without_footer(self, blocks: list[Block]) -> list[Block]:
        """Return ``blocks`` without the pages of the author at the end: they belong to no entry."""
        handles = {
            profile[1]
            for block in blocks[len(blocks) * 2 // 3 :]
            for each in candidates_of(block, 0, self.base)
            if (profile := profile_of(each.address.url)) and profile[0] in ("twitter.com", "x.com")
        }
        kept = list(blocks)
        while kept and (kept[-1].is_rule or self._leads_to_author(kept[-1], handles)):
            kept.pop()
        if len(kept) < len(blocks) and kept and kept[-1].kind == HEADING:
            kept.pop()  # below it stood the author's page, and nothing else
        self._footer([block for block in blocks[len(kept) :] if not block.is_rule])
        return kept

    def _leads_to_author(self, block: Block, handles: set[str]) -> bool:
        if block.kind == HEADING:
            return False
        found = candidates_of(block, 0, self.base)
        own = [each for each in found if profile_of(each.address.url) or _owner(each.address.url) in handles]
        return bool(own) and len(own) == len(found) and (block.kind == CARD or len(block.text) < 120)

    def account(self, blocks: list[Block]) -> None:
        """Report what stands in ``blocks`` and nowhere in the record, and keep it for review.

        The names of columns, and what stands beside links to other issues, are no mistakes: they are only kept.
        """
        columns = columns_in(blocks, self.base)
        self.issue.introduction += tuple(f"columns: {column.text}" for column in columns)
        for block, lost in list(unaccounted(self.issue, blocks, self.base)):
            self.issue.review.append((block.line, block.end))
            self.issue.report(block.line, "unplaced-text", f"'{lost}' belongs to no entry")
        self.issue.footer += tuple(dict.fromkeys(beside_navigation(self.issue, blocks, self.base)))

    def _report_picks(self) -> None:
        for pick in self.issue.picks:
            if match_pick(pick, self.issue.entries) is None and self.issue.entries:
                wanted = letters_of(pick.title)
                line = next((n for n, text in enumerate(self.issue.lines, 1) if wanted in letters_of(text)), 1)
                self.issue.report(line, "pick-unmatched", f"the pick '{pick.title}' is none of the entries")

    def _relative(self, blocks: list[Block]) -> None:
        if self.base is not None:
            return
        for block in blocks:
            for span in block.spans:
                if span.href and span.href.startswith("/") and not span.href.startswith("//"):
                    message = f"'{span.href}' has no host, and the issue's own address is not known"
                    self.issue.report(span.line, "relative-address", message)


def _behind(leading: list[Block], blocks: list[Block]) -> list[Block]:
    """Return what stands behind the navigation that ends a document: none of its entries, if a rule sets it apart."""
    if not leading:
        return []
    first, last = (next(n for n, each in enumerate(blocks) if each is found) for found in (leading[0], leading[-1]))
    behind = blocks[last + 1 :]
    apart = first == 0 or blocks[first - 1].is_rule or any(block.is_rule for block in behind)
    plain = all(
        block.is_rule or (block.kind == PARAGRAPH and not block.depth and not block.is_bold) for block in behind
    )
    return behind if apart and plain else []


def _in_one_line(block: Block, base: str | None) -> list[Piece]:
    return [piece for line in pieces_of(block.spans, base) for piece in line]


def _owner(url: str) -> str:
    parts = url.split("/")
    return parts[3].lstrip("@").casefold() if len(parts) > 3 else ""
