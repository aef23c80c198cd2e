"""Changes of form that leave an issue's entries as they are: what drifts from issue to issue.

Each takes the Markdown of an issue in the form of the series and returns another that holds the
same entries. They work on lines, and know nothing of how an issue is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

SECTION = re.compile(r"^(?P<mark>#{1,6}) (?P<number>\d\.\s?)(?P<name>\S.*)$", re.MULTILINE)
_HEADING = re.compile(r"^(?P<mark>#{1,6}) (?P<text>(?!\d\.)(?!—).*\S)[ \t]*$", re.MULTILINE)
_CARD = re.compile(r"^(?:\[\]\([^)\n]*\))? ?\[## [^\n]*\n\n(?:### [^\n]*\n\n)?[^\n]*\]\([^)\n]*\) ?$", re.MULTILINE)
_ENGLISH = ("Machine Learning Papers", "Technical Articles", "Machine Learning Use Cases", "Other Topics")
_LATER = ("与机器学习相关的论文", "技术性文章", "机器学习的应用案例", "其他话题")
_CHINESE_NUMBERS = "一二三四"


def _sections(text: str, change: Callable[[re.Match[str], int], str]) -> str:
    count = iter(range(100))
    return SECTION.sub(lambda match: change(match, next(count)), text)


def _split(text: str) -> tuple[str, list[str], str]:
    """Return what stands before the sections, the sections, and what stands behind them."""
    starts = [match.start() for match in SECTION.finditer(text)]
    behind = re.search(r"^(?:#{1,6} —|我的 github|#{1,6} 推特)", text[starts[-1] :], re.MULTILINE)
    end = starts[-1] + behind.start() if behind else len(text)
    edges = [*starts, end]
    return text[: starts[0]], [text[a:b] for a, b in pairwise(edges)], text[end:]


def _entries(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """Change the headings of entries."""
    before, sections, behind = _split(text)
    changed = []
    for section in sections:
        head, _line, rest = section.partition("\n")
        kept = _CARD.split(rest)
        cards = _CARD.findall(rest)
        parts = [_HEADING.sub(change, part) for part in kept]
        changed.append(head + "\n" + "".join(a + b for a, b in zip(parts, [*cards, ""], strict=True)))
    return before + "".join(changed) + behind


def no_numbers(text: str) -> str:
    return _sections(text, lambda m, _n: f"{m['mark']} {m['name']}")


def same_number(text: str) -> str:
    return _sections(text, lambda m, _n: f"{m['mark']} 1.{m['name']}")


def numbered_twice(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {n + 1}. {n + 2}.{m['name']}")


def chinese_numbers(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {_CHINESE_NUMBERS[n % 4]}、{m['name']}")


def fullwidth_numbers(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {'１２３４'[n % 4]}．{m['name']}：")


def signs_in_sections(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {'📄💡🏭🎣'[n % 4]} {m['name']} ✨")


def english_sections(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {n + 1}. {_ENGLISH[n]}")


def renamed_sections(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} {n + 1}. {_LATER[n]}")


def bold_sections(text: str) -> str:
    return _sections(text, lambda m, _n: f"**{m['number']}{m['name']}**")


def plain_sections(text: str) -> str:
    return _sections(text, lambda m, _n: f"{m['number']}{m['name']}")


def linked_sections(text: str) -> str:
    return _sections(text, lambda m, n: f"{m['mark']} [{m['number']}{m['name']}](#{n})")


def html_sections(text: str) -> str:
    return _sections(text, lambda m, n: f'<h2 id="s{n}">{m["number"]}{m["name"]}</h2>')


def setext_sections(text: str) -> str:
    return _sections(text, lambda m, _n: f"{m['name']}\n======")


def reversed_sections(text: str) -> str:
    before, sections, behind = _split(text)
    return before + "\n\n".join(section.rstrip() for section in reversed(sections)) + "\n\n" + behind


def deeper_sections(text: str) -> str:
    return _sections(text, lambda m, _n: f"#### {m['number']}{m['name']}")


def deeper_entries(text: str) -> str:
    return _entries(text, lambda m: f"### {m['text']}")


def mixed_levels(text: str) -> str:
    count = iter(range(1000))
    return _entries(text, lambda m: f"{'#' * (1 + next(count) % 3)} {m['text']}")


def bold_entries(text: str) -> str:
    return _entries(text, lambda m: f"**{m['text'].replace('*', '')}**")


def some_bold_entries(text: str) -> str:
    count = iter(range(1000))
    return _entries(text, lambda m: m[0] if next(count) % 2 else f"**{m['text'].replace('*', '')}**")


def unclosed_bold_headings(text: str) -> str:
    return _entries(text, lambda m: f"{m['mark']} **{m['text'].replace('*', '')}")


def html_entries(text: str) -> str:
    return _entries(text, lambda m: f"<h3>{m['text'].replace('*', '')}</h3>\n")


def setext_entries(text: str) -> str:
    return _entries(text, lambda m: f"{m['text'].replace('*', '')}\n---")


def bold_headings(text: str) -> str:
    return _entries(text, lambda m: f"{m['mark']} **{m['text'].replace('*', '')}**")


def listed_entries(text: str) -> str:
    return _entries(text, lambda m: f"- **{m['text'].replace('*', '')}**")


def no_emphasis(text: str) -> str:
    return re.sub(r"(?<=\n)\*([^*\n]+)\*", r"\1", text)


def unbalanced_emphasis(text: str) -> str:
    return re.sub(r"(?<=\n)\*([^*\n]+)\*", r"**\1*", text)


def open_emphasis(text: str) -> str:
    return re.sub(r"(?<=\n)\*([^*\n]+)\*", r"*\1", text)


def tracking(text: str) -> str:
    def add(match: re.Match[str]) -> str:
        url, fragment = match[1].partition("#")[0], match[1].partition("#")[2]
        glue = "&" if "?" in url else "?"
        return f"]({url}{glue}utm_source=x&gi=1a2b&fbclid=IwAR{'#' if fragment else ''}{fragment})"

    return re.sub(r"\]\((https?://(?:[^()\s]|\([^()\s]*\))+)\)", add, text)


def bare_addresses(text: str) -> str:
    return re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", r"\1", text)


def pointed_addresses(text: str) -> str:
    return re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", r"<\1>", text)


def unclosed_addresses(text: str) -> str:
    return re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", r"【\1 ", text)


def half_links(text: str) -> str:
    return re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", r"[\1](\1", text)


def spaced_labels(text: str) -> str:
    return re.sub(
        r"\[(https?://[^\]\s]+)\]\(\1\)", lambda m: f"[{m[1].replace('.', ' . ').replace('_', ' _ ')}]({m[1]})", text
    )


def empty_links_behind(text: str) -> str:
    return re.sub(r"\[(https?://[^\]\s]+)\]\(\1\)", r"\1[](\1)", text)


def cards_without_empty_link(text: str) -> str:
    return re.sub(r"^\[\]\([^)\n]*\) ?(?=\[## )", " ", text, flags=re.MULTILINE)


def cards_without_description(text: str) -> str:
    return re.sub(r"(^(?:\[\]\([^)\n]*\))? ?\[## [^\n]*\n\n)### [^\n]*\n\n", r"\1", text, flags=re.MULTILINE)


def cards_on_one_line(text: str) -> str:
    return _CARD.sub(lambda m: re.sub(r"\n+", " ", m[0]), text)


def cards_without_brackets(text: str) -> str:
    return re.sub(
        r"^\[\]\(([^)\n]*)\) \[## ([^\n]*)\n\n### ([^\n]*)\n\n([\w.-]+)\]\([^)\n]*\) ?$",
        r"[](\1)\n\n## \2\n\n### \3\n\n\4",
        text,
        flags=re.MULTILINE,
    )


def cards_moved(text: str) -> str:
    """Put each card on the other side of the paragraph of text beside it."""
    card = _CARD.pattern.strip("^$")
    paragraph = r"[^\n#\[!—*][^\n]{20,}"
    after = re.compile(rf"(?m)^({paragraph})\n\n({card})$")
    if after.search(text):
        return after.sub(r"\2\n\n\1", text)
    return re.sub(rf"(?m)^({card})\n\n({paragraph})$", r"\2\n\n\1", text)


def no_rules(text: str) -> str:
    return re.sub(r"^— —[— ]*$\n?", "", text, flags=re.MULTILINE)


def real_rules(text: str) -> str:
    return re.sub(r"^— —[— ]*$", "***", text, flags=re.MULTILINE)


def no_pictures(text: str) -> str:
    return re.sub(r"!\[\]\([^)]*\)", "", text)


def windows(text: str) -> str:
    return "\r\n".join(text.split("\n"))


def invisible(text: str) -> str:
    return re.sub(r"^(#+ )", "\\1\u200b", text, flags=re.MULTILINE).replace("论", "论\u200b").replace(" ", "\u00a0")


def old_blank(text: str) -> str:
    return re.sub(r"(?<=\S)\n\n(?=\*|\[http|http|!\[)", "\n", text)


def quoted_texts(text: str) -> str:
    return re.sub(r"(?m)^(?=[^\n#\[!—*>【\d-][^\n]{60,}$)", "> ", text)


MUTATIONS = [
    each
    for name, each in list(globals().items())
    if callable(each) and not name.startswith("_") and getattr(each, "__module__", "") == __name__
]
