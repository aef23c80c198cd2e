"""A small knowledge base as a value: it can be edited, copied, saved, and written to a folder.

Everything a page can show of another page occurs in it at least once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

STARTS = {
    "2020-w38": "2020-09-13",
    "2020-w39": "2020-09-20",
    "2021-w06": "2021-01-31",
    "2021-w07": "2021-02-07",
}

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} 1"><path d="M0 0h1v1z"/></svg>\n'


@dataclass
class Paper:
    """A page of a paper and its entry; either can be missing."""

    title: str
    authors: str
    year: int
    topics: list[str]
    tldr: str
    aliases: list[str] = field(default_factory=list)
    relations: dict[str, list[str]] = field(default_factory=dict)
    text: str = "Nobody tried it before."
    venue: str = ""
    code: str = ""
    read: str = ""
    former: list[str] = field(default_factory=list)
    page: bool = True
    entry: bool = True


@dataclass
class Article:
    """An item of an issue."""

    title: str
    topics: list[str]
    text: str
    kind: str = "article"


@dataclass
class Week:
    """An issue."""

    title: str
    introduction: str
    papers: list[str]
    articles: dict[str, Article] = field(default_factory=dict)
    picks: list[str] = field(default_factory=list)


@dataclass
class Topic:
    """A topic."""

    title: str
    introduction: str
    parent: str = ""
    aliases: list[str] = field(default_factory=list)


@dataclass
class World:
    """The sources of a knowledge base."""

    papers: dict[str, Paper]
    weeks: dict[str, Week]
    topics: dict[str, Topic]
    #: Title and introduction by year or month.
    archive: dict[str, tuple[str, str]]
    #: Files that stand as they are, by name.
    files: dict[str, str]
    #: The pages in the toctree of the notes, in order.
    notes: list[str]
    #: The values in ``conf.py`` beyond those every world has.
    config: dict[str, object] = field(default_factory=dict)
    #: The keys of the entries that stand in a second BibTeX file.
    second_file: set[str] = field(default_factory=set)

    def sources(self) -> dict[str, str]:
        """Return the text of every source file by its name."""
        files = dict(self.files)
        files["conf.py"] = self._configuration()
        files["references.bib"] = self._entries(second=False)
        if self.second_file:
            files["more.bib"] = self._entries(second=True)
        files |= {f"papers/{key}.md": paper_page(paper) for key, paper in self.papers.items() if paper.page}
        files |= {f"weeks/{name}.md": week_page(name, week) for name, week in self.weeks.items()}
        files |= {f"topics/{slug}.md": topic_page(topic) for slug, topic in self.topics.items()}
        files |= {f"archive/{period}.md": period_page(period, *page) for period, page in self.archive.items()}
        files["notes/index.md"] = "# Notes\n\n```{toctree}\n:hidden:\n\n" + "\n".join(self.notes) + "\n```\n"
        return files

    def _configuration(self) -> str:
        values: dict[str, object] = {
            "project": "Small",
            "extensions": ["paperloom"],
            "html_theme": "furo",
            "nitpicky": True,
            "exclude_patterns": ["_build", "parts"],
            "myst_heading_anchors": 3,
            "paperloom_bibliography": ["*.bib"],
        }
        return "".join(f"{name} = {value!r}\n" for name, value in (values | self.config).items())

    def _entries(self, *, second: bool) -> str:
        chosen = [key for key in sorted(self.papers) if self.papers[key].entry and (key in self.second_file) == second]
        return "\n".join(entry(key, self.papers[key]) for key in chosen)


def digest(sources: dict[str, str]) -> str:
    """Return a digest of the names and texts of source files."""
    return hashlib.blake2b(repr(sorted(sources.items())).encode(), digest_size=12).hexdigest()


def entry(key: str, paper: Paper) -> str:
    """Return the BibTeX entry of a paper."""
    number = int(hashlib.blake2b(key.encode(), digest_size=2).hexdigest(), 16) % 100000
    venue = {"journal": paper.venue} if paper.venue else {}
    fields = {"author": paper.authors, "title": paper.title, **venue, "year": str(paper.year)}
    fields |= {"eprint": f"2009.{number:05}", "archivePrefix": "arXiv", "primaryClass": "cs.LG"}
    kind = "article" if paper.venue else "misc"
    return f"@{kind}{{{key},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"


def paper_page(paper: Paper) -> str:
    """Return the page of a paper."""
    lines = [f"topics: [{', '.join(paper.topics)}]", f"tldr: {paper.tldr}"]
    if paper.aliases:
        lines.append(f"aliases: [{', '.join(paper.aliases)}]")
    if paper.code:
        lines.append(f"code: {paper.code}")
    if paper.relations:
        shown = ", ".join(f"{kind}: [{', '.join(keys)}]" for kind, keys in sorted(paper.relations.items()))
        lines.append(f"relations: {{{shown}}}")
    if paper.read:
        lines.append(f"read: {paper.read}")
    front = "".join(f"  {line}\n" for line in lines)
    body = f"## Why it matters\n\nIt rains.\n\n## How it works\n\n{paper.text}\n\n## Results\n\nNine of ten.\n\n"
    former = f"former: [{', '.join(paper.former)}]\n" if paper.former else ""
    return f"---\n{former}paper:\n{front}---\n# {paper.title}\n\n{body}## Limits\n\nWind.\n"


def week_page(name: str, week: Week) -> str:
    """Return the page of an issue."""
    picks = f"  picks: [{', '.join(week.picks)}]\n" if week.picks else ""
    text = f"---\nweek:\n  starts: {STARTS[name]}\n{picks}---\n# {week.title}\n\n{week.introduction}\n\n"
    text += "## Papers\n\n```{papers}\n" + "".join(f"{key}\n" for key in week.papers) + "```\n"
    if week.articles:
        text += "\n## Other topics\n"
    for article_id, article in week.articles.items():
        options = f":id: {article_id}\n:kind: {article.kind}\n:topics: {', '.join(article.topics)}\n"
        text += f"\n```{{article}} {article.title}\n{options}\n{article.text}\n```\n"
    return text


def topic_page(topic: Topic) -> str:
    """Return the page of a topic."""
    front = "---\ntopic:\n"
    if topic.parent:
        front += f"  parent: {topic.parent}\n"
    if topic.aliases:
        front += f"  aliases: [{', '.join(topic.aliases)}]\n"
    return f"{front}---\n# {topic.title}\n\n{topic.introduction}\n"


def period_page(period: str, title: str, introduction: str) -> str:
    """Return the page of a year or month."""
    return f'---\narchive:\n  period: "{period}"\n---\n# {title}\n\n{introduction}\n'


def _index(title: str, view: str, pattern: str) -> str:
    return f"# {title}\n\n```{{{view}}}\n```\n\n```{{toctree}}\n:hidden:\n:glob:\n\n{pattern}\n```\n"


HOME = """\
# Small

