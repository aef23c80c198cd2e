"""Checks of pictures: what each needs beside it, and what drawings may hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname

from paperloom.cli.checks.overview import Overview
from paperloom.model.layout import FIGURES
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.drawings import read_drawing
from paperloom.sources.figures import CAPTION_REMEDY, REQUIRED_OPTIONS
from paperloom.sources.pages import Directive, Page
from paperloom.sources.suggestions import did_you_mean

_WITHOUT_ORIGIN = "a picture without caption and origin"
_USE_DIRECTIVE = "show it with the directive 'paper-figure'"


def options(page: Page) -> Iterator[Problem]:
    """A picture without alternative text, caption or origin."""
    for line in page.images:
        yield Problem(page.path, line, _WITHOUT_ORIGIN, _USE_DIRECTIVE, Subtype.FIGURE)
    for directive in page.directives:
        if directive.name in ("image", "figure"):
            yield Problem(page.path, directive.line, _WITHOUT_ORIGIN, _USE_DIRECTIVE, Subtype.FIGURE)
        elif directive.name == "paper-figure":
            yield from _figure(page, directive)


def _figure(page: Page, directive: Directive) -> Iterator[Problem]:
    for option, remedy in REQUIRED_OPTIONS.items():
        if not directive.options.get(option, ("", 0))[0]:
            message = f"the figure lacks its '{option}'"
            yield Problem(page.path, directive.line, message, remedy, Subtype.FIGURE)
    if not any(text.strip() for text, _line in directive.content):
        message = "the figure lacks its caption"
        yield Problem(page.path, directive.line, message, CAPTION_REMEDY, Subtype.FIGURE)


def pictures(base: Overview) -> Iterator[Problem]:
    """A picture that is missing, or that belongs to another paper."""
    for page in base.pages.values():
        for argument, name, line in page.figures:
            if not (base.source / name).is_file():
                known = {f"/{path.relative_to(base.source).as_posix()}" for path in _files(base)}
                message = f"there is no picture '{argument}'"
                remedy = did_you_mean(argument, known, "correct the path or draw it")
                yield Problem(page.path, line, message, remedy, Subtype.FIGURE)
            elif page.kind == "paper" and dirname(name) == FIGURES and not _belongs_to(Path(name).stem, page.name):
                message = f"the page of '{page.name}' shows '{argument}'"
                remedy = f"name the drawing {page.name}.svg, or {page.name}-… where there are several"
                yield Problem(page.path, line, message, remedy, Subtype.FIGURE)


def drawings(base: Overview) -> Iterator[Problem]:
    """A drawing that may not stand in a page, or that no page shows."""
    shown = {name for page in base.pages.values() for _argument, name, _line in page.figures}
    for path in sorted(_files(base)):
        shown_as = path.relative_to(base.root).as_posix()
        yield from read_drawing(path, shown_as)[1]
        if path.relative_to(base.source).as_posix() not in shown:
            message = "no page shows this drawing"
            remedy = "show it with the directive 'paper-figure' or delete it"
            yield Problem(shown_as, 1, message, remedy, Subtype.FIGURE_UNUSED)


def _files(base: Overview) -> list[Path]:
    return list((base.source / FIGURES).rglob("*.svg"))


def _belongs_to(name: str, key: str) -> bool:
    return name == key or name.startswith(f"{key}-")
