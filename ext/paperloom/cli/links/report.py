"""What ``paperloom links`` says: lines of text, JSON, and a page in Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from paperloom.cli import markdown
from paperloom.cli.links.external import ExternalLink, State
from paperloom.cli.links.fixes import Fix
from paperloom.cli.links.internal import BrokenLink


@dataclass(slots=True)
class LinkReport:
    """What was found: broken internal links, what is known of external ones, and how many were not asked."""

    pages: int
    internal: int
    broken: list[BrokenLink]
    external: list[ExternalLink] = field(default_factory=list)
    unchecked: int = 0
    unchecked_hosts: int = 0
    offline: bool = False
    fixes: list[Fix] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def failed(self, *, strict: bool) -> bool:
        """Return whether the run fails: a broken internal link, a page that is gone, or strictness."""
        unsure = any(link.state == State.UNSURE.value for link in self.external)
        return bool(self.broken or self.lost) or (strict and (unsure or (self.offline and self.unchecked > 0)))

    @property
    def lost(self) -> list[ExternalLink]:
        """The links to pages that are gone, without those whose article has an archived copy."""
        return [link for link in self.external if link.state == State.GONE.value and not link.has_copy]

    def as_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def as_text(self) -> str:
        """Return the report as lines."""
        lines = [f"{link.page}:{link.line}: broken link '{link.address}': {link.reason}" for link in self.broken]
        lines.append(f"internal links: {self.internal} on {self.pages} pages, {len(self.broken) or 'none'} broken")
        lines += [line for link in self.external if (line := _line(link))]
        lines += [_fix_line(fix) for fix in self.fixes]
        lines += self.notes
        if self.offline:
            hosts = f"{self.unchecked_hosts} hosts"
            lines.append(f"external links: no network; {self.unchecked} links to {hosts} left unchecked")
        else:
            states = Counter(link.state for link in self.external)
            counted = ", ".join(f"{states[state.value]} {state.value}" for state in State)
            lines.append(f"external links: {counted}")
        return "\n".join(lines)

    def as_markdown(self) -> str:
        """Return the report as a page: what a person has to look at, the gravest first."""
        states = {state: [link for link in self.external if link.state == state.value] for state in State}
        moved = [link for link in states[State.MOVED] if not link.kept]
        kept = [link for link in states[State.MOVED] if link.kept]
        copied = [link for link in states[State.GONE] if link.has_copy]
        lacking = [link for link in self.external if link.archived and link.lacks_copy]
        sections = [
            markdown.section("Broken inside the site", map(_broken_row, self.broken)),
            markdown.section("Gone", map(_row, self.lost), "Give another address or an archived copy, or remove it."),
            markdown.section("Moved", map(_row, moved), "`paperloom links --fix` takes these over."),
            markdown.section("Moved, to be looked at", map(_row, kept), "The new address may not be the same page."),
            markdown.section(
                "Articles without an archived copy", map(_row, lacking), "`paperloom links --fix` adds the copies."
            ),
            markdown.section("Unsure", map(_row, states[State.UNSURE]), "Hosts that refused, failed or stayed silent."),
            markdown.section("Gone, with an archived copy", map(_row, copied), "Nothing needs to be done."),
        ]
        counted = ", ".join(f"{len(links)} {state.value}" for state, links in states.items())
        summary = f"{self.internal} internal links, {len(self.broken)} broken. External links: {counted}."
        if self.offline:
            summary += f" There was no network; {self.unchecked} links were not asked."
        to_do = len(self.broken) + len(self.lost) + len(moved) + len(kept) + len(lacking)
        return markdown.page("Links", summary, to_do, sections)


def _line(link: ExternalLink) -> str:
    place = f"{link.path}:{link.line}"
    copy = f"; archived: {link.archived}" if link.archived else ""
    if link.state == State.GONE.value:
        remedy = "its article has an archived copy" if link.has_copy else "give an archived copy or remove it"
        return f"{place}: gone: {link.address} ({link.detail}); {remedy}{copy}"
    if link.state == State.MOVED.value:
        why = f"; not taken over by --fix: {link.kept}" if link.kept else ""
        return f"{place}: moved: {link.address} is now {link.detail}{why}"
    if link.state == State.UNSURE.value:
        return f"{place}: unsure: {link.address} ({link.detail}){copy}"
    return ""


def _fix_line(fix: Fix) -> str:
    if fix.left:
        return f"{fix.path}:{fix.line}: not changed to {fix.new}: {fix.left}"
    if fix.what == "archived":
        return f"{fix.path}:{fix.line}: fixed: {fix.old} has its archived copy {fix.new}"
    return f"{fix.path}:{fix.line}: fixed: {fix.old} is now {fix.new}"


def _broken_row(link: BrokenLink) -> str:
    return f"{markdown.place(link.page, link.line)}: {markdown.quoted(link.address)}: {markdown.plain(link.reason)}"


def _row(link: ExternalLink) -> str:
    parts: Iterable[str] = (
        markdown.place(link.path, link.line),
        markdown.address(link.address),
        f"is now {markdown.address(link.moved_to)}" if link.moved_to else markdown.quoted(link.detail),
        markdown.plain(link.kept),
        f"archived copy: {markdown.address(link.archived)}" if link.archived else "",
    )
    return "; ".join(part for part in parts if part)
