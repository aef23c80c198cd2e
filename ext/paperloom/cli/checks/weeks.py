"""Checks of weeks and their articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from paperloom.cli.checks.overview import Overview
from paperloom.model.calendar import parse_week_id, start_of_week, week_of
from paperloom.model.layout import kind_of_document, paper_docname
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.articles import slips_of
from paperloom.sources.days import parse_day
from paperloom.sources.suggestions import did_you_mean

if TYPE_CHECKING:
    from paperloom.sources.pages import Directive, Page


def _is_week(page: Page) -> bool:
    return kind_of_document(page.docname, page.front.kind) == "week"


def calendar(page: Page) -> Iterator[Problem]:
    """A week whose name is none, or that does not start on its Sunday."""
    if not _is_week(page):
        return
    week_id = parse_week_id(page.name)
    starts = parse_day(page.front.string("starts"))
    line = page.front.line("starts")
    if week_id is None:
        remedy = "name the file like 2020-w38.md"
        if starts and date.min.year < starts.year < date.max.year:
            year, number = week_of(starts)
            remedy = f"{starts} is in {year}-w{number:02}: name the file {year}-w{number:02}.md"
        message = f"the file's name '{page.name}' is not a week"
        yield Problem(page.path, 1, message, remedy, Subtype.FILE_NAME)
    elif starts and starts != start_of_week(*week_id):
        right = start_of_week(*week_id)
        message = f"'starts' is {starts} ({starts:%A}), but week {page.name} starts on Sunday {right}"
        yield Problem(page.path, line, message, f"write 'starts: {right}'", Subtype.WEEK_START)


def listed_papers(base: Overview) -> Iterator[Problem]:
    """A paper in a week that has no page, or that the week lists twice."""
    for page in base.weeks.values():
        seen: set[str] = set()
        for key, line in page.papers:
            if key not in base.papers:
                remedy = did_you_mean(key, base.papers, f"add {paper_docname(key)}.md")
                message = f"the week lists '{key}', which has no page"
                yield Problem(page.path, line, message, remedy, Subtype.UNKNOWN_PAPER)
            elif key in seen:
                message = f"the week lists '{key}' twice"
                yield Problem(page.path, line, message, "keep one of them", Subtype.UNKNOWN_PAPER)
            seen.add(key)


def directives_of_weeks(page: Page) -> Iterator[Problem]:
    """A list of papers or an article outside a week."""
    for directive in page.directives:
        if directive.name in ("papers", "article") and not _is_week(page):
            message = f"the directive '{directive.name}' stands outside a week"
            yield Problem(page.path, directive.line, message, "move it to a week page", Subtype.UNKNOWN_WEEK)


def articles(page: Page) -> Iterator[Problem]:
    """An article without id, kind or title, with an id of another, or with a bad address or date."""
    seen: dict[str, int] = {}
    for directive in page.directives:
        if directive.name == "article" and _is_week(page):
            yield from _article(page, directive, seen)


def _article(page: Page, directive: Directive, seen: dict[str, int]) -> Iterator[Problem]:
    options = {name: value for name, (value, _line) in directive.options.items()}
    for slip in slips_of(directive.argument, options):
        line = directive.options[slip.option][1] if slip.option else directive.line
        yield Problem(page.path, line, slip.message, slip.remedy, slip.subtype)
    article_id = options.get("id")
    if article_id in seen:
        message = f"the article id '{article_id}' is used twice in this week"
        remedy = f"choose another (it is used on line {seen[article_id]} too)"
        yield Problem(page.path, directive.options["id"][1], message, remedy, Subtype.DUPLICATE_ARTICLE)
    elif article_id:
        seen[article_id] = directive.line


def picks(page: Page) -> Iterator[Problem]:
    """A pick that is not in its issue."""
    if not _is_week(page):
        return
    known = []
    for directive in page.directives:
        if directive.name == "papers":
            known += [text.strip() for text, _line in directive.content if text.strip()]
        elif directive.name == "article" and "id" in directive.options:
            known.append(directive.options["id"][0])
    for index, pick in enumerate(page.front.strings("picks")):
        if pick not in known:
            remedy = did_you_mean(pick, known, "name a paper or article of this issue")
            message = f"the pick '{pick}' is not in this issue"
            yield Problem(page.path, page.front.line("picks", index), message, remedy, Subtype.PICK)
