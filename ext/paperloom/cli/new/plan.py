"""What ``paperloom new`` would write, and why it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.cli.new.known import Known, find_known
from paperloom.editing.bibliography_text import entry_text, insert_entries, replace_entry
from paperloom.editing.page_text import add_paper_to_week, paper_page
from paperloom.editing.published_addresses import list_as_published
from paperloom.editing.transaction import Transaction
from paperloom.importing.naming import is_provisional
from paperloom.model.calendar import parse_week_id, start_of_week
from paperloom.model.identifiers import normalize_arxiv
from paperloom.model.layout import paper_docname
from paperloom.model.metadata import Metadata
from paperloom.model.records import Reference
from paperloom.sources.bibliography import lacking_fields
from paperloom.sources.citation_keys import KEY, make_citation_key
from paperloom.sources.suggestions import did_you_mean
from paperloom.weave.topic_suggestions import suggest_topics

#: What a new page says to its writer.
_NOTES = """\
This page is a draft.
1. Read the paper, and correct 'read' above: version, day, and paper, abstract or secondary.
2. Write 'tldr' above: one or two sentences that stand alone, at most 280 characters.
3. See that the topics fit, the most specific first.
4. Fill the four sections in your own words.
5. Remove 'draft: true' and this comment."""


class RefusedError(Exception):
    """Why no page is made: ``what is wrong; what to do``."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the writer asked for. ``topics`` is None where they are to be suggested."""

    week: str | None = None
    topics: Sequence[str] | None = None
    key: str | None = None
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Plan:
    """A paper to be added; ``remarks`` are for the writer."""

    key: str
    page: str
    entry: str
    topics: tuple[str, ...]
    metadata: Metadata
    transaction: Transaction
    remarks: tuple[str, ...]


def check_request(base: KnowledgeBase, request: Request) -> None:
    """Refuse a week, topics or a key that cannot be, before anybody is asked.

    :raises RefusedError: with all of it.
    """
    problems = [*_problems_of_week(base, request.week), *_problems_of_topics(base, request.topics)]
    if request.key is not None:
        if not KEY.fullmatch(request.key):
            problems.append(f"'{request.key}' is no citation key; write family name, year and word, such as xue2020mt5")
        elif request.key in base.papers or request.key in base.references:
            problems.append(f"the key '{request.key}' is taken; choose another, or leave --key out")
    if problems:
        raise RefusedError("\n".join(problems))


def refuse_known(known: Known | None) -> None:
    """Refuse a paper that has a page.

    :raises RefusedError: naming the page.
    """
    if known is not None and known.page is not None:
        shared = "the same title" if known.shared == "title" else known.shared
        raise RefusedError(
            f"this paper has a page: {known.page} ({known.key}, by {shared}); improve that page, "
            f"or list '{known.key}' in the week where it is missing"
        )


def make_plan(base: KnowledgeBase, metadata: Metadata, request: Request) -> Plan:
    """Return what to write for the paper that ``metadata`` describes.

    :raises RefusedError: if it has a page, or something that only a person can give is missing.
    :raises EditingError: if a file cannot be edited.
    """
    known = find_known(base, metadata.identifiers, metadata.title)
    refuse_known(known)
    key = known.key if known else _key(base, metadata, request.key)
    topics = tuple(request.topics) if request.topics is not None else _suggested(base, metadata)
    transaction = Transaction(base.root)
    entry = entry_text(metadata.entry(key))
    if known is None:
        _add_entry(base, transaction, metadata, key)
    remarks = [f"verify {what}" for what in metadata.to_verify]
    if not topics:
        slugs = ", ".join(sorted(base.topics)) or "there is none yet"
        remarks.append(f"no topic is named in title or abstract; choose from those in topics/: {slugs}")
    if known is not None:
        remarks += _settle_entry(base, transaction, metadata, base.references[known.key])
    page = base.source / f"{paper_docname(key)}.md"
    version = {"version": metadata.version} if metadata.version else {}
    read = {**version, "on": request.today, "from": "abstract"}
    fields = {"topics": list(topics), "draft": True, "read": read}
    kept = base.references[known.key] if known else None
    title = kept.title if kept and not lacking_fields(kept) else metadata.title
    transaction.create(page, paper_page(title, fields, notes=_NOTES))
    list_as_published(transaction, base.source, [paper_docname(key)])
    if request.week is not None:
        path = base.root / base.weeks[request.week].path
        old = transaction.text(path) or ""
        transaction.replace(path, add_paper_to_week(old, key, _shown(base, path)), expected=old)
    return Plan(key, _shown(base, page), entry, topics, metadata, transaction, tuple(remarks))


