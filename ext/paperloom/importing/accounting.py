"""The last look at an issue: whatever is in it and stands nowhere in its record is told.

Nothing that was read is lost by a rule that did not think of it: each address and each clause is
looked for in what was understood, and what is missing there becomes text without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperloom.importing.addresses import find_bare, words_beside_address
from paperloom.importing.blocks import CARD, HEADING, Block, is_told
from paperloom.importing.entry import candidates_of
from paperloom.importing.issue import Issue
from paperloom.importing.marks import shown
from paperloom.importing.navigation import is_navigation, names_of_issues, words_beside_issues
from paperloom.importing.pieces import is_reference_mark
from paperloom.importing.words import NAVIGATION, label_of, section_of
from paperloom.model.identifiers import identify

_BRACKETS = re.compile(r"[()（）\[\]【】]")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
#: A number, with the version behind that of an arXiv id.
_NUMBER = re.compile(r"\d+(?:v\d+)?")
_CLAUSES = re.compile(r"[\W_]+")
#: Shorter stretches say nothing by themselves: a number in front of a heading, what is left of a bracket.
_SHORTEST, _SHORTEST_WIDE = 3, 2


def unaccounted(issue: Issue, blocks: list[Block], base: str | None) -> Iterator[tuple[Block, str]]:
    """Yield each block with an address or a clause that the record of ``issue`` does not hold, and what that is."""
    addresses, letters = _said(issue)
    known = {identify(address) for address in addresses}
    told = {problem.line for problem in issue.problems if problem.code == "unknown-section"}
    leading = False
    for block in blocks:
        if block.kind == HEADING:
            leading = section_of(block.text) == NAVIGATION
        if block.is_rule or block.line in told or any(first <= block.line <= last for first, last in issue.review):
            continue
        leads_on = leading or is_navigation(block, base)
        others = names_of_issues(block, base) if leads_on else set()
        lost = [
            each.address.url
            for each in candidates_of(block, 0, base)
            if each.address.url not in addresses | others and identify(each.address.url) not in known
        ]
        if leads_on:
            lost += [text for text in words_beside_issues(block, base) if _letters(text) not in letters]
        else:
            lost += [clause for clause in _clauses(block) if _letters(clause) not in letters]
        if lost:
            yield block, lost[0]


def _said(issue: Issue) -> tuple[frozenset[str], str]:
    """Return the addresses in the record of ``issue``, and all that it says as one text without signs."""
    entries = issue.entries
    addresses = [issue.source, issue.previous, issue.next, *(each.url for each in (*issue.picks, *issue.roundups))]
    addresses += [address for entry in entries for address in (entry.url, *entry.cards)]
    addresses += [link.url for entry in entries for link in entry.links]
    texts = [issue.title, *issue.introduction, *issue.footer]
    texts += [each.title for each in (*issue.picks, *issue.roundups)]
    for entry in entries:
        texts += [entry.heading, entry.title, entry.page_title, entry.site, *entry.text, *entry.asides]
        texts += [link.label for link in entry.links]
    told = [text for text in texts if text]
    addresses += [found.url for text in (*issue.introduction, *issue.footer) for found in find_bare(text)]
    return frozenset(address for address in addresses if address), _letters(
        "\0".join([*told, *filter(None, addresses)])
    )


def _clauses(block: Block) -> Iterator[str]:
    """Yield what a block says between its signs: not the names of sections and labels, nor visible addresses."""
    if section_of(block.text) is not None:
        return
    texts = [block.text, block.description] if block.kind == CARD else _texts(block)
    for text in (part for told in texts for part in _BRACKETS.split(told) if section_of(part) is None):
        for clause in _CLAUSES.split(text):
            shortest = _SHORTEST_WIDE if _CJK.match(clause) else _SHORTEST
            if len(clause) >= shortest and label_of(clause) is None and not _NUMBER.fullmatch(clause):
                yield clause


def _texts(block: Block) -> Iterator[str]:
    for span in block.spans:
        if span.image and not is_told(span.text):
            continue
        if span.href and is_reference_mark(span.text):
            continue
        beside = words_beside_address(span.text, span.href) if span.href else ""
        if span.href and not beside and (shown(span.text) in span.href or next(find_bare(span.text), None)):
            continue
        text = span.text
        for found in reversed(list(find_bare(text))):
            text = f"{text[: found.start]} {text[found.end :]}"
        yield text


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or character == "\0").casefold()
