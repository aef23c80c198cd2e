"""What leads from an issue to others: the week before, the week after, and summaries of longer times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperloom.importing.addresses import host_of
from paperloom.importing.blocks import CARD, RULE, Block
from paperloom.importing.days import issue_number_in, month_in, week_in, week_in_address, year_in
from paperloom.importing.head import mentions_roundup
from paperloom.importing.issue import Issue, NamedLink
from paperloom.importing.pieces import Address, pieces_of
from paperloom.importing.words import NAVIGATION, mentions_any, normalize, section_of, words_of

_BACKWARD = re.compile(r"[⇦←◀⏪«‹<⬅☚👈]|<<")
_FORWARD = re.compile(r"[⇨→▶⏩»›>➡☛👉]|>>")
_CUTS = re.compile(r"[⇦←◀⏪«‹⬅⇨→▶⏩»›➡【】\[\]|｜/\n]+|\s{3,}")
_NUMBERED = re.compile(r"(?:issue|vol\.?|no\.?)?\s*#\s*\d{1,4}|第\s*\d{1,4}\s*[期号號回]", re.IGNORECASE)
#: How long words for before and after are at most: ``Last week``.
_LONGEST_DIRECTION = 16
_EDGES = " 　-–—:：・•·()（）,，。"


@dataclass(frozen=True, slots=True)
class _Step:
    """A link or a stretch of text in navigation; ``side`` is -1 before and 1 behind the place of this issue."""

    text: str
    url: str | None
    side: int


def points(text: str) -> bool:
    """Return whether an arrow stands in ``text``: it says where a link beside it leads."""
    return bool(_BACKWARD.search(text) or _FORWARD.search(text))


def is_navigation(block: Block, base: str | None) -> bool:
    """Return whether a block only leads to other issues and summaries."""
    if block.kind in (RULE, CARD) or len(block.text) > 400:
        return False
    steps = _steps(block, base)
    named = [step for step in steps if _names_issue(step) or _names_summary(step)]
    rest = [step for step in steps if step not in named and any(c.isalnum() for c in step.text)]
    rest = [step for step in rest if step.url or len(step.text) > _LONGEST_DIRECTION or not _is_direction_word(step)]
    linked = [step for step in named if step.url] or len(named) > 1
    if base and any(step.url and not step.text and host_of(step.url) != host_of(base) for step in steps):
        return False  # an address that is shown leads somewhere else
    return bool(named and linked) and sum(len(step.text) for step in rest) <= 12


def is_of_entry(block: Block, base: str | None) -> bool:
    """Return whether a block that names a summary may be what an entry is about: somebody else's look back."""
    steps = [step for step in _steps(block, base) if step.url]
    hosts = {host_of(step.url) for step in steps if step.url}
    own = {host_of(base)} if base else set()
    return len(steps) == 1 and not any(_names_issue(step) for step in steps) and not hosts <= own


def names_of_issues(block: Block, base: str | None) -> set[str]:
    """Return the addresses of other issues and summaries in a block."""
    steps = _steps(block, base)
    return {step.url for step in steps if step.url and (_names_issue(step) or _names_summary(step))}


def _is_direction_word(step: _Step) -> bool:
    return mentions_any(step.text, words_of("previous", "next")) or section_of(step.text) == NAVIGATION


def leads_elsewhere(card: Block, week: tuple[int, int] | None) -> bool:
    """Return whether a card leads to the issue of another week than (year, number)."""
    name = week_in(card.text) or (week_in_address(card.href) if card.href else None)
    return card.kind == CARD and name is not None and name.year is not None and (name.year, name.number) != week


def words_beside_issues(block: Block, base: str | None) -> list[str]:
    """Return what a block of navigation says besides the names of issues and the words for before and after."""
    return [
        step.text
        for step in _steps(block, base)
        if step.url is None
        and not (_names_issue(step) or _names_summary(step) or section_of(step.text))
        and not mentions_any(step.text, words_of("previous", "next", "roundup"))
        and sum(character.isalpha() for character in step.text) > 1
    ]


def leads_to_issues(block: Block, base: str | None) -> bool:
    """Return whether a block of navigation holds nothing but the names of other issues and summaries."""
    steps = [step for step in _steps(block, base) if step.url or any(c.isalnum() for c in step.text)]
    return block.kind == RULE or all(_names_issue(step) or _names_summary(step) for step in steps)


def _names_issue(step: _Step) -> bool:
    if step.url and _NUMBERED.fullmatch(step.text):
        return True
    name = week_in(step.text)
    if name is not None:
        return len(step.text) <= 80
    return step.url is not None and week_in_address(step.url) is not None and len(step.text) <= 60


def _names_summary(step: _Step) -> bool:
    if week_in(step.text) or len(step.text) > 120:
        return False
    return mentions_roundup(step.text) and bool(month_in(step.text) or year_in(step.text) or step.url)


