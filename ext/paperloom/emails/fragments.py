"""Written text of a page as a mail can hold it: HTML without pictures and formulas, and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from paperloom.feeds.content import names

_TAGS = names("a b blockquote br code em h3 h4 i kbd li ol p pre s strong sub sup u ul")
_SCHEMES = {"http", "https", "mailto"}
_BLANKS = re.compile(r"[ \t\n\r]+")
_BLOCKS = names("blockquote h3 h4 li ol p pre ul")
#: How formulas are written in a line, by element: what stands before, between and after their parts.
_FORMULAS = {
    "mfrac": ("(", ")/(", ")"),
    "mover": ("", "^", ""),
    "mroot": ("root(", ", ", ")"),
    "msqrt": ("√(", "", ")"),
    "msub": ("", "_", ""),
    "msubsup": ("", "_", ""),
    "msup": ("", "^", ""),
    "munder": ("", "_", ""),
    "munderover": ("", "_", ""),
}


def mail_html(markup: str) -> str:
    """Return ``markup`` with formulas and pictures as text, and nothing that mail clients take out."""
    tree = LexborHTMLParser(f"<body>{markup}</body>")
    for formula in tree.css("math"):
        formula.replace_with(formula_text(formula))
    for image in tree.css("img"):
        image.replace_with(image.attributes.get("alt") or "")
    body = tree.body.inner_html if tree.body else ""
    return nh3.clean(
        body or "", tags=set(_TAGS), attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None
    ).strip()


def formula_text(node: LexborNode) -> str:
    """Return a formula of MathML in one line: ``x^2``, ``(1)/(a)``."""
    if node.tag == "-text":
        return (node.text_content or "").strip(" \n\u2061")
    parts = [formula_text(child) for child in node.iter(include_text=True)]
    before, between, after = _FORMULAS.get(node.tag or "", ("", "", ""))
    return before + between.join(part for part in parts if part) + after


def plain_text(markup: str, site: str) -> list[str]:
    """Return the paragraphs of :func:`mail_html`; addresses outside the ``site`` stand behind their links."""
    tree = LexborHTMLParser(f"<body>{markup}</body>")
    return [text for text in _paragraphs(tree.body, site) if text] if tree.body else []


def _paragraphs(node: LexborNode, site: str) -> Iterator[str]:
    line: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag not in _BLOCKS:
            line.append(_inline(child, site))
            continue
        yield _joined(line)
        line = []
        inner = list(_paragraphs(child, site))
        if child.tag == "li":
            number = len([None for _ in _before(child)]) + 1
            mark = f"{number}. " if child.parent is not None and child.parent.tag == "ol" else "- "
            inner = [mark + " ".join(text for text in inner if text)]
        yield from inner
    yield _joined(line)


def _before(node: LexborNode) -> Iterator[LexborNode]:
    earlier = node.prev
    while earlier is not None:
        if earlier.tag == node.tag:
            yield earlier
        earlier = earlier.prev


def _inline(node: LexborNode, site: str) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    text = "".join(_inline(child, site) for child in node.iter(include_text=True))
    address = node.attributes.get("href") or ""
    if node.tag == "a" and address and not address.startswith(site) and address != text:
        return f"{text} <{address}>"
    return "\n" if node.tag == "br" else text


def _joined(line: list[str]) -> str:
    return _BLANKS.sub(" ", "".join(line)).strip()
