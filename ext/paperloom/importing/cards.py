"""Link cards: the previews of linked pages that an export spreads over several blocks.

A card is written as one link around a title, a description and the name of a host, each a block
of its own, so that a Markdown parser sees headings in it and the brackets of a link that is none::

    [](https://example.org/page) [## The title

    ### The description

    example.org](https://example.org/page)

Cards come without the empty link, without the brackets, or unclosed, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from paperloom.importing.addresses import is_host, resolve
from paperloom.importing.blocks import CARD, HEADING, PARAGRAPH, RULE, Block, Span, lines_of, plain, tidy

_CLOSING = re.compile(r"\]\s?[(（]\s*<?(?P<url>(?:[^\s()（）>]|\([^\s()]*\))+)>?\s*[)）]?(?P<rest>.*)")
_MARKS = re.compile(r"#{1,6}\s+")
#: A host as a card shows it; parts of it may have been translated.
_HOST_SHOWN = re.compile(r"[^\s/@:：。，、；！？()（）]{1,60}\.[A-Za-z]{2,}")
#: How many blocks a card takes at most between its opening and its closing bracket.
_LONGEST = 6


def merge_cards(blocks: list[Block], source: list[str], base: str | None) -> list[Block]:
    """Return ``blocks`` with each card as one block; ``source`` are the lines of the document."""
    return _unbracketed(_unclosed(_bracketed(_inline(blocks, base), source, base), base), base)


def _inline(blocks: list[Block], base: str | None) -> list[Block]:
    """Merge cards that are one paragraph: a link with a title, a description and a host in it."""
    return [_inline_card(block, base) or block for block in blocks]


def _inline_card(block: Block, base: str | None) -> Block | None:
    linked = [span for span in block.spans if span.href is not None]
    numbers = {span.link for span in linked if span.text.strip()}
    around = [span for span in block.spans if span.href is None and span.text.strip() and not span.image]
    if block.kind != PARAGRAPH or len(numbers) != 1 or around:
        return None
    last = [span for span in linked if span.text.strip()][-1]
    inside = [span for span in block.spans if span.text == "\n" or span in linked]
    lines = [tidy("".join(s.text for s in line)) for line in lines_of(inside) if any(s.text.strip() for s in line)]
    text = " ".join(lines)
    url = resolve(last.href or "", base)
    if url is None:
        return None
    if _MARKS.match(text):
        parts = [part.strip() for part in _MARKS.split(text) if part.strip()]
        tail = parts[-1].rpartition(" ") if len(parts) > 1 else ("", "", "")
        site = tail[2] if is_host(tail[2]) else None
        return _with_inner(_card(block, block, parts[0], " ".join(parts[1:]), site, url), block.spans, base)
    if len(lines) > 1:
        host = re.search(r"((?:[a-z0-9-]+\.)+[a-z]{2,})$", lines[-1], re.IGNORECASE)
        if host:
            strong = tidy("".join(span.text for span in linked if span.strong))
            description = " ".join([*lines[1:-1], lines[-1][: host.start()]]).strip()
            card = _card(block, block, strong or lines[0], description, host[1], url)
            return _with_inner(card, block.spans, base)
    return None


def _card(first: Block, last: Block, title: str, description: str, site: str | None, url: str | None) -> Block:
    spans = (Span(tidy(_MARKS.sub("", title)), first.line),) if title else ()
    return replace(
        first, kind=CARD, end=last.end, spans=spans, level=0, href=url, site=site, description=tidy(description)
    )


def _with_inner(card: Block, spans: Iterable[Span], base: str | None) -> Block:
    """Return a card that knows the addresses among ``spans``, those inside of it, other than its own."""
    near = _base_of(card.site, base)
    found = {url: span.line for span in spans if span.href and (url := resolve(span.href, near)) and url != card.href}
    return replace(card, inner=tuple(found.items()))


def _unmatched(text: str, opening: bool) -> int:
    """Return where the last ``[`` stands that nothing closes, or the first ``]`` that nothing opens; -1 for none."""
    stack: list[int] = []
    for at, character in enumerate(text):
        if character == "[":
            stack.append(at)
        elif character == "]":
            if stack:
                stack.pop()
            elif not opening:
                return at
    return stack[0] if opening and stack else -1


def _raw(block: Block, source: list[str]) -> str:
    return "\n".join(source[block.line - 1 : block.end])


def _bracketed(blocks: list[Block], source: list[str], base: str | None) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        raw = _raw(block, source) if block.kind in (PARAGRAPH, HEADING) else ""
        at = _unmatched(raw, opening=False)
        closing = _CLOSING.match(raw[at:].partition("\n")[0]) if at >= 0 else None
        opened = _opening(result, source) if closing else None
        if closing is None or (opened is None and not _headings_before(result)):
            result.append(block)
            continue
        site = _unescaped(raw[:at].rpartition("\n")[2])
        if opened is None:
            taken = _headings_before(result)
            title, description = taken[0].text, " ".join(each.text for each in taken[1:])
            first, inside = taken[0], taken
            before: tuple[Span, ...] = ()
        else:
            inside = result[opened:]
            first = inside[0]
            before, title = _cut(first)
            inside_text = [each.text for each in inside[1:]]
            description = " ".join(text for text in inside_text if text)
        del result[len(result) - len(inside) :]
        beside, _blank, shown = tidy(_MARKS.sub("", site)).rpartition(" ")
        description = " ".join(filter(None, (description, beside)))
        url = resolve(closing["url"], _base_of(shown, base))
        if result and _is_empty_link(result[-1]) and _leads_to(result[-1], url, _base_of(shown, base)):
            result.pop()
        if plain(before):
            result.append(replace(first, spans=before, kind=PARAGRAPH, level=0))
            first = replace(first, starts_item=False)
        rest = "\n".join([closing["rest"], *raw[at:].split("\n")[1:]]).strip()
        spans = tuple(span for span in block.spans if span.text or span.href)
        tail = (_spans_after(spans, rest) or (Span(rest, block.end),)) if rest else ()
        kept = {id(span) for span in (*(before if plain(before) else ()), *tail)}
        within = [span for each in (*inside, block) for span in each.spans if id(span) not in kept]
        result.append(_with_inner(_card(first, block, title, description, shown or None, url), within, base))
        if rest:
            result.append(Block(PARAGRAPH, block.line, block.end, tail, depth=block.depth))
    return result


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>])", r"\1", text).strip().lstrip(">").strip()


def _base_of(site: str | None, base: str | None) -> str | None:
    """Return what a relative address of a card is resolved against: the host that the card shows."""
    return f"https://{site}/" if site and site.isascii() and is_host(site) else base


def _opening(blocks: list[Block], source: list[str]) -> int | None:
    """Return the place of the block among the last ones in which a bracket opens and does not close."""
    ruled = False
    for place in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _LONGEST), -1):
        block = blocks[place]
        if block.kind == CARD:
            return None
        title = _cut(block)[1] if _unmatched(_raw(block, source), opening=True) >= 0 else ""
        ruled = ruled or block.is_rule
        if ruled and not _MARKS.match(title):
            continue  # over a rule, only what says that it is a card's title opens it
        if title and not title.startswith(("http", "www.")):
            return place
    return None


def _cut(block: Block) -> tuple[tuple[Span, ...], str]:
    """Return the spans before the bracket that a block leaves open, and the text behind it."""
    depth = 0
    for place in range(len(block.spans) - 1, -1, -1):
        span = block.spans[place]
        if span.href is not None:
            continue
        for at in range(len(span.text) - 1, -1, -1):
            depth += (span.text[at] == "]") - (span.text[at] == "[")
            if depth < 0:
                before = (*block.spans[:place], replace(span, text=span.text[:at]))
                after = (replace(span, text=span.text[at + 1 :]), *block.spans[place + 1 :])
                kept = tuple(each for each in before if each.text or not each.href)
                return kept, plain(after) or "…"
    return block.spans, ""


def _spans_after(spans: tuple[Span, ...], rest: str) -> tuple[Span, ...]:
    """Return the last spans, as far as their text is the ``rest`` of the source."""
    kept: list[Span] = []
    for span in reversed(spans):
        if (span.text.strip() or span.href or "") not in rest:
            break
        kept.insert(0, span)
    return tuple(kept)


def _headings_before(blocks: list[Block]) -> list[Block]:
    """Return the headings at the end of ``blocks`` that are a card's title and description."""
    run: list[Block] = []
    while len(run) < 2 and len(run) < len(blocks) and blocks[-1 - len(run)].kind == HEADING:
        run.insert(0, blocks[-1 - len(run)])
    while run and (run[0].level == 1 or (len(run) == 2 and run[0].level >= run[1].level)):
        del run[0]
    return run


