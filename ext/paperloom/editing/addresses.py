"""Exact edits of addresses in sources: what is asked for changes, every other character stays.

Texts are taken as they stand in the file, with their line endings; lines count from 1. An edit that
cannot be made without doubt returns None, and a person makes it.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.|\n)+?(?<!`)\1(?!`)")
_NEXT_ENTRY = re.compile(r"[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]")
#: What an address consists of (RFC 3986) but for the brackets of a host, which no redirect needs.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+")


def is_plain(address: str) -> bool:
    """Return whether ``address`` has only the characters that an address may have."""
    return bool(_PLAIN.fullmatch(address))


def replace_link(text: str, line: int, old: str, new: str) -> str | None:
    """Replace the links to ``old`` in the block of Markdown that starts on ``line``.

    The destinations of ``[text](old)``, ``<old>`` and of a definition ``[name]: old`` are replaced.
    """
    lines = _LINE.findall(text)
    end = next((at for at in range(line, len(lines)) if not lines[at].strip()), len(lines))
    before, block, after = "".join(lines[: line - 1]), "".join(lines[line - 1 : end]), "".join(lines[end:])
    for written in _spellings(old):
        edited = _replace(block, rf"(?:\]\([ \t]*<?|<){re.escape(written)}(?=[>\s)])", written, new)
        if edited != block:
            return before + edited + after
    definitions = [at for at, each in enumerate(lines) if _definition(old).match(each)]
    if len(definitions) != 1:
        return None
    at = definitions[0]
    lines[at] = lines[at].replace(old, new, 1)
    return "".join(lines)


def replace_option(text: str, line: int, old: str, new: str) -> str | None:
    """Replace the value ``old`` of the option of a directive that stands on ``line``."""
    pattern = rf"""^[ \t]*:?[\w-]+:[ \t]+['"]?({re.escape(old)})(?=['"]?[ \t]*\r?$)"""
    return _replace_group(text, line, line, re.compile(pattern, re.MULTILINE), new)


def replace_field(text: str, line: int, old: str, new: str) -> str | None:
    """Replace the value ``old`` of the field of front matter that stands on ``line`` or begins there."""
    lines = _LINE.findall(text)
    closing = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), len(lines))
    pattern = rf"""[ \t{{,]['"]?({re.escape(old)})(?=['"]?[ \t]*(?:[,}}\r\n]|[ \t]#|\Z))"""
    return _replace_group(text, line, min(line + 2, closing), re.compile(pattern), new)


def replace_entry_url(text: str, line: int, old: str, new: str) -> str | None:
    """Replace ``old`` in the field ``url`` of the BibTeX entry that starts on ``line``."""
    lines = _LINE.findall(text)
    end = next((at for at in range(line, len(lines)) if _NEXT_ENTRY.match(lines[at])), len(lines))
    pattern = rf"""\burl[ \t]*=[ \t]*[{{"][ \t]*({re.escape(old)})(?=[ \t]*[}}"])"""
    return _replace_group(text, line, end, re.compile(pattern, re.IGNORECASE), new)


def add_archived(text: str, url_line: int, last_option_line: int, archived: str) -> str | None:
    """Add ``archived`` to the article whose option ``url`` stands on ``url_line``.

    It goes behind the last option, written as ``url`` is; behind ``url`` itself where the last option
    may run over several lines.
    """
    lines = _LINE.findall(text)
    written = re.match(r"(?P<start>[ \t]*:?)url(?P<colon>:[ \t]+)", lines[url_line - 1])
    if not written:
        return None
    below = lines[last_option_line].strip() if last_option_line < len(lines) else ""
    at = last_option_line if below in ("", "---") or set(below) <= set("`:") else url_line
    ending = re.search(r"[\r\n]*$", lines[at - 1])
    lines.insert(at, f"{written['start']}archived{written['colon']}{archived}{ending[0] if ending else ''}")
    return "".join(lines)


def _spellings(address: str) -> list[str]:
    """Return how a destination may be written: the parser encodes other letters, and decodes entities."""
    return list(dict.fromkeys((address, unquote(address), escape(address, quote=False))))


def _definition(address: str) -> re.Pattern[str]:
    return re.compile(rf"[ ]{{0,3}}\[[^\]\r\n]+\]:[ \t]*<?{re.escape(address)}(?=[>\s]|$)")


def _replace(block: str, pattern: str, written: str, new: str) -> str:
    """Replace ``written`` at the end of every match of ``pattern`` that stands in no code."""
    masked = _CODE_SPAN.sub(lambda code: "`" * len(code[0]), block)
    pieces, done = [], 0
    for match in re.finditer(pattern, masked):
        pieces += [block[done : match.end() - len(written)], new]
        done = match.end()
    return "".join([*pieces, block[done:]])


def _replace_group(text: str, first: int, last: int, pattern: re.Pattern[str], new: str) -> str | None:
    """Replace what the first match of ``pattern`` on the lines ``first`` to ``last`` has as its group."""
    lines = _LINE.findall(text)
    start, part = "".join(lines[: first - 1]), "".join(lines[first - 1 : last])
    found = pattern.search(part)
    if not found:
        return None
    begin, end = found.span(1)
    return "".join([start, part[:begin], new, part[end:], *lines[last:]])
