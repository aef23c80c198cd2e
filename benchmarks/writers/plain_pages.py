"""Pages whose lists are written by hand, as in a site without Paperloom."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.records import Corpus, Paper


def papers_by_topic(corpus: Corpus) -> dict[str, list[Paper]]:
    """Return the papers of each topic, the newest first."""
    members: dict[str, list[Paper]] = defaultdict(list)
    for paper in reversed(corpus.papers.values()):
        for topic in paper.topics:
            members[topic].append(paper)
    return members
