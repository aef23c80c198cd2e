"""The page of a week as an import writes it: lists and addresses, no prose.

What the issue says in words stands in comments, for the person who writes the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from paperloom.editing.page_text import comment, escape_markdown, heading, papers_list, week_page
from paperloom.importing.accounting import letters_of
from paperloom.importing.addresses import host_of
from paperloom.importing.days import without_weeks
from paperloom.importing.entry import Entry
from paperloom.importing.issue import Issue
from paperloom.model.layout import SOURCE_COMMENT
from paperloom.sources.text import clean

#: Kind and heading of the sections of articles.
_SECTIONS = (
    ("articles", "article", "Technical articles"),
    ("use_cases", "use-case", "Use cases"),
    ("other", "other", "Other topics"),
)


def week_text(
    issue: Issue,
    week: str,
    papers: list[str],
    picks: list[str],
    ids: Mapping[int, str],
    roles: Mapping[str, str],
) -> str:
    """Return the page of ``week``.

    ``papers`` and ``picks`` are keys and ids in order, ``ids`` the ids of articles by the line of
    their entry, ``roles`` the citation keys of papers with a page by address.
    """
    body = []
    if introduction := _before_entries(issue):
        body.append(source_comment(issue, "the introduction", introduction))
    if papers:
        body += [heading("Papers", 2), papers_list(papers)]
        named = {roles[link.url]: None for entry in issue.papers for link in entry.links if link.url in roles}
        others = [key for key in named if key not in papers]
        if others:
            body.append(f"The issue refers to {_enumerated(f'{{paper}}`{key}`' for key in others)}, too.")
    for name, kind, title in _SECTIONS:
        entries: list[Entry] = getattr(issue, name)
        if entries:
            body.append(heading(title, 2))
            body += [_article(issue, entry, kind, ids[entry.line], roles) for entry in entries]
    if footer := _beside_entries(issue):
        body.append(source_comment(issue, "what stands below the entries", footer))
    if review := _review(issue):
        body.append(review)
    return week_page(week, picks=picks, source=issue.source, body=body, papers=None)


def _before_entries(issue: Issue) -> list[str]:
    """Return the title of the issue, its introduction, and what it calls its picks where their entries do not."""
    title = issue.title or ""
    said = [title] if any(character.isalpha() for character in without_weeks(title)) else []
    named = {letters_of(name) for each in issue.entries for name in (each.heading, each.title) if name}
    picks = [f"pick: {pick.title}" for pick in issue.picks if pick.title and letters_of(pick.title) not in named]
    return list(dict.fromkeys([*said, *issue.introduction, *picks]))


def _beside_entries(issue: Issue) -> list[str]:
    """Return what stands below the entries, and the issues and summaries to which the issue leads."""
    around = [f"{name}: {url}" for name, url in (("previous", issue.previous), ("next", issue.next)) if url]
    summaries = [": ".join(filter(None, (each.title, each.url))) for each in issue.roundups]
    return list(dict.fromkeys([*issue.footer, *around, *(f"summary: {summary}" for summary in summaries)]))


def article_title(entry: Entry) -> str:
    """Return the title of an article: that of the linked page where the issue shows all of it."""
    shown = entry.page_title
    whole = shown if shown and not shown.rstrip().endswith(("…", "...")) else None
    named = (whole, entry.heading, shown, entry.url)
    return next((cleaned for name in named if name and (cleaned := clean(name))), "Untitled")


def source_comment(issue: Issue, of: str, paragraphs: Iterable[str]) -> str:
    """Return text of the issue as a comment for the writer."""
    return comment("\n\n".join(source_note(issue, of, paragraphs)))


def source_note(issue: Issue, of: str, paragraphs: Iterable[str]) -> list[str]:
    """Return the paragraphs of a comment that holds text of the issue."""
    first = f"{SOURCE_COMMENT}, {of}. Write in words of your own and remove this comment; it is not published."
    return [first, *(clean(paragraph) for paragraph in paragraphs)]


def entry_words(entry: Entry) -> list[str]:
    """Return what the issue says about an entry, paragraph by paragraph."""
    named = [entry.heading, entry.title if entry.title != entry.heading else None]
    links = [f"{link.label or 'link'}: {link.url}" for link in entry.links]
    asides = [f"beside the title: {aside}" for aside in entry.asides]
    return [text for text in (*named, *asides, *entry.text, *links) if text]


def _article(issue: Issue, entry: Entry, kind: str, name: str, roles: Mapping[str, str]) -> str:
    title = article_title(entry)
    fields = [
        (":id:", name),
        (":kind:", kind),
        (":url:", entry.url),
        (":site:", (entry.site or "").removeprefix("www.")),
    ]
    options = [f"{option} {value}" for option, value in fields if value]
    content = [source_comment(issue, f"lines {entry.line}–{entry.end}", entry_words(entry))]
    links = [_link(link.url, roles) for link in entry.links]
    if links:
        content.append(f"The issue links {_enumerated(dict.fromkeys(links))} here.")
    inner = "\n\n".join(content)
    sign = "~" if "`" in title else "`"
    longest = max((len(run) for run in re.findall(f"{re.escape(sign)}+", inner)), default=0)
    fence = sign * max(3, longest + 1)
    return "\n".join([f"{fence}{{article}} {title}", *options, "", inner, fence])


def _link(url: str, roles: Mapping[str, str]) -> str:
    if url in roles:
        return f"{{paper}}`{roles[url]}`"
    target = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"[{escape_markdown(host_of(url).removeprefix('www.'))}](<{target}>)"


def _enumerated(parts: Iterable[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _review(issue: Issue) -> str:
    """Return what was not understood, with the lines of the source, as a comment; empty where all was."""
    if not issue.problems:
        return ""
    notes = [f"line {each.line}: {each.message} [{each.code}]" for each in sorted(issue.problems)]
    quoted = ["\n".join(issue.lines[first - 1 : last]) for first, last in issue.review]
    first = f"{SOURCE_COMMENT}, for review: what the import did not understand, or guessed. Settle it and remove this."
    return comment("\n\n".join([first, *notes, *quoted]))
