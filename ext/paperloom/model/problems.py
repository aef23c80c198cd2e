"""Problems found in the sources: one record, one vocabulary of subtypes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Subtype(Enum):
    """The subtypes of warnings of type ``paperloom``.

    The value is the name shown in brackets at the end of a warning and accepted by
    Sphinx's ``suppress_warnings``; :data:`DESCRIPTIONS` says what each one means.
    """

    ALIAS_CONFLICT = "alias-conflict"
    ALIAS_DEAD = "alias-dead"
    ARTICLE = "article"
    BIBTEX_BRACES = "bibtex-braces"
    BIBTEX_DUPLICATE = "bibtex-duplicate"
    BIBTEX_FIELD = "bibtex-field"
    BIBTEX_FORMAT = "bibtex-format"
    BIBTEX_SYNTAX = "bibtex-syntax"
    DRAWING = "drawing"
    DRAFT = "draft"
    DUPLICATE_ARTICLE = "duplicate-article"
    DUPLICATE_PAPER = "duplicate-paper"
    EMPTY = "empty"
    ENCODING = "encoding"
    FIGURE = "figure"
    FIGURE_UNUSED = "figure-unused"
    FILE_NAME = "file-name"
    FORMER_NAME = "former-name"
    FORMULA = "formula"
    FRONT_MATTER = "front-matter"
    LOST_ADDRESS = "lost-address"
    MARKUP = "markup"
    MISSING_ENTRY = "missing-entry"
    MISSING_PAGE = "missing-page"
    PICK = "pick"
    SECTION = "section"
    TITLE = "title"
    TLDR = "tldr"
    TOCTREE = "toctree"
    TOPIC_CYCLE = "topic-cycle"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_PAPER = "unknown-paper"
    UNKNOWN_TOPIC = "unknown-topic"
    UNKNOWN_WEEK = "unknown-week"
    UNLINKED_MENTION = "unlinked-mention"
    UNLISTED_ADDRESS = "unlisted-address"
    URL = "url"
    WEEK_START = "week-start"


#: What each subtype means, for the reference page and for ``--help``.
DESCRIPTIONS: dict[Subtype, str] = {
    Subtype.ALIAS_CONFLICT: "an alias is claimed by two papers, or by two topics",
    Subtype.ALIAS_DEAD: "an alias is empty or too short to be matched in running text",
    Subtype.ARTICLE: "an article lacks its id or kind, or an option has a value that is not allowed",
    Subtype.BIBTEX_BRACES: "the braces of a BibTeX entry are not balanced",
    Subtype.BIBTEX_DUPLICATE: "a citation key or a field of an entry occurs twice, letter case aside",
    Subtype.BIBTEX_FIELD: "a required field is missing or empty, or a field has an impossible value",
    Subtype.BIBTEX_FORMAT: "entries or fields are not in the agreed order",
    Subtype.BIBTEX_SYNTAX: "BibTeX that cannot be parsed",
    Subtype.DRAWING: "a drawing holds what may not stand in a page, or is not drawn as the guide to figures asks",
    Subtype.DRAFT: "a page that a command made is not written yet (a warning, not an error)",
    Subtype.DUPLICATE_ARTICLE: "an article id is used twice in one week",
    Subtype.DUPLICATE_PAPER: "two pages or entries describe one paper",
    Subtype.EMPTY: "a file is empty",
    Subtype.ENCODING: "a file is not UTF-8",
    Subtype.FIGURE: "a picture is missing, or lacks its alternative text, its caption or its origin",
    Subtype.FIGURE_UNUSED: "a drawing that no page shows",
    Subtype.FILE_NAME: "a file's name is not its citation key, week id, slug or period, or its folder is wrong",
    Subtype.FORMER_NAME: "a former name of a page belongs to another page",
    Subtype.FORMULA: "a formula that cannot be shown as MathML",
    Subtype.FRONT_MATTER: "front matter is missing, is not YAML, or a field has the wrong type",
    Subtype.LOST_ADDRESS: "a page that was published is gone, and no page says that it had its name before",
    Subtype.MARKUP: "markup that a paper page must not use",
    Subtype.MISSING_ENTRY: "a page has no BibTeX entry",
    Subtype.MISSING_PAGE: "a BibTeX entry has no page",
    Subtype.PICK: "an editor's pick is not in the issue, or is listed twice",
    Subtype.SECTION: "an expected section is missing, empty or out of order",
    Subtype.TITLE: "the first heading is missing or disagrees with the BibTeX entry",
    Subtype.TLDR: "the TL;DR is too long",
    Subtype.TOCTREE: "a document is in no toctree",
    Subtype.TOPIC_CYCLE: "the parents of topics form a cycle, or more than two levels",
    Subtype.UNKNOWN_FIELD: "a field of the front matter is not known",
    Subtype.UNKNOWN_PAPER: "a citation key that no page or entry has",
    Subtype.UNKNOWN_TOPIC: "a topic that has no page",
    Subtype.UNKNOWN_WEEK: "a week that has no page",
    Subtype.UNLINKED_MENTION: "a paper is named without a link (a notice, not an error)",
    Subtype.UNLISTED_ADDRESS: "a page is not in the list of published addresses yet (a warning; ``--fix`` adds it)",
    Subtype.URL: "an address is not an http or https address",
    Subtype.WEEK_START: "the start of a week is not its Sunday",
}


class Severity(Enum):
    """How much a problem matters: errors fail ``paperloom check``, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is, what is wrong and what to do about it.

    ``path`` is relative to the knowledge base's root, ``line`` counts from 1.
    """

    path: str
    line: int
    message: str
    remedy: str
    subtype: Subtype
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return ``path:line: what is wrong; what to do [paperloom.subtype]``."""
        return f"{self.path}:{self.line}: {self.text} [paperloom.{self.subtype.value}]"

    @property
    def text(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.message}; {self.remedy}" if self.remedy else self.message


def sort_key(problem: Problem) -> tuple[str, int, str, str]:
    """Return the total order in which problems are reported."""
    return (problem.path, problem.line, problem.subtype.value, problem.text)
