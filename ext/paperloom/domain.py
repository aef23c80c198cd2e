"""The ``paperloom`` domain: what every document says, and the targets of our roles."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from paperloom.model.records import Document, Reference
from paperloom.package import PACKAGE_DIGEST
from paperloom.translation import lazy
from paperloom.weave.facts import Facts
from paperloom.weave.woven import Woven

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from paperloom.alike import Earlier
    from paperloom.outputs.bibliographies import FirstFile
    from paperloom.parsed_bibliography import Loaded
    from paperloom.weaving import Weaving
    from paperloom.written import Written


class PaperloomDomain(Domain):
    """Papers, weeks, topics and articles as reference targets.

    The domain's data holds raw facts alone, one immutable record for each document. What is
    woven from them lives on the domain object, is made anew in each build and never pickled.
    """

    name = "paperloom"
    label = "Paperloom"
    data_version = zlib.crc32(PACKAGE_DIGEST.encode())
    initial_data: ClassVar[dict[str, Any]] = {
        "documents": {},
        "texts": {},
        "sources": {},
        "files": {},
        "doctrees": {},
        "alike": set(),
    }
    object_types: ClassVar[dict[str, ObjType]] = {
        "paper": ObjType(lazy("paper"), "paper", searchprio=0),
        "week": ObjType(lazy("week"), "week", searchprio=1),
        "topic": ObjType(lazy("topic"), "topic", searchprio=0),
        "article": ObjType(lazy("article"), "article", searchprio=1),
    }
    #: What a role of each kind leads to, for the reference.
    descriptions: ClassVar[dict[str, str]] = {
        "paper": "The page of a paper. The target is a citation key.",
        "week": "The page of an issue. The target is its id, such as ``2020-w38``.",
        "topic": "The page of a topic. The target is its slug.",
        "article": "An article of an issue. The target is the id of the issue and that of the article, such as "
        "``2020-w44#vit-explained-video``.",
    }

    def __init__(self, env: BuildEnvironment) -> None:
        """Attach the domain to ``env``."""
        super().__init__(env)
        #: The builder of this build, which knows how documents link to each other.
        self.builder: Builder
        #: The bibliography, parsed when it is first asked for.
        self.bibliography: Loaded
        #: What the documents that this build reads anew, or has lost, said before; None for new ones.
        self.replaced: dict[str, bytes | None] = {}
        #: The documents that this build has read.
        self.read_now: set[str] = set()
        #: What was known before of those whose pages could stay, and those whose pages do.
        self.earlier: dict[str, Earlier] = {}
        self.spared: set[str] = set()
        #: What is woven and remembered, what stands in the output, and the pages that this build has written.
        self.weaving: Weaving
        self.written: Written
        self.written_now: set[str] = set()
        #: The files with the citations of papers that this build has written for the first time.
        self.first_files: dict[str, FirstFile] = {}
        #: Sphinx's table of the documents to write with others, put aside while pages are written.
        self.parents: dict[str, set[str]] | None = None
        self._documents: dict[str, Document] = {}
        self._woven: Woven | None = None

    @property
    def references(self) -> Mapping[str, Reference]:
        """The entries of the bibliography by citation key."""
        return self.bibliography.references

    @property
    def unreadable(self) -> set[str]:
        """Keys of entries that are there and cannot be parsed; the bibliography's own warnings name them."""
        return self.bibliography.unreadable

    @property
    def documents(self) -> Mapping[str, Document]:
        """What each document says, by document name; without the running text."""
        stored: dict[str, bytes] = self.data["documents"]
        if len(self._documents) != len(stored):
            known = self._documents
            self._documents = {
                docname: known[docname] if docname in known else pickle.loads(kept)  # noqa: S301  # our own
                for docname, kept in stored.items()
            }
        return self._documents

    def facts_before(self) -> Facts | None:
        """Return the facts as they were before this build, without the running text; None where they are the same."""
        replaced = {docname: pickle.loads(kept) for docname, kept in self.replaced.items() if kept}  # noqa: S301  # our own
        documents = self.documents
        same = {docname for docname, document in replaced.items() if documents.get(docname) == document}
        if same == self.replaced.keys() and self.bibliography.is_as_before:
            return None
        # In the order of now, so that nothing seems to have moved.
        new = self.replaced.keys() - replaced.keys()
        before = {docname: document for docname, document in documents.items() if docname not in new}
        return Facts(before | replaced, self.bibliography.references_before)

    def document(self, docname: str) -> Document:
        """Return what a document says, with its running text."""
        blocks = pickle.loads(self.data["texts"][docname]) if docname in self.data["texts"] else ()  # noqa: S301  # our own
        return replace(self.documents[docname], blocks=blocks)

    def containing(self, words: Iterable[str]) -> set[str]:
        """Return the documents whose text may contain one of ``words``, a NUL and what follows it aside."""
        wanted = [word.partition("\0")[0].encode() for word in words]
        if not wanted:
            return set()
        return {docname for docname, text in self.data["texts"].items() if any(word in text for word in wanted)}

    @property
    def woven(self) -> Woven:
        """What follows from all documents; complete only when all of them have been read."""
        if self._woven is None:
            self._woven = Woven(Facts(dict(self.documents), self.references), self.document)
        return self._woven

    def note_document(self, document: Document) -> None:
        """Record what a document says. Its text is kept apart, since few builds need it."""
        said = replace(document, blocks=())
        self.data["documents"][document.docname] = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
        self._documents[document.docname] = said
        self.read_now.add(document.docname)
        self.replaced.setdefault(document.docname, None)
        if document.blocks:
            self.data["texts"][document.docname] = pickle.dumps(document.blocks, pickle.HIGHEST_PROTOCOL)
        self.forget_woven()

    def forget_woven(self) -> None:
        """Drop what was woven, after facts changed."""
        self._woven = None

    def clear_doc(self, docname: str) -> None:
        """Forget what ``docname`` says."""
        kept = self.data["documents"].pop(docname, None)
        self._documents.pop(docname, None)
        self.replaced.setdefault(docname, kept)
        self.data["texts"].pop(docname, None)
        self.data["sources"].pop(docname, None)
        self.data["doctrees"].pop(docname, None)
        self.forget_woven()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the facts that another process read."""
        self.read_now |= docnames
        for docname in docnames:
            self.replaced.setdefault(docname, None)
            self._documents.pop(docname, None)
            for table in ("documents", "texts", "sources"):
                if docname in otherdata[table]:
                    self.data[table][docname] = otherdata[table][docname]
            for path in otherdata["sources"].get(docname, ()):
                self.data["files"][path] = otherdata["files"][path]
        self.data["alike"] |= otherdata["alike"]
        self.forget_woven()

    def find(self, kind: str, target: str) -> tuple[str, str, str] | None:
        """Return (document name, anchor, title) of a target, or None where it is not known."""
        facts = self.woven.facts
        match kind:
            case "paper" if target in facts.papers:
                paper = facts.papers[target]
                return paper.docname, "", paper.title
            case "week" if target in facts.weeks:
                week = facts.weeks[target]
                return week.docname, "", week.title
            case "topic" if target in facts.topics:
                topic = facts.topics[target]
                return topic.docname, "", topic.title
            case "article":
                week_id, _hash, article_id = target.partition("#")
                issue = facts.weeks.get(week_id)
                for article in issue.articles if issue else ():
                    if issue and article.id == article_id:
                        return issue.docname, article.id, article.title
        return None

    def find_any(self, target: str) -> list[tuple[str, str, str]]:
        """Return what ``target`` names among papers, weeks, topics and articles."""
        return [found for kind in self.object_types if (found := self.find(kind, target))]

    def targets(self, kind: str) -> list[str]:
        """Return everything that a role of ``kind`` can name."""
        facts = self.woven.facts
        match kind:
            case "paper":
                return list(facts.papers)
            case "week":
                return list(facts.weeks)
            case "topic":
                return list(facts.topics)
        return [f"{week.id}#{article.id}" for week, article in self.woven.articles()]

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve a role of ours; the text of a bare target is its title."""
        found = self.find(typ, target)
        if found is None:
            return None
        docname, anchor, title = found
        child: Element = contnode
        if not node.get("refexplicit"):
            child = nodes.inline("", title, classes=contnode.get("classes", []))
        return make_refnode(builder, fromdocname, docname, anchor, child, title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve ``{any}`` and Markdown links that name a paper, week, topic or article."""
        results = []
        for kind in self.object_types:
            reference = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if reference is not None:
                results.append((f"{self.name}:{kind}", reference))
        return results

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield all targets for the inventory and the search index, sorted."""
        for kind, object_type in self.object_types.items():
            for name in sorted(self.targets(kind)):
                found = self.find(kind, name)
                if found:
                    docname, anchor, title = found
                    yield name, title, kind, docname, anchor, int(object_type.attrs["searchprio"])


def domain_of(env: BuildEnvironment) -> PaperloomDomain:
    """Return our domain in ``env``."""
    return cast("PaperloomDomain", env.get_domain(PaperloomDomain.name))
