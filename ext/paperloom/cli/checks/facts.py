"""What the checks of the whole knowledge base know of each page and each entry.

Reading a page takes a thousand times longer than looking at what was read from it before. So all
that is here is plain data (texts, numbers, tuples), which can be kept and is quickly loaded; and
what is wrong with a page by itself is part of it.
"""

from __future__ import annotations

from typing import NamedTuple

from paperloom.model.problems import Problem, Severity, Subtype

#: A problem without its path: line, message, remedy, the values of subtype and severity.
PlainProblem = tuple[int, str, str, str, str]

#: A paper that a page names without a link: the name, the citation key and the line.
UnlinkedMention = tuple[str, str, int]
#: The paragraphs of a page as bytes: all texts, and the line and the linked stretches of each.
PlainText = tuple[bytes, bytes]

_SUBTYPES = {subtype.value: subtype for subtype in Subtype}
_SEVERITIES = {severity.value: severity for severity in Severity}


class PageFacts(NamedTuple):
    """A page. Places are line numbers from 1; ``path`` is relative to the root.

    ``stated_kind`` is what the front matter says, ``kind`` what the folder says where it is
    silent. ``title_key`` is the title's normal form. ``relations`` are (type, target, line),
    ``roles`` (role, target, line), ``toctree`` (document name or pattern, line, entry kind: ``paper``,
    ``document`` or ``glob``), ``figures`` (path as written, path below the source directory, line), the
    other lists (name, line).
    ``revised_on`` is the day of the latest revision as it is written.
    ``problems_if_featured`` count only where an issue features the paper.
    """

    path: str
    docname: str
    stated_kind: str | None
    kind: str | None
    title: str | None
    title_line: int
    title_key: str
    is_orphan: bool
    is_draft: bool
    aliases: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    parent: str | None
    parent_line: int
    relations: tuple[tuple[str, str, int], ...]
    roles: tuple[tuple[str, str, int], ...]
    former: tuple[tuple[str, int], ...]
    papers: tuple[tuple[str, int], ...]
    articles: tuple[str, ...]
    picks: tuple[tuple[str, int], ...]
    toctree: tuple[tuple[str, int, str], ...]
    figures: tuple[tuple[str, str, int], ...]
    revised_on: tuple[str, int] | None
    problems: tuple[PlainProblem, ...]
    problems_if_featured: tuple[PlainProblem, ...]

    @property
    def name(self) -> str:
        """The file's name without folder and suffix."""
        return self.docname.rpartition("/")[2]


class EntryFacts(NamedTuple):
    """An entry of the bibliography. ``family`` is the first author's family name.

    ``identifiers`` are (kind, value) pairs, sorted, the title's normal form among them.
    ``lacking`` is what the entry of a draft says that it lacks. ``is_well_named`` tells whether
    the key begins as the rule wants it.
    """

    key: str
    path: str
    line: int
    title: str
    title_key: str
    family: str | None
    year: int | None
    identifiers: tuple[tuple[str, str], ...]
    is_well_named: bool
    lacking: tuple[str, ...]


def plain(problem: Problem, first_line: int = 1) -> PlainProblem:
    """Return ``problem`` as plain data, with its line counted from ``first_line``."""
    line = problem.line - first_line + 1
    return line, problem.message, problem.remedy, problem.subtype.value, problem.severity.value


def restore(plain_problem: PlainProblem, path: str, first_line: int = 1) -> Problem:
    """Return the problem that :func:`plain` was given."""
    line, message, remedy, subtype, severity = plain_problem
    return Problem(path, line + first_line - 1, message, remedy, _SUBTYPES[subtype], _SEVERITIES[severity])
