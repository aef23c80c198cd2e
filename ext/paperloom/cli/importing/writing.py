"""Writing issues into a knowledge base: one transaction for all files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paperloom.cli.importing.drafts import complete_drafts
from paperloom.cli.knowledge_base import KnowledgeBase, load
from paperloom.editing.bibliography_text import insert_entries
from paperloom.editing.errors import EditingError
from paperloom.editing.published_addresses import list_as_published
from paperloom.editing.transaction import Transaction
from paperloom.importing.entry import Entry
from paperloom.importing.issue import NO_ISSUE, REFUSED, Issue
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import Plan, plan_issue
from paperloom.model.bibtex import Entry as BibEntry
from paperloom.model.identifiers import identify
from paperloom.model.layout import WEEKS, paper_docname
from paperloom.model.metadata import Metadata
from paperloom.sources.page_records import paper_of
from paperloom.weave.facts import identifiers_of


@dataclass(slots=True)
class Report:
    """What happened: ``changes`` are (action, path) pairs, ``lines`` what to tell; ``failed``: a file was bad."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    failed: bool = False


def known_papers(base: KnowledgeBase) -> KnownPapers:
    """Return the papers of a knowledge base by everything that they can be known by."""
    known = KnownPapers(pages=set(base.papers), entries=set(base.references) | base.bibliography.unreadable)
    for key in sorted(base.papers.keys() | base.references.keys()):
        page, reference = base.papers.get(key), base.references.get(key)
        title = page.title.text if page and page.title else ""
        paper = paper_of(page.front, key, page.docname, title) if page else None
        titles = [text for text in (reference.title if reference else "", title) if text]
        named = [identifier for _name, url in (paper.links if paper else ()) if (identifier := identify(url))]
        known.add(key, [*sorted(identifiers_of(paper, reference)), *named], titles)
        known.titles[key] = titles[0] if titles else key
    return known


def import_issues(
    root: Path,
    source: Path,
    issues: Sequence[Issue],
    finders: Sequence[Callable[[Entry], Metadata | None]],
    *,
    dry_run: bool,
) -> Report:
    """Write what ``issues`` add to the knowledge base, or say what would be written.

    :raises EditingError: if nothing can be written.
    """
    report = Report()
    base = load(root, source)
    known = known_papers(base)
    refused = any(issue.codes & REFUSED and not issue.codes & NO_ISSUE for issue in issues)
    report.failed = refused or all(issue.codes & NO_ISSUE for issue in issues)
    for issue in issues:
        report.lines += _problems(issue)
    if refused:
        report.lines.append("Nothing was written: correct the files above, or leave them out.")
        return report

    def find(entry: Entry) -> Metadata | None:
        return next((metadata for finder in finders if (metadata := finder(entry))), None)

    transaction = Transaction(root)
    for issue in issues:
        if issue.week is not None and not issue.codes & NO_ISSUE:
            report.lines += complete_drafts(base, known, issue, find, transaction)
    entries: list[BibEntry] = []
    planned: dict[str, Issue] = {}
    for issue in issues:
        if issue.week is None or issue.codes & NO_ISSUE:
            report.lines.append(f"{issue.name}: skipped, it is no issue")
            continue
        if issue.week in planned:
            message = f"{issue.name}: is week {issue.week}, as is {planned[issue.week].name}; import one of them"
            raise EditingError(message)
        planned[issue.week] = issue
        path = source / WEEKS / f"{issue.week}.md"
        page = base.weeks.get(issue.week)
        before = transaction.text(path)
        plan = plan_issue(issue, issue.week, known, find if before is None else _nothing)
        if before is not None and before != plan.text:
            report.lines.append(_left_alone(page.path if page else path.name, issue, plan))
            continue
        transaction.create(path, plan.text)
        for key, text in sorted(plan.pages.items()):
            transaction.create(source / f"{paper_docname(key)}.md", text)
        list_as_published(transaction, source, [f"{WEEKS}/{issue.week}", *map(paper_docname, plan.pages)])
        entries += plan.entries
        report.lines.append(_summary(issue, plan))
    _plan_bibliography(transaction, base, entries)
    if dry_run and (conflicts := transaction.conflicts()):
        raise EditingError(*conflicts)
    report.changes = transaction.planned() if dry_run else transaction.commit()
    return report


def _nothing(entry: Entry) -> Metadata | None:
    return None


def _plan_bibliography(transaction: Transaction, base: KnowledgeBase, entries: list[BibEntry]) -> None:
    if not entries:
        return
    name = base.bibliography_files[0] if base.bibliography_files else None
    path = base.root / name if name else base.source / "references.bib"
    before = transaction.text(path)
    shown = path.relative_to(base.root).as_posix()
    text = insert_entries(before or "", entries, shown)
    if before is None:
        transaction.create(path, text)
    else:
        transaction.replace(path, text, expected=before)


def _problems(issue: Issue) -> list[str]:
    return [f"{issue.name}:{each.line}: {each.message} [{each.code}]" for each in sorted(issue.problems)]


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _summary(issue: Issue, plan: Plan) -> str:
    articles = len(issue.articles) + len(issue.use_cases) + len(issue.other)
    parts = [_counted(len(plan.papers), "paper"), _counted(articles, "article")]
    text = f"{issue.name}: week {plan.week}, {', '.join(parts)}"
    if plan.present:
        text += f"; {_counted(len(plan.present), 'paper')} with a page already: {', '.join(plan.present)}"
    if plan.incomplete:
        text += f"; {_counted(len(plan.incomplete), 'entry').replace('entrys', 'entries')} without author and year"
    return text


def _left_alone(shown: str, issue: Issue, plan: Plan) -> str:
    text = f"{issue.name}: {shown} is there and differs; nothing of this issue is written"
    if plan.present:
        text += f"; {len(plan.present)} of its {_counted(len(plan.papers), 'paper')} have a page"
    missing = [entry.name for entry in issue.papers if entry.line in plan.new_lines]
    if missing:
        text += f"; no page is known for {', '.join(missing)}"
    return text