def _leads_to(block: Block, url: str | None, base: str | None) -> bool:
    return any(span.href and resolve(span.href, base) == url for span in block.spans)


def _is_empty_link(block: Block) -> bool:
    return (
        block.kind == PARAGRAPH
        and not block.text
        and any(span.href for span in block.spans)
        and not any(span.image for span in block.spans)
    )


def _unclosed(blocks: list[Block], base: str | None) -> list[Block]:
    """Close cards whose opening bracket nothing closes: ``[## The title`` with an address before it."""
    result: list[Block] = []
    skip = 0
    for place, block in enumerate(blocks):
        if skip:
            skip -= 1
            continue
        before, title = _cut(block) if block.kind in (PARAGRAPH, HEADING) else ((), "")
        if not title or not _MARKS.match(title):
            result.append(block)
            continue
        following = blocks[place + 1 : place + 3]
        taken: list[Block] = []
        if following and following[0].kind == HEADING and following[0].level >= 3:
            taken.append(following[0])
        tail = blocks[place + 1 + len(taken) : place + 2 + len(taken)]
        site = tail[0].text if tail and tail[0].kind == PARAGRAPH and is_host(tail[0].text) else None
        taken += tail if site else []
        address = next((span.href for span in block.spans if span.href), None)
        if plain(before):
            result.append(replace(block, spans=before, kind=PARAGRAPH, level=0))
        description = taken[0].text if taken and taken[0].kind == HEADING else ""
        url = resolve(address or "", _base_of(site, base))
        within = [span for each in (block, *taken) for span in each.spans if not plain(before) or span not in before]
        card = _card(block, taken[-1] if taken else block, title, description, site, url)
        result.append(_with_inner(card, within, base))
        skip = len(taken)
    return result


