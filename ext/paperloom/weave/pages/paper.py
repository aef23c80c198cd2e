"""What a paper page shows besides its prose."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from paperloom.citing.coins import coins_span
from paperloom.citing.csl import csl_item
from paperloom.model.bibtex import format_entry
from paperloom.model.identifiers import is_web_address
from paperloom.model.quick import quickly_shown
from paperloom.model.records import Document, Mention, Reading, Revision
from paperloom.weave.labels import venue_and_year
from paperloom.weave.pages.cards import PageLink, byline, paper_link, topic_links, week_link
from paperloom.weave.related import Related
from paperloom.weave.woven import Woven


@quickly_shown
@dataclass(frozen=True, slots=True)
class PaperHeader:
    """The head of a paper page. ``links`` are (label, address) pairs, ``coins`` is markup for reference managers."""

    key: str
    authors: tuple[str, ...]
    venue: str
    links: tuple[tuple[str, str], ...]
    topics: tuple[PageLink, ...]
    tldr: str
    background: bool
    bibtex: str | None
    read: Reading | None
    draft: bool = False
    coins: str = ""
    revised: Revision | None = None


@quickly_shown
@dataclass(frozen=True, slots=True)
class Featured:
    """A week that features the paper."""

    week: PageLink
    picked: bool


@quickly_shown
@dataclass(frozen=True, slots=True)
class MentionRow:
    """One place that names the paper."""

    place: PageLink
    linked: bool
    context: str
    name_at: tuple[int, int]


@quickly_shown
@dataclass(frozen=True, slots=True)
class MentionGroup:
    """The places of one issue, or of the pages that belong to no issue."""

    week: PageLink | None
    rows: tuple[MentionRow, ...]


@quickly_shown
@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A related paper and why it is one."""

    paper: PageLink
    byline: str
    relations: tuple[str, ...]
    topics: tuple[str, ...]
    co_mentions: int


@quickly_shown
@dataclass(frozen=True, slots=True)
class PaperFooter:
    """The foot of a paper page."""

    featured: tuple[Featured, ...]
    mentions: tuple[MentionGroup, ...]
    related: tuple[RelatedRow, ...]


def paper_header(woven: Woven, document: Document, argument: str) -> PaperHeader | None:
    """Return the head of the page of paper ``argument``."""
    facts = woven.facts
    paper = facts.papers.get(argument)
    if paper is None:
        return None
    reference = facts.references.get(argument)
    links: list[tuple[str, str]] = []
    if reference:
        if reference.arxiv:
            links.append((f"arXiv:{reference.arxiv}", f"https://arxiv.org/abs/{reference.arxiv}"))
        if reference.doi:
            links.append((f"doi:{reference.doi}", f"https://doi.org/{reference.doi}"))
        if reference.openreview:
            links.append(("OpenReview", f"https://openreview.net/forum?id={reference.openreview}"))
        if reference.url and is_web_address(reference.url) and reference.url not in {url for _, url in links}:
            links.append((_site_label(reference.url), reference.url))
    if paper.code:
        links.append(("Code", paper.code))
    links += [(name[:1].upper() + name[1:], url) for name, url in paper.links]
    return PaperHeader(
        key=paper.key,
        authors=tuple(author.name for author in reference.authors) if reference else (),
        venue=venue_and_year(reference) if reference else "",
        links=tuple(links),
        topics=topic_links(woven, paper.topics),
        tldr=paper.tldr,
        background=paper.key not in facts.featuring,
        bibtex=format_entry(reference) if reference else None,
        read=paper.read,
        draft=paper.draft,
        coins=coins_span(csl_item(reference)) if reference else "",
        revised=paper.revised,
    )


def _site_label(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    known = {
        "aclanthology.org": "ACL Anthology",
        "jmlr.org": "JMLR",
        "proceedings.mlr.press": "PMLR",
        "openaccess.thecvf.com": "CVF",
        "ojs.aaai.org": "AAAI",
        "ieeexplore.ieee.org": "IEEE Xplore",
        "dl.acm.org": "ACM",
        "link.springer.com": "Springer",
        "openreview.net": "OpenReview",
    }
    if host in ("papers.nips.cc", "proceedings.neurips.cc", "papers.neurips.cc"):
        return "NeurIPS"
    return known.get(host, host)


def paper_footer(woven: Woven, document: Document, argument: str) -> PaperFooter | None:
    """Return the foot of the page of paper ``argument``."""
    facts = woven.facts
    if argument not in facts.paper_pages:
        return None
    picked = woven.picked_in.get(argument, ())
    featured = tuple(
        Featured(week_link(woven, week_id), week_id in picked)
        for week_id in reversed(facts.featuring.get(argument, ()))
    )
    related = tuple(_related_row(woven, related) for related in woven.related(argument))
    return PaperFooter(featured, _groups(woven, woven.mentions.get(argument, ())), related)


def _related_row(woven: Woven, related: Related) -> RelatedRow:
    return RelatedRow(
        paper=paper_link(woven, related.key),
        byline=byline(woven, related.key),
        relations=related.relations,
        topics=tuple(woven.facts.topics[slug].title for slug in related.topics if slug in woven.facts.topics),
        co_mentions=related.co_mentions,
    )


def _groups(woven: Woven, mentions: tuple[Mention, ...]) -> tuple[MentionGroup, ...]:
    rows: dict[str | None, list[MentionRow]] = {}
    for mention in mentions:
        row = MentionRow(_place(woven, mention), mention.linked, mention.context, mention.name_at)
        rows.setdefault(mention.week, []).append(row)
    return tuple(MentionGroup(week_link(woven, week) if week else None, tuple(found)) for week, found in rows.items())


def _place(woven: Woven, mention: Mention) -> PageLink:
    title = woven.article_titles.get((mention.docname, mention.anchor))
    if title is None:
        in_week = mention.week is not None and woven.facts.week_pages[mention.week][0] == mention.docname
        title = "" if in_week else woven.facts.titles[mention.docname]
    return PageLink(mention.docname, title, mention.anchor)
