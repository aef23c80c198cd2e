"""``paperloom suggestion``: what a filled-in form "Suggest a paper" asks for.

A form that was sent is an issue whose text has a heading for each field and the answer below it.
Whoever sends it writes the text, so nothing of it is passed on but values of a known form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from paperloom.cli.knowledge_base import load, source_directory
from paperloom.cli.written import write_output
from paperloom.model.identifiers import Identifier, identify

#: Identifiers that ``paperloom new`` knows, with an address of each kind that says what it is.
_SHOWN = {
    "arxiv": "{}",
    "doi": "{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}",
}
_HEADING = re.compile(r"^### (?P<name>.+?)[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"[\s,;]+")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:?=()<>;+-]{0,199}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested paper: its identifier as ``paperloom new`` takes it, and where it may belong."""

    identifier: str
    week: str = ""
    topics: tuple[str, ...] = ()

    def as_outputs(self) -> str:
        """Return ``name=value`` lines, as steps of a workflow hand on their results."""
        return f"identifier={self.identifier}\nweek={self.week}\ntopics={','.join(self.topics)}\n"


def fields_of(text: str) -> dict[str, str]:
    """Return the answers of a form by the heading above them; the first one where a heading stands twice."""
    text = text.replace("\r\n", "\n")
    headings = list(_HEADING.finditer(text))
    fields: dict[str, str] = {}
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        answer = text[heading.end() : following.start() if following else len(text)].strip()
        fields.setdefault(heading["name"], "" if answer == "_No response_" else answer)
    return fields


def read_suggestion(text: str, weeks: frozenset[str], topics: frozenset[str]) -> Suggestion:
    """Return what the form ``text`` suggests; words that are none of ``weeks`` and ``topics`` are left out.

    :raises ValueError: if the form names no identifier of a known kind.
    """
    fields = fields_of(text)
    named = fields.get("Identifier", "")
    identifier = _identifier(named)
    if identifier is None:
        shown = named.splitlines()[0][:80] if named else ""
        raise ValueError(
            f"'{shown}' is no arXiv id, no DOI and no address at OpenReview or the ACL Anthology; correct the field"
            " 'Identifier'"
        )
    words = [word for word in _WORDS.split(fields.get("Week or topics", "")) if _SLUG.fullmatch(word)]
    found_weeks = [word for word in words if word in weeks]
    return Suggestion(
        identifier=_SHOWN[identifier.kind].format(identifier.value),
        week=found_weeks[0] if found_weeks else "",
        topics=tuple(dict.fromkeys(word for word in words if word in topics)),
    )


def _identifier(text: str) -> Identifier | None:
    found = identify(text.strip().strip("<>`")) if len(text) <= 500 else None
    return found if found and found.kind in _SHOWN and _SAFE.fullmatch(found.value) else None


@click.command("suggestion")
@click.argument("form", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Append the lines to this file; default: print."
)
@click.pass_obj
def suggestion_command(root: Path, form: IO[str], output: Path | None) -> None:
    """Read a filled-in form "Suggest a paper" from FORM (- for the standard input).

    Prints its identifier, week and topics as 'name=value' lines for 'paperloom new'. Anything in the
    form that is none of these is left out.
    """
    source = source_directory(root)
    base = load(root, source) if source else None
    weeks = frozenset(base.weeks) if base else frozenset()
    topics = frozenset(base.topics) if base else frozenset()
    try:
        found = read_suggestion(form.read(), weeks, topics)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if output is None:
        click.echo(found.as_outputs(), nl=False)
    else:
        write_output(output, found.as_outputs().encode("utf-8"), append=True)
