"""The head of an issue: its title, its own address, its week and the day on which that starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from paperloom.importing.addresses import find_bare, resolve
from paperloom.importing.blocks import HEADING, PARAGRAPH, Block, tidy
from paperloom.importing.days import WeekName, day_in, month_in, week_in, week_in_address, weeks_in, year_in
from paperloom.importing.issue import Issue
from paperloom.importing.marks import keep
from paperloom.importing.pieces import Address, Words, pieces_of, words_of_line
from paperloom.importing.words import ENTRY_SECTIONS, MIXED, NAVIGATION, PICKS, mentions_any, section_of, words_of
from paperloom.model.calendar import start_of_week, week_of

_SOURCE_FIELDS = ("canonical_url", "canonical", "original_url", "original", "source", "permalink", "url", "link")
_DATE_FIELDS = ("date", "published_at", "published", "created", "pubdate")
#: How far behind the name of the week its first day stands: ``2020 年第 44 周(10 月 25 日~)``.
_NEAR = 40
#: How many blocks of the introduction may name the week.
_FIRST_BLOCKS = 12


def read_head(issue: Issue, blocks: list[Block], fields: Mapping[str, Any]) -> list[Block]:
    """Fill in title, source and week of ``issue``; return the blocks without those of the head."""
    place = _title_place(blocks)
    written = fields.get("title")
    if place is not None:
        issue.title = blocks[place].text
    is_heading = place is not None and blocks[place].kind == HEADING
    if isinstance(written, str) and written.strip() and not (is_heading and week_in(issue.title or "")):
        issue.title = tidy(keep(written))
    issue.source, of_source = _source(blocks, fields)
    introduction = _introduction(blocks, of_source)
    _week(issue, introduction, fields)
    is_title = place is not None and (is_heading or issue.title == blocks[place].text)
    head = {id(blocks[place])} if place is not None and is_title else set()
    head |= {id(block) for block in of_source}
    issue.introduction = (*_other_fields(fields, issue), *_beside_source(of_source))
    return [block for block in blocks if id(block) not in head]


def _other_fields(fields: Mapping[str, Any], issue: Issue) -> list[str]:
    """Return what the front matter says besides title, address and day."""
    taken = {"title", *_DATE_FIELDS, *_SOURCE_FIELDS}
    told = {name: value for name, value in fields.items() if isinstance(value, (str, int, float, list, dict))}
    said = [f"{name}: {_plain_value(value)}" for name, value in told.items() if name not in taken]
    named = [fields[name] for name in _SOURCE_FIELDS if isinstance(fields.get(name), str)]
    addresses = [str(value) for value in named if resolve(str(value), None) != issue.source]
    written = fields.get("title")
    beside = [tidy(keep(written))] if isinstance(written, str) and tidy(keep(written)) != issue.title else []
    return [text for text in (*beside, *said, *addresses) if any(character.isalpha() for character in text)]


def _plain_value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain_value(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain_value(each)}" for name, each in value.items())
    return tidy(keep(str(value)))


def _beside_source(blocks: list[Block]) -> list[str]:
    """Return what else the paragraph with the issue's own address says."""
    lines = [line for block in blocks for line in pieces_of(block.spans, None)]
    said = [words_of_line(line, with_labels=False).rstrip(":： ") for line in lines]
    links = [piece for line in lines for piece in line if isinstance(piece, Address)]
    told = [text for text in said if text and text.casefold() not in words_of("source") and section_of(text) is None]
    others = [f"{link.label or 'link'}: {link.url}" for link in links[1:]]
    return [*told, *others]


def _introduction(blocks: list[Block], of_source: list[Block]) -> list[Block]:
    """Return the first paragraphs, as far as they may speak of this issue: none that lead to others."""
    found: list[Block] = []
    for block in blocks[:_FIRST_BLOCKS]:
        if block.kind == HEADING and section_of(block.text) in (NAVIGATION, MIXED, *ENTRY_SECTIONS):
            break
        leads_away = all(span.href for span in block.spans if any(c.isalnum() for c in span.text))
        is_text = block.kind == PARAGRAPH and not block.depth and "[#" not in block.text
        if is_text and block not in of_source and not leads_away:
            found.append(block)
    return found