def with_identifier(metadata: Metadata, kind: str, value: str) -> Metadata:
    """Return a record that was read from a file, with the identifier that the writer gave.

    :raises RefusedError: if the file says another one.
    """
    stated = {"arxiv": metadata.arxiv, "doi": metadata.doi, "openreview": metadata.openreview}.get(kind)
    if stated and stated != value:
        raise RefusedError(
            f"the BibTeX file describes {kind}:{stated}, not {kind}:{value}; give the entry of that paper"
        )
    match kind:
        case "arxiv":
            return replace(metadata, arxiv=normalize_arxiv(value), url=metadata.url or f"https://arxiv.org/abs/{value}")
        case "doi":
            return replace(metadata, doi=value, url=metadata.url or f"https://doi.org/{value}")
        case "openreview":
            address = f"https://openreview.net/forum?id={value}"
            return replace(metadata, openreview=value, url=metadata.url or address)
        case "acl":
            return replace(metadata, url=metadata.url or f"https://aclanthology.org/{value}")
    return metadata


def _problems_of_week(base: KnowledgeBase, week: str | None) -> list[str]:
    if week is None or week in base.weeks:
        return []
    parsed = parse_week_id(week)
    if parsed is None:
        remedy = did_you_mean(week.lower(), base.weeks, "write year and week, such as 2021-w06")
        return [f"'{week}' is no week; {remedy}"]
    starts = start_of_week(*parsed)
    path = _shown(base, base.source / "weeks" / f"{week}.md")
    block = f"'---', 'week:', '  starts: {starts}', '---', '# Week {parsed[1]}, {parsed[0]}'"
    return [f"there is no issue {week}; add {path} with the lines {block}, and run the command again"]


def _problems_of_topics(base: KnowledgeBase, topics: Sequence[str] | None) -> list[str]:
    if topics is None:
        return []
    if not topics:
        return ["--topics names none; separate slugs by commas"]
    known = sorted(base.topics)
    unknown = [slug for slug in dict.fromkeys(topics) if slug not in base.topics]
    twice = sorted({slug for slug in topics if list(topics).count(slug) > 1})
    listed = f"use one of {', '.join(known)}" if known else "add a page in topics/ first"
    problems = [f"there is no topic '{slug}'; {did_you_mean(slug, known, listed)}" for slug in unknown]
    return [*problems, *(f"--topics names '{slug}' twice; keep one" for slug in twice)]


def _key(base: KnowledgeBase, metadata: Metadata, wanted: str | None) -> str:
    if wanted is not None:
        return wanted
    people = metadata.authors or metadata.editors
    year = metadata.key_year
    if year is None:
        raise RefusedError("the year of the paper is not known; give an entry with --bib, or a key with --key")
    taken = {*base.references, *base.papers, *base.bibliography.unreadable}
    try:
        return make_citation_key(people[0].family, year, metadata.title, _Taken(taken))
    except ValueError as error:
        raise RefusedError(f"{error}; give a key such as xue2020mt5 with --key") from error


class _Taken:
    """Keys that are taken, and those that only differ from one in letter case."""

    def __init__(self, keys: set[str]) -> None:
        self._keys = {key.lower() for key in keys}

    def __contains__(self, key: object) -> bool:
        return str(key).lower() in self._keys


def _suggested(base: KnowledgeBase, metadata: Metadata) -> tuple[str, ...]:
    names = {
        slug: (page.title.text if page.title else slug, *page.front.strings("aliases"))
        for slug, page in base.topics.items()
    }
    of_category: dict[str, list[str]] = {}
    for key, page in base.papers.items():
        reference = base.references.get(key)
        category = dict(reference.fields).get("primaryClass", "") if reference else ""
        fields = {_field_of_work(base, slug) for slug in page.front.strings("topics") if slug in base.topics}
        of_category.setdefault(category, []).extend(fields)
    of_category.pop("", None)
    text = " ".join((metadata.abstract, *metadata.categories))
    return suggest_topics(metadata.title, text, names, metadata.primary_class, of_category)


def _field_of_work(base: KnowledgeBase, slug: str) -> str:
    """Return the topic above a topic, or itself: the category of a paper says no more than that."""
    parent = base.topics[slug].front.string("parent")
    return parent if parent in base.topics else slug


def _add_entry(base: KnowledgeBase, transaction: Transaction, metadata: Metadata, key: str) -> None:
    shown = base.bibliography_files[0] if base.bibliography_files else _shown(base, base.source / "references.bib")
    path = base.root / shown
    old = transaction.text(path)
    written = insert_entries(old or "", [metadata.entry(key)], shown)
    if old is None:
        transaction.create(path, written)
    else:
        transaction.replace(path, written, expected=old)


def _settle_entry(base: KnowledgeBase, transaction: Transaction, metadata: Metadata, there: Reference) -> list[str]:
    """Complete an entry that says itself what it lacks; leave any other as it is. Its key stays."""
    where = f"{there.path}:{there.line}"
    if not lacking_fields(there):
        return [f"the entry '{there.key}' is there already ({where}); it is left as it is"]
    path = base.root / there.path
    old = transaction.text(path) or ""
    transaction.replace(path, replace_entry(old, metadata.entry(there.key), there.path), expected=old)
    remarks = [f"the entry '{there.key}' is there already ({where}); what it lacked is added"]
    if is_provisional(there.key):
        better = _key(base, metadata, None)
        remarks.append(f"its key was made without an author: run 'paperloom rename {there.key} {better}'")
    return remarks


def _shown(base: KnowledgeBase, path: Path) -> str:
    return path.relative_to(base.root).as_posix()
