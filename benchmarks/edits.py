"""What an editor does between two builds, as functions from one corpus to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from paperloom.sources.citation_keys import make_citation_key

from benchmarks.corpus import make_paper
from benchmarks.records import Author, Corpus, Paper, Paragraph

#: How far apart papers are that are edited one after another; a prime, so that all issues have their turn.
_STRIDE = 131


@dataclass(frozen=True, slots=True)
class Expectation:
    """Text that the built page of ``docname`` shows after an edit and did not show before."""

    docname: str
    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The corpus after an edit, and where the edit can be seen."""

    corpus: Corpus
    expected: tuple[Expectation, ...]


def edit_summary(corpus: Corpus, number: int) -> Edited:
    """Change a sentence of one paper's page."""
    paper = _paper(corpus, 3 + number)
    marker = f"Revision {number + 1} says this in other words."
    first = paper.sections[0]
    sections = (replace(first, blocks=(Paragraph((marker,)), *first.blocks[1:])), *paper.sections[1:])
    return Edited(_with(corpus, replace(paper, sections=sections)), (Expectation(f"papers/{paper.key}", marker),))


def edit_topics(corpus: Corpus, number: int) -> Edited:
    """Exchange one topic of one paper for another."""
    paper = _paper(corpus, 17 + number)
    new = next(topic.slug for topic in corpus.topics[number:] if topic.slug not in paper.topics)
    changed = replace(paper, topics=(new, *paper.topics[1:]))
    return Edited(_with(corpus, changed), (Expectation(f"topics/{new}", paper.title),))


def add_paper(corpus: Corpus, number: int) -> Edited:
    """Add a paper with its entry to the newest issue."""
    random = Random(f"added {number}")  # noqa: S311  # repeatable on purpose
    week = corpus.weeks[-1]
    alias = f"Addition{number + 1}"
    authors = _paper(corpus, number).authors
    key = make_citation_key(authors[0].family, int(week.id[:4]), alias, corpus.papers)
    slugs = [topic.slug for topic in corpus.topics]
    paper = make_paper(random, list(corpus.papers), slugs, len(corpus.papers), (key, alias, authors, week.id))
    weeks = (*corpus.weeks[:-1], replace(week, papers=(*week.papers, key)))
    return Edited(
        replace(corpus, papers=corpus.papers | {key: paper}, weeks=weeks),
        (Expectation(f"papers/{key}", paper.title), Expectation(f"weeks/{week.id}", paper.title)),
    )


def correct_entry(corpus: Corpus, number: int) -> Edited:
    """Correct the family name of the second author in one entry."""
    paper = _paper(corpus, 29 + number)
    first, second, *others = paper.authors
    corrected = Author(f"Corrected{second.family.lower()}{'a' * number}", second.given)
    changed = replace(paper, authors=(first, corrected, *others))
    return Edited(_with(corpus, changed), (Expectation(f"papers/{paper.key}", corrected.family),))


#: The edits by the name of the step that measures them.
EDITS: dict[str, Callable[[Corpus, int], Edited]] = {
    "summary": edit_summary,
    "topics": edit_topics,
    "add": add_paper,
    "entry": correct_entry,
}


def _paper(corpus: Corpus, number: int) -> Paper:
    papers = list(corpus.papers.values())
    return papers[number * _STRIDE % len(papers)]


def _with(corpus: Corpus, paper: Paper) -> Corpus:
    return replace(corpus, papers=corpus.papers | {paper.key: paper})
