"""The sidebar: sections, the years, the weeks of the year or month in view, the papers of the week in view.

furo asks Sphinx for the whole tree of documents on every page and parses it again, which takes
time in proportion to the number of documents, for each document. Here a page's sidebar is made
from a record whose size does not depend on the size of the knowledge base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from paperloom.builders import AllProcesses
from paperloom.domain import domain_of
from paperloom.model.records import Document
from paperloom.sections import section_links
from paperloom.translation import _
from paperloom.weave.pages.navigation import (
    Navigation,
    SidebarMonth,
    SidebarWeek,
    SidebarYear,
    navigation,
)

#: That of the entries below a year, which is below its section.
_LEVEL_BELOW_YEARS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the sidebar; an entry with children can be folded.

    ``holds_page`` is that of a section to which the page belongs, while it is not among its children.
    """

    href: str
    title: str
    current: bool = False
    open: bool = False
    children: tuple[Entry | Markup, ...] = ()
    holds_page: bool = False


def build_entries(
    env: BuildEnvironment, docname: str, shown: Navigation, href: Callable[[str], str]
) -> tuple[Entry, ...]:
    """Return the entries of the sidebar of ``docname``; ``href`` gives the address of a document."""
    entries: list[Entry] = []
    names: list[str] = []
    for section, title, pages in section_links(env, docname):
        children: tuple[Entry | Markup, ...] = tuple(Entry(href(page), name, page == docname) for page, name in pages)
        opened = section == docname or any(page == docname for page, _name in pages)
        if section.startswith("weeks/"):
            years = tuple(_year(year, docname, href) for year in shown.years)
            opened = opened or any(year.open for year in years)
            children = years
        entries.append(Entry(href(section), title, section == docname, opened, children))
        names.append(section)
    if (holder := _section_of(docname)) in names and not any(entry.current or entry.open for entry in entries):
        place = names.index(holder)
        entries[place] = replace(entries[place], holds_page=True)
    return tuple(entries)


def _section_of(docname: str) -> str:
    """Return the section that lists a page which is not in the sidebar."""
    folder = docname.rpartition("/")[0]
    return "indexes/papers" if folder == "papers" else f"{folder}/index"


def _year(year: SidebarYear, docname: str, href: Callable[[str], str]) -> Entry:
    address = href(year.link.docname) if year.link.docname else ""
    children = tuple(_month(month, docname, href) for month in year.months) or tuple(
        _week(week, docname, href, _LEVEL_BELOW_YEARS) for week in year.weeks
    )
    return Entry(address, year.link.title, year.link.docname == docname, year.open, children)


def _month(month: SidebarMonth, docname: str, href: Callable[[str], str]) -> Entry | Markup:
    address, title = href(month.link.docname), month.link.title
    if not month.open:
        return _closed(address, title, _LEVEL_BELOW_YEARS)
    weeks = tuple(_week(week, docname, href, _LEVEL_BELOW_YEARS + 1) for week in month.weeks)
    return Entry(address, title, month.link.docname == docname, month.open, weeks)


def _week(week: SidebarWeek, docname: str, href: Callable[[str], str], level: int) -> Entry | Markup:
    if not week.open and not week.papers and week.link.docname != docname:
        return _closed(href(week.link.docname), week.link.title, level)
    papers = tuple(Entry(href(paper.docname), paper.title, paper.docname == docname) for paper in week.papers)
    return Entry(href(week.link.docname), week.link.title, week.link.docname == docname, week.open, papers)


@lru_cache(maxsize=16384)
def _closed(href: str, title: str, level: int) -> Markup:
    """Return the item of a month or week that is not in view: all pages of a folder show some dozens of them alike."""
    return Markup(_Tree().item(Entry(href, title), level))  # noqa: S704  # every text in it is escaped


class _Tree:
    """Writes entries with the markup that furo's style sheet expects of its navigation tree."""

    def __init__(self) -> None:
        self._switches = 0

    def render(self, entries: Iterable[Entry | Markup], level: int = 1) -> str:
        items = "".join([entry if isinstance(entry, Markup) else self.item(entry, level) for entry in entries])
        return f"<ul>{items}</ul>" if items else ""

    def item(self, entry: Entry, level: int) -> str:
        classes = f"toctree-l{level}"
        if entry.children:
            classes += " has-children"
        if entry.open or entry.current or entry.holds_page:
            classes += " current"
        if entry.current:
            classes += " current-page"
        current = ' aria-current="page"' if entry.current else ' aria-current="true"' if entry.holds_page else ""
        title = escape(entry.title)
        # Dozens of these stand on each page: only what furo's style sheet asks for is written.
        label = (
            f'<a class="reference" href="{escape(entry.href)}"{current}>{title}</a>'
            if entry.href
            else f'<span class="reference">{title}</span>'
        )
        children = self._switch(entry) + self.render(entry.children, level + 1) if entry.children else ""
        return f'<li class="{classes}">{label}{children}</li>'

    def _switch(self, entry: Entry) -> str:
        self._switches += 1
        name = f"toctree-checkbox-{self._switches}"
        checked = " checked" if entry.open or entry.current else ""
        label = escape(_("Toggle navigation of {title}").format(title=entry.title))
        return (
            f'<input{checked} aria-label="{label}" class="toctree-checkbox" id="{name}" name="{name}"'
            f' role="switch" type="checkbox"><label for="{name}"><span class="icon">'
            '<svg><use href="#svg-arrow-right"></use></svg></span></label>'
        )


def render_sidebar(entries: tuple[Entry, ...]) -> Markup:
    """Return the sidebar as HTML."""
    return Markup(_Tree().render(entries))  # noqa: S704  # every text in it is escaped


def remove_global_toctree(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Keep furo from asking for the tree of all documents; runs before furo."""
    if app.config.html_theme == "furo":
        context.pop("toctree", None)


def add_navigation(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the sidebar and the neighbours in the order of reading into the page; runs after furo."""
    if getattr(app.builder, "embedded", False):  # pages of books have neither
        return
    domain = domain_of(app.env)
    document = domain.documents.get(pagename) or Document(pagename, pagename)
    shown = navigation(domain.woven, document)
    pathto: Callable[[str], str] = context["pathto"]
    if isinstance(app.builder, AllProcesses) and doctree is not None:  # other pages have addresses of their own
        pathto = _href(app.builder.addresses_on(pagename))
    context["furo_navigation_tree"] = render_sidebar(build_entries(app.env, pagename, shown, pathto))
    for name, neighbour in zip(("prev", "next"), _neighbours(app.env, pagename, shown), strict=True):
        context[name] = {"link": pathto(neighbour[0]), "title": escape(neighbour[1])} if neighbour else None


def _href(address_of: Callable[[str], str]) -> Callable[[str], str]:
    """Give the page itself the address that Sphinx gives it."""
    return lambda docname: address_of(docname) or "#"


def _neighbours(
    env: BuildEnvironment, docname: str, shown: Navigation
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return (document name, title) before and after a page: in the order of reading, or within its section.

    Sphinx's own neighbours follow the whole tree and go stale when a page between them comes or goes.
    """
    if shown.previous or shown.next:
        before = (shown.previous.docname, shown.previous.title) if shown.previous else None
        after = (shown.next.docname, shown.next.title) if shown.next else None
        return before, after
    for section, title, pages in section_links(env, docname):
        order = [(section, title), *pages] if pages else []
        names = [name for name, _title in order]
        if docname in names:
            place = names.index(docname)
            return order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None
    return None, None
