"""The head and the foot of a paper page."""

from __future__ import annotations

import json
from html import escape

from paperloom.model.layout import paper_docname
from paperloom.translation import _, count
from paperloom.views.dates import day
from paperloom.views.writing import Piece, Writer
from paperloom.weave.pages.paper import (
    Featured,
    MentionGroup,
    MentionRow,
    PaperFooter,
    PaperHeader,
    RelatedRow,
)

#: Places shown at once; the rest is behind a dropdown.
MOST_MENTIONS = 12
#: Authors named at once on long lists; the rest is behind the citation.
MOST_AUTHORS = 12


def relation_label(kind: str) -> str:
    """Return what a relation says of the other paper, as seen from this page."""
    return {
        "applies": _("applied here"),
        "applied-by": _("applies this paper"),
        "benchmark-of": _("evaluated on this"),
        "compares-with": _("compared with this"),
        "contradicted-by": _("contradicts this paper"),
        "contradicts": _("contradicted here"),
        "evaluates-on": _("benchmark used here"),
        "extended-by": _("extends this paper"),
        "extends": _("extended here"),
        "superseded-by": _("supersedes this paper"),
        "supersedes": _("superseded here"),
        "surveyed-by": _("surveys this paper"),
        "surveys": _("surveyed here"),
    }[kind]


def render_header(shown: PaperHeader, write: Writer[Piece]) -> list[Piece]:
    """Return authors and venue, links, topics, TL;DR and the citation to copy."""
    names = list(shown.authors[:MOST_AUTHORS])
    if len(shown.authors) > MOST_AUTHORS:
        names.append(_("and {number} more").format(number=len(shown.authors) - MOST_AUTHORS))
    children: list[Piece] = []
    if names:
        children.append(write.paragraph(write.text(", ".join(names)), classes=["loom-authors"]))
    facts = [write.draft_mark()] if shown.draft else []
    if shown.venue:
        facts.append(write.text(shown.venue, "loom-venue"))
    facts += [write.external_link(label, address) for label, address in shown.links]
    if shown.background:
        facts.append(write.text(_("background paper"), "loom-note"))
    if facts:
        children.append(write.paragraph(*write.separated(facts, " · "), classes=["loom-facts"]))
    children += write.topic_line(shown.topics)
    if shown.tldr:
        label = write.strong(write.text("TL;DR"))
        children.append(write.paragraph(label, write.text(f" {shown.tldr}"), classes=["loom-tldr"]))
    if shown.bibtex:
        children.append(write.dropdown(_("Cite this paper"), _citation(shown, shown.bibtex, write), "loom-cite"))
        children += write.for_reference_managers([shown.coins])
    return [write.group(children, "loom-header"), *_reading(shown, write)]


def _citation(shown: PaperHeader, bibtex: str, write: Writer[Piece]) -> list[Piece]:
    """Return the citation as BibTeX, the files of all formats, and what the script needs to offer them as text."""
    place = write.file_address(paper_docname(shown.key))
    controls = []
    if place is not None:
        texts = escape(_citation_labels())
        controls = [
            write.html(f'<div class="loom-citations" data-place="{escape(place)}" data-labels="{texts}"></div>\n')
        ]
    files = write.downloads(paper_docname(shown.key), _("Download"))
    return [*controls, write.code(bibtex, "text"), *([write.group(files, "loom-citation-files")] if files else [])]


def _citation_labels() -> str:
    """Return the texts of the controls of a citation as JSON, for the script that makes them."""
    return json.dumps(
        {
            "copied": _("{format} copied"),
            "copy": _("Copy"),
            "failed": _("Could not copy. The text is selected: copy it with the keyboard."),
            "formats": _("Formats of the citation"),
            "loading": _("Loading …"),
            "missing": _("This format is not here. Take a file below."),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _reading(shown: PaperHeader, write: Writer[Piece]) -> list[Piece]:
    sentences = []
    if shown.read:
        source = {
            "paper": _("the paper"),
            "abstract": _("the abstract and secondary sources"),
            "secondary": _("secondary sources"),
        }.get(shown.read.source, shown.read.source)
        version = f" {shown.read.version}" if shown.read.version else ""
        sentences.append(
            _("Summary based on {source}, read on {day}.").format(
                source=source + version, day=day(shown.read.on, write.language)
            )
        )
    if shown.revised:
        sentences.append(
            _("Revised on {day}: {what}").format(day=day(shown.revised.on, write.language), what=shown.revised.what)
        )
    return [write.paragraph(write.text(" ".join(sentences)), classes=["loom-reading"])] if sentences else []


def render_footer(shown: PaperFooter, write: Writer[Piece]) -> list[Piece]:
    """Return the weeks that feature the paper, the places that mention it and related papers."""
    children: list[Piece] = []
    if shown.featured:
        children.append(write.heading(_("Featured in"), "featured-in"))
        children.append(write.bullet_list(([_featured(week, write)] for week in shown.featured), "loom-featured"))
    if shown.mentions:
        children.append(write.heading(_("Also mentioned in"), "also-mentioned-in"))
        children += _mentions(shown.mentions, write)
    if shown.related:
        children.append(write.heading(_("Related"), "related"))
        children.append(write.bullet_list(([_related(row, write)] for row in shown.related), "loom-related"))
    return [write.group(children, "loom-footer")] if children else []


def _featured(week: Featured, write: Writer[Piece]) -> Piece:
    children = [write.link(week.week)]
    if week.picked:
        children.append(write.pick_mark())
    return write.paragraph(*write.separated(children, " "))


def _mentions(groups: tuple[MentionGroup, ...], write: Writer[Piece]) -> list[Piece]:
    first: list[Piece] = []
    more: list[Piece] = []
    places = hidden = 0
    for group in groups:
        rendered = _mention_group(group, write)
        if places and places + len(group.rows) > MOST_MENTIONS:
            more += rendered
            hidden += len(group.rows)
        else:
            first += rendered
            places += len(group.rows)
    if more:
        title = _("{places} more").format(places=count(hidden, "{number} place", "{number} places"))
        first.append(write.dropdown(title, more, "loom-more"))
    return first


def _mention_group(group: MentionGroup, write: Writer[Piece]) -> list[Piece]:
    title = write.link(group.week) if group.week else write.text(_("Other pages"))
    rows = write.bullet_list(([_mention(row, write)] for row in group.rows), "loom-mentions")
    return [write.paragraph(title, classes=["loom-group"]), rows]


def _mention(row: MentionRow, write: Writer[Piece]) -> Piece:
    start, end = row.name_at
    quoted = [
        write.text("“" + row.context[:start]),
        write.strong(write.text(row.context[start:end])),
        write.text(row.context[end:] + "”"),
    ]
    place = write.link(row.place, label=row.place.title or _("Introduction"))
    note = [] if row.linked else [write.text(" "), write.text(_("(not linked)"), "loom-note")]
    return write.paragraph(write.inline(quoted, "loom-quote"), write.text(" — "), place, *note)


def _related(row: RelatedRow, write: Writer[Piece]) -> Piece:
    reasons = [relation_label(kind) for kind in row.relations]
    if row.topics:
        reasons.append(_("shares {topics}").format(topics=", ".join(row.topics)))
    if row.co_mentions:
        reasons.append(
            _("named together at {places}").format(places=count(row.co_mentions, "{number} place", "{number} places"))
        )
    children = [write.link(row.paper)]
    if row.byline:
        children += [write.text(" "), write.text(row.byline, "loom-details")]
    reason = write.text("; ".join(reasons), "loom-reason")
    return write.paragraph(*children, write.text(" — "), reason)
