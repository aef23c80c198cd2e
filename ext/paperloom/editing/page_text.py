"""Pages as they are written: front matter, headings and lists that any text survives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from paperloom.editing.errors import EditingError
from paperloom.model.calendar import parse_week_id, start_of_week
from paperloom.sources.text import clean

#: The sections of a paper's page, in the order in which check expects them.
SECTIONS = ("Why it matters", "How it works", "Results", "Limits")

#: Characters that mean something inside a line of Markdown, with the extensions that MyST knows.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>$&~^|#])")
_PAPERS = re.compile(r"\{papers\}\s*")


def escape_markdown(text: str) -> str:
    """Return plain ``text`` on one line, as Markdown that reads the same inside a line."""
    return _MARKDOWN.sub(r"\\\1", clean(text))


def heading(text: str, level: int = 1) -> str:
    """Return a heading that reads ``text``.

    :raises ValueError: if there is nothing to read in ``text``.
    """
    if not clean(text):
        raise ValueError("a heading needs a text")
    return f"{'#' * level} {escape_markdown(text)}"


def comment(text: str) -> str:
    """Return ``text`` as a comment that no reader of the site sees, whatever it holds."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    inner = "\n".join(lines).strip("\n").replace("--", "-\u200b-")
    return f"<!--\n{inner}\n-->"


def front_matter(kind: str, fields: Mapping[str, Any]) -> str:
    """Return the block of front matter for a page of ``kind``, with ``fields`` in their order.

    Fields that are None, and empty lists and mappings, are left out; dates are written as days.
    """
    kept = {name: value for name, value in fields.items() if value is not None and value not in ([], (), {})}
    lines = [f"  {_yaml_key(name)}: {_yaml(value)}" for name, value in kept.items()]
    return "\n".join(["---", f"{kind}:", *lines, "---"])


def _yaml(value: Any) -> str:
    """Return ``value`` as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_yaml_key(str(name))}: {_yaml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_yaml, value))}]"
    # In a list, so that the text is quoted where it would end or split one.
    written = yaml.safe_dump(
        [clean(value) if isinstance(value, str) else value],
        default_flow_style=True,
        allow_unicode=True,
        width=float("inf"),
    )
    return str(written).strip().removeprefix("[").removesuffix("]")


def _yaml_key(name: str) -> str:
    return name if name == "on" else _yaml(name)  # PyYAML takes it for a truth value; our reader does not


def paper_page(
    title: str,
    fields: Mapping[str, Any],
    *,
    sections: Sequence[str] = SECTIONS,
    notes: str = "",
) -> str:
    """Return the page of a paper: front matter of ``fields`` (as in formats), heading and empty sections.

    ``notes`` are for the writer: they stand in a comment below the heading.

    :raises ValueError: if the title is blank.
    """
    blocks = [f"{front_matter('paper', fields)}\n{heading(title)}"]
    if notes.strip():
        blocks.append(comment(notes))
    blocks += [heading(section, 2) for section in sections]
    return "\n\n".join(blocks) + "\n"


def with_title(text: str, old: str, new: str) -> str:
    """Return the page ``text`` with its heading ``old``, as a command wrote it, changed to ``new``; else unchanged."""
    written = f"\n{heading(old)}\n"
    return text.replace(written, f"\n{heading(new)}\n", 1) if written in text else text


def week_page(
    week_id: str,
    *,
    picks: Sequence[str] = (),
    source: str | None = None,
    title: str | None = None,
    body: Sequence[str] = (),
    papers: Sequence[str] | None = None,
) -> str:
    """Return the page of the week ``week_id``: front matter, heading, ``body`` and then the list of papers.

    ``body`` are blocks of finished Markdown; a caller that places the list itself (with
    :func:`papers_list`) gives None for ``papers``.

    :raises ValueError: if there is no such week.
    """
    parsed = parse_week_id(week_id)
    if parsed is None:
        raise ValueError(f"'{week_id}' is no week; write it as 2021-w06")
    year, number = parsed
    fields = {"starts": start_of_week(year, number), "picks": list(picks), "source": source}
    blocks = [f"{front_matter('week', fields)}\n{heading(title or f'Week {number}, {year}')}", *body]
    if papers is not None:
        blocks += [heading("Papers", 2), papers_list(papers)]
    return "\n\n".join(blocks) + "\n"


def papers_list(keys: Sequence[str]) -> str:
    """Return the list of papers of a week."""
    return "\n".join(["```{papers}", *keys, "```"])


def add_paper_to_week(text: str, key: str, shown_as: str = "the page of the week") -> str:
    """Return the page ``text`` of a week with ``key`` at the end of its first list of papers.

    Where the page has no list, a section with one is added below the introduction. A key that one
    of the lists holds is left where it is.

    :raises EditingError: if the list is not closed.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)", text)
    tokens = _markdown().parse(text.removeprefix("\ufeff"))
    fences = [token for token in tokens if token.type in ("fence", "colon_fence") and _PAPERS.match(token.info.strip())]
    if any(key == line.strip() for fence in fences for line in fence.content.splitlines()):
        return text
    if not fences:
        return _with_new_list(text, lines, tokens, key, newline)
    start, end = fences[0].map or (0, 0)
    closing = lines[end - 1]
    if end - start < 2 or closing.strip().strip(fences[0].markup[0]):
        raise EditingError(f"{shown_as}:{start + 1}: the list of papers is not closed; end it with a line '```'")
    indent = closing[: len(closing) - len(closing.lstrip())]
    lines.insert(end - 1, f"{indent}{key}{newline}")
    return "".join(lines)


def _with_new_list(text: str, lines: list[str], tokens: list[Token], key: str, newline: str) -> str:
    block = newline.join([heading("Papers", 2), "", *papers_list([key]).split("\n")])
    place = next(
        (
            token.map[0]
            for token in tokens
            if token.type == "heading_open" and token.tag == "h2" and token.map and token.level == 0
        ),
        None,
    )
    if place is None:
        end = "" if text.endswith("\n") else newline
        return f"{text}{end}{newline}{block}{newline}"
    gap = "" if not lines[place - 1].strip() else newline
    return f"{''.join(lines[:place])}{gap}{block}{newline}{newline}{''.join(lines[place:])}"


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").use(front_matter_plugin).use(colon_fence_plugin)
