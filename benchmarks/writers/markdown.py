"""What the formats have in common: blocks of Markdown, and the facts of a paper in plain text."""

from __future__ import annotations

from abc import ABC, abstractmethod

from benchmarks.records import (
    Article,
    Author,
    Bullets,
    Corpus,
    Mention,
    MentionKind,
    Paper,
    Paragraph,
    Table,
    Text,
    Week,
)

_KIND_LABELS = {"article": "Article", "use-case": "Use case", "other": "Other"}


class Dialect(ABC):
    """How one system writes mentions and links between pages."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @abstractmethod
    def link(self, text: str, docname: str) -> str:
        """Return a link to another page of a folder beside that of the page it stands on."""

    def mention(self, mention: Mention) -> str:
        """Return a mention as a link or as plain text."""
        paper = self.corpus.papers[mention.keys[0]]
        match mention.kind:
            case MentionKind.ROLE:
                return self.link(paper.alias, f"papers/{paper.key}")
            case MentionKind.LINK:
                return f"[earlier work]({arxiv_address(paper)})"
            case MentionKind.ALIAS:
                return paper.alias
            case MentionKind.CITE_IN_TEXT:
                return f"{paper.authors[0].family} et al. [{paper.year}]"
            case MentionKind.CITE:
                cited = [self.corpus.papers[key] for key in mention.keys]
                return "[" + ", ".join(f"{each.authors[0].family} et al., {each.year}" for each in cited) + "]"

    def text(self, text: Text) -> str:
        """Return running text as Markdown."""
        return "".join(part if isinstance(part, str) else self.mention(part) for part in text)

    def sections(self, paper: Paper) -> str:
        """Return the sections of a paper's page as Markdown."""
        parts: list[str] = []
        for section in paper.sections:
            parts.append(f"## {section.title}")
            for block in section.blocks:
                match block:
                    case Paragraph(text):
                        parts.append(self.text(text))
                    case Bullets(items):
                        parts.append("\n".join(f"- {item}" for item in items))
                    case Table(rows):
                        lines = [f"| {left} | {right} |" for left, right in rows]
                        parts.append("\n".join([lines[0], "|---|---|", *lines[1:]]))
        return "\n\n".join(parts) + "\n"

    def facts(self, paper: Paper) -> str:
        """Return what Paperloom shows of a paper's entry, as paragraphs: authors, venue, address, TL;DR, issue."""
        authors = ", ".join(full_name(author) for author in paper.authors)
        venue = paper.venue[0] if paper.venue else "arXiv"
        week = self.link(week_title(paper.week), f"weeks/{paper.week}")
        return (
            f"{authors}. {venue} {paper.year}. [arXiv:{paper.arxiv}]({arxiv_address(paper)})\n\n"
            f"{paper.tldr}\n\nFeatured in {week}.\n"
        )

    def article(self, article: Article) -> str:
        """Return an article of an issue as a heading and paragraphs."""
        names = {topic.slug: topic.name for topic in self.corpus.topics}
        topics = ", ".join(names[slug] for slug in article.topics)
        return (
            f"### {article.title}\n\n{_KIND_LABELS[article.kind]}, [{article.site}]({article.url}). {topics}.\n\n"
            f"{self.text(article.text)}\n"
        )

    def articles(self, week: Week) -> str:
        """Return all articles of an issue below one heading."""
        return "## Technical articles\n\n" + "\n".join(self.article(article) for article in week.articles)

    def links(self, pages: list[tuple[str, str]]) -> str:
        """Return a list of links from (text, document name)."""
        return "\n".join(f"- {self.link(text, docname)}" for text, docname in pages) + "\n"


class RelativeLinks(Dialect):
    """Links by the path of the file. All pages stand one folder deep."""

    def link(self, text: str, docname: str) -> str:
        """Return a link with a relative path."""
        return f"[{text}](../{docname}.md)"


def arxiv_address(paper: Paper) -> str:
    """Return the paper's address at arXiv."""
    return f"https://arxiv.org/abs/{paper.arxiv}"


def full_name(author: Author) -> str:
    """Return a name as it is read."""
    return f"{author.given} {author.family}"


def week_title(week_id: str) -> str:
    """Return the heading of an issue's page from its id."""
    return f"Week {int(week_id[-2:])}, {week_id[:4]}"
