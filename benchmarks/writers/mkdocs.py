"""MkDocs with the theme Material: search and tags on, papers, issues and months out of the navigation.

A navigation of all pages stands on each of them, so this is the fastest way to set it up. Pages of
topics list their papers by means of the plug-in for tags.
"""

from __future__ import annotations

from benchmarks.records import Corpus
from benchmarks.writers.markdown import RelativeLinks, week_title

_CONFIGURATION = """\
site_name: Knowledge base
docs_dir: docs
site_dir: site
theme:
  name: material
  font: false
plugins:
  - search
  - tags
markdown_extensions:
  - tables
nav:
  - Home: index.md
  - Issues: weeks/index.md
  - Topics: topics/index.md
  - Archive: archive/index.md
not_in_nav: |
  /papers/
  /weeks/
  /topics/
  /archive/
"""


def write(corpus: Corpus) -> dict[str, str]:
    """Return the files of a project of MkDocs."""
    dialect = RelativeLinks(corpus)
    names = {topic.slug: topic.name for topic in corpus.topics}
    files = {
        "mkdocs.yml": _CONFIGURATION,
        "docs/index.md": "# Knowledge base\n\n"
        "- [Issues](weeks/index.md)\n- [Topics](topics/index.md)\n- [Archive](archive/index.md)\n",
        "docs/weeks/index.md": "# Issues\n\n"
        + dialect.links([(week.title, f"weeks/{week.id}") for week in reversed(corpus.weeks)]),
        "docs/topics/index.md": "# Topics\n\n"
        + dialect.links([(topic.name, f"topics/{topic.slug}") for topic in corpus.topics]),
        "docs/archive/index.md": "# Archive\n\n"
        + dialect.links([(period.title, f"archive/{period.id}") for period in corpus.periods]),
    }
    for paper in corpus.papers.values():
        tags = "".join(f"  - {names[slug]}\n" for slug in paper.topics)
        files[f"docs/papers/{paper.key}.md"] = (
            f"---\ntags:\n{tags}---\n# {paper.title}\n\n{dialect.facts(paper)}\n{dialect.sections(paper)}"
        )
    for week in corpus.weeks:
        papers = dialect.links([(corpus.papers[key].title, f"papers/{key}") for key in week.papers])
        files[f"docs/weeks/{week.id}.md"] = (
            f"# {week.title}\n\n{dialect.text(week.introduction)}\n\n## Papers\n\n{papers}\n{dialect.articles(week)}"
        )
    for topic in corpus.topics:
        files[f"docs/topics/{topic.slug}.md"] = (
            f"# {topic.name}\n\n{topic.introduction}\n\n<!-- material/tags {{ include: [{topic.name}] }} -->\n"
        )
    for period in corpus.periods:
        pages = dialect.links([(week_title(id_), f"weeks/{id_}") for id_ in period.weeks])
        files[f"docs/archive/{period.id}.md"] = f"# {period.title}\n\n{period.introduction}\n\n{pages}"
    return files