def _unbracketed(blocks: list[Block], base: str | None) -> list[Block]:
    """Merge cards that lost their brackets: an empty link, a title, a description and a host, one below the other."""
    result: list[Block] = []
    for block in blocks:
        card = (
            _host_below(result, block, base) if block.kind == PARAGRAPH and _HOST_SHOWN.fullmatch(block.text) else None
        )
        if card is None:
            result.append(block)
            continue
        taken, url = card
        first = result[len(result) - taken]
        inside = [each for each in result[len(result) - taken :] if each.text]
        del result[len(result) - taken :]
        title = inside[0].text if inside else ""
        description = " ".join(each.text for each in inside[1:])
        within = [span for each in (*inside, block) for span in each.spans]
        result.append(_with_inner(_card(first, block, title, description, block.text, url), within, base))
    return result


def _host_below(blocks: list[Block], host: Block, base: str | None) -> tuple[int, str | None] | None:
    """Return how many blocks above a host's name belong to its card, and the card's address."""
    own = next((span.href for span in host.spans if span.href), None)
    for taken in range(1, min(4, len(blocks)) + 1):
        block = blocks[-taken]
        if block.kind in (RULE, CARD):
            break
        if _is_empty_link(block) and taken > 1:
            address = own or next(span.href for span in block.spans if span.href)
            return taken, resolve(address, _base_of(host.text, base))
    headings = _headings_before(blocks)
    if len(headings) == 2 or (headings and own):
        return len(headings), resolve(own or "", _base_of(host.text, base))
    return None
