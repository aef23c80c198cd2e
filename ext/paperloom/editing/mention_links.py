"""Names of papers in running text, turned into roles.

Running text has lost its markup, so the place of a name in the source is not known. It is found by
trying: the role is written over a place where the name stands, the page is read again, and the edit
counts only if the new page says exactly what the old one said, with one link more. A name in code,
in a heading, in a link, in a comment or in front matter can therefore not be hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from paperloom.model.records import Link
from paperloom.sources.pages import Directive, Page, Paragraph, parse_page
from paperloom.weave.mentions import NameIndex

#: What a role cannot show, or would take for its own markup.
_UNFIT = re.compile(r"[`<>\\\x00\n]|^[!~]|^\s|\s$")
#: Text that some extensions of MyST read as a formula or fill in.
_OPAQUE = re.compile(r"\$\$.+?\$\$|(?<![\\\w])\$(?!\s)[^$]+?(?<!\s)\$(?!\d)|\{\{.*?\}\}", re.DOTALL)
#: A name joined to a word, as in ``Grad-CAM`` and ``ELR+``, is rather a part of another name.
_JOINED_BEFORE = re.compile(r"[\w./+@#&‐‑-]$")
_JOINED_AFTER = re.compile(r"^(?:[+@#*]|[./&‐‑_-]\w)")
_BLANK = r"(?:[ \t]+|[ \t]*\r?\n[ \t>]*)"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name in running text without a link: paragraph and place in it, the paper, the name."""

    paragraph: int
    start: int
    end: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class LinkedName:
    """A name that became a role, and the line on which its paragraph starts."""

    key: str
    name: str
    line: int


def unlinked_names(page: Page, index: NameIndex) -> Iterator[Unlinked]:
    """Yield the names of papers that a page never links with a role, from top to bottom; not its own."""
    own = page.name if page.front.kind == "paper" else None
    linked = {role.target for role in page.roles if role.name in ("paper", "citation")}
    for number, paragraph in enumerate(page.paragraphs):
        for start, end, name in index.find(paragraph.text):
            covered = any(start < link.end and link.start < end for link in paragraph.links)
            if not covered and name.key not in linked and name.key != own:
                yield Unlinked(number, start, end, name.key, name.text)


def link_names(text: str, docname: str, index: NameIndex, titles: dict[str, str]) -> tuple[str, list[LinkedName]]:
    """Return the source ``text`` with the first mention of each paper as a role, and what became one.

    Every other character stays. A name that cannot be linked without doubt is left, and the next
    mention of its paper is tried. ``titles`` are the titles of papers as readers see them: such a name
    needs no text of its own in the role.
    """
    done: list[LinkedName] = []
    tried: set[Unlinked] = set()
    while True:
        page = parse_page(_plain_lines(text), "", docname)
        for found in unlinked_names(page, index):
            if found in tried:
                continue
            tried.add(found)
            edited = _link(text, page, found, bare=titles.get(found.key) == found.name)
            if edited is not None:
                text = edited
                done.append(LinkedName(found.key, found.name, page.paragraphs[found.paragraph].line))
                break
        else:
            return text, done


def _plain_lines(text: str) -> str:
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


def _link(text: str, page: Page, found: Unlinked, *, bare: bool) -> str | None:
    paragraph = page.paragraphs[found.paragraph]
    if _UNFIT.search(found.name) or _is_part_of_more(paragraph.text, found):
        return None
    begin, end = _lines_of(text, paragraph.line)
    pattern = re.compile(_BLANK.join(re.escape(word) for word in found.name.split()))
    for match in pattern.finditer(text, begin, end):
        role = f"{{paper}}`{found.key}`" if bare else f"{{paper}}`{match[0]} <{found.key}>`"
        edited = text[: match.start()] + role + text[match.end() :]
        after = parse_page(_plain_lines(edited), "", page.docname)
        if _says_the_same(page, after, found, found.key if bare else found.name):
            return edited
    return None


def _is_part_of_more(text: str, found: Unlinked) -> bool:
    if _JOINED_BEFORE.search(text[: found.start]) or _JOINED_AFTER.search(text[found.end :]):
        return True
    return any(found.start < match.end() and match.start() < found.end for match in _OPAQUE.finditer(text))


def _lines_of(text: str, line: int) -> tuple[int, int]:
    """Return where a paragraph that starts on ``line`` begins in the text, and where it has ended."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    begin = starts[line - 1]
    for start, following in pairwise([*starts[line:], len(text)]):
        if not text[start:following].strip(" \t\r\n>"):
            return begin, start
    return begin, len(text)


def _says_the_same(before: Page, after: Page, found: Unlinked, shown: str) -> bool:
    """Return whether ``after`` differs from ``before`` by nothing but the link to ``found``."""
    if len(before.paragraphs) != len(after.paragraphs) or _frame(before) != _frame(after):
        return False
    expected = [
        _with_link(paragraph, found, shown) if number == found.paragraph else paragraph
        for number, paragraph in enumerate(before.paragraphs)
    ]
    roles = [(role.name, role.target) for role in before.roles]
    roles.append(("paper", found.key))
    return expected == after.paragraphs and sorted(roles) == sorted((role.name, role.target) for role in after.roles)


def _with_link(paragraph: Paragraph, found: Unlinked, shown: str) -> Paragraph:
    longer = len(shown) - (found.end - found.start)
    text = paragraph.text[: found.start] + shown + paragraph.text[found.end :]
    links = [
        link if link.end <= found.start else Link(link.start + longer, link.end + longer, link.kind, link.target)
        for link in paragraph.links
    ]
    links.append(Link(found.start, found.start + len(shown), "paper", found.key))
    return Paragraph(text, tuple(sorted(links, key=lambda link: (link.start, link.end))), paragraph.line)


def _frame(page: Page) -> tuple[object, ...]:
    """Return what a page says besides its running text."""
    return (
        page.front.fields,
        page.front.body_line,
        page.headings,
        [_directive_frame(directive) for directive in page.directives],
        page.html,
        page.filled_sections,
        page.problems,
    )


def _directive_frame(directive: Directive) -> tuple[object, ...]:
    return directive.name, directive.argument, directive.line, directive.options, len(directive.content)
