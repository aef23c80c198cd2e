"""``paperloom links --fix``: new addresses and archived copies go into the sources, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from paperloom.cli.links.external import ExternalLink
from paperloom.cli.links.places import Kind, places_in, places_on
from paperloom.editing.addresses import (
    add_archived,
    is_plain,
    replace_entry_url,
    replace_field,
    replace_link,
    replace_option,
)
from paperloom.editing.transaction import Transaction
from paperloom.sources.bibliography import parse_bibliography
from paperloom.sources.pages import Directive, Page, parse_page

_REPLACE: dict[str, Callable[[str, int, str, str], str | None]] = {
    Kind.TEXT.value: replace_link,
    Kind.OPTION.value: replace_option,
    Kind.FRONT_MATTER.value: replace_field,
    Kind.ENTRY.value: replace_entry_url,
}
#: What a text states: kinds and addresses, and how often. Lines do not count.
_Statement = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """An edit: ``what`` is ``address`` or ``archived``; ``left`` says why a person has to make it."""

    path: str
    line: int
    what: str
    old: str
    new: str
    left: str = ""


def apply_fixes(transaction: Transaction, root: Path, links: Iterable[ExternalLink]) -> list[Fix]:
    """Plan every edit that ``links`` call for and return them all, sorted; the caller commits.

    An edit is planned only where the text, read again, states the new address in place of the old one
    and is the same otherwise.

    :raises EditingError: if a source cannot be read or was changed by somebody else.
    """
    fixes: list[Fix] = []
    by_path: dict[str, list[ExternalLink]] = {}
    for link in sorted(links):
        if link.kind != Kind.PAGE.value:
            by_path.setdefault(link.path, []).append(link)
    for path, found in by_path.items():
        text = original = transaction.text(root / path)
        if text is None or original is None:  # removed since it was read
            continue
        edited = text
        for link in found:
            if link.moved_to and not link.kept:
                edited, fix = _move(edited, link)
                fixes.append(fix)
        edited, added = _archive(edited, path, found)
        fixes += added
        if edited != original:
            transaction.replace(root / path, edited, expected=original)
    return sorted(set(fixes))


def _move(text: str, link: ExternalLink) -> tuple[str, Fix]:
    new = link.moved_to or ""
    edited = _REPLACE[link.kind](text, link.line, link.address, new) if is_plain(new) else None
    before = _statement(text, link.path)
    old_one, new_one = (link.kind, link.address), (link.kind, new)
    if edited is not None:
        after = _statement(edited, link.path)
        replaced = before[old_one] - after[old_one]
        expected = before.copy()
        expected[old_one] -= replaced
        expected[new_one] += replaced
        if replaced and +expected == after:
            return edited, Fix(link.path, link.line, "address", link.address, new)
    elif not before[old_one] and before[new_one]:  # a block with the address twice was edited at once
        return text, Fix(link.path, link.line, "address", link.address, new)
    return text, Fix(link.path, link.line, "address", link.address, new, "edit it by hand: it is written unusually")


def _archive(text: str, path: str, links: list[ExternalLink]) -> tuple[str, list[Fix]]:
    """Give each article that lacks one the copy of its address that the archive has."""
    fixes: list[Fix] = []
    copies = {link.address: link for link in links if link.kind == Kind.OPTION.value and link.archived}
    copies |= {link.moved_to: link for link in copies.values() if link.moved_to and not link.kept}
    for identifier, address in [*_without_copy(_page(text, path))]:
        link = copies.get(address)
        if link is None or not link.archived:
            continue
        fix = Fix(path, link.line, "archived", link.address, link.archived)
        edited = _add(text, path, identifier, link.archived)
        if edited is None:
            fix = Fix(
                path, link.line, "archived", link.address, link.archived, "edit it by hand: it is written unusually"
            )
        text = edited or text
        fixes.append(fix)
    return text, fixes


def _add(text: str, path: str, identifier: str, archived: str) -> str | None:
    article = next(each for each in _articles(_page(text, path)) if _id(each) == identifier)
    last = max(line for _value, line in article.options.values())
    edited = add_archived(text, article.options["url"][1], last, archived) if is_plain(archived) else None
    if edited is None:
        return None
    expected = _statement(text, path)
    expected[Kind.OPTION.value, archived] += 1
    return edited if _statement(edited, path) == expected else None


def _without_copy(page: Page) -> Iterable[tuple[str, str]]:
    articles = _articles(page)
    ids = Counter(_id(article) for article in articles)
    for article in articles:
        options = {name: value for name, (value, _line) in article.options.items()}
        if ids[_id(article)] == 1 and options.get("url") and "archived" not in options:
            yield _id(article), options["url"]


def _articles(page: Page) -> list[Directive]:
    return [directive for directive in page.directives if directive.name == "article"]


def _id(article: Directive) -> str:
    return article.options.get("id", ("", 0))[0]


def _page(text: str, path: str) -> Page:
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return parse_page(normal, path, path)


def _statement(text: str, path: str) -> _Statement:
    """Return what ``text`` states, as far as an edit could change it."""
    if path.endswith(".bib"):
        references = parse_bibliography(text, path).references
        found: _Statement = Counter(
            (place.kind.value, place.address) for reference in references.values() for place in places_in(reference)
        )
        found.update(
            ("entry without address", repr((key, [pair for pair in reference.fields if pair[0] != "url"])))
            for key, reference in references.items()
        )
        return found
    page = _page(text, path)
    found = Counter((place.kind.value, place.address) for place in places_on(page))
    found.update(("heading", heading.text) for heading in page.headings)
    found.update(("directive", f"{each.name} {each.argument} {len(each.content)}") for each in page.directives)
    found.update(("paragraph", str(len(paragraph.links))) for paragraph in page.paragraphs)
    found.update(("problem", problem.message) for problem in page.problems)
    return found