def _title_place(blocks: list[Block]) -> int | None:
    headings = [place for place, block in enumerate(blocks) if block.kind == HEADING]
    if headings[:1] == [0] and blocks[0].level == 1 and not week_in(blocks[0].text) and _names_period(blocks[0].text):
        return 0
    if headings[:1] == [0] and blocks[0].level == 1 and week_in(blocks[0].text):
        return 0
    for place in headings:
        if week_in(blocks[place].text) and not section_of(blocks[place].text):
            return place
        if section_of(blocks[place].text) in (*ENTRY_SECTIONS, MIXED, PICKS):
            break
    if headings and not any(block.kind == HEADING or block.is_rule for block in blocks[: headings[0]]):
        first = blocks[headings[0]]
        if headings[0] <= 2 and not section_of(first.text) and first.level == 1:
            return headings[0]
    for place, block in enumerate(blocks[:3]):
        if block.kind == PARAGRAPH and len(block.text) < 80 and week_in(block.text) and "[#" not in block.text:
            return place
    return None


def _names_period(text: str) -> bool:
    """Return whether a title is that of a month or a year."""
    return bool(month_in(text) or year_in(text)) and day_in(text, year_in(text)) is None


def _source(blocks: list[Block], fields: Mapping[str, Any]) -> tuple[str | None, list[Block]]:
    """Return the issue's own address, and the blocks that only say it."""
    for block in blocks:
        if block.kind != PARAGRAPH or len(block.text) > 400:
            continue
        if not mentions_any(block.text[:40], words_of("source")):
            linked = [span for span in block.spans if span.href and mentions_any(span.text, words_of("source"))]
            if not linked or block.depth:
                continue
            spans = linked
        else:
            spans = list(block.spans)
        if section_of(block.text) or (block is not blocks[0] and blocks.index(block) > 6 and not _is_canonical(block)):
            continue
        for span in spans:
            href = span.href or next((found.url for found in find_bare(span.text)), "")
            if href and (url := resolve(href, None)):
                return url, [block]
    for block in blocks[:6]:
        if block.kind == PARAGRAPH and (found := _labelled_source(block)):
            return found, [block]
    for name in _SOURCE_FIELDS:
        value = fields.get(name)
        if isinstance(value, str) and (url := resolve(value, None)):
            return url, []
    return None, []


def _labelled_source(block: Block) -> str | None:
    """Return the address behind a word for the issue's own one, among other facts on a line."""
    for line in pieces_of(block.spans, None):
        for before, piece in pairwise(line):
            if isinstance(before, Words) and isinstance(piece, Address):
                label = re.split(r"[|｜·,，;；/]", before.text)[-1].strip(" :：[【(（<")
                if label.casefold() in words_of("source"):
                    return piece.url
    return None


def _is_canonical(block: Block) -> bool:
    return any("canonical" in span.text.casefold() for span in block.spans)


def _week(issue: Issue, introduction: list[Block], fields: Mapping[str, Any]) -> None:
    of_title = week_in(issue.title or "")
    introduction = [replace(block, spans=tuple(s for s in block.spans if not s.href)) for block in introduction]
    named = [(block, name) for block in introduction for name in weeks_in(block.text)]
    of_address = week_in_address(issue.source) if issue.source else None
    day_field = next((day for name in _DATE_FIELDS if (day := _day(fields.get(name)))), None)
    weeks = {name.number for _block, name in named}
    title = issue.title or ""
    is_named_so = len(weeks) == 1 and not month_in(title) and not mentions_roundup(title, weak=False)
    if of_title is None and not is_named_so and _is_summary(issue, weeks):
        return
    chosen = of_title or (named[0][1] if named else None) or of_address
    line = introduction[0].line if introduction else 1
    if chosen is None:
        day = _first_day(issue, introduction) or day_field
        if day is None:
            issue.report(
                1, "no-week", "nothing says which week it is: neither title nor introduction; give it with --week"
            )
            return
        issue.year, issue.number = week_of(day)
        issue.starts = start_of_week(issue.year, issue.number)
        return
    issue.number = chosen.number
    issue.year = chosen.year or _year(issue, [name for _block, name in named], of_address, day_field, introduction)
    if issue.year is None:
        issue.report(1, "no-week", f"nothing says of which year week {chosen.number} is; give it with --week")
        return
    try:
        issue.starts = start_of_week(issue.year, issue.number)
    except ValueError as error:
        others = [name for name in (*(name for _block, name in named), of_address) if name and name.year]
        other = next((name for name in others if _exists(name)), None)
        if other is None:
            issue.report(1, "impossible-week", f"{error}; give the right one with --week")
            return
        issue.year, issue.number = other.year, other.number
        issue.starts = start_of_week(other.year or 0, other.number)
        issue.report(1, "week-contradicts", f"{error}; week {issue.week}, which is named as well, is taken")
    _compare(issue, named, of_address, line)


