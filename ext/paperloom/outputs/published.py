"""What a published site has beside its pages: a map for search engines, one for reading programs, old addresses.

Nothing here asks a clock. An address is absolute where the site says where it is published, and
relative to the root of the site otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from posixpath import join, relpath
from xml.sax.saxutils import escape as escape_xml

from paperloom.model.records import Document
from paperloom.weave.facts import Facts

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"

#: What would end a link in Markdown or become markup.
_ESCAPED = {ord(character): f"\\{character}" for character in "\\[]*_`<"}

#: The most addresses that a file of https://www.sitemaps.org/protocol.html may hold.
MOST_ADDRESSES = 50_000


@dataclass(frozen=True)
class Place:
    """Where the pages of a site are: its title, its address or nothing, and the address of a document below it."""

    title: str
    root: str
    base: str
    uri: Callable[[str], str]

    def address(self, uri: str) -> str:
        """Return the absolute address of ``uri``, or ``uri`` itself where the site's address is not known."""
        return join(self.base, uri) if self.base else uri


def is_listed(document: Document) -> bool:
    """Return whether search engines and reading programs should know a page: drafts wait until they are written."""
    return not (document.paper and document.paper.draft)


def sitemap_files(docnames: Iterable[str], days: Mapping[str, str], place: Place) -> Iterator[tuple[str, str]]:
    """Yield the files of the sitemap: one, or an index and its parts where there are too many pages for one.

    ``days`` are the days on which pages changed last, where they are known.
    """
    listed = sorted(docnames)
    if len(listed) <= MOST_ADDRESSES:
        yield SITEMAP, _sitemap(listed, days, place)
        return
    parts = [listed[start : start + MOST_ADDRESSES] for start in range(0, len(listed), MOST_ADDRESSES)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _sitemap(part, days, place)
    entries = "".join(f"<sitemap><loc>{escape_xml(place.address(name))}</loc></sitemap>\n" for name in names)
    yield SITEMAP, _xml("sitemapindex", entries)


def _sitemap(docnames: Iterable[str], days: Mapping[str, str], place: Place) -> str:
    return _xml("urlset", "".join(_entry(place.address(place.uri(name)), days.get(name)) for name in docnames))


def _entry(address: str, day: str | None) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape_xml(address)}</loc>{changed}</url>\n"


def _xml(name: str, content: str) -> str:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{namespace}">\n{content}</{name}>\n'


def robots_text(place: Place) -> str:
    """Return ``robots.txt`` (RFC 9309): everything may be read, and where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if place.base:
        lines += ["", f"Sitemap: {place.address(SITEMAP)}"]
    return "\n".join(lines) + "\n"


def llms_text(facts: Facts, about: Callable[[str], str], place: Place, twin: Callable[[str], str]) -> str:
    """Return ``llms.txt`` (https://llmstxt.org): what the site is, and its pages as Markdown, each with a line.

    ``about`` gives the description of a document or nothing, ``twin`` the address of the Markdown
    twin of a page at an address. Background papers and other pages stand under "Optional", which a
    reader with little room leaves out.
    """
    weeks = [week.docname for week in reversed(list(facts.weeks.values()))]
    topics = [topic.docname for topic in facts.topics.values()]
    papers = [facts.papers[key].docname for key in facts.order]
    featured = {facts.papers[key].docname for key in facts.featuring if key in facts.papers}
    known = {*weeks, *topics, *papers}
    others = [name for name in facts.documents if name not in known and name != place.root]
    sections = {
        "Issues": weeks,
        "Topics": topics,
        "Papers": [name for name in papers if name in featured],
        "Optional": [*(name for name in papers if name not in featured), *sorted(others)],
    }
    blocks = [f"# {_inline(place.title)}"]
    if place.root in facts.documents and (site := about(place.root)):
        blocks.append(f"> {_inline(site)}")
    blocks.append(
        f"Every page has a Markdown twin. All papers, issues and topics as data: [catalog.json]"
        f"({place.address('catalog.json')}); all citations: [references.bib]({place.address('references.bib')})."
    )
    for heading, docnames in sections.items():
        rows = [
            _row(facts.titles[name], place.address(twin(place.uri(name))), about(name))
            for name in docnames
            if is_listed(facts.documents[name])
        ]
        if rows:
            blocks.append("\n".join([f"## {heading}", "", *rows]))
    return "\n\n".join(blocks) + "\n"


def _row(title: str, address: str, about: str) -> str:
    return f"- [{_inline(title)}]({address})" + (f": {_inline(about)}" if about else "")


def _inline(text: str) -> str:
    """Return plain text for one line of Markdown; only what would end a link or become markup is escaped."""
    return " ".join(text.translate(_ESCAPED).split())


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address: the file at it, and the page that it leads to."""

    name: str
    uri: str
    docname: str


def redirect_text(facts: Facts, redirect: Redirect, place: Place, language: str, moved: str) -> str:
    """Return the page at an old address, which leads to the new one without a script.

    ``moved`` says so and holds ``{title}`` where the link to the new page stands.
    """
    target = place.uri(redirect.docname)
    folder = redirect.uri if redirect.uri.endswith("/") else redirect.uri.rpartition("/")[0]
    relative = relpath(target or ".", folder or ".") + ("/" if target.endswith("/") or not target else "")
    title = escape(facts.titles[redirect.docname])
    link = f'<a href="{escape(relative)}">{title}</a>'
    canonical = f'\n<link rel="canonical" href="{escape(place.address(target))}">' if place.base else ""
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={escape(relative)}">{canonical}
<title>{title}</title>
</head>
<body>
<main><p>{escape(moved).format(title=link)}</p></main>
</body>
</html>
"""
