"""The directive ``{paper-figure}``: a drawing of ours with its caption and its origin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from paperloom.model.layout import FIGURES as DRAWINGS
from paperloom.model.problems import Subtype
from paperloom.nodes import drawing
from paperloom.sources.drawings import read_drawing
from paperloom.sources.figures import CAPTION_REMEDY, REQUIRED_OPTIONS
from paperloom.warnings import Location, warn, warn_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

#: The key under which the pictures of the document being read are kept, as paths below the source directory.
FIGURES = "paperloom_figures"


class PaperFigureDirective(SphinxDirective):
    """A picture with its alternative text, its caption and its origin, none of which may be missing.

    The argument is the path of the file, relative to the page or, with a slash in front, to the
    source directory. A drawing in ``figures/`` stands in HTML pages themselves, where it takes part in
    their color scheme; other pictures, and all of them in other outputs, are shown as images.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(REQUIRED_OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return the figure; nothing where there is no picture that could be shown."""
        location = (self.env.docname, self.lineno)
        for option, remedy in REQUIRED_OPTIONS.items():
            if not self.options.get(option, "").strip():
                warn(Subtype.FIGURE, f"the figure lacks its '{option}'", remedy, location)
        if not self.content:
            warn(Subtype.FIGURE, "the figure lacks its caption", CAPTION_REMEDY, location)
        image = self._image(location)
        if image is None:
            return []
        figure = nodes.figure("", image, classes=["loom-figure"])
        first, *rest = self.parse_content_to_nodes() or [nodes.paragraph()]
        if isinstance(first, nodes.paragraph):
            figure += nodes.caption(first.rawsource, "", *first.children)
        else:
            rest = [first, *rest]
        origin, messages = self.parse_inline(self.options.get("origin", ""))
        paragraph = nodes.paragraph("", "", *origin, classes=["loom-origin"])
        figure += nodes.legend("", *rest, paragraph)
        for node in (figure, figure[1], paragraph):
            self.set_source_info(node)
        return [figure, *messages]

    def _image(self, location: Location) -> nodes.image | None:
        name, found = self.env.relfn2path(self.arguments[0])
        path = Path(found)
        self.env.note_dependency(name)
        if not path.is_file():
            warn(Subtype.FIGURE, f"there is no picture '{self.arguments[0]}'", "correct the path or draw it", location)
            # The picture may be added without this document being touched.
            self.env.note_reread()
            return None
        alternative = " ".join(self.options.get("alt", "").split())
        options = {"uri": f"/{name}", "alt": alternative}
        if path.suffix != ".svg" or not name.startswith(f"{DRAWINGS}/"):
            self._note(name)
            return nodes.image("", **options)
        shown, problems = read_drawing(path, name)
        for problem in problems:
            warn_of(problem, Path(self.env.srcdir))
        if shown is None:
            return None
        self._note(name)
        return drawing("", svg=shown.markup(alternative, css_class="loom-drawing"), **options)

    def _note(self, name: str) -> None:
        self.env.temp_data[FIGURES] = [*(self.env.temp_data.get(FIGURES) or ()), name]


def visit_drawing(translator: HTML5Translator, node: drawing) -> None:
    """Write the drawing itself into an HTML page; in a book it stays an image, as readers expect of EPUB."""
    if translator.builder.name == "epub":
        translator.visit_image(node)
        return
    translator.body.append(f"{node['svg']}\n")
    raise nodes.SkipNode
