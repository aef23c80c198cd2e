"""What a book holds: all documents that its toctrees reach, and the background papers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util.matching import Matcher

from paperloom.domain import domain_of
from paperloom.model.calendar import end_of_week
from paperloom.model.records import Week
from paperloom.views.dates import interval
from paperloom.weave.facts import Facts

#: The day that a book without issues bears; every day before 1980 cannot be written into a ZIP file.
_NO_DAY = date(1980, 1, 1)
#: Where links lead, until they become text, whose target is neither in the book nor on a site.
NOWHERE = "outside-of-the-book:"


@dataclass(frozen=True)
class Book:
    """A book: its documents with their depth in the toctrees, and the papers that no toctree reaches.

    ``week`` is the id of the issue that the book holds, empty for all of them; ``days`` says which
    days the issues cover, in the language of the site; ``day`` is the last of them.
    """

    week: str
    title: str
    days: str
    day: date
    contents: tuple[tuple[int, str], ...]
    background: tuple[str, ...]

    @property
    def root(self) -> str:
        """The document that the book begins with."""
        return self.contents[0][1]

    @cached_property
    def docnames(self) -> frozenset[str]:
        """The names of all documents in the book."""
        return frozenset((*(docname for _depth, docname in self.contents), *self.background))

    @property
    def moment(self) -> datetime:
        """When the book counts as made: never the time of the clock, so that the same sources give the same bytes.

        It is midnight after the last day of its issues, or what ``SOURCE_DATE_EPOCH`` says.
        """
        stated = os.environ.get("SOURCE_DATE_EPOCH", "")
        if stated.isdecimal():
            return datetime.fromtimestamp(int(stated), UTC)
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)

    def identifier(self, config: Config) -> str:
        """Return an identifier that the book keeps whatever is added to it."""
        address = f"{config.html_baseurl or config.project}#{self.week}"
        return uuid.uuid5(uuid.NAMESPACE_URL, address).urn

    def address_outside(self, docname: str, config: Config) -> str:
        """Return the address on the site of a page that is not in the book; :data:`NOWHERE` where that is not known."""
        base = str(config.html_baseurl or "")
        suffix = config.html_link_suffix or config.html_file_suffix or ".html"
        return f"{base.rstrip('/')}/{docname}{suffix}" if base else NOWHERE


def is_chosen(config: Config, name: str) -> bool:
    """Return whether the project has set ``name`` itself."""
    return name in config._raw_config or name in config.overrides  # noqa: SLF001  # no public way to ask


def suffix_of_week(config: Config) -> str:
    """Return what the names of files of a book of one week end in."""
    return f"-{config.paperloom_book_week}" if config.paperloom_book_week else ""


def book_of(env: BuildEnvironment, config: Config) -> Book:
    """Return the book that the configuration asks for.

    :raises ConfigError: if it asks for an issue that is not there.
    """
    facts = domain_of(env).woven.facts
    left_out = Matcher(list(config.paperloom_book_without))
    children = {
        docname: [child for child in found if not left_out(child)] for docname, found in env.toctree_includes.items()
    }
    wanted = config.paperloom_book_week
    if not wanted:
        root, title, weeks = config.root_doc, config.project, [*facts.weeks.values()]
        contents = outline(root, children)
        reached = {docname for _depth, docname in contents}
        background = tuple(
            paper.docname
            for key in facts.order
            if (paper := facts.papers[key]).docname not in reached and not left_out(paper.docname)
        )
    else:
        week = _week(facts, wanted)
        root, title, weeks = week.docname, f"{config.project}: {week.title}", [week]
        contents, background = outline(root, children), ()
    days = interval(weeks[0].starts, end_of_week(weeks[-1].starts), config.language) if weeks else ""
    day = end_of_week(weeks[-1].starts) if weeks else _NO_DAY
    return Book(wanted, title, days, max(day, _NO_DAY), tuple(contents), background)


def outline(root: str, children: Mapping[str, Sequence[str]]) -> list[tuple[int, str]]:
    """Return (depth, name) of ``root``, at depth 0, and of everything below it, each once, in the order of reading."""
    found: dict[str, int] = {}
    open_ends = [(0, root)]
    while open_ends:
        depth, docname = open_ends.pop()
        if docname not in found:
            found[docname] = depth
            open_ends += [(depth + 1, child) for child in reversed(children.get(docname, ()))]
    return [(depth, docname) for docname, depth in found.items()]


def _week(facts: Facts, wanted: str) -> Week:
    if wanted not in facts.weeks:
        known: Iterable[str] = list(facts.weeks)[-5:]
        raise ConfigError(
            f"paperloom_book_week: there is no issue '{wanted}'; name one by its id, such as {', '.join(known) or '…'}"
        )
    return facts.weeks[wanted]
