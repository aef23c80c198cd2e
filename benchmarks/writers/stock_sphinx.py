"""Stock Sphinx with myst-parser: theme ``basic``, no citations, lists written by hand."""

from __future__ import annotations

from benchmarks.records import Corpus
from benchmarks.writers.markdown import RelativeLinks, week_title
from benchmarks.writers.plain_pages import papers_by_topic

_CONF = """\
project = "Knowledge base"
extensions = ["myst_parser"]
html_theme = "basic"
smartquotes = False
"""


def write(corpus: Corpus) -> dict[str, str]:
    """Return the files of a Sphinx project."""
    dialect = RelativeLinks(corpus)
    names = {topic.slug: topic.name for topic in corpus.topics}
    files = {
        "docs/conf.py": _CONF,
        "docs/index.md": "# Knowledge base\n\n" + toctree(["weeks/index", "topics/index", "archive/index"]),
        "docs/weeks/index.md": "# Issues\n\n" + toctree([week.id for week in reversed(corpus.weeks)]),
        "docs/topics/index.md": "# Topics\n\n" + toctree([topic.slug for topic in corpus.topics]),
        "docs/archive/index.md": "# Archive\n\n" + toctree([period.id for period in corpus.periods]),
    }
    for paper in corpus.papers.values():
        topics = ", ".join(dialect.link(names[slug], f"topics/{slug}") for slug in paper.topics)
        files[f"docs/papers/{paper.key}.md"] = (
            f"# {paper.title}\n\n{dialect.facts(paper)}\n{topics}\n\n{dialect.sections(paper)}"
        )
    for week in corpus.weeks:
        papers = toctree([f"/papers/{key}" for key in week.papers])
        files[f"docs/weeks/{week.id}.md"] = (
            f"# {week.title}\n\n{dialect.text(week.introduction)}\n\n## Papers\n\n{papers}\n{dialect.articles(week)}"
        )
    members = papers_by_topic(corpus)
    for topic in corpus.topics:
        pages = dialect.links([(paper.title, f"papers/{paper.key}") for paper in members[topic.slug]])
        files[f"docs/topics/{topic.slug}.md"] = f"# {topic.name}\n\n{topic.introduction}\n\n{pages}"
    for period in corpus.periods:
        pages = dialect.links([(week_title(id_), f"weeks/{id_}") for id_ in period.weeks])
        files[f"docs/archive/{period.id}.md"] = f"# {period.title}\n\n{period.introduction}\n\n{pages}"
    return files


def toctree(docnames: list[str]) -> str:
    """Return a toctree of titles."""
    return "```{toctree}\n:maxdepth: 1\n\n" + "\n".join(docnames) + "\n```\n"
