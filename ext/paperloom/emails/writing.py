"""The e-mail of a week as HTML with inlined styles, and as plain text."""

from __future__ import annotations

import textwrap
from functools import cache
from importlib.resources import files

import css_inline
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from paperloom.emails.edition import Edition, Item
from paperloom.translation import _

_WIDTH = 72


def _file(name: str) -> str:
    return files("paperloom.emails").joinpath(f"templates/{name}").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=DictLoader({"edition.html": _file("edition.html")}), autoescape=True, undefined=StrictUndefined
    )


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)


def edition_html(edition: Edition) -> str:
    """Return the e-mail as HTML: tables, styles at each element, no scripts, no pictures."""
    template = _environment().get_template("edition.html")
    texts = {"picks": _("Editor’s picks"), "pick": _("Editor’s pick"), "web": _("Read this issue on the web")}
    # Rules for the dark scheme cannot stand at an element; clients that ignore them show the light one.
    styles = {name: Markup(_file(f"{name}.css")) for name in ("edition", "dark")}  # noqa: S704  # ours
    page = template.render(edition=_marked(edition), style=styles["edition"], dark=styles["dark"], texts=texts)
    return _inliner().inline(page).replace(' data-css-inline="keep"', "") + "\n"


def edition_text(edition: Edition) -> str:
    """Return the e-mail as plain text: its subject, then what the HTML says."""
    lines = [edition.subject, "=" * min(len(edition.subject), _WIDTH), edition.days, edition.address, ""]
    lines += _prose(edition.introduction)
    if edition.picks:
        lines += _heading("★ " + _("Editor’s picks"))
        for title, address in edition.picks:
            lines += [*_wrapped(f"- {title}", "  "), f"  {address}"]
        lines.append("")
    for section in edition.sections:
        lines += _heading(section.title) if section.title else []
        for item in section.items:
            lines += _item(item) if item.title else _prose(item)
    lines += ["--", _("Read this issue on the web"), edition.address]
    return "\n".join(lines) + "\n"


def _heading(title: str) -> list[str]:
    return [title, "-" * min(len(title), _WIDTH), ""]


def _item(item: Item) -> list[str]:
    facts = [f"★ {_('Editor’s pick')}"] if item.picked else []
    facts += [item.byline] if item.byline else []
    lines = [*_wrapped(item.title), *_wrapped(" · ".join(facts)), item.address]
    return [*lines, *_prose(item)] if item.plain else [*lines, ""]


def _prose(item: Item) -> list[str]:
    return [line for paragraph in item.plain for line in (*_wrapped(paragraph), "")]


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _marked(edition: Edition) -> dict[str, object]:
    """Return what the template shows; text that has been cleaned is markup, everything else is escaped there."""

    def item(shown: Item) -> dict[str, object]:
        return {
            "html": Markup(shown.html),  # noqa: S704  # cleaned
            "title": shown.title,
            "address": shown.address,
            "byline": shown.byline,
            "picked": shown.picked,
        }

    return {
        **{name: getattr(edition, name) for name in edition.__dataclass_fields__},
        "introduction": item(edition.introduction),
        "sections": [
            {"title": section.title, "items": [item(each) for each in section.items]} for section in edition.sections
        ],
    }
