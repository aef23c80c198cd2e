"""The templates of furo, changed where they stand in the way of readers or of a content security policy.

A template is changed once, when it is loaded, so that nothing is added to the writing of a page. Each
change names the text that it replaces; where furo no longer has this text, the change is not made,
and the tests of pages in a browser say what is wrong again.

- The styles of furo's icons and its colors of code stand in the page, where a policy without
  ``'unsafe-inline'`` ignores them. The icons get attributes instead, the colors a style sheet.
- The drawers beside the text are two landmarks without names; they get one each.
- The search page has no heading of the first level.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pygments.token import Text
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.highlighting import PygmentsBridge
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme

from paperloom.outputs.files import write_if_changed
from paperloom.translation import _

THEME = "furo"
#: The style sheet with the colors of code and those that ``html_theme_options`` sets.
COLORS = "theme-colors.css"
_COLORS_TEMPLATE = "partials/_head_css_variables.html"
#: Icons of buttons that a page has only where ``html_theme_options`` asks for them.
_ICONS_OF_BUTTONS = {"view": "svg-eye", "edit": "svg-pencil"}


class Templates(BuiltinTemplateLoader):
    """Sphinx's own templates, with furo's changed."""

    _changes: dict[str, Callable[[str], str]]

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Start as Sphinx does; themes other than furo are left alone."""
        super().init(builder, theme, dirs)
        self._changes = {}
        if theme is not None and theme.name == THEME:
            self._changes = {
                "partials/icons.html": _change_icons,
                _COLORS_TEMPLATE: lambda _source: "",
                "page.html": _name_drawers,
                "search.html": _add_heading,
            }

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source of a template, changed if it is one of furo's.

        :raises jinja2.TemplateNotFound: if there is none.
        """
        source, path, is_current = super().get_source(environment, template)
        change = self._changes.get(template.removeprefix("!"))
        if change is not None and THEME in Path(path).parts:
            source = change(source)
        return source, path, is_current

    def colors(self, context: dict[str, Any]) -> str:
        """Return the colors that furo would write into each page, as a style sheet."""
        source, _path, _is_current = super().get_source(self.environment, _COLORS_TEMPLATE)
        style = self.environment.from_string(source).render(context)
        lines = (line.strip() for line in style.replace("<style>", "").replace("</style>", "").splitlines())
        return "\n".join([*filter(None, lines), ""])


def choose(app: Sphinx, config: Config) -> None:
    """Have templates loaded by :class:`Templates`, unless the project has a bridge of its own."""
    if config.html_theme == THEME and config.template_bridge is None:
        config.template_bridge = f"{__name__}.{Templates.__name__}"


def write_colors(builder: StandaloneHTMLBuilder) -> None:
    """Write the style sheet of colors; runs while static files are copied, before any page is written."""
    if isinstance(builder.templates, Templates) and builder.theme.name == THEME:
        dark = PygmentsBridge("html", builder.config.pygments_dark_style)
        context = {
            **builder.globalcontext,
            "furo_pygments": {
                "light": _colors_of_code(builder.highlighter, "white", "black"),
                "dark": _colors_of_code(dark, "black", "white"),
            },
        }
        write_if_changed(Path(builder.outdir, "_static", COLORS), builder.templates.colors(context))


def _colors_of_code(highlighter: PygmentsBridge, background: str, foreground: str) -> dict[str, str]:
    """Return the colors of a style of Pygments by the names that furo gives them; some styles leave them open."""
    style = highlighter.formatter_args["style"]
    color = style.style_for_token(Text)["color"]
    return {
        "background": style.background_color or background,
        "foreground": f"#{color}" if color else foreground,
    }


def _change_icons(source: str) -> str:
    """Return furo's icons without style attributes and without the blanks between their elements."""
    source = source.replace('style="display: none;"', 'class="loom-icons" width="0" height="0" aria-hidden="true"')
    source = source.replace('style="opacity: 50%"', 'opacity=".5"')
    for button, name in _ICONS_OF_BUTTONS.items():
        symbol = re.compile(rf'\s*<symbol id="{name}".*?</symbol>', re.DOTALL)
        wanted = f'{{% if theme_top_of_page_buttons == "" or "{button}" in theme_top_of_page_buttons %}}'
        source = symbol.sub(rf"{wanted}\g<0>{{% endif %}}", source)
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", source))


def _name_drawers(source: str) -> str:
    """Return furo's page with names for its two drawers."""
    for name, label in (("sidebar-drawer", _("Site navigation")), ("toc-drawer", _("Contents of this page"))):
        source = source.replace(f'<aside class="{name}', f'<aside aria-label="{escape(label)}" class="{name}')
    return source


def _add_heading(source: str) -> str:
    """Return furo's search page with a heading above the results."""
    return source.replace('<div id="search-results">', f'<h1>{escape(_("Search"))}</h1>\n<div id="search-results">')
