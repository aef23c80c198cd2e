"""What the e-mail of a week says: plain records made from the catalog and from the week's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from selectolax.lexbor import LexborNode

from paperloom.emails.fragments import mail_html, plain_text
from paperloom.feeds.content import PageText
from paperloom.feeds.names import DRAWINGS
from paperloom.outputs.site_settings import SiteSettings
from paperloom.translation import _
from paperloom.views.dates import interval
from paperloom.views.week import kind_label

#: The most characters of the line that mail clients show beside the subject.
_PREHEADER = 140
#: Authors named, as on cards; of more only the first.
_MOST_AUTHORS = 3

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A paper, an article, or written text without a title. ``html`` is text as a mail can hold it."""

    html: str
    plain: tuple[str, ...]
    title: str = ""
    address: str = ""
    byline: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the week with its items."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The e-mail of a week. ``picks`` are (title, address) pairs, ``feeds`` the page that tells of feeds."""

    language: str
    site: str
    home: str
    title: str
    days: str
    address: str
    subject: str
    preheader: str
    introduction: Item
    picks: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def edition_of(week: Record, papers: Mapping[str, Record], settings: SiteSettings, markup: str) -> Edition:
    """Return the e-mail of ``week``, whose page is ``markup``; ``papers`` are the catalog's, by citation key."""
    address = settings.address + settings.page_name(week["docname"])
    page = PageText(markup, week["docname"], address, settings.address + DRAWINGS)
    reader = _Reader(week, papers, settings)
    introduction, sections = reader.read(page.root) if page.root is not None else (reader.prose(""), ())
    picks = tuple(reader.pick(name) for name in week["picks"] if reader.is_known(name))
    first = introduction.plain[0] if introduction.plain else " · ".join(title for title, _address in picks)
    days = interval(date.fromisoformat(week["starts"]), date.fromisoformat(week["ends"]), settings.language)
    return Edition(
        language=settings.language,
        site=settings.title,
        home=settings.address,
        title=week["title"],
        days=days,
        address=address,
        subject=_("{site} – {week}").format(site=settings.title, week=week["title"]),
        preheader=_shortened(first),
        introduction=introduction,
        picks=picks,
        sections=sections,
    )


class _Reader:
    """Reads the page of a week."""

    def __init__(self, week: Record, papers: Mapping[str, Record], settings: SiteSettings) -> None:
        self._settings = settings
        self._week = week
        self._articles = {article["id"]: article for article in week["articles"]}
        self._papers = {key: papers[key] for key in [*week["papers"], *week["picks"]] if key in papers}
        self._keys = {self._address(paper["docname"]): key for key, paper in self._papers.items()}

    def _address(self, docname: str) -> str:
        return self._settings.address + self._settings.page_name(docname)

    def is_known(self, pick: str) -> bool:
        """Return whether a pick is an article of this week, or a paper that is written."""
        return pick in self._articles or (pick in self._papers and not self._papers[pick]["draft"])

    def pick(self, name: str) -> tuple[str, str]:
        """Return title and address of a pick."""
        if name in self._articles:
            return self._articles[name]["title"], f"{self._address(self._week['docname'])}#{name}"
        return self._papers[name]["title"], self._address(self._papers[name]["docname"])

    def read(self, root: LexborNode) -> tuple[Item, tuple[Section, ...]]:
        """Return the introduction of the page and its sections."""
        introduction: list[str] = []
        sections: list[Section] = []
        for node in root.iter():
            names = (node.attributes.get("class") or "").split()
            if node.tag == "section" and "loom-article" in names:
                sections.append(Section("", (self._article(node),)))
            elif node.tag == "section":
                sections.append(self._section(node))
            elif "loom-card" in names:
                sections.append(Section("", tuple(self._items(node))))
            elif "loom-header" not in names:
                introduction.append(node.html or "")
        return self.prose("".join(introduction)), tuple(section for section in sections if section.items)

    def _section(self, node: LexborNode) -> Section:
        title = ""
        items: list[Item] = []
        for child in node.iter():
            if child.tag == "h2" and not title:
                title = " ".join(child.text().split())
            else:
                items += self._items(child)
        return Section(title, tuple(items))

    def _items(self, node: LexborNode) -> Iterator[Item]:
        names = (node.attributes.get("class") or "").split()
        if "loom-article" in names:
            yield self._article(node)
        elif "loom-card" in names:
            link = node.css_first(".loom-card-title a")
            key = self._keys.get((link.attributes.get("href") or "") if link is not None else "")
            if key is not None:
                yield self._paper(self._papers[key])
        elif node.css_first(".loom-article, .loom-card") is not None:
            for child in node.iter():
                yield from self._items(child)
        elif (item := self.prose(node.html or "")).plain:
            yield item

    def _paper(self, paper: Record) -> Item:
        authors = paper["authors"]
        names = ", ".join(authors) if len(authors) <= _MOST_AUTHORS else f"{authors[0]} et al."
        place = " ".join(str(part) for part in (paper["venue"], paper["year"]) if part)
        said = self.prose(_escaped(paper["tldr"] or ""))
        return Item(
            html=said.html,
            plain=said.plain,
            title=paper["title"],
            address=self._address(paper["docname"]),
            byline=" · ".join(part for part in (names, place) if part),
            picked=paper["key"] in self._week["picks"],
        )

    def _article(self, node: LexborNode) -> Item:
        anchor = node.attributes.get("id") or ""
        article = self._articles.get(anchor)
        for part in [child for child in node.iter() if child.tag in ("h2", "h3")][:1] + node.css(
            ".loom-article-header"
        ):
            part.decompose()
        said = self.prose(node.inner_html or "")
        if article is None:
            return said
        facts = (kind_label(article["kind"]), article["site"] or "")
        return Item(
            html=said.html,
            plain=said.plain,
            title=article["title"],
            address=article["url"] or article["archived"] or f"{self._address(self._week['docname'])}#{anchor}",
            byline=" · ".join(fact for fact in facts if fact),
            picked=anchor in self._week["picks"],
        )

    def prose(self, markup: str) -> Item:
        """Return written text as an item."""
        html = mail_html(markup)
        return Item(html=html, plain=tuple(plain_text(html, self._settings.address)))


def _escaped(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _PREHEADER else text[: _PREHEADER - 1].rsplit(" ", 1)[0] + "…"
