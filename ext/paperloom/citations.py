"""Citations: the roles of sphinxcontrib-bibtex, resolved from an index to the pages of papers.

sphinxcontrib-bibtex resolves a citation by scanning every citation of every bibliography, for
every role, and knows only bibliographies that are on some page. This domain takes its place: a
citation of an entry of ours is one look-up and links to the paper's page; anything else goes
the usual way, so that ``{bibliography}`` directives over other files keep working.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CitationRef, CiteRole
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from paperloom.domain import domain_of
from paperloom.model.problems import Subtype
from paperloom.sources.pybtex_entries import to_pybtex
from paperloom.sources.suggestions import did_you_mean
from paperloom.warnings import warn

if TYPE_CHECKING:
    from pybtex.database import Entry
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class CitationReferences:
    """The citation roles of all documents, kept by document so that forgetting one is one step.

    It offers what sphinxcontrib-bibtex asks of its list: appending and iterating. What is kept are
    plain tuples, which the environment reads and writes many times faster than records.
    """

    def __init__(self, by_document: dict[str, list[tuple[Any, ...]]]) -> None:
        """Wrap the lists by document name."""
        self._by_document = by_document

    def append(self, reference: CitationRef) -> None:
        """Add a citation role."""
        targets = [tuple(target) for target in reference.targets]
        plain = (*reference[:3], targets)
        self._by_document.setdefault(reference.docname, []).append(plain)

    def __iter__(self) -> Iterator[CitationRef]:
        """Iterate over all roles, by document name and place."""
        for docname in sorted(self._by_document):
            for plain in self._by_document[docname]:
                reference = CitationRef(*plain)
                yield reference._replace(targets=[CitationTarget(*target) for target in reference.targets])


class TolerantCiteRole(CiteRole):
    """A citation role that reports keys it cannot read; the one of sphinxcontrib-bibtex ends the build."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: nodes.Element, is_ref: bool
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the pending citation, or the text as it stands where it is malformed."""
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            remedy = "write citation keys separated by commas"
            warn(Subtype.UNKNOWN_PAPER, f"malformed citation '{self.target}'", remedy, (env.docname, self.lineno))
            return [nodes.literal(self.rawtext, self.text)], []
        result: tuple[list[nodes.Node], list[nodes.system_message]]
        result = super().result_nodes(document, env, node, is_ref)  # type: ignore[no-untyped-call]
        return result


class _LinkingBuilder:
    """What the reference templates need of a builder: the address of the page that is cited.

    They write raw LaTeX towards a bibliography item for the LaTeX builder; pages of papers are
    documents and are linked as such, so the builder's name is withheld.
    """

    name = "paperloom"

    def __init__(self, address: str) -> None:
        self._address = address

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self._address


class IndexedCitationDomain(BibtexDomain):
    """The ``cite`` domain with entries that have a page looked up by key."""

    initial_data: ClassVar[dict[str, Any]] = {**BibtexDomain.initial_data, "citation_refs": {}}
    data_version = BibtexDomain.data_version + 1001
    roles: ClassVar[dict[str, Any]] = {name: TolerantCiteRole() for name in BibtexDomain.roles}

    @property
    def citation_refs(self) -> Any:
        """The citation roles of all documents."""
        return CitationReferences(self.data["citation_refs"])

    def clear_doc(self, docname: str) -> None:
        """Forget the citations and bibliographies of a document."""
        self.data["citation_refs"].pop(docname, None)
        if self.bibliographies:
            self.data["citations"] = [c for c in self.citations if c.bibliography_key.docname != docname]
            for key in [key for key in self.bibliographies if key.docname == docname]:
                del self.bibliographies[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for docname in docnames & otherdata["citation_refs"].keys():
            self.data["citation_refs"][docname] = otherdata["citation_refs"][docname]
        for key, value in otherdata["bibliographies"].items():
            if key.docname in docnames:
                self.bibliographies[key] = value

    def env_updated(self) -> Iterable[str]:
        """Format the bibliographies of other files, where a document has one."""
        return super().env_updated() if self.bibliographies else []

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return the citation as the reference style formats it, linked to the pages cited."""
        loom = domain_of(env)
        targets = list(parse_citation_targets(target))
        unknown = [cited.key for cited in targets if cited.key not in loom.references]
        if unknown and not {citation.key for citation in self.citations}.isdisjoint(unknown):
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        for key in (key for key in unknown if key not in loom.unreadable):
            remedy = did_you_mean(key, loom.references, "add an entry for it")
            warn(Subtype.UNKNOWN_PAPER, f"no bibliography entry '{key}'", remedy, node)
        pages: list[tuple[CitationTarget, str, str, str]] = []
        for cited in targets:
            found = loom.find("paper", cited.key)
            if cited.key in unknown:
                continue
            if found is None:
                remedy = f"add papers/{cited.key}.md"
                warn(Subtype.MISSING_PAGE, f"the entry '{cited.key}' has no page", remedy, node)
                continue
            docname, anchor, title = found
            pages.append((cited, builder.get_relative_uri(fromdocname, docname), anchor, title))
        if not pages:
            return contnode
        form = (typ, *pages)
        if form not in self._formatted:
            self._formatted[form] = self._format(typ, pages)
        result = nodes.inline(rawsource=target, classes=["bibtex-citation"])
        result += [part.deepcopy() for part in self._formatted[form]]
        return result

    @cached_property
    def _formatted(self) -> dict[tuple[object, ...], list[nodes.Node]]:
        """Citations by role, keys and addresses: papers in one folder cite a paper alike."""
        return {}

    def _format(self, typ: str, pages: Iterable[tuple[CitationTarget, str, str, str]]) -> list[nodes.Node]:
        """Format citations as the reference style does."""
        loom = domain_of(self.env)
        references: list[tuple[Entry, FormattedEntry, SphinxReferenceInfo]] = []
        for cited, address, anchor, title in pages:
            info = SphinxReferenceInfo(
                builder=cast("Builder", _LinkingBuilder(address)),
                fromdocname="",
                todocname="",
                citation_id=anchor,
                title=title,
                pre_text=cited.pre,
                post_text=cited.post,
            )
            entry = to_pybtex(loom.references[cited.key])
            references.append((entry, FormattedEntry(cited.key, Text(title), cited.key), info))
        formatted: list[nodes.Node] = format_references(self.reference_style, typ, references).render(self.backend)
        return formatted

    def resolve_any_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Leave keys of ours to our own domain, which resolves them to the same pages."""
        if not self.bibliographies:
            return []
        return super().resolve_any_xref(env, fromdocname, builder, target, node, contnode)
