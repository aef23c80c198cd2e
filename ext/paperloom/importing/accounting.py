"""The last look at an issue: whatever is in it and stands nowhere in its record is told.

Nothing that was read is lost by a rule that did not think of it: each address and each clause is
looked for in what was understood, and what is missing there becomes text without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperloom.importing.addresses import find_bare, words_beside_address
from paperloom.importing.blocks import CARD, HEADING, Block, is_told
from paperloom.importing.days import without_weeks
from paperloom.importing.entry import candidates_of
from paperloom.importing.issue import Issue
from paperloom.importing.marks import shown
from paperloom.importing.navigation import is_navigation, names_of_issues, words_beside_issues
from paperloom.importing.pieces import is_reference_mark
from paperloom.importing.words import NAVIGATION, label_of, mentions_any, section_of, words_of
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
            lost += [text for text in words_beside_issues(block, base) if letters_of(text) not in letters]
        else:
            lost += [clause for clause in _clauses(block) if letters_of(clause) not in letters]
        if lost:
            yield block, lost[0]


def beside_navigation(issue: Issue, blocks: list[Block], base: str | None) -> Iterator[str]:
    """Yield what blocks that lead to other issues say besides, as far as the record of ``issue`` does not hold it.

    That is what stands for a picture, and words beside the name of a week; not those for before, after and here.
    """
    _addresses, letters = _said(issue)
    leading = False
    for block in blocks:
        if block.kind == HEADING:
            leading = section_of(block.text) == NAVIGATION
        in_review = any(first <= block.line <= last for first, last in issue.review)
        if block.is_rule or in_review or not (leading or is_navigation(block, base)):
            continue
        texts = [block.text] if block.kind == CARD else [*_texts(block)]
        clauses = (clause for text in texts for clause in _CLAUSES.split(without_weeks(text)))
        if any(_is_word_beside(clause) and letters_of(clause) not in letters for clause in clauses):
            yield " ".join(" ".join(texts).split())


def _is_word_beside(clause: str) -> bool:
    known = words_of("previous", "next", "roundup", "this_issue")
    says = sum(character.isalpha() for character in clause) > 1
    return says and not mentions_any(clause, known) and section_of(clause) != NAVIGATION


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
    return frozenset(address for address in addresses if address), letters_of(
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
        if span.href and not beside and shown(span.text) in span.href:
            continue
        text = span.text
        is_address = span.href is not None and not beside and next(find_bare(text), None) is not None
        for found in reversed(list(find_bare(text))):
            text = f"{text[: found.start]} {text[found.end :]}"
        if is_address:  # a visible address may be cut by blanks; what is none of it stays
            own = letters_of(span.href or "")
            text = " ".join(word for word in text.split() if letters_of(word) not in own)
        yield text


def letters_of(text: str) -> str:
    """Return the letters and digits of ``text``, by which it is known whatever stands between them."""
    return "".join(character for character in text if character.isalnum() or character == "\0").casefold()
