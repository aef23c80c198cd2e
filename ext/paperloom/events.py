"""What happens when: the handlers of Sphinx's events."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.matching import patfilter

from paperloom import broken_off, parsed_bibliography, theme_templates, written
from paperloom.alike import may_stay
from paperloom.builders import AllProcesses
from paperloom.citing.formats import FORMATS
from paperloom.collect import FRONT_MATTER
from paperloom.consistency import check_consistency
from paperloom.domain import domain_of
from paperloom.freshness import note_doctrees, stamp
from paperloom.model.layout import PAPERS
from paperloom.outputs.bibliographies import write_first_files
from paperloom.outputs.files import state_of
from paperloom.outputs.leftovers import copied_files, remove_copied
from paperloom.outputs.vanished import remove_pages
from paperloom.outputs.written_from_all import write_outputs
from paperloom.previews import note_previews
from paperloom.sources.front_matter import parse_front_matter
from paperloom.upstream.keeping import keep_contents_pickled
from paperloom.warnings import warn_of
from paperloom.weaving import Weaving

STATIC = Path(__file__).parent / "static"


def configure(app: Sphinx, config: Config) -> None:
    """Give sphinxcontrib-bibtex what it insists on; our entries are looked up without it."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []
    chosen = {*config._raw_config, *config.overrides}  # noqa: SLF001  # no public way to ask
    if "bibtex_reference_style" not in chosen:
        config.bibtex_reference_style = "author_year"


def bibliography_files(app: Sphinx) -> list[Path]:
    """Return the files that ``paperloom_bibliography`` names, sorted."""
    source = Path(app.srcdir)
    return sorted({path for pattern in app.config.paperloom_bibliography for path in source.glob(pattern)})


def start(app: Sphinx) -> None:
    """Take up what was kept, and load all entries before sphinxcontrib-bibtex could trip over them."""
    source = Path(app.srcdir)
    paths = bibliography_files(app)
    domain = domain_of(app.env)
    domain.builder = app.builder
    keep_contents_pickled(app.env)
    kept = Path(app.doctreedir)
    digest = parsed_bibliography.digest_of(paths, source)
    domain.weaving = Weaving(app.env, kept / "paperloom-woven.pickle")
    domain.bibliography = parsed_bibliography.Loaded(paths, source, kept / "paperloom-bibliography.pickle", digest)
    for problem in domain.bibliography.problems:
        warn_of(problem, source)
    domain.weaving.start(domain.bibliography.digest_before)
    domain.forget_woven()
    domain.written = written.load(written.path_of(app))


def add_assets(app: Sphinx) -> None:
    """Add our style sheet and script to HTML pages."""
    if app.builder.format != "html":
        return
    if str(STATIC) not in app.config.html_static_path:
        app.config.html_static_path.append(str(STATIC))
    app.add_css_file("paperloom.css")
    app.add_css_file("citations.css")
    app.add_css_file("overview.css")
    app.add_css_file("previews.css")
    app.add_js_file("paper-table.js", loading_method="defer")
    app.add_js_file("citations.js", loading_method="defer")
    app.add_js_file("previews.js", loading_method="defer")
    if isinstance(app.builder, AllProcesses):
        app.add_css_file("paperloom-search.css")
        app.add_css_file("everyone.css")
        app.add_js_file("everyone.js", loading_method="defer")
        if app.config.html_theme == theme_templates.THEME:
            # After the theme's own, which it replaces.
            app.add_css_file(theme_templates.COLORS, priority=700)
        app.add_js_file("paperloom-search.js", loading_method="defer")