```{statistics}
```

```{latest-week}
```

```{toctree}
:hidden:

weeks/index
indexes/papers
indexes/overview
indexes/names
topics/index
archive/index
notes/index
```
"""

GUIDE = """\
# Guide

See {ref}`the-word`, {doc}`terms`, [](../papers/ember2020kettle.md), [](terms.md#the-word), {term}`steam`,
{paper}`lake2019slow`, {cite:t}`moss2020quiet`, {topic}`heat`, {week}`2020-w38` and {article}`2020-w38#tea`.

```{include} ../parts/shared.md
```

![A kettle](kettle.svg)

{download}`Numbers <numbers.csv>`
"""

TERMS = """\
# Terms

(the-word)=
## The word

```{glossary}
steam
  Water that flies.
```

```{index} vapor
```

A page that nobody mentions, but SlowRiver is on it.
"""


def small_world() -> World:
    """Return the knowledge base that all histories start with."""
    return World(
        papers={
            "ember2020kettle": Paper(
                title="KettleNet: Boiling Networks Dry",
                authors="Ember, Ada and von Stone, Bo",
                year=2020,
                topics=["heat", "rivers"],
                tldr="KettleNet removes water from networks.",
                aliases=["KettleNet"],
                relations={"extends": ["lake2019slow"]},
                text="It follows {paper}`SlowRiver <lake2019slow>`, see {cite:t}`moss2020quiet`.",
                venue="Journal of Warm Things",
            ),
            "lake2019slow": Paper(
                title="Slow Rivers Learn Better",
                authors="Lake, Céline",
                year=2019,
                topics=["rivers"],
                tldr="Rivers that flow slowly carry more information.",
                aliases=["SlowRiver"],
            ),
            "moss2020quiet": Paper(
                title="Quiet Gradients in Loud Rooms",
                authors="Moss, Ivo and Ember, Ada",
                year=2020,
                topics=["rivers"],
                tldr="Gradients can be heard when the room is silent.",
                text="As in SlowRiver before, and unlike TallTree.",
            ),
            "pine2021tall": Paper(
                title="Tall Trees for Small Data",
                authors="Pine, Åsa",
                year=2021,
                topics=["trees"],
                tldr="A tall tree needs little data.",
                aliases=["TallTree"],
                text="The tree grows upwards, unlike [the kettle](../papers/ember2020kettle.md).",
            ),
        },
        weeks={
            "2020-w38": Week(
                title="Week 38, 2020",
                introduction="Two papers about water.",
                papers=["ember2020kettle", "moss2020quiet"],
                articles={"tea": Article("Tea for a Hundred", ["heat"], "A kitchen that knows KettleNet.")},
                picks=["moss2020quiet", "tea"],
            ),
            "2021-w06": Week(
                title="Week 6, 2021",
                introduction="Trees, after {week}`2020-w38` and {article}`2020-w38#tea`; more on {topic}`trees`.",
                papers=["pine2021tall"],
            ),
        },
        topics={
            "heat": Topic("Heat", "Warm things, above all {paper}`kettles <ember2020kettle>`.", aliases=["warmth"]),
            "rivers": Topic("Rivers", "Water that moves.", parent="heat"),
            "trees": Topic("Trees", "Wood that stands."),
        },
        archive={
            "2020": ("2020", "A year of water."),
            "2020-09": ("September 2020", "A month of water with TallTree ahead."),
            "2021": ("2021", "A year of wood."),
        },
        files={
            "index.md": HOME,
            "indexes/papers.md": "# Papers\n\n```{paper-table}\n```\n",
            "indexes/overview.md": "# Whole\n\n```{timeline}\n```\n\n```{topic-counts}\n```\n\n```{topic-map}\n```\n",
            "indexes/names.md": "# Authors and venues\n\n```{author-index}\n```\n\n```{venue-index}\n```\n",
            "weeks/index.md": _index("Issues", "week-list", "????-w??"),
            "topics/index.md": _index("Topics", "topic-tree", "*"),
            "archive/index.md": _index("Archive", "archive-list", "*"),
            "notes/guide.md": GUIDE,
            "notes/terms.md": TERMS,
            "notes/kettle.svg": PICTURE.format(size=1),
            "notes/numbers.csv": "1,2\n",
            "parts/shared.md": "A part of several pages that names SlowRiver.\n",
        },
        notes=["guide", "terms"],
    )