def _steps(block: Block, base: str | None) -> list[_Step]:
    if block.kind == CARD:
        return [_Step(block.text.strip(_EDGES), block.href, 0)] if block.text else []
    steps: list[_Step] = []
    side = -1
    for line in pieces_of(block.spans, base):
        for piece in line:
            if isinstance(piece, Address):
                label = piece.label.strip(_EDGES + "<>«»⇦⇨←→")
                forward, backward = _FORWARD.search(piece.label), _BACKWARD.search(piece.label)
                at = 1 if forward and not backward else -1 if backward and not forward else side
                steps.append(_Step(label, piece.url, at))
                continue
            for part in _parts(piece.text):
                if _FORWARD.fullmatch(part):
                    side = 1
                elif part.strip(_EDGES) and not _BACKWARD.fullmatch(part):
                    steps.append(_Step(part.strip(_EDGES), None, side))
        if not any(_names_issue(step) for step in steps):
            side = -1
    return steps


def _parts(text: str) -> list[str]:
    """Return the pieces of a text between arrows and brackets, arrows among them."""
    parts: list[str] = []
    taken = 0
    for cut in _CUTS.finditer(text):
        parts += [text[taken : cut.start()], *(arrow for arrow in cut[0] if _FORWARD.match(arrow))]
        taken = cut.end()
    return [part for part in [*parts, text[taken:]] if part.strip()]


def read_navigation(issue: Issue, blocks: list[Block], base: str | None) -> None:
    """Fill in ``previous``, ``next`` and ``roundups`` from the blocks of navigation.

    Issues that are further away go to the footer.
    """
    before: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    unnumbered: list[_Step] = []
    for block in blocks:
        if block.kind == RULE:
            continue
        for step in _steps(block, base):
            if _names_summary(step):
                _add_summary(issue, step)
            elif step.url:
                distance = _distance(issue, step)
                if distance is None:
                    unnumbered.append(step)
                elif distance:
                    (before if distance < 0 else after).append((abs(distance), step.url))
    for step in unnumbered:
        if mentions_any(step.text, words_of("previous")) or (not before and step.side < 0 and _is_direction(step)):
            before.append((10**6, step.url or ""))
        elif mentions_any(step.text, words_of("next")) or (not after and step.side > 0 and _is_direction(step)):
            after.append((10**6, step.url or ""))
    issue.previous = min(before)[1] if before else issue.previous
    issue.next = min(after)[1] if after else issue.next
    known = {issue.source, issue.previous, issue.next, *(each.url for each in issue.roundups)}
    steps = [step for block in blocks if block.kind != RULE for step in _steps(block, base)]
    others = [f"{step.text}: {step.url}" for step in steps if step.url and step.url not in known]
    unlinked = [step.text for step in steps if not step.url and _says_more(step) and _distance(issue, step)]
    issue.footer = tuple(dict.fromkeys([*issue.footer, *others, *unlinked]))


def _says_more(step: _Step) -> bool:
    """Return whether words stand behind the name of a week."""
    name = week_in(step.text)
    return name is not None and sum(character.isalpha() for character in normalize(step.text)[name.end :]) > 1


def _is_direction(step: _Step) -> bool:
    return bool(_BACKWARD.search(step.text) or _FORWARD.search(step.text)) or section_of(step.text) is not None


def _distance(issue: Issue, step: _Step) -> int | None:
    """Return how many weeks another issue is away, negative where it is earlier; None where nothing says so."""
    name = week_in(step.text)
    of_address = week_in_address(step.url) if step.url else None
    if name is None or (name.year is None and of_address is not None and of_address.number == name.number):
        name = of_address or name
    if name is not None and issue.number is not None and issue.year is not None:
        years = [name.year] if name.year else [issue.year - 1, issue.year, issue.year + 1]
        distance = min(((year - issue.year) * 52 + name.number - issue.number for year in years), key=abs)
        if distance == 0 and name.year not in (None, issue.year):
            return -1 if name.year < issue.year else 1  # week 53, where the next year has begun
        return distance
    own, other = issue_number_in(issue.title or ""), issue_number_in(step.text)
    return other - own if own is not None and other is not None else None


def _add_summary(issue: Issue, step: _Step) -> None:
    period = _period(step)
    for place, known in enumerate(issue.roundups):
        if _period(_Step(known.title, known.url, 0)) == period:
            if known.url is None and step.url:
                issue.roundups[place] = NamedLink(step.text, step.url)
            return
    issue.roundups.append(NamedLink(step.text, step.url))


def _period(step: _Step) -> tuple[int, int] | str:
    of_address = step.url.rpartition("/")[2].replace("-", " ") if step.url else ""
    if month := month_in(step.text) or month_in(of_address):
        return month
    year = year_in(step.text) or year_in(of_address)
    return (year, 0) if year else step.text.casefold()
