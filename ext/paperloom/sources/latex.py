"""BibTeX values as plain Unicode text."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec
from pylatexenc.latex2text import get_default_latex_context_db as default_texts
from pylatexenc.latexwalker import LatexMacroNode, LatexWalker, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as default_macros
from pylatexenc.macrospec import LatexContextDb, std_macro

_MARKUP = re.compile(r"[\\{}$~]|--|``|''|[!?]`")
#: Text in which nothing but braces is markup, as in most titles.
_ONLY_BRACES = re.compile(r"(?:[^\\$~%&`'!?\n-]|-(?!-)|'(?!')|[!?](?!`))*")
_MATH = re.compile(r"(?<!\\)\$([^$]*)\$")
_SUPERSCRIPT = re.compile(r"\^\{?(\w+)\}?")
_SUBSCRIPT = re.compile(r"_(?:\{(\d+)\}|(\d))")
_BEFORE_SIGN = re.compile(r"(\\[A-Za-z]+) +(?=[<>=+-])")
_FUNCTION = re.compile(r"\\(arg|cos|deg|det|dim|exp|gcd|inf|ker|lim|ln|log|max|min|Pr|sin|sup|tan|tanh)(?![A-Za-z])")
#: Characters that BibTeX files hold as they are, and that LaTeX would take for commands.
_UNESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)([%&$])")

#: What pylatexenc raises where a command lacks its arguments, or braces nest by the thousand.
_UNREADABLE = (LatexWalkerError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)
logging.getLogger("pylatexenc.latex2text").setLevel(logging.CRITICAL)  # the same, as warnings

#: Commands that pylatexenc does not know or does not show as a title would.
_SHOWN = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textquotedbl": '"',
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
    "copyright": "©",
    "dag": "†",
    "ddag": "‡",
    "pounds": "£",
    "slash": "/",
    "P": "¶",
    "S": "§",
    "\\": " ",
    **dict.fromkeys(("-", "relax", "protect", "it", "bf", "em", "rm", "tt", "sc", "sl", "sf"), ""),
}
#: Commands that say how their text looks, which is all that a title needs of them.
_LOOKS = (
    "texttt", "textsf", "textnormal", "textmd", "textup", "textsubscript", "textsuperscript", "uline", "mbox", "hbox",
    "boldsymbol", "bm", "operatorname", "acro", "NoCaseChange", "url",
)  # fmt: skip


def _as_written(node: LatexMacroNode) -> str:
    return str(node.latex_verbatim()).strip()


def _last_argument(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    arguments = [argument for argument in node.nodeargd.argnlist if argument is not None] if node.nodeargd else []
    return str(l2tobj.nodelist_to_text(arguments[-1:]))


@cache
def _converter() -> tuple[LatexNodes2Text, LatexContextDb]:
    macros = default_macros()
    macros.add_context_category(
        "titles",
        prepend=True,
        macros=[*(std_macro(name, "{") for name in _LOOKS), std_macro("href", "{{"), std_macro("cite", "[{")],
    )
    texts = default_texts()
    shown = [MacroTextSpec(name, simplify_repl=text) for name, text in _SHOWN.items()]
    shown += [MacroTextSpec(name, simplify_repl=_last_argument) for name in (*_LOOKS, "href")]
    shown += [MacroTextSpec("cite", simplify_repl=_as_written)]
    texts.add_context_category("titles", prepend=True, macros=shown)
    texts.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_as_written))  # nothing vanishes unseen
    return LatexNodes2Text(latex_context=texts, math_mode="text", strict_latex_spaces=False), macros


def to_plain_text(value: str) -> str:
    r"""Return a BibTeX value as readable text: accents decoded, braces, commands and maths flattened.

    ``{U$^2$-Net}: G{\"o}del`` becomes ``U2-Net: Gödel``. A command that is not known stays as it is
    written.
    """
    if _ONLY_BRACES.fullmatch(value) and value.count("{") == value.count("}"):
        value = value.replace("{", "").replace("}", "")
    elif _MARKUP.search(value):
        value = _MATH.sub(lambda match: f"{{{_flatten_math(match[1])}}}", value)
        value = _UNESCAPED.sub(r"\1\\\2", value)
        converter, macros = _converter()
        try:
            walker = LatexWalker(value, latex_context=macros, tolerant_parsing=True)
            value = str(converter.nodelist_to_text(walker.get_latex_nodes()[0]))
        except _UNREADABLE:
            value = re.sub(r"[{}]", "", value)
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", value)).strip(" ")


def _flatten_math(formula: str) -> str:
    formula = _BEFORE_SIGN.sub(r"\1{} ", formula)  # which LaTeX would take for the end of the command
    formula = _SUPERSCRIPT.sub(r"\1", _FUNCTION.sub(r" \1", formula).lstrip())
    return _SUBSCRIPT.sub(lambda match: match[1] or match[2], formula)
