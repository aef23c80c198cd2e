"""Ways of writing that are no Markdown, brought into Markdown: other sites' embedded links, containers, tags."""

from __future__ import annotations

import re

_DIALECTS = (
    (re.compile(r"\[(https?://[^\s\]]+?):(?:embed|title|cite|bookmark|image)[:=]?(?:cite|title)?\]"), r"[](\1)"),
    (re.compile(r"\[(https?://[^\s\]]+?):title=([^\]\n]*)\]"), r"[\2](\1)"),
    (re.compile(r"\[f:id:[^\]\n]*\]"), ""),
    (re.compile(r"@\[(?:youtube)\]\(([\w-]{6,20})\)"), r"[](https://www.youtube.com/watch?v=\1)"),
    (re.compile(r"@\[[a-z]+\]\((https?://[^\s)]+)\)"), r"[](\1)"),
    (re.compile(r"【([^【】\[\]\n]+)】\(((?:https?:/)?/[^()\s]+)\)"), r"[\1](\2)"),
    # Tags of Liquid and Hugo that embed a page.
    (
        re.compile(r"\{% *(?:youtube|youtubeplayer) +\"?([\w-]{6,20})\"? *%\}"),
        r"[](https://www.youtube.com/watch?v=\1)",
    ),
    (re.compile(r"\{\{[<%] *youtube +\"?([\w-]{6,20})\"? *[>%]\}\}"), r"[](https://www.youtube.com/watch?v=\1)"),
    (re.compile(r"\{% *[\w-]+ +(?:(?:url|src|href)=)?\"?(https?://[^\s\"%]+)\"? *%\}"), r"[](\1)"),
    (re.compile(r"\{% *-? *(?:end[\w-]+|raw|comment|highlight|hint|tabs?|if|else)\b[^%\n]*%\}"), ""),
    # What machine translation leaves of emphasis that it put aside: a number before or behind a bracket.
    (
        re.compile(
            r"(【[^【】\n]*(?:https?:|\w\.[a-z]{2,})[^【】\n]*】)T\d{1,2}(?=\s*(?:[\])】]|$|https?:))", re.MULTILINE
        ),
        r"\1",
    ),
    (re.compile(r"(https?://[^\s【】\[\]()]+)\s*T\d{1,2}】"), r"\1 】"),
    (re.compile(r"(?<=[^\s\w/、,，(（【\[-])T\d{1,2}】(?=\s*\[?https?:)"), ""),
)
#: Attributes behind a heading, a picture or a stretch of text, as Pandoc, kramdown and Hugo write them.
_ATTRIBUTE = r"(?:[#.][^\s{}.#=\d][^\s{}=]*|-|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}\"]+))"
_ATTRIBUTES = rf"\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}"
_ATTRIBUTED = re.compile(rf"\[((?:[^\[\]\n]|\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\([^()\n]*\))?)*)\]{_ATTRIBUTES}")
_ATTRIBUTES_BEHIND = re.compile(
    rf"(?:(?<=[)\]`])|[ \t]*\\*[ \t]+(?=\S+.*$)|^){_ATTRIBUTES}(?=[ \t]*(?:$|[^\w\s{{]))", re.MULTILINE
)
#: A line that opens or closes a container; words behind its kind are its title.
_CONTAINER = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|\b(?:note|message|alert|info|tip|warning|danger|details|caution|important|"
    r"callout|success|div|center|column|columns)\b|\.[\w-]+|[ \t]+)*(?P<title>[^\n]*)$",
    re.MULTILINE,
)


def as_markdown(text: str) -> str:
    """Return ``text`` with what these dialects write as Markdown; lines keep their numbers."""
    for pattern, replacement in _DIALECTS:
        text = pattern.sub(replacement, text)
    if "{" in text:
        text = _ATTRIBUTES_BEHIND.sub("", _ATTRIBUTED.sub(r"\1", text))
    return _CONTAINER.sub(lambda match: match["title"].strip(" \t[]:"), text)