def read_front_matter(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep the front matter of the document that is being read and report what is wrong with it."""
    path = app.env.doc2path(docname, base=False)
    front = parse_front_matter(content[0], str(path))
    app.env.temp_data[FRONT_MATTER] = front
    for problem in front.problems:
        warn_of(problem, Path(app.srcdir))
    if front.kind and not front.keys_of_others:
        # Nothing is left in it for MyST, which would parse it twice more; lines keep their numbers.
        content[0] = "\n" * (front.body_line - 1) + front.body


def mark_papers_as_orphans(app: Sphinx, doctree: nodes.document) -> None:
    """Spare background papers the warning that no toctree holds them: the index of papers does."""
    docname = app.env.docname
    if domain_of(app.env).documents[docname].paper:
        app.env.metadata[docname]["orphan"] = True


def find_outdated_documents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Return the documents that list or link documents which came or went, so that they are read again.

    MyST settles while it reads whether the target of a link is a document.
    """
    # Sphinx would read all documents with a pattern in a toctree again; ours say which patterns they have.
    env.glob_toctrees.clear()
    came_or_went = added | removed
    if not came_or_went:
        return []
    gone = {name.removeprefix(f"{PAPERS}/") for name in removed if name.startswith(f"{PAPERS}/")}
    awaited = {("missing", docname) for docname in added} | {("found", docname) for docname in removed}
    return sorted(
        docname
        for docname, document in domain_of(env).documents.items()
        if not awaited.isdisjoint(document.references)
        or any(kind == "pattern" and patfilter(came_or_went, target) for kind, target in document.references)
        or any(view == "week-cards" and gone.intersection(argument.split()) for view, argument in document.views)
    )


def find_changed_documents(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose pages are not what this builder has written, so that they are written again."""
    domain = domain_of(env)
    weaving = domain.weaving
    read = {docname for docname in domain.read_now if docname in env.all_docs}
    note_doctrees(env, read)
    there = domain.written.pages
    perhaps = {docname for docname in read if may_stay(env, docname)}
    domain.data["alike"].clear()
    deferred = read - perhaps if isinstance(app.builder, AllProcesses) else set()
    if weaving.renew(domain.bibliography.digest, deferred) or not weaving.memory.consistent:
        weaving.memory.consistent = check_consistency(env)
    made = weaving.memory.pages
    domain.spared = {name for name in perhaps if name in made and there[name][1] == made[name].digest}
    return sorted(
        docname
        for docname in env.all_docs.keys() - read
        if docname not in there or there[docname][:2] != [stamp(env, docname), made[docname].digest]
    )


def spare_parents(app: Sphinx, builder: Builder) -> None:
    """Keep Sphinx from writing every document whose toctree holds a written one: what a page shows is known."""
    if isinstance(builder, AllProcesses):
        domain_of(app.env).parents, app.env.files_to_rebuild = app.env.files_to_rebuild, {}


def remove_vanished_pages(app: Sphinx, builder: Builder) -> None:
    """Remove the pages of documents that are gone, before an EPUB file would take them in."""
    if isinstance(builder, StandaloneHTMLBuilder):
        living = app.env.all_docs.keys()
        vanished = sorted(domain_of(app.env).written.pages.keys() - living)
        if vanished:
            remove_pages(builder, vanished, living)


def note_written(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Remember that the page of ``docname`` is written in this build."""
    domain = domain_of(app.env)
    if docname not in domain.weaving.memory.pages:
        domain.weaving.page(docname)
    domain.written_now.add(docname)
    paper = domain.documents[docname].paper
    has_files = f"{docname}{FORMATS[0].suffix}" in domain.written.bibliographies
    if paper and not has_files and paper.key in domain.references and isinstance(app.builder, AllProcesses):
        domain.first_files |= write_first_files(Path(app.outdir), docname, domain.references[paper.key])


def _note_pages(app: Sphinx, record: written.Written) -> None:
    """Record what the pages were made from that this build has written or left."""
    domain, builder = domain_of(app.env), app.builder
    for docname in sorted((domain.spared | domain.written_now) & app.env.all_docs.keys()):
        made = [stamp(app.env, docname), domain.weaving.memory.pages[docname].digest]
        if docname in domain.written_now:
            pages = builder if isinstance(builder, StandaloneHTMLBuilder) else None
            state = list(state_of(str(pages.get_output_path(docname)))) if pages else [0, 0, ""]
        else:
            state = record.pages[docname][2:]
        record.pages[docname] = [*made, *state]
        if isinstance(builder, AllProcesses) and (copy := builder.source_copy(docname)):
            record.sources[docname] = list(state_of(copy))


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write what is made from all documents, and remember what this build shows."""
    domain = domain_of(app.env)
    if domain.parents is not None:
        app.env.files_to_rebuild, domain.parents = domain.parents, None
    if exception is not None:
        return
    weaving = domain.weaving
    record = domain.written
    pages = app.builder if isinstance(app.builder, StandaloneHTMLBuilder) else None
    if pages is not None and app.builder.name != "epub":
        write_outputs(app, record)
        copied = copied_files(app.env)
        remove_copied(Path(app.outdir), record.copied, copied)
        record.copied = written.states_of(Path(app.outdir), copied)
        record.identity = written.states_of(Path(app.outdir), broken_off.MADE_BY_SPHINX)
    for table in (record.pages, record.sources):
        for docname in [docname for docname in table if docname not in app.env.all_docs]:
            del table[docname]
    note_previews(app)
    _note_pages(app, record)
    if weaving.renewed or domain.written_now:
        weaving.finish()
    if isinstance(app.builder, AllProcesses):
        record.surroundings = app.builder.surroundings
    written.store(written.path_of(app), record)
