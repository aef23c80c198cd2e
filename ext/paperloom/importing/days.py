"""Weeks, days and months as issues name them, in Chinese, Japanese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from paperloom.importing.words import normalize

_CHINESE = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:20\d{2}|二[〇零][〇零一二三四五六七八九]{2})"
_WEEK = r"个?\s*(?:[周週](?![年期])|星期)"
_WEEK_FORMS = (
    re.compile(
        rf"(?:(?P<year>{_YEAR})\s*年?\s*的?\s*[,，/·\-–—]?\s*)?第\s*(?P<week>{_NUMBER})\s*{_WEEK}"
        rf"(?:\s*[,，/(（·\-–—#]*\s*(?P<after>{_YEAR}))?"
    ),
    re.compile(rf"(?P<year>{_YEAR})\s*年\s*#?\s*(?P<week>{_NUMBER})\s*{_WEEK}"),
    re.compile(rf"(?P<year>{_YEAR})\s*年?\s*[周週]\s*(?P<week>\d{{1,2}})(?!\d|\s*[年月日])"),
    re.compile(rf"#?\s*[周週]\s*(?P<week>\d{{1,2}})\s*[,，/]\s*(?P<after>{_YEAR})"),
    re.compile(
        r"(?:(?P<year>20\d{2})\s*[,/·\-–—:(]*\s*)?#?\bweek\s*[-#.:_]*\s*(?P<week>\d{1,2})\b(?!\d)"
        r"(?:\s*(?:[,/·\-–—:(_]|of|in)*\s*(?P<after>20\d{2})(?!\d))?"
    ),
    re.compile(r"(?P<year>20\d{2})\s*[-_/ ]?\s*(?:cw|kw|wk|w)\.?\s*(?P<week>\d{1,2})(?!\d)"),
    re.compile(r"\b(?:cw|kw|wk)\.?\s*(?P<week>\d{1,2})\b\s*[,/\-–—(]*\s*(?P<after>20\d{2})?"),
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "september" else "sept?(?:ember)?" for name in _MONTHS)
_DAY_FORMS = (
    re.compile(r"(?:(?P<year>20\d{2})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号號]"),
    re.compile(r"(?P<year>20\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b(?P<name>{_MONTH})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*:)(?:\s*,?\s*(?P<year>20\d{{2}}))?"
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s*)?(?P<name>{_MONTH})\b\.?(?:\s*,?\s*(?P<year>20\d{{2}}))?"
    ),
    re.compile(r"(?<![\d/.])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])"),
)
_MONTH_FORMS = (
    re.compile(r"(?P<year>20\d{2})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?!\s*\d{1,2}\s*[日号])"),
    re.compile(rf"\b(?P<name>{_MONTH})\b\.?[\s,\-_]*(?P<year>20\d{{2}})"),
    re.compile(rf"(?P<year>20\d{{2}})[\s,\-_]*(?P<name>{_MONTH})\b"),
    re.compile(r"(?P<year>20\d{2})[-/](?P<month>0[1-9]|1[0-2])(?![\d/-])"),
)
_ISSUE = re.compile(r"(?:issue|vol(?:ume)?|no|number|edition|#|第)\s*\.?\s*#?\s*(?P<number>\d{1,4})\s*(?:[期号號回])?")


@dataclass(frozen=True, slots=True)
class WeekName:
    """A week as a text names it, the year where it does; ``end`` is where the name ends in the text."""

    year: int | None
    number: int
    end: int


def _value(text: str) -> int:
    """Return a number that is written in digits or in Chinese."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        return (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)
    return int("".join(str(_CHINESE[character]) for character in text))


def weeks_in(text: str) -> Iterator[WeekName]:
    """Yield the weeks that ``text`` names, in their order."""
    folded = normalize(text).replace("_", " ")
    found: list[tuple[int, WeekName]] = []
    for form in _WEEK_FORMS:
        for match in form.finditer(folded):
            groups = match.groupdict()
            year = groups.get("year") or groups.get("after")
            if any(begin <= match.start() < name.end or begin < match.end() <= name.end for begin, name in found):
                continue
            found.append((match.start(), WeekName(_value(year) if year else None, _value(match["week"]), match.end())))
    for _begin, name in sorted(found, key=lambda item: item[0]):
        yield name


def week_in(text: str) -> WeekName | None:
    """Return the first week that ``text`` names, one with its year before one without."""
    found = list(weeks_in(text))
    return next((name for name in found if name.year), found[0] if found else None)


def without_weeks(text: str) -> str:
    """Return ``text`` in compatibility form without the names of weeks."""
    folded = normalize(text).replace("_", " ")
    for form in _WEEK_FORMS:
        folded = form.sub(" ", folded)
    return folded


def week_in_address(url: str) -> WeekName | None:
    """Return the week that the last step of an address names: ``akiras-ml-news-week44-2020-eda5ee9fff33``."""
    step = re.sub(r"[?#].*", "", url).rstrip("/").rpartition("/")[2]
    step = re.sub(r"-[0-9a-f]{8,}$", "", step)
    return week_in(step.replace("-", " "))


def day_in(text: str, year: int | None) -> date | None:
    """Return the first day that ``text`` names; ``year`` is that of a day without one."""
    folded = normalize(text)
    found: list[tuple[int, date]] = []
    for form in _DAY_FORMS:
        for match in form.finditer(folded):
            groups = match.groupdict()
            of_year = int(groups["year"]) if groups.get("year") else year
            month = _month(groups)
            try:
                if of_year and month:
                    found.append((match.start(), date(of_year, month, int(match["day"]))))
            except ValueError:
                continue
    return min(found)[1] if found else None


def _month(groups: dict[str, str | None]) -> int | None:
    if name := groups.get("name"):
        return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
    month = groups.get("month")
    return _value(month) if month else None


def month_in(text: str) -> tuple[int, int] | None:
    """Return (year, month) where ``text`` names a month, and no day of it."""
    folded = normalize(text)
    for form in _MONTH_FORMS:
        if match := form.search(folded):
            month = _month(match.groupdict())
            if month and 1 <= month <= 12:
                return int(match["year"]), month
    return None


def year_in(text: str) -> int | None:
    """Return the year that ``text`` names."""
    match = re.search(r"(?<!\d)(20\d{2})(?!\d)", normalize(text))
    return int(match[1]) if match else None


def issue_number_in(text: str) -> int | None:
    """Return the number of an issue that ``text`` names: ``Issue #25``."""
    match = _ISSUE.search(normalize(text))
    return int(match["number"]) if match else None
