"""The format of Paperloom. Settings and index pages are those of this project's own ``docs``."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from benchmarks.records import Corpus, Mention, MentionKind, Paper, Topic, Week
from benchmarks.writers.markdown import Dialect, arxiv_address

DOCS = Path(__file__).parents[2] / "docs"
_GUIDE = re.compile(r"contributing/[\w-]+\.md")
#: Pages that hold placeholders only, and what the settings refer to.
_COPIED = (
    "conf.py",
    "follow.md",
    "index.md",
    "weeks/index.md",
    "topics/index.md",
    "archive/index.md",
    "indexes/*.md",
    "_static/*.svg",
    "_static/*.css",
    "_static/*.js",
    "_templates/**/*.html",
)


class PaperloomMarkup(Dialect):
    """Roles of Paperloom and of sphinxcontrib-bibtex."""

    def link(self, text: str, docname: str) -> str:
        """Return the role for a page of a paper or of an issue."""
        folder, name = docname.split("/")
        return f"{{{folder.removesuffix('s')}}}`{text} <{name}>`"

    def mention(self, mention: Mention) -> str:
        """Return citations as roles, and other mentions as everywhere."""
        match mention.kind:
            case MentionKind.CITE_IN_TEXT:
                return f"{{cite:t}}`{mention.keys[0]}`"
            case MentionKind.CITE:
                return f"{{cite:p}}`{','.join(mention.keys)}`"
            case _:
                return super().mention(mention)


class WithoutCitations(PaperloomMarkup):
    """The same with citations in plain text, to see what citations cost."""

    def mention(self, mention: Mention) -> str:
        """Return citations in plain text, and other mentions as roles."""
        return Dialect.mention(self, mention)


def write(corpus: Corpus, markup: type[PaperloomMarkup] = PaperloomMarkup) -> dict[str, str]:
    """Return the files of a knowledge base of Paperloom."""
    dialect = markup(corpus)
    files = {}
    for pattern in _COPIED:
        for path in sorted(DOCS.glob(pattern)):
            files[f"docs/{path.relative_to(DOCS).as_posix()}"] = path.read_text(encoding="utf-8")
    # It documents the commands of this project, which no other knowledge base has.
    files["docs/conf.py"] = files["docs/conf.py"].replace(', "sphinx_click"', "")
    guides = {guide for text in files.values() for guide in _GUIDE.findall(text)} - {"contributing/index.md"}
    toctree = "".join(f"{PurePath(guide).stem}\n" for guide in sorted(guides))
    files["docs/contributing/index.md"] = f"# Contributing\n\n```{{toctree}}\n{toctree}```\n"
    for guide in guides:
        files[f"docs/{guide}"] = f"# {guide}\n\nA page of this project links this guide.\n"
    files["docs/references.bib"] = "\n".join(_entry(corpus.papers[key]) for key in sorted(corpus.papers))
    for paper in corpus.papers.values():
        files[f"docs/papers/{paper.key}.md"] = _paper(paper, dialect)
    for week in corpus.weeks:
        files[f"docs/weeks/{week.id}.md"] = _week(week, dialect)
    for topic in corpus.topics:
        files[f"docs/topics/{topic.slug}.md"] = _topic(topic)
    for period in corpus.periods:
        files[f"docs/archive/{period.id}.md"] = (
            f'---\narchive:\n  period: "{period.id}"\n---\n# {period.title}\n\n{period.introduction}\n'
        )
    return files


def write_without_citations(corpus: Corpus) -> dict[str, str]:
    """Return the same files with citations in plain text."""
    return write(corpus, WithoutCitations)


def _entry(paper: Paper) -> str:
    fields = {
        "author": " and ".join(f"{author.family}, {author.given}" for author in paper.authors),
        "title": f"{{{paper.alias}}}" + paper.title.removeprefix(paper.alias),
    }
    if paper.venue:
        fields["booktitle"] = paper.venue[1]
    fields["year"] = str(paper.year)
    if paper.venue:
        fields["venue"] = paper.venue[0]
    fields |= {
        "eprint": paper.arxiv,
        "archivePrefix": "arXiv",
        "primaryClass": "cs.LG",
        "url": arxiv_address(paper),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{'inproceedings' if paper.venue else 'misc'}{{{paper.key},\n{lines}\n}}\n"


def _paper(paper: Paper, dialect: Dialect) -> str:
    return (
        f"---\npaper:\n  topics: [{', '.join(paper.topics)}]\n  tldr: {paper.tldr}\n  aliases: [{paper.alias}]\n"
        f"  read: {{version: v1, on: 2024-01-01, from: abstract}}\n---\n# {paper.title}\n\n{dialect.sections(paper)}"
    )


def _week(week: Week, dialect: Dialect) -> str:
    papers = "\n".join(week.papers)
    articles = "\n".join(
        f"```{{article}} {article.title}\n:id: {article.id}\n:kind: {article.kind}\n:url: {article.url}\n"
        f":site: {article.site}\n:topics: [{', '.join(article.topics)}]\n\n{dialect.text(article.text)}\n```\n"
        for article in week.articles
    )
    return (
        f"---\nweek:\n  starts: {week.starts}\n  picks: [{', '.join(week.picks)}]\n---\n# {week.title}\n\n"
        f"{dialect.text(week.introduction)}\n\n## Papers\n\n```{{papers}}\n{papers}\n```\n\n"
        f"## Technical articles\n\n{articles}"
    )


def _topic(topic: Topic) -> str:
    parent = f"\n  parent: {topic.parent}" if topic.parent else ""
    return f"---\ntopic:{parent}\n---\n# {topic.name}\n\n{topic.introduction}\n"
