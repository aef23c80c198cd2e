"""Pages read without Sphinx: structure from Markdown tokens, with the line of everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from paperloom.model.problems import Problem, Subtype
from paperloom.model.records import Link
from paperloom.sources.citations import citation_targets
from paperloom.sources.front_matter import FrontMatter, parse_front_matter
from paperloom.sources.text import read_text

_DIRECTIVE = re.compile(r"\{(?P<name>[^\s}]+)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r":(?P<name>[\w-]+):(?:[ \t]+(?P<value>.*))?")
_BLOCK_OPTION = re.compile(r"(?P<name>[\w-]+):(?:[ \t]+(?P<value>.*))?")
_ROLE_TARGET = re.compile(r"(?P<text>.+?)\s*(?<!\\)<(?P<target>[^<>]*)>$", re.DOTALL)
_ROLES = ("paper", "week", "topic", "article")
#: Directives whose content is not Markdown.
_LITERAL = frozenset(
    """
    code code-block code-cell csv-table eval-rst graphviz highlight literalinclude math mermaid papers
    parsed-literal raw sourcecode toctree
    """.split()  # noqa: SIM905  # a list of words reads better as text
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1, its text and its line."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive written as a fence; ``options`` maps names to (value, line)."""

    name: str
    argument: str
    line: int
    options: dict[str, tuple[str, int]]
    content: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its target, such as ``paper`` and a citation key."""

    name: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with its stretches that lead somewhere or are code, as in :class:`~.records.Block`."""

    text: str
    links: tuple[Link, ...]
    line: int


@dataclass(slots=True)
class Page:
    """A page as its source states it. ``path`` is relative to the root, ``docname`` to the source directory."""

    path: str
    docname: str
    front: FrontMatter
    headings: list[Heading] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    html: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    filled_sections: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without folder and suffix."""
        return self.docname.rpartition("/")[2]

    @property
    def is_empty(self) -> bool:
        """Whether the file holds nothing."""
        return any(problem.subtype is Subtype.EMPTY for problem in self.problems)

    @property
    def is_draft(self) -> bool:
        """Whether this is the page of a paper that a command made and nobody has written yet."""
        return self.front.kind == "paper" and self.front.fields.get("draft") is True

    @property
    def title(self) -> Heading | None:
        """The first heading of level 1."""
        return next((heading for heading in self.headings if heading.level == 1), None)


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table")
    return markdown.use(myst_block_plugin).use(myst_role_plugin).use(colon_fence_plugin)


def read_page(path: Path, shown_as: str, docname: str) -> Page:
    """Read the page at ``path``."""
    text, problems = read_text(path, shown_as)
    page = parse_page(text, shown_as, docname)
    page.problems = [*problems, *page.problems]
    return page


def parse_page(text: str, shown_as: str, docname: str) -> Page:
    r"""Read the page whose source is ``text``, with ``\n`` line endings."""
    front = parse_front_matter(text, shown_as)
    page = Page(shown_as, docname, front, problems=[*front.problems])
    _read_body(page, front.body, front.body_line)
    return page


def _read_body(page: Page, body: str, first_line: int) -> None:
    section = ""
    for token, inline in _blocks(_markdown().parse(body)):
        span = (inline or token).map  # the cells of a table have lines, their opening tags have none
        line = first_line + (span[0] if span else 0)
        if token.type == "heading_open" and inline is not None:
            text, _links = _flatten(inline)
            page.headings.append(Heading(int(token.tag[1]), text, line))
            section = text if token.tag == "h2" else section
            page.roles.extend(_roles(inline, line))
            continue
        if token.type in ("fence", "colon_fence", "code_block"):
            page.filled_sections.add(section)
            _read_fence(page, token, line)
        elif token.type == "html_block":
            if token.content.lstrip().startswith("<!--"):
                page.comments.append((token.content, line))
            else:
                page.html.append(line)
        elif inline is not None:
            page.filled_sections.add(section)
            text, links = _flatten(inline)
            page.paragraphs.append(Paragraph(text, links, line))
            page.roles.extend(_roles(inline, line))
            page.images.extend(where for child, where in _children(inline, line) if child.type == "image")
            page.html.extend(
                where
                for child, where in _children(inline, line)
                if child.type == "html_inline" and not child.content.startswith("<!--")
            )


def _blocks(tokens: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    opened: Token | None = None
    for token in tokens:
        if token.type == "inline":
            yield opened or token, token
        elif token.type in ("fence", "colon_fence", "code_block", "html_block"):
            yield token, None
        elif token.nesting == 1:
            opened = token


def _read_fence(page: Page, token: Token, line: int) -> None:
    match = _DIRECTIVE.match(token.info.strip())
    if not match:
        return
    lines = token.content.removesuffix("\n").split("\n") if token.content else []
    options, start = _read_options(lines, line + 1)
    content = tuple((text, line + 1 + start + offset) for offset, text in enumerate(lines[start:]))
    directive = Directive(match["name"], match["argument"].strip(), line, options, content)
    page.directives.append(directive)
    if directive.name not in _LITERAL and content:
        _read_body(page, "\n".join(text for text, _line in content), content[0][1])


def _read_options(lines: list[str], first_line: int) -> tuple[dict[str, tuple[str, int]], int]:
    """Return a directive's options and the number of lines they take.

    MyST reads options from ``:name: value`` lines or from a block of YAML between ``---``.
    """
    options: dict[str, tuple[str, int]] = {}
    in_block = bool(lines) and lines[0].strip() == "---"
    pattern = _BLOCK_OPTION if in_block else _OPTION
    taken = 1 if in_block else 0
    for text in lines[taken:]:
        option = pattern.fullmatch(text.strip())
        if not option:
            break
        options[option["name"]] = ((option["value"] or "").strip().strip("'\""), first_line + taken)
        taken += 1
    closed = in_block and taken < len(lines) and lines[taken].strip() == "---"
    return options, taken + 1 if closed else taken


def _children(inline: Token, line: int) -> Iterator[tuple[Token, int]]:
    """Yield the parts of running text that starts on ``line``, each with its line."""
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        yield child, line


def _roles(inline: Token, line: int) -> Iterator[Role]:
    for child, where in _children(inline, line):
        if child.type == "myst_role":
            name = str(child.meta["name"])
            target = _target(child.content)[1]
            if name in _ROLES:
                yield Role(name, target, where)
            elif name == "cite" or name.startswith("cite:"):
                for key in citation_targets(child.content):
                    yield Role("citation", key, where)


def _target(content: str) -> tuple[str, str]:
    match = _ROLE_TARGET.fullmatch(content.strip())
    return (match["text"], match["target"].strip()) if match else (content.strip(), content.strip())


def _flatten(inline: Token) -> tuple[str, tuple[Link, ...]]:
    text = ""
    links: list[Link] = []
    opened: list[tuple[int, str]] = []
    for child in inline.children or []:
        start = len(text)
        match child.type:
            case "text":
                text += child.content
            case "softbreak" | "hardbreak":
                text += " "
            case "code_inline":
                text += child.content
                links.append(Link(start, len(text), "code", ""))
            case "myst_role":
                name = str(child.meta["name"])
                shown, target = _target(child.content)
                text += shown
                kind = "citation" if name.startswith("cite") else name
                links.append(Link(start, len(text), kind, target))
            case "link_open":
                opened.append((start, str(child.attrGet("href") or "")))
            case "link_close" if opened:
                begin, address = opened.pop()
                links.append(Link(begin, len(text), "url", address))
    return text, tuple(sorted(links, key=lambda link: (link.start, link.end)))