def _exists(name: WeekName) -> bool:
    try:
        start_of_week(name.year or 0, name.number)
    except ValueError:
        return False
    return True


def _compare(issue: Issue, named: list[tuple[Block, WeekName]], of_address: WeekName | None, line: int) -> None:
    """Report what contradicts the week that was chosen."""
    assert issue.starts is not None  # noqa: S101  # the week was just found
    for block, name in named[:1]:
        if name.number != issue.number or (name.year and name.year != issue.year):
            said = f"{name.year or issue.year}-w{name.number:02}"
            issue.report(block.line, "week-contradicts", f"the text names week {said}, the title {issue.week}")
        said_day = day_in(block.text[name.end : name.end + _NEAR], issue.year) if name.end else None
        if said_day is not None:
            around = [said_day, *_in_years(said_day)]
            if issue.starts not in around:
                message = f"the issue starts on {said_day}, but week {issue.week} on Sunday {issue.starts}"
                issue.report(block.line, "start-contradicts", message)
    if of_address and (of_address.number != issue.number or (of_address.year or issue.year) != issue.year):
        said = f"{of_address.year or issue.year}-w{of_address.number:02}"
        issue.report(line, "week-contradicts", f"the address names week {said}, the title {issue.week}")


def _in_years(day: date) -> list[date]:
    """Return the same day a year before and after: week 1 may start in December."""
    found = []
    for year in (day.year - 1, day.year + 1):
        try:
            found.append(day.replace(year=year))
        except ValueError:  # 29 February
            continue
    return found


def _year(
    issue: Issue,
    named: list[WeekName],
    of_address: WeekName | None,
    day: date | None,
    introduction: list[Block],
) -> int | None:
    for name in (*named, of_address):
        if name and name.year:
            return name.year
    for text in (issue.title or "", *(block.text for block in introduction)):
        if year := year_in(text):
            return year
    if day:
        return day.year
    return year_in(issue.source.rpartition("/")[2]) if issue.source else None


def _first_day(issue: Issue, introduction: list[Block]) -> date | None:
    year = year_in(issue.title or "") or next((y for b in introduction if (y := year_in(b.text))), None)
    texts = (issue.title or "", *(block.text for block in introduction))
    return next((day for text in texts if (day := day_in(text, year))), None)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return day_in(value, None) if isinstance(value, str) else None


def _is_summary(issue: Issue, weeks: set[int]) -> bool:
    """Return whether the file sums up a month or a year, and report so."""
    title = issue.title or ""
    says_so = mentions_roundup(title)
    period = month_in(title) or (year_in(title) if says_so else None)
    step = issue.source.rstrip("/").rpartition("/")[2].replace("-", " ") if issue.source else ""
    of_address = month_in(step) or (year_in(step) and mentions_roundup(step))
    dated = day_in(title, year_in(title)) is not None
    if says_so or ((period or of_address) and not dated and len(weeks) != 1):
        issue.report(1, "not-an-issue", f"'{title or issue.name}' sums up a longer time than a week")
        return True
    return False


def mentions_roundup(text: str, *, weak: bool = True) -> bool:
    """Return whether ``text`` has a word for a summary; ``weak`` are those by which a series may call itself."""
    return mentions_any(text, words_of("roundup") - (frozenset() if weak else words_of("roundup_weak")))
