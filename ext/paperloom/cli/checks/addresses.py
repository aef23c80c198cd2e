"""Checks of addresses: a page that was published stays where it was, or its old address leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from paperloom.cli.checks.overview import Overview
from paperloom.model.layout import PAGES_OF_SPHINX
from paperloom.model.problems import Problem, Severity, Subtype
from paperloom.sources.published_addresses import ADDRESSES, read_addresses
from paperloom.sources.suggestions import did_you_mean
from paperloom.sources.text import read_text

#: Among more new pages than this, none is looked for that may be a lost one under a new name.
_MOST_CANDIDATES = 200


def former_names(base: Overview) -> Iterator[Problem]:
    """A former name that a page has, or that two pages claim."""
    claimed: dict[str, str] = {}
    for page in sorted(base.pages.values(), key=lambda page: page.docname):
        for name, line in page.former:
            if name in base.pages or name in base.unread or name in PAGES_OF_SPHINX:
                message = f"the former name '{name}' is that of a page"
                yield Problem(page.path, line, message, "remove it here, or rename that page", Subtype.FORMER_NAME)
            elif claimed.setdefault(name, page.path) != page.path:
                message = f"the former name '{name}' is claimed by {claimed[name]}, too"
                yield Problem(page.path, line, message, "keep it on one of the pages", Subtype.FORMER_NAME)


def published(base: Overview) -> Iterator[Problem]:
    """A published address that leads nowhere, and a page that is not among the published ones yet."""
    path = base.source / ADDRESSES
    if not path.is_file():
        return
    shown_as = path.relative_to(base.root).as_posix()
    text, problems = read_text(path, shown_as)
    yield from (problem for problem in problems if problem.subtype is not Subtype.EMPTY)
    former = {name for page in base.pages.values() for name, _line in page.former}
    listed = dict(read_addresses(text))
    unlisted = sorted(base.pages.keys() - listed.keys())
    candidates = unlisted if len(unlisted) <= _MOST_CANDIDATES else []
    for name, line in listed.items():
        if name not in base.pages and name not in former and name not in base.unread:
            message = f"the published address '{name}' leads nowhere"
            new = did_you_mean(name, candidates, "")
            renamed = f"add 'former: [{name}]' to the front matter of the page that took its place"
            remedy = f"{renamed} ({new})" if new else f"{renamed}, or bring the page back"
            yield Problem(shown_as, line, message, remedy, Subtype.LOST_ADDRESS)
    for name in unlisted:
        message = f"this page is not in {shown_as} yet"
        remedy = "run 'paperloom check --fix', which adds it"
        yield Problem(base.pages[name].path, 1, message, remedy, Subtype.UNLISTED_ADDRESS, Severity.WARNING)
