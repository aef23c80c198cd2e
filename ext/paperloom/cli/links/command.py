"""What ``paperloom links`` does: reads the built site and the sources, asks, judges, and repairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urldefrag

from paperloom.cli.clients import Clients
from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.cli.links import asking
from paperloom.cli.links.asked import Inquiry
from paperloom.cli.links.external import ExternalLink
from paperloom.cli.links.fixes import apply_fixes
from paperloom.cli.links.internal import read_site
from paperloom.cli.links.places import Kind, Place, places_of
from paperloom.cli.links.redirects import shared_targets, why_not_the_same
from paperloom.cli.links.remembered import Memory
from paperloom.cli.links.report import LinkReport
from paperloom.editing.transaction import Transaction
from paperloom.model.calendar import parse_week_id, start_of_week
from paperloom.model.identifiers import identify


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told: ``max_age`` in days, ``copies`` to ask the archive, ``fix`` to write."""

    offline: bool = False
    max_age: float = 7
    copies: bool = True
    fix: bool = False


def check_links(base: KnowledgeBase, html: Path, clients: Clients, options: Options) -> LinkReport:
    """Check the links of the site built from ``base`` into ``html``.

    :raises EditingError: if sources cannot be written.
    """
    site = read_site(html)
    places = places_of(base, site)
    report = LinkReport(len(site.pages), site.internal_count, list(site.broken()))
    memory = Memory(base.root / ".paperloom" / "links.json", timedelta(days=options.max_age))
    memory.load()
    inquiry = Inquiry(clients, memory)
    stale = inquiry.stale(places)
    wanted = _copies_wanted(base, places, memory) if options.copies else {}
    hosts = inquiry.hosts_of([*stale, *wanted])
    if options.offline or not clients.network_is_there(hosts):
        report.offline = True
        report.unchecked = len(stale)
        report.unchecked_hosts = len(inquiry.hosts_of(stale))
    else:
        try:
            inquiry.ask(places, wanted)
        finally:  # what was asked before an interruption need not be asked again
            _save(memory, report)
    if not options.offline:
        report.external = _external_links(base, places, memory, only_fresh=report.offline)
    if options.fix:
        transaction = Transaction(base.root)
        report.fixes = apply_fixes(transaction, base.root, report.external)
        transaction.commit()
    return report


def _save(memory: Memory, report: LinkReport) -> None:
    try:
        memory.save()
    except OSError as error:
        reason = error.strerror or str(error)
        report.notes.append(f"{memory.path}: the answers could not be kept: {reason}; they are asked again next time")


def _copies_wanted(base: KnowledgeBase, places: Mapping[str, tuple[Place, ...]], memory: Memory) -> dict[str, date]:
    """Return the addresses to ask the archive for and the day that the copy should be near to.

    Identifiers are kept by their registers, and archived copies are copies themselves.
    """
    wanted: dict[str, date] = {}
    for address, where in places.items():
        identifier = identify(address)
        if asking.copy_of(address) or identifier is None or identifier.kind != "url":
            continue
        if memory.fresh_copy(address) is None:
            wanted[address] = min(_day_of(base, place) or memory.now().date() for place in where)
    return wanted


def _day_of(base: KnowledgeBase, place: Place) -> date | None:
    """Return the first day of the week whose page ``place`` is on."""
    for week_id, page in base.weeks.items():
        if page.path == place.path:
            number = parse_week_id(week_id)
            return start_of_week(*number) if number else None
    return None


def _external_links(
    base: KnowledgeBase, places: Mapping[str, tuple[Place, ...]], memory: Memory, *, only_fresh: bool
) -> list[ExternalLink]:
    known = {
        address: one
        for address in places
        if (one := memory.fresh(address) if only_fresh else memory.known.get(address)) and one.state
    }
    notices = shared_targets((address, one.new) for address, one in known.items() if one.new)
    copies = _stated_copies(base)
    links = []
    for address, one in known.items():
        for place in places[address]:
            moved_to = _with_fragment(one.new, place) if one.new else None
            kept = ""
            if one.new and one.new in notices:
                kept = "other links lead to the same new address"
            elif one.new:
                kept = why_not_the_same(place.address, one.new)
            links.append(
                ExternalLink(
                    path=place.path,
                    line=place.line,
                    address=place.address,
                    state=one.state,
                    detail=moved_to or one.detail,
                    kind=place.kind.value,
                    moved_to=moved_to,
                    kept=kept,
                    archived=memory.fresh_copy(address),
                    checked=one.asked[:10],
                    copy=copies.get(place, ""),
                )
            )
    return sorted(links)


def _stated_copies(base: KnowledgeBase) -> dict[Place, str]:
    """Return for the address of each article whether the article states an archived copy."""
    stated: dict[Place, str] = {}
    for page in base.pages.values():
        for directive in page.directives:
            address, line = directive.options.get("url", ("", 0))
            if directive.name == "article" and address:
                copy = directive.options.get("archived", ("", 0))[0]
                stated[Place(page.path, line, address, Kind.OPTION)] = "stated" if copy else "missing"
    return stated


def _with_fragment(new: str, place: Place) -> str:
    fragment = urldefrag(place.address).fragment
    return f"{new}#{fragment}" if fragment and not urldefrag(new).fragment else new
