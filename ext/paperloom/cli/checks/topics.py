"""Checks of topics."""

from __future__ import annotations

from collections.abc import Iterator

from paperloom.cli.checks.overview import Overview
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.suggestions import did_you_mean


def unknown(base: Overview) -> Iterator[Problem]:
    """A topic that is used and has no page."""
    for page in (*base.papers.values(), *base.weeks.values(), *base.topics.values()):
        for slug, line in page.topics:
            if slug not in base.topics:
                remedy = did_you_mean(slug, base.topics, f"add topics/{slug}.md")
                yield Problem(page.path, line, f"unknown topic '{slug}'", remedy, Subtype.UNKNOWN_TOPIC)


def hierarchy(base: Overview) -> Iterator[Problem]:
    """A cycle of parents, or a topic below the second level."""
    for slug, page in base.topics.items():
        chain = [slug]
        while (parent := _parent(base, chain[-1])) and parent not in chain:
            chain.append(parent)
        if parent == slug:
            message = "the parents of topics form a cycle: " + " → ".join([*chain, slug])
            remedy = "give one of them no parent"
            yield Problem(page.path, page.parent_line, message, remedy, Subtype.TOPIC_CYCLE)
        elif parent is None and len(chain) > 2:
            message = "the topic stands on the third level: " + " → ".join(chain)
            remedy = f"give it the parent '{chain[-1]}'"
            yield Problem(page.path, page.parent_line, message, remedy, Subtype.TOPIC_CYCLE)


def _parent(base: Overview, slug: str) -> str | None:
    return base.topics[slug].parent if slug in base.topics else None


def names(base: Overview) -> Iterator[Problem]:
    """A name of a topic that another topic has too."""
    owners: dict[str, str] = {}
    for slug, page in base.topics.items():
        title = [(page.title, page.title_line)] if page.title is not None else []
        for name, line in [*title, *page.aliases]:
            if owners.setdefault(name.casefold(), slug) != slug:
                message = f"the name '{name}' belongs to the topic '{owners[name.casefold()]}' too"
                yield Problem(page.path, line, message, "keep it on one of them", Subtype.ALIAS_CONFLICT)
