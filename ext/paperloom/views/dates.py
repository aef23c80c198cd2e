"""Days as the language of the site writes them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_interval, format_skeleton


def interval(starts: date, ends: date, language: str) -> str:
    """Return the days of a week as the language writes them."""
    return str(format_interval(starts, ends, "yMMMMd", locale=language.replace("-", "_")))


def day(value: str, language: str) -> str:
    """Return an ISO day as the language writes it."""
    return str(format_date(date.fromisoformat(value), "long", locale=language.replace("-", "_")))


def month(value: str, language: str) -> str:
    """Return a month such as ``2020-09`` as the language writes it."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=language.replace("-", "_")))
