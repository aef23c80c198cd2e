"""What ``paperloom outdated`` says: lines of text, JSON, and a page in Markdown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from paperloom.cli import markdown
from paperloom.cli.outdated.findings import Change, Finding

_ADVICE = {
    Change.RETRACTED: "Somebody took the published work back.",
    Change.WITHDRAWN: "arXiv or the authors took the preprint back.",
    Change.DOUBTED: "The publisher has doubts about the work.",
    Change.CORRECTED: "The publisher corrected the work.",
    Change.PUBLISHED: "The bibliography describes the preprint alone.",
    Change.NEW_VERSION: "The page rests on an older version.",
}


@dataclass(slots=True)
class OutdatedReport:
    """What happened to ``papers`` papers; ``unanswered`` says by (key, register) why that is not known."""

    papers: int
    findings: list[Finding] = field(default_factory=list)
    unanswered: dict[tuple[str, str], str] = field(default_factory=dict)
    answered: int = 0

    @property
    def nobody_answered(self) -> bool:
        """Whether questions were asked and none was answered: the report says nothing then."""
        return bool(self.unanswered) and not self.answered

    def as_json(self) -> str:
        """Return ``{"papers", "findings": [{"change", "key", "path", …}], "unanswered": [{"key", …}]}``."""
        findings = [
            {
                "change": one.change.value,
                "key": one.key,
                "path": one.path,
                "line": one.line,
                "message": one.message,
                "quoted": one.quoted,
                "address": one.address,
            }
            for one in self.findings
        ]
        unanswered = [
            {"key": key, "register": register, "reason": reason}
            for (key, register), reason in sorted(self.unanswered.items())
        ]
        rows = {"papers": self.papers, "findings": findings, "unanswered": unanswered}
        return json.dumps(rows, ensure_ascii=False, indent=1)

    def as_text(self) -> str:
        """Return the report as lines."""
        lines = [
            f"{one.path}:{one.line}: {one.key}: {one.change.value}: {one.message}"
            + (f" ({one.address})" if one.address else "")
            for one in self.findings
        ]
        reasons = Counter((register, reason) for (_key, register), reason in self.unanswered.items())
        lines += [
            f"{register} gave no answer about {number} paper{'' if number == 1 else 's'}: {reason}"
            for (register, reason), number in sorted(reasons.items())
        ]
        counts = Counter(one.change for one in self.findings)
        counted = ", ".join(f"{counts[change]} {change.value}" for change in Change if counts[change])
        lines.append(f"{self.papers} papers: {counted or 'nothing new'}")
        return "\n".join(lines)

    def as_markdown(self) -> str:
        """Return the report as a page, the gravest first."""
        sections = [
            markdown.section(
                change.value.capitalize(), [_row(one) for one in self.findings if one.change is change], _ADVICE[change]
            )
            for change in Change
        ]
        reasons = [
            f"{markdown.quoted(key)}: {markdown.quoted(f'{register}: {reason}')}"
            for (key, register), reason in sorted(self.unanswered.items())
        ]
        sections.append(markdown.section("Not answered", reasons, "These are asked again next time."))
        summary = f"{self.papers} papers were looked up at arXiv and Crossref."
        return markdown.page("Papers", summary, len(self.findings), sections)


def _row(finding: Finding) -> str:
    parts = (
        f"{markdown.quoted(finding.key)}: {markdown.plain(finding.message)}",
        markdown.quoted(finding.quoted),
        markdown.address(finding.address) if finding.address else "",
        markdown.place(finding.path, finding.line),
    )
    return "; ".join(part for part in parts if part)
