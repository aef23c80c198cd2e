"""Which feeds a site has and what each holds: plain records made from the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from paperloom.feeds.ids import article_id, earliest_name, stable_id
from paperloom.feeds.names import ALL, CHANGES, FOLDER, ISSUES, PAPERS, topic_feed
from paperloom.outputs.site_settings import SiteSettings
from paperloom.translation import _

#: The day of a feed that has no entry yet: the format demands one.
NEVER = "1970-01-01"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an issue, a paper or an article.

    ``kind`` is ``issue``, ``paper`` or ``article``. Days are ISO days. ``related`` is the address of
    the paper or article itself, ``topics`` are (slug, title) pairs, ``change`` what changed in the summary.
    """

    id: str
    kind: str
    docname: str
    anchor: str
    title: str
    published: str
    updated: str
    summary: str | None = None
    related: str | None = None
    topics: tuple[tuple[str, str], ...] = ()
    picked: bool = False
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, its title, the document that it belongs to, and its entries, newest first.

    ``former`` are the names that it had: whoever follows one of them must not lose it.
    """

    name: str
    id: str
    title: str
    docname: str
    entries: tuple[Entry, ...]
    former: tuple[str, ...] = ()

    @property
    def updated(self) -> str:
        """The day on which an entry changed last."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def feeds_of(catalog: Record, settings: SiteSettings) -> Iterator[Feed]:
    """Yield the feeds of a site: those of the whole, then one for each topic."""
    entries = _Entries(catalog, settings.feed_ids)
    most = settings.feed_entries

    def feed(name: str, title: str, docname: str, held: Iterable[Entry]) -> Feed:
        return Feed(name, f"{settings.feed_ids}{FOLDER}/{name}", title, docname, tuple(islice(held, most)))

    site = settings.title
    yield feed(ALL, site, "index", (each for each in entries.in_order if each.kind != "article"))
    issues = (each for each in entries.in_order if each.kind == "issue")
    yield feed(ISSUES, _("{site}: issues").format(site=site), "index", issues)
    papers = (each for each in entries.in_order if each.kind == "paper")
    yield feed(PAPERS, _("{site}: papers").format(site=site), "index", papers)
    yield feed(CHANGES, _("{site}: changed summaries").format(site=site), "index", entries.changes())
    names = {topic["docname"] for topic in catalog["topics"]}
    for topic in catalog["topics"]:
        title = _("{site}: {topic}").format(site=site, topic=topic["title"])
        found = feed(topic_feed(topic["id"]), title, topic["docname"], entries.of_topic(topic["id"]))
        former = tuple(topic_feed(_slug(name)) for name in topic.get("former", ()) if name not in names)
        first = topic_feed(_slug(earliest_name(topic)))
        yield replace(found, id=f"{settings.feed_ids}{FOLDER}/{first}", former=former)


def _slug(docname: str) -> str:
    return docname.rpartition("/")[2]


class _Entries:
    """The entries of a site, each issue before its papers and articles, the newest issue first."""

    def __init__(self, catalog: Record, ids: str) -> None:
        self._ids = ids
        self._papers = {paper["key"]: paper for paper in catalog["papers"] if not paper["draft"]}
        self._titles = {topic["id"]: topic["title"] for topic in catalog["topics"]}
        self._parents = {topic["id"]: topic["parent"] for topic in catalog["topics"]}
        self.in_order = [entry for week in reversed(catalog["weeks"]) for entry in self._of_week(week)]
        self._by_topic: dict[str, list[Entry]] = {}
        for entry in self.in_order:
            for topic in sorted({above for slug, _title in entry.topics for above in self._upwards(slug)}):
                self._by_topic.setdefault(topic, []).append(entry)

    def _of_week(self, week: Record) -> Iterator[Entry]:
        yield Entry(
            id=self._ids + earliest_name(week),
            kind="issue",
            docname=week["docname"],
            anchor="",
            title=week["title"],
            published=week["starts"],
            updated=week["starts"],
        )
        for key in week["papers"]:
            paper = self._papers.get(key)
            if paper and paper["featured_in"][0] == week["id"]:
                yield self._paper(paper, week["starts"], picked=key in week["picks"])
        for article in week["articles"]:
            yield Entry(
                id=self._ids + article_id(week, article),
                kind="article",
                docname=week["docname"],
                anchor=article["id"],
                title=article["title"],
                published=week["starts"],
                updated=week["starts"],
                related=article["url"] or article["archived"],
                topics=self._topics(article),
                picked=article["id"] in week["picks"],
            )

    def _paper(self, paper: Record, published: str, *, picked: bool = False) -> Entry:
        revised = paper["revised"]
        return Entry(
            id=self._ids + stable_id(paper),
            kind="paper",
            docname=paper["docname"],
            anchor="",
            title=paper["title"],
            published=published,
            updated=max(published, revised["on"]) if revised else published,
            summary=paper["tldr"],
            related=_address_of_paper(paper),
            topics=self._topics(paper),
            picked=picked,
        )

    def _topics(self, record: Record) -> tuple[tuple[str, str], ...]:
        return tuple((slug, self._titles[slug]) for slug in record["topics"] if slug in self._titles)

    def _upwards(self, slug: str) -> Iterator[str]:
        """Yield a topic and those above it, each once."""
        seen: set[str] = set()
        place: str | None = slug
        while place is not None and place in self._titles and place not in seen:
            seen.add(place)
            yield place
            place = self._parents[place]

    def of_topic(self, slug: str) -> Iterator[Entry]:
        """Yield the papers and articles of a topic and of those below it."""
        yield from self._by_topic.get(slug, ())

    def changes(self) -> Iterator[Entry]:
        """Yield the latest change of each summary, newest first; each change is an entry of its own."""
        revised = [paper for paper in self._papers.values() if paper["revised"]]
        revised.sort(key=lambda paper: paper["key"])
        revised.sort(key=lambda paper: paper["revised"]["on"], reverse=True)
        for paper in revised:
            day, what = paper["revised"]["on"], paper["revised"]["what"]
            entry = self._paper(paper, day)
            yield replace(entry, id=f"{entry.id}/{day}", updated=day, change=what)


def _address_of_paper(paper: Record) -> str | None:
    if paper["arxiv"]:
        return f"https://arxiv.org/abs/{paper['arxiv']}"
    if paper["doi"]:
        return f"https://doi.org/{paper['doi']}"
    if paper["openreview"]:
        return f"https://openreview.net/forum?id={paper['openreview']}"
    address: str | None = paper["url"]
    return address
