"""Weaving in a build: what is remembered, what has changed, and what each page shows of others."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.environment import BuildEnvironment

from paperloom.domain import PaperloomDomain, domain_of
from paperloom.freshness import stamp
from paperloom.memory_store import Store
from paperloom.model.records import Document
from paperloom.outputs.catalog import record_text
from paperloom.package import PACKAGE_DIGEST
from paperloom.sections import section_links, sections
from paperloom.views import VIEWS
from paperloom.weave.labels import citation_label
from paperloom.weave.memory import Made, MadeText, Memory
from paperloom.weave.pages.cards import Card, preview_of
from paperloom.weave.pages.description import description
from paperloom.weave.pages.navigation import navigation
from paperloom.weave.related import Related
from paperloom.weave.renewal import changed_names, renew_identifiers, renew_mentions, renew_related
from paperloom.weave.tracked import TrackedWoven
from paperloom.weave.tracking import Touch, joined
from paperloom.weave.woven import Woven

#: Stands among the names that a page read where it shows what is looked up in every build.
ALWAYS = "always"
#: Levels of documents that a toctree in the text is taken to show.
_LISTED_DEPTH = 3
#: What so many pages show is kept from the look at what changed until they are written.
_MOST_PAGES_AT_HAND = 64
#: Kinds of references whose text is found by Sphinx or MyST.
_LOOKED_UP = frozenset({"heading", "heading title", "label", "toctree"})


class Page(NamedTuple):
    """What the views of a document show, in their order, and what the whole page shows of others.

    ``preview`` is the card that links to the page show, for the page of a paper.
    """

    shown: tuple[Any, ...]
    made: Made
    preview: Card | None


class WovenPart(NamedTuple):
    """What a process has woven for the pages that it wrote."""

    pages: dict[str, Made]
    records: dict[str, MadeText]
    results: dict[str, str]
    related: dict[str, tuple[Related, ...]]


class Weaving:
    """The weaving of one build.

    Everything is remembered beside the doctrees, for all builders. Where the environment is the
    one that was woven last, only what a change can have touched is woven anew.
    """

    def __init__(self, env: BuildEnvironment, place: Path) -> None:
        """Take up what was remembered in the file ``place``."""
        self._env = env
        self._store = Store(place, PACKAGE_DIGEST)
        self.memory: Memory = self._store.load()
        self.basis = ""
        self._basis_of_environment = ""
        self.renewed = False
        #: Documents whose pages are made when they are written.
        self.deferred: set[str] = set()
        self._tracked: TrackedWoven | None = None
        self._latest: dict[str, Page] = {}
        self._before_part: tuple[set[str], set[str]] = set(), set()

    @property
    def domain(self) -> PaperloomDomain:
        """Our domain, whose facts are woven."""
        return domain_of(self._env)

    def start(self, digest_before: str) -> None:
        """Note the environment as it is before anything is read; the bibliography had ``digest_before``."""
        self._basis_of_environment = self._basis_now(digest_before)

    def _basis_now(self, bibliography: str) -> str:
        stamps = [f"{docname} {stamp(self._env, docname)}" for docname in sorted(self._env.all_docs)]
        return digest_of(bibliography, *stamps)

    def renew(self, bibliography: str, deferred: set[str]) -> bool:
        """Weave what changed; return whether facts or mentions did.

        The pages of ``deferred`` documents will be written in any case and are made then.
        """
        self.basis = self._basis_now(bibliography)
        sections_now = digest_of(repr(_all_sections(self._env)))
        if self.memory.basis == self.basis and self.memory.sections == sections_now:
            pages, touched = self.memory.pages, Touch({ALWAYS})
            todo = {docname for docname in self._env.all_docs if docname not in pages or touched(pages[docname].reads)}
            for docname in sorted(todo):
                self.page(docname)
            return False
        self.renewed = True
        self._latest.clear()
        self.domain.forget_woven()
        documents = self.domain.documents
        if self.memory.basis == self._basis_of_environment and self.memory.sections == sections_now:
            changed = self.memory.depending_on(self._renew_part() | {ALWAYS})
            touched = Touch(changed)
            for result in [name for name in self.memory.results if f"shared/{name}" in changed]:
                del self.memory.results[result]
            for name in [name for name, made in self.memory.records.items() if touched(made.reads)]:
                del self.memory.records[name]
            todo = {
                docname
                for docname in documents
                if docname in self.domain.replaced
                or docname not in self.memory.pages
                or touched(self.memory.pages[docname].reads)
            }
        else:
            woven = self.domain.woven
            mentions, identifiers = dict(woven.mentions_by_document), dict(woven.facts.identifiers)
            self.memory = Memory(facts=self.basis, mentions=mentions, identifiers=identifiers)
            todo = set(documents)
        self.memory.basis, self.memory.sections = self.basis, sections_now
        for docname in [docname for docname in self.memory.pages if docname not in documents]:
            del self.memory.pages[docname]
        self.deferred = deferred & todo
        for docname in sorted(todo):
            if docname in deferred:
                self.memory.pages.pop(docname, None)
            else:
                self.page(docname)
        return self.memory.facts == self.basis

    def _renew_part(self) -> set[str]:
        """Weave anew what a change can have touched and return the names of what changed."""
        domain, memory = self.domain, self.memory
        facts = domain.facts_before()
        before = Woven(facts or domain.woven.facts)
        before.__dict__["mentions_by_document"] = memory.mentions
        before.facts.__dict__["identifiers"] = memory.identifiers
        before.related_found = memory.related
        after = domain.woven
        after.facts.__dict__["identifiers"] = memory.identifiers = renew_identifiers(before.facts, after.facts)
        mentions = renew_mentions(before, after, set(domain.replaced), memory.mentions, domain)
        if mentions == memory.mentions:
            mentions = memory.mentions
        if facts or mentions is not memory.mentions:
            memory.facts = self.basis
        after.__dict__["mentions_by_document"] = memory.mentions = mentions
        after.related_found = memory.related = renew_related(before, after, memory.related)
        return changed_names(before, after)

    @property
    def tracked(self) -> TrackedWoven:
        """What is woven, noting what is read of it."""
        if self._tracked is None or self._tracked.untracked is not self.domain.woven:
            self._tracked = TrackedWoven(self.domain.woven)
        return self._tracked

    def page(self, docname: str) -> Page:
        """Return what the page of ``docname`` shows of others, and remember it."""
        if docname in self._latest and docname in self.memory.pages:
            return self._latest[docname]
        document = self.domain.documents[docname]
        tracked = self.tracked
        with tracked.reads.collected() as names:
            shown = tuple([VIEWS[view].build(tracked, document, argument) for view, argument in document.views])
            preview = preview_of(tracked, document)
            around = navigation(tracked, document)
            described = description(tracked, document)
            targets = [self._target(kind, target, document) for kind, target in document.references]
        if any(kind in _LOOKED_UP for kind, _target in document.references):
            names.add(ALWAYS)
        parts = (shown, preview, targets, around.previous, around.next, section_links(self._env, docname), described)
        digest = digest_of(repr(parts), self._digest_of_years(names))
        page = Page(shown, Made(digest, joined(names), described), preview)
        self.memory.pages[docname] = page.made
        if len(self._latest) >= _MOST_PAGES_AT_HAND:
            del self._latest[next(iter(self._latest))]
        self._latest[docname] = page
        return page

    def _digest_of_years(self, names: set[str]) -> str:
        """Return a digest of the sidebar's years, which all pages of a week share."""
        results = self.tracked.results
        years = sorted(name for name in names if name.startswith("shared/years/"))
        return " ".join(results.digest(name.removeprefix("shared/")) for name in years)

    def _target(self, kind: str, target: str, document: Document) -> object:
        """Return what a reference shows: of a target with the title, and otherwise only where it leads."""
        facts, env = self.tracked.facts, self._env
        match kind:
            case "paper" | "week":
                page = (facts.paper_pages if kind == "paper" else facts.week_pages).get(target)
                return page and page[0]
            case "paper title":
                return facts.paper_pages.get(target)
            case "citation":
                reference = facts.references.get(target)
                return facts.paper_pages.get(target), citation_label(reference) if reference else None
            case "week title":
                return facts.week_pages.get(target)
            case "topic" | "topic title":
                topic = facts.topics.get(target)
                return topic and (topic.docname, topic.title if kind == "topic title" else "")
            case "article" | "article title":
                week, _hash, article = target.partition("#")
                page = facts.week_pages.get(week)
                title = self.tracked.article_titles.get((page[0], article)) if page else None
                return page and (page[0], title if kind == "article title" else title is not None)
            case "document":
                return target in facts.titles
            case "document title":
                return facts.titles.get(target)
            case "heading" | "heading title":
                docname, _hash, anchor = target.partition("#")
                _line, *shown = env.metadata.get(docname, {}).get("myst_slugs", {}).get(anchor, [0])
                return shown if kind == "heading title" else shown[:1]
            case "label":
                standard = env.domains.standard_domain
                name = target.partition("#")[2] or target
                return standard.labels.get(name), standard.anonlabels.get(name), self.domain.find_any(target)
            case "toctree":
                return _listed(env, document.docname)
        return None

    def prepare_processes(self) -> None:
        """Weave what every page needs before processes start, so that they share it."""
        woven = self.domain.woven
        if self.deferred and woven.facts.papers:
            woven.related(next(iter(woven.facts.papers)))
            for name in ("neighbours", "picked_in", "topic_articles", "week_of_document", "weeks_of_period"):
                getattr(woven, name)

    def begin_part(self) -> None:
        """Begin to write a part of the pages in a process of its own."""
        self._before_part = set(self.domain.woven.related_found), set(self.tracked.results.reads)

    def part(self, docnames: set[str]) -> WovenPart:
        """Return what this process has woven for the pages of ``docnames``."""
        related, results = self._before_part
        papers = [paper for docname in sorted(docnames) if (paper := self.domain.documents[docname].paper)]
        names = [f"papers/{paper.key}" for paper in papers if self.domain.woven.facts.papers[paper.key] is paper]
        for name in names:
            self.record(name)
        return WovenPart(
            pages={docname: self.memory.pages[docname] for docname in sorted(docnames)},
            records={name: self.memory.records[name] for name in names},
            results={name: reads for name, reads in self.tracked.results.reads.items() if name not in results},
            related={key: found for key, found in self.domain.woven.related_found.items() if key not in related},
        )

    def take(self, part: WovenPart) -> None:
        """Take over what another process has woven."""
        self.memory.pages.update(part.pages)
        self.memory.records.update(part.records)
        self.memory.results.update(part.results)
        self.domain.woven.related_found.update(part.related)

    def description(self, docname: str) -> str:
        """Return what the page of ``docname`` is about, nothing where no text says it."""
        made = self.memory.pages.get(docname) or self.page(docname).made
        return made.description

    def record(self, name: str) -> str:
        """Return the text of a record of the catalog, and remember it."""
        made = self.memory.records.get(name)
        if made is None:
            with self.tracked.reads.collected() as names:
                text = record_text(self.tracked, name)
            self.memory.records[name] = made = MadeText(text, joined(names))
        return made.text

    def basis_of_outputs(self, title: str) -> str:
        """Return a text that changes with everything that the files made from all documents show."""
        return f"{self.memory.facts} {title}"

    def basis_of_bibliographies(self) -> str:
        """Return a digest that changes with the entries, and with the papers that have a page."""
        documents = self.domain.documents.values()
        return digest_of(
            self.domain.bibliography.digest, *sorted(document.paper.key for document in documents if document.paper)
        )

    def finish(self) -> None:
        """Keep what was woven for the next build."""
        living = self.domain.woven.facts
        for table, records in (("papers", living.papers), ("weeks", living.weeks), ("topics", living.topics)):
            for name in [name for name in self.memory.records if name.startswith(f"{table}/")]:
                if name.removeprefix(f"{table}/") not in records:
                    del self.memory.records[name]
        if self._tracked is not None:
            self.memory.results.update(self._tracked.results.reads)
            self.memory.related.update(self.domain.woven.related_found)
        self._store.store(self.memory)


def digest_of(*parts: str) -> str:
    """Return a digest of texts."""
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _all_sections(env: BuildEnvironment) -> object:
    return [section_links(env, section) for section in sections(env)]


def _listed(env: BuildEnvironment, docname: str) -> list[object]:
    """Return what a toctree that readers see can show: titles and headings of the documents in it."""
    found: dict[str, object] = {}
    level = [docname]
    for _depth in range(_LISTED_DEPTH):
        level = [child for parent in level for child in env.toctree_includes.get(parent, ()) if child not in found]
        for child in level:
            contents = env.tocs.get(child)
            found[child] = contents.astext() if contents is not None else ""
    return [*found.items()]
