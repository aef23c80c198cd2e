"""Paragraphs that are the name of an entry, with the site that it stands on: ``**A Net** — [arxiv.org](…)``.

Whatever the order, they become one link with the name as its text, and are read as such.
"""

from __future__ import annotations

import re
from dataclasses import replace

from paperloom.importing.addresses import find_bare, host_of, is_host, resolve
from paperloom.importing.blocks import PARAGRAPH, Block, Span, lines_of
from paperloom.importing.navigation import points
from paperloom.importing.venues import is_venue
from paperloom.importing.words import label_of

_SEPARATOR = re.compile(r"\s*[—–|｜·-]+\s*[\[【(（]?\s*$")
_SEPARATOR_BEFORE = re.compile(r"^\s*[—–|｜·-]+\s*")
_AROUND = " \t[]【】()（）—–-|｜·*_"

Part = list[Span]


def with_linked_names(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with each name and site in one of these forms as a link from the name."""
    return [_with_linked_name(block) if block.kind == PARAGRAPH else block for block in blocks]


def with_names_apart(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with a bold name and the title behind it as two: ``**Ice** | *Ice Nets* | https://…``."""
    return [part for block in blocks for part in _name_apart(block)]


def _with_venue_in_brackets(block: Block) -> Block:
    """Return a paragraph with the venue behind a bold name and a sign as an aside: ``**Ice**｜ICLR 2023``."""
    first = lines_of(block.spans)[0] if block.kind == PARAGRAPH and block.spans else ()
    words = [span for span in first if span.text or span.href]
    match = _SEPARATOR_BEFORE.match(words[1].text) if len(words) == 2 and words[0].strong else None
    if match is None or words[1].href or not is_venue(words[1].text[match.end() :].strip()):
        return block
    aside = replace(words[1], text=f" ({words[1].text[match.end() :].strip()})")
    return replace(block, spans=(words[0], aside, *block.spans[len(first) :]))


def _name_apart(block: Block) -> list[Block]:
    block = _with_venue_in_brackets(block)
    words = [span for span in block.spans if span.text.strip() or span.href]
    count = next((n for n, span in enumerate(words) if not span.strong or span.href), 0)
    title = words[count:]
    if block.kind != PARAGRAPH or block.depth or block.quoted or not count or not title:
        return [block]
    if any(span.image or span.text == "\n" for span in block.spans) or not _SEPARATOR_BEFORE.match(title[0].text):
        return [block]
    if not all(span.emphasis or span.href or _is_between(span.text) for span in title):
        return [block]
    is_titled = any(
        span.emphasis or (span.href and label_of(span.text) is None and not any(find_bare(span.text))) for span in title
    )
    leads = any(span.href or any(find_bare(span.text)) for span in title)
    first = replace(title[0], text=_SEPARATOR_BEFORE.sub("", title[0].text))
    name = replace(block, spans=tuple(words[:count]))
    rest = replace(block, spans=(first, *title[1:]), starts_item=False)
    return [name, rest] if is_titled and leads and label_of(name.text) is None else [block]


def _is_between(text: str) -> bool:
    """Return whether a stretch of text holds an address or a separator, and no words."""
    for found in reversed(list(find_bare(text))):
        text = f"{text[: found.start]} {text[found.end :]}"
    return not any(character.isalnum() for character in text)


def _with_linked_name(block: Block) -> Block:
    if any(span.image or span.text == "\n" for span in block.spans):
        return block
    parts = _parts(block)
    if points("".join(span.text for part in parts if not _says(part) for span in part)):
        return block
    while len(parts) > 1 and not _says(parts[0]):
        del parts[0]  # a sign in front
    while len(parts) > 1 and not _says(parts[-1]):
        parts.pop()
    spans = _linked(parts)
    return block if spans is None else replace(block, spans=tuple(spans))


def _linked(parts: list[Part]) -> list[Span] | None:
    """Return the spans of the link, None where the parts are no name with its site."""
    match parts:
        case [name] if _href(name):
            return name
        case [name, site] if _href(name) and not _href(site) and _is_site(site, _href(name)):
            return name
        case [name, between, site] if _href(name) and not _says(between) and _is_site(site, _href(name)):
            return name
        case [name, site] if not _href(name) and _href(site) and _is_site(site, _href(site)):
            cut = _SEPARATOR.sub("", name[-1].text)
            said = [span for span in (*name[:-1], replace(name[-1], text=cut)) if span.text.strip()]
            apart = cut != name[-1].text or all(span.strong for span in said)
            if apart and said and label_of("".join(span.text for span in said)) is None:
                return [replace(span, href=site[0].href, link=site[0].link) for span in said]
    return None


def _parts(block: Block) -> list[Part]:
    """Return the stretches of a paragraph that are one link, or none."""
    parts: list[Part] = []
    for span in block.spans:
        if not span.text and not span.href:
            continue
        if parts and parts[-1][0].link == span.link:
            parts[-1].append(span)
        else:
            parts.append([span])
    return parts


def _says(part: Part) -> bool:
    return any(character.isalnum() for span in part for character in span.text)


def _href(part: Part) -> str:
    return part[0].href or ""


def _is_site(part: Part, href: str) -> bool:
    """Return whether a part shows the host of an address, or that of its own, and nothing else."""
    shown = "".join(span.text for span in part).strip(_AROUND).casefold().removeprefix("www.")
    url = resolve(_href(part) or href, None)
    host = host_of(url).removeprefix("www.") if url else ""
    return is_host(shown) and bool(host) and (host.endswith(shown) or shown.endswith(host))
