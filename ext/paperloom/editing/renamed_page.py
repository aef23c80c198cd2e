"""What a renaming changes in the source of a page: every way in which a page can name another.

Only the places are touched where the page was read to name the old one. The edited text is read
again and has to say what the old one said, with the new name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from paperloom.editing.errors import EditingError
from paperloom.sources.citations import citation_targets
from paperloom.sources.front_matter import FORMER
from paperloom.sources.pages import Page, parse_page
from paperloom.sources.topics import uses_of_topics

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}(?P<ticks>`+)(?P<content>[^`]+)(?P=ticks)")
_LINK = re.compile(r"(?P<before>\]\(<?|^\s*:link:\s+|^\s*\[[^\]]+\]:\s+<?)(?P<path>[^)\s#<>]+)", re.MULTILINE)
_FENCE = re.compile(r"^---[ \t]*\r?\n?$")


@dataclass(frozen=True)
class Renaming:
    """A page of a ``kind`` (``paper``, ``week``, ``topic`` or nothing) that gets another name in its folder.

    ``figures`` maps the paths of drawings, below the source directory, that are renamed with it.
    """

    kind: str | None
    old: str
    new: str
    figures: tuple[tuple[str, str], ...] = ()

    @property
    def old_name(self) -> str:
        """The citation key, week id or slug that goes."""
        return self.old.rpartition("/")[2]

    @property
    def new_name(self) -> str:
        """The citation key, week id or slug that comes."""
        return self.new.rpartition("/")[2]


def renamed(text: str, docname: str, renaming: Renaming, shown_as: str) -> str:
    """Return the source ``text`` of the page ``docname`` with the new name wherever it names the old one.

    :raises EditingError: if a place cannot be changed without doubt.
    """
    page = parse_page(_plain(text), shown_as, docname)
    lines = _LINE.findall(text)
    for line in sorted(_lines_of_names(page, renaming)):
        lines[line - 1] = _word(renaming.old_name).sub(renaming.new_name, lines[line - 1])
    for line in sorted(_lines_of_roles(page, renaming)):
        lines[line - 1] = _ROLE.sub(lambda match: _role(match, renaming), lines[line - 1])
    for line in sorted(_lines_of_documents(page, renaming)):
        lines[line - 1] = _document(lines[line - 1], docname, renaming)
    for old, new in renaming.figures:
        for directive in page.directives:
            if directive.name == "paper-figure" and _below(docname, directive.argument) == old:
                place = directive.line - 1
                written = directive.argument.removesuffix(old.rpartition("/")[2]) + new.rpartition("/")[2]
                lines[place] = lines[place].replace(directive.argument, written)
    edited = _LINK.sub(lambda match: _link(match, docname, renaming), "".join(lines))
    _compare(page, parse_page(_plain(edited), shown_as, docname), renaming, shown_as)
    return edited


def with_former_name(text: str, names: Iterable[str]) -> str:
    """Return the source of a page with ``names`` as its former ones; an empty list is left out."""
    newline = "\r\n" if "\r\n" in text else "\n"
    written = f"{FORMER}: [{', '.join(names)}]{newline}" if (names := [*names]) else ""
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    lines = _LINE.findall(text)
    fences = [number for number, line in enumerate(lines) if _FENCE.match(line)][:2]
    if len(fences) < 2 or fences[0] != 0:
        return f"{mark}---{newline}{written}---{newline}{text}" if written else mark + text
    block: list[str] = []
    inside = False
    for line in lines[1 : fences[1]]:
        inside = line.startswith(f"{FORMER}:") or (inside and line[:1] in (" ", "\t", "-"))
        if not inside:
            block.append(line)
    return mark + "".join([lines[0], written, *block, *lines[fences[1] :]])


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-]){re.escape(name)}(?![\w/-])")


def _lines_of_names(page: Page, renaming: Renaming) -> Iterable[int]:
    """Yield the lines of front matter, lists and options that name the page by its key, id or slug."""
    name, front = renaming.old_name, page.front
    if renaming.kind == "topic":
        yield from (line for slug, line in uses_of_topics(page) if slug == name)
    if renaming.kind != "paper":
        return
    yield from (front.line("picks", index) for index, item in enumerate(front.strings("picks")) if item == name)
    relations = front.fields.get("relations")
    for kind, targets in relations.items() if isinstance(relations, dict) else ():
        for index, target in enumerate(targets if isinstance(targets, list) else ()):
            if target == name:
                yield front.line("relations", kind, index)
    for directive in page.directives:
        if directive.name == "papers":
            yield from (line for item, line in directive.content if item.strip() == name)


def _lines_of_roles(page: Page, renaming: Renaming) -> Iterable[int]:
    wanted = {"paper": ("paper", "citation"), "week": ("week", "article"), "topic": ("topic",)}.get(
        renaming.kind or "", ()
    )
    for role in page.roles:
        if role.name in wanted and role.target.partition("#")[0] == renaming.old_name:
            yield role.line


def _role(match: re.Match[str], renaming: Renaming) -> str:
    name, content = match["name"], match["content"]
    kind = renaming.kind
    is_citation = name == "cite" or name.startswith("cite:")
    if name != kind and not (kind == "paper" and is_citation) and not (kind == "week" and name == "article"):
        return match[0]
    named = re.fullmatch(r"(?P<text>.*\s*<)(?P<target>[^<>]*)>", content, re.DOTALL)
    before, target, after = (named["text"], named["target"], ">") if named else ("", content, "")
    if is_citation and renaming.old_name in citation_targets(content):
        target = _word(renaming.old_name).sub(renaming.new_name, target)
    elif target.strip().partition("#")[0] == renaming.old_name:
        target = target.replace(renaming.old_name, renaming.new_name, 1)
    return f"{{{name}}}{match['ticks']}{before}{target}{after}{match['ticks']}"


def _lines_of_documents(page: Page, renaming: Renaming) -> Iterable[int]:
    """Yield the lines of toctrees that name the page by its path."""
    for directive in page.directives:
        if directive.name == "toctree":
            for text, line in directive.content:
                entry = text.strip()
                entry = entry.rpartition("<")[2].removesuffix(">") if entry.endswith(">") else entry
                if entry and _below(page.docname, entry).removesuffix(".md") == renaming.old:
                    yield line


def _document(line: str, docname: str, renaming: Renaming) -> str:
    old, new = re.escape(renaming.old_name), renaming.new_name
    return re.sub(rf"{old}(?=(?:\.md)?>?\s*$)", lambda _match: new, line)


def _link(match: re.Match[str], docname: str, renaming: Renaming) -> str:
    path = match["path"]
    if "://" in path or _below(docname, path).removesuffix(".md") != renaming.old:
        return match[0]
    suffix = ".md" if path.endswith(".md") else ""
    if path.startswith("/"):
        return f"{match['before']}/{renaming.new}{suffix}"
    here = dirname(docname)
    return f"{match['before']}{relpath(renaming.new, here or '.')}{suffix}"


def _below(docname: str, path: str) -> str:
    """Return a path as it is written on a page, relative to the source directory."""
    return normpath(join("/", dirname(docname), path)).lstrip("/")


def _compare(before: Page, after: Page, renaming: Renaming, shown_as: str) -> None:
    """Refuse an edit after which the page does not say what it said, with the new name."""
    left = {*_lines_of_names(after, renaming), *_lines_of_roles(after, renaming), *_lines_of_documents(after, renaming)}
    if left:
        problem = f"{shown_as}:{min(left)}: '{renaming.old_name}' cannot be replaced here"
        raise EditingError(f"{problem}; write {renaming.new_name} by hand, and run the command again")
    fields = _mapped(before.front.fields, renaming)
    if fields != after.front.fields or _roles(before, renaming) != _roles(after, None):
        problem = f"{shown_as}:1: '{renaming.old_name}' stands where it may mean something else, too"
        raise EditingError(f"{problem}; write {renaming.new_name} where it is meant, and run the command again")


def _roles(page: Page, renaming: Renaming | None) -> list[object]:
    return [(role.name, _target(role.name, role.target, renaming)) for role in page.roles]


def _target(role: str, target: str, renaming: Renaming | None) -> str:
    kinds = {"paper": "paper", "citation": "paper", "week": "week", "article": "week", "topic": "topic"}
    if renaming is None or kinds.get(role) != renaming.kind:
        return target
    name, hash_sign, anchor = target.partition("#")
    return f"{renaming.new_name}{hash_sign}{anchor}" if name == renaming.old_name else target


def _mapped(fields: dict[str, object], renaming: Renaming) -> dict[str, object]:
    """Return the fields of front matter with the new name where a field names pages of the kind."""
    names = {"paper": ("picks", "relations"), "topic": ("topics", "parent")}.get(renaming.kind or "", ())

    def mapped(value: object) -> object:
        if isinstance(value, list):
            return [mapped(item) for item in value]
        if isinstance(value, dict):
            return {key: mapped(item) for key, item in value.items()}
        return renaming.new_name if value == renaming.old_name else value

    return {key: mapped(value) if key in names else value for key, value in fields.items()}
