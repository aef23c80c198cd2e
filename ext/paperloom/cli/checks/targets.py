"""Checks of what pages refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperloom.cli.checks.overview import Overview
from paperloom.model.problems import Problem, Severity, Subtype
from paperloom.sources.suggestions import did_you_mean


def roles(base: Overview) -> Iterator[Problem]:
    """A role whose target does not exist."""
    articles = {f"{week_id}#{article}" for week_id, page in base.weeks.items() for article in page.articles}
    entries = base.entries.keys() | base.unreadable
    known: dict[str, tuple[Iterable[str], str, Subtype]] = {
        "paper": (base.papers, "write the key of a paper that has a page", Subtype.UNKNOWN_PAPER),
        "citation": (entries, "write a key of the bibliography", Subtype.UNKNOWN_PAPER),
        "week": (base.weeks, "write a week that has a page", Subtype.UNKNOWN_WEEK),
        "topic": (base.topics, "write a topic that has a page", Subtype.UNKNOWN_TOPIC),
        "article": (articles, "write it as 2020-w38#id", Subtype.ARTICLE),
    }
    for page in base.pages.values():
        for name, target, line in page.roles:
            targets, otherwise, subtype = known[name]
            if target not in targets:
                remedy = did_you_mean(target, targets, otherwise)
                yield Problem(page.path, line, f"unknown {name} '{target}'", remedy, subtype)


def unlinked_mentions(base: Overview) -> Iterator[Problem]:
    """A paper that is named without a link; a notice, since names are sometimes just words."""
    for docname, mentions in base.unlinked.items():
        path = base.pages[docname].path
        for name, key, line in mentions:
            message = f"'{name}' is named without a link"
            remedy = f"write {{paper}}`{name} <{key}>`"
            yield Problem(path, line, message, remedy, Subtype.UNLINKED_MENTION, Severity.NOTICE)
