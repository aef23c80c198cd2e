"""The steps that finish a site, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paperloom.finishing import cards, emails, feeds, markdown
from paperloom.finishing.bibliographies import write_bibliographies
from paperloom.finishing.citations import write_citations
from paperloom.finishing.output import Output
from paperloom.finishing.search_index import write_search_index
from paperloom.finishing.site import BuiltSite, FinishingError
from paperloom.finishing.sphinx_index import write_sphinx_index


@dataclass(frozen=True)
class Step:
    """A step: a short name for the command line, what it makes, and how.

    ``run`` writes through an :class:`Output` and returns a line that says what was made. It raises
    :class:`FinishingError` when it cannot. What it writes depends on the site alone.
    """

    name: str
    makes: str
    run: Callable[[BuiltSite, Output], str]


#: Each module of a step brings one :class:`Step`.
STEPS: tuple[Step, ...] = (
    Step("bibliographies", "the papers of issues, topics, years and authors as files", write_bibliographies),
    Step("citations", "the citation of each paper in official styles", write_citations),
    Step("feeds", "Atom and JSON Feed of the whole site and of each topic", feeds.run),
    Step("emails", "each week as an e-mail, in HTML and in plain text", emails.run),
    Step("cards", "a picture of each page for previews of links", cards.run),
    Step("markdown", "a Markdown twin of each page", markdown.run),
    Step("sphinx-index", "the index of Sphinx's own search", write_sphinx_index),
    Step("search", "the index of the search dialog", write_search_index),
)


def finish(site: BuiltSite, names: Iterable[str], say: Callable[[str], object]) -> list[str]:
    """Run the steps called ``names``, all of them where there are none; return what went wrong."""
    chosen = {*names}
    problems = []
    for step in STEPS:
        if chosen and step.name not in chosen:
            continue
        output = Output(site.folder, site.kept / f"{step.name}.json")
        try:
            said = step.run(site, output)
        except FinishingError as error:
            problems.append(f"{step.name}: {error}")
            continue
        output.close()
        say(f"{step.name}: {said}")
    return problems
