"""The directives ``{papers}``, ``{article}`` and those that place a generated index."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.directives.other import TocTree
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from paperloom.model.layout import PAPERS, paper_docname
from paperloom.model.problems import DESCRIPTIONS, Subtype
from paperloom.nodes import placeholder
from paperloom.sources.articles import OPTIONS, article_of, slips_of
from paperloom.sources.suggestions import did_you_mean
from paperloom.warnings import warn

#: Keys under which directives leave records for the end of reading.
ARTICLES = "paperloom_articles"
PAPER_KEYS = "paperloom_papers"
PATTERNS = "paperloom_patterns"


class ToctreeDirective(TocTree):
    """Sphinx's toctree, which remembers its patterns: a page that comes or goes concerns those that match it.

    Sphinx reads all documents with a pattern again whenever any page comes or goes.
    """

    def run(self) -> list[nodes.Node]:
        """Return the toctree and note its patterns, as names below the source directory."""
        if "glob" in self.options:
            patterns = [docname_join(self.env.docname, line.strip()) for line in self.content if line.strip()]
            self.env.temp_data[PATTERNS] = [*(self.env.temp_data.get(PATTERNS) or ()), *patterns]
        return super().run()


class PapersDirective(TocTree):
    """The papers of an issue as cards: one citation key a line.

    It is a toctree and gives the order of reading; the cards stand in place of the list that a
    toctree prints. It stands on the page of a week.
    """

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the hidden toctree and the placeholder of the cards."""
        keys: dict[str, None] = {}
        known = {name.removeprefix(f"{PAPERS}/") for name in self.env.found_docs if name.startswith(f"{PAPERS}/")}
        for offset, line in enumerate(self.content):
            key = line.strip()
            location = (self.env.docname, self.lineno + self.content_offset + offset + 1)
            if not key:
                continue
            if key in keys:
                warn(Subtype.UNKNOWN_PAPER, f"'{key}' is listed twice", "keep one of them", location)
            elif key not in known:
                remedy = did_you_mean(key, known, f"add {paper_docname(key)}.md")
                warn(Subtype.UNKNOWN_PAPER, f"no page for the paper '{key}'", remedy, location)
                # The page may be added without this document being touched.
                self.env.note_reread()
            else:
                keys[key] = None
        self.env.temp_data[PAPER_KEYS] = [*(self.env.temp_data.get(PAPER_KEYS) or ()), *keys]
        self.content = StringList([f"/{paper_docname(key)}" for key in keys], source=self.get_source_info()[0])
        self.options = {"hidden": None}
        return [*super().run(), placeholder("week-cards", " ".join(keys))]


class ArticleDirective(SphinxDirective):
    """An article, use case or other item of an issue. It stands on the page of a week.

    The argument is the real title; the content is our own text about it. ``id`` names the item
    within its issue, ``kind`` is ``article``, ``use-case`` or ``other`` and decides the label.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(OPTIONS, directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        """Return a section with the title, a placeholder for the line below it, and the text."""
        title = " ".join(self.arguments[0].split())
        location = (self.env.docname, self.lineno)
        for slip in slips_of(title, self.options):
            warn(slip.subtype, slip.message, slip.remedy, location)
        article = article_of(title, self.options)
        document = self.state.document
        if article.id in document.ids:
            message = f"the id '{article.id}' is used twice"
            warn(Subtype.DUPLICATE_ARTICLE, message, "choose another id", location)
            return []
        self.env.temp_data[ARTICLES] = [*(self.env.temp_data.get(ARTICLES) or ()), article]
        section = nodes.section(ids=[article.id], classes=["loom-article"])
        document.ids[article.id] = section
        section += nodes.title(title, title)
        section += placeholder("article-header", article.id)
        section += self.parse_content_to_nodes()
        self.set_source_info(section)
        return [section]


class ProblemTableDirective(SphinxDirective):
    """All checks by the name that ends their messages, with their meaning."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        table = nodes.table()
        group = nodes.tgroup("", nodes.colspec(colwidth=30), nodes.colspec(colwidth=70), cols=2)
        group += nodes.thead("", _table_row(nodes.Text("Subtype"), nodes.Text("Meaning")))
        rows = [_table_row(nodes.literal("", each.value), nodes.Text(DESCRIPTIONS[each])) for each in Subtype]
        group += nodes.tbody("", *rows)
        table += group
        return [table]


def _table_row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


class IndexDirective(SphinxDirective):
    """Places a generated index or list; the class attribute ``view`` says which."""

    view: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        return [placeholder(self.view)]


#: The directives that place a generated view, with what each shows.
INDEX_VIEWS: dict[str, str] = {
    "archive-list": "The years and months of the archive, with the number of issues.",
    "author-index": "All authors with their papers, by letter.",
    "feed-list": "The feeds of the site and of each topic, where ``html_baseurl`` says where the site is published.",
    "latest-week": "The newest issue with the cards of its picks, or of its first three papers where it has none.",
    "paper-table": "All papers as a table. A script makes it sortable and filterable; it is complete without.",
    "statistics": "How many issues, papers, articles, topics and mentions there are.",
    "timeline": "A bar for each issue with the topics of its papers; for each month or year where there are many.",
    "topic-counts": "The number of papers by topic over time.",
    "topic-map": "A map of the largest topics and of the papers of them that are named most.",
    "topic-tree": "All topics in two levels, with the number of papers.",
    "venue-index": "All venues with their papers.",
    "week-list": "All issues by year, newest first, with their picks.",
}


def index_directive(view: str) -> type[IndexDirective]:
    """Return the directive that places ``view``."""
    name = "".join(part.title() for part in view.split("-")) + "Directive"
    return type(name, (IndexDirective,), {"view": view, "__doc__": INDEX_VIEWS[view]})
