"""The steps that finish a site, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paperloom.finishing import cards, emails, feeds, markdown
from paperloom.finishing.bibliographies import SLICES, write_bibliographies
from paperloom.finishing.citations import SCRIPT, write_citations
from paperloom.finishing.output import Output
from paperloom.finishing.search_index import FOLDER as PAGEFIND
from paperloom.finishing.search_index import write_search_index
from paperloom.finishing.site import BuiltSite, FinishingError
from paperloom.finishing.sphinx_index import SEARCH_INDEX, write_sphinx_index
from paperloom.model.layout import PAPERS
from paperloom.outputs.files import remove_temporary
from paperloom.sharing import CARDS


@dataclass(frozen=True)
class Step:
    """A step: a short name for the command line, what it makes, how, and patterns of the names of its files.

    ``run`` writes through an :class:`Output` and returns a line that says what was made. It raises
    :class:`FinishingError` when it cannot. What it writes depends on the site alone.
    """

    name: str
    makes: str
    run: Callable[[BuiltSite, Output], str]
    files: tuple[str, ...] = ()


#: Each module of a step brings one :class:`Step`.
STEPS: tuple[Step, ...] = (
    Step("bibliographies", "the papers of issues, topics, years and authors as files", write_bibliographies, SLICES),
    Step("citations", "the citation of each paper in official styles", write_citations, (f"{PAPERS}/*{SCRIPT}",)),
    Step("feeds", "Atom and JSON Feed of the whole site and of each topic", feeds.run, (f"{feeds.FOLDER}/**/*",)),
    Step("emails", "each week as an e-mail, in HTML and in plain text", emails.run, (f"{emails.FOLDER}/*",)),
    Step("cards", "a picture of each page for previews of links", cards.run, (f"{CARDS}/**/*",)),
    Step("markdown", "a Markdown twin of each page", markdown.run, ("**/*.html.md",)),
    Step("sphinx-index", "the index of Sphinx's own search", write_sphinx_index, (SEARCH_INDEX,)),
    Step("search", "the index of the search dialog", write_search_index, (f"{PAGEFIND}/**/*",)),
)


def finish(site: BuiltSite, names: Iterable[str], say: Callable[[str], object]) -> list[str]:
    """Run the steps called ``names``, all of them where there are none; return what went wrong."""
    chosen = {*names}
    problems = []
    mark = site.kept / "begun"
    if mark.exists():
        for folder in (site.folder, site.kept):
            remove_temporary(folder)
    site.kept.mkdir(parents=True, exist_ok=True)
    mark.touch()
    for step in STEPS:
        if chosen and step.name not in chosen:
            continue
        output = Output(site.folder, site.kept / f"{step.name}.json", step.files)
        try:
            said = step.run(site, output)
        except FinishingError as error:
            problems.append(f"{step.name}: {error}")
            continue
        output.close()
        say(f"{step.name}: {said}")
    mark.unlink()
    return problems
