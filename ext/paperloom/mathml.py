"""Formulas as MathML, made while building: browsers show it without a script, and so do EPUB readers."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.locale import _ as text_of_sphinx
from sphinx.util.math import get_node_equation_number

from paperloom.model.problems import Subtype
from paperloom.warnings import warn

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

#: What docutils raises for TeX that it does not know; only the first of them is meant for readers.
_FAILURES = (ValueError, AttributeError, LookupError, TypeError)
#: Entities that HTML knows and XML, which EPUB is written in, does not.
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;")


@cache
def mathml(tex: str, *, block: bool) -> str:
    """Return the formula ``tex`` as MathML without line breaks.

    :raises ValueError: if docutils cannot read the formula.
    """
    try:
        markup = str(tex2mathml(tex, as_block=block))
    except _FAILURES as error:
        reason = str(error) if isinstance(error, ValueError) else "its parts do not fit together"
        raise ValueError(reason) from error
    markup = re.sub(r">\n\s*<", "><", markup).replace("\n", " ")
    return _ENTITY.sub(lambda entity: unescape(entity[0]), markup)


def _rendered(node: nodes.Element, *, block: bool) -> str | None:
    tex = node.astext()
    try:
        return mathml(tex, block=block)
    except ValueError as error:
        message = f"the formula '{tex}' cannot be shown: {error}"
        warn(Subtype.FORMULA, message, "write it with the commands of TeX that docutils knows", node)
        return None


def _source(node: nodes.Element) -> dict[str, Any]:
    """Return the attribute that keeps the TeX of a formula, for programs that read pages."""
    return {"data-tex": " ".join(node.astext().split())}


def render_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in running text; as code where it cannot be read."""
    markup = _rendered(node, block=False)
    if markup is None:
        markup = f"<code>{translator.encode(node.astext())}</code>"
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate nohighlight", **_source(node)))
    translator.body.append(f"{markup}</span>")
    raise nodes.SkipNode


def render_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands by itself, with its number where it has one."""
    markup = _rendered(node, block=True)
    if markup is None:
        markup = f"<pre>{translator.encode(node.astext())}</pre>"
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight", **_source(node)))
    if node.get("number"):
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, text_of_sphinx("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append(f"{markup}</div>\n")
    raise nodes.SkipNode
