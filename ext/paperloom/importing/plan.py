"""What an import would write: pages and entries of an issue, as far as the knowledge base lacks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from paperloom.editing.page_text import paper_page
from paperloom.importing.addresses import CODE, kind_of
from paperloom.importing.entry import Entry
from paperloom.importing.issue import Issue
from paperloom.importing.matching import KnownPapers, identifiers_of
from paperloom.importing.naming import article_id, arxiv_year, provisional_key
from paperloom.importing.picks import match_pick
from paperloom.importing.venues import split_venue
from paperloom.importing.week_text import article_title, entry_words, source_note, week_text
from paperloom.model.bibtex import MAY_LACK
from paperloom.model.bibtex import Entry as BibEntry
from paperloom.model.identifiers import identify
from paperloom.model.metadata import Metadata
from paperloom.sources.citation_keys import make_citation_key
from paperloom.sources.text import clean

#: Finds what is known about a paper elsewhere; None where nothing is.
Finder = Callable[[Entry], Metadata | None]


@dataclass(slots=True)
class Plan:
    """The files of one issue.

    ``pages`` are texts by citation key, ``present`` the papers that have a page, ``incomplete`` the
    new entries without author and year, ``new_lines`` the lines of the entries that get a page.
    """

    week: str
    text: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    entries: list[BibEntry] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    new_lines: set[int] = field(default_factory=set)


def plan_issue(issue: Issue, week: str, known: KnownPapers, find: Finder) -> Plan:
    """Return what ``issue`` adds to a knowledge base with the papers ``known``; these are added to it."""
    plan = Plan(week)
    key_of_line: dict[int, str] = {}
    for place, entry in enumerate(issue.papers, 1):
        key = _paper(plan, issue, entry, place, known, find)
        key_of_line[entry.line] = key
        if key not in plan.papers:
            plan.papers.append(key)
    ids: dict[int, str] = {}
    for kind, entries in (("article", issue.articles), ("use-case", issue.use_cases), ("other", issue.other)):
        for entry in entries:
            ids[entry.line] = article_id(entry, article_title(entry), kind, set(ids.values()) | known.keys)
    picks = [match_pick(pick, issue.entries) for pick in issue.picks]
    names = [{**ids, **key_of_line}[pick.line] for pick in picks if pick is not None]
    roles = {
        link.url: named
        for entry in issue.entries
        for link in entry.links
        if (named := known.key_of_address(link.url)) and named in known.pages
    }
    plan.text = week_text(issue, week, plan.papers, list(dict.fromkeys(names)), ids, roles)
    return plan


def _paper(plan: Plan, issue: Issue, entry: Entry, place: int, known: KnownPapers, find: Finder) -> str:
    """Plan page and entry of a paper as far as they are missing, and return its key."""
    key = known.key_of(entry)
    metadata = None
    if key is None or key not in known.keys:
        metadata = find(entry)
        if metadata is not None:
            key = next((known.by_identifier[each] for each in metadata.identifiers if each in known.by_identifier), key)
    heading = split_venue(entry.heading)[0] if entry.heading else None
    named = (metadata.title if metadata else None, entry.title, heading, entry.url)
    title = next((cleaned for name in named if name and (cleaned := clean(name))), "Untitled")
    if key is None:
        key = _new_key(entry, title, plan.week, place, metadata, known)
    if key not in known.entries:
        written = metadata.entry(key) if metadata else _incomplete_entry(key, title, entry)
        plan.entries.append(written)
        if metadata is None:
            plan.incomplete.append(key)
    if key in known.pages:
        plan.present.append(key)
    else:
        code = next((link.url for link in entry.links if kind_of(link.url) == CODE), None)
        note = source_note(issue, f"lines {entry.line}–{entry.end}", entry_words(entry))
        plan.new_lines.add(entry.line)
        plan.pages[key] = paper_page(
            known.titles.get(key, title), {"draft": True, "code": code}, notes="\n\n".join(note)
        )
    known.pages.add(key)
    known.entries.add(key)
    known.titles.setdefault(key, title)
    titles = [title, *([entry.title] if entry.title else [])]
    known.add(key, [*identifiers_of(entry), *(metadata.identifiers if metadata else ())], titles)
    return key


def _new_key(entry: Entry, title: str, week: str, place: int, metadata: Metadata | None, known: KnownPapers) -> str:
    key = key_of_metadata(metadata, title, known) if metadata else None
    return key or provisional_key(entry, title, week, place, known.keys)


def key_of_metadata(metadata: Metadata, title: str, known: KnownPapers) -> str | None:
    """Return the citation key of a paper whose author and year are known; None where no free one can be made."""
    years = [year for year in (metadata.key_year, arxiv_year(metadata.arxiv)) if year]
    if not metadata.authors or not years:
        return None
    try:
        return make_citation_key(metadata.authors[0].family, min(years), title, known.keys)
    except ValueError:  # no word of the title is left
        return None


def _incomplete_entry(key: str, title: str, entry: Entry) -> BibEntry:
    """Return an entry of what the issue says; its field ``draft`` names what it lacks."""
    identifier = identify(entry.url) if entry.url else None
    kind = identifier.kind if identifier else ""
    value = identifier.value if identifier else ""
    url = f"https://arxiv.org/abs/{entry.arxiv}" if kind == "arxiv" else entry.url or ""
    fields = (
        ("title", title),
        ("eprint", entry.arxiv or ""),
        ("archivePrefix", "arXiv" if entry.arxiv else ""),
        ("doi", value if kind == "doi" else ""),
        ("openreview", value if kind == "openreview" else ""),
        ("url", url),
        ("draft", ", ".join(MAY_LACK)),
    )
    return BibEntry(key, "misc", (), fields)
