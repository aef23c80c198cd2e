"""What one document says, taken from its doctree at the end of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from paperloom.directives import ARTICLES, PAPER_KEYS, PATTERNS
from paperloom.domain import PaperloomDomain, domain_of
from paperloom.figures import FIGURES
from paperloom.model.identifiers import identify
from paperloom.model.layout import is_docname
from paperloom.model.records import Article, Block, Document, Link, Week
from paperloom.nodes import placeholder, view_placeholder
from paperloom.sources.citations import citation_targets
from paperloom.sources.front_matter import FrontMatter
from paperloom.sources.page_records import typed

#: The key under which the front matter of the document being read is kept.
FRONT_MATTER = "paperloom_front_matter"
_RUNNING_TEXT = (nodes.paragraph, nodes.term, nodes.line, nodes.caption)
#: What holds paragraphs that do not introduce a page.
_NO_LEAD = (nodes.Admonition, nodes.entry, nodes.footnote, nodes.legend, nodes.list_item)
_BLANKS = re.compile(r"\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class CollectFacts(SphinxTransform):
    """Places the views that every page of a kind has and records what the document says."""

    default_priority = 750

    def apply(self, **kwargs: object) -> None:
        """Handle the document that is being read."""
        _drop_comments(self.document)
        front = self.env.temp_data.get(FRONT_MATTER) or FrontMatter()
        docname = self.env.docname
        section = next((node for node in self.document.children if isinstance(node, nodes.section)), None)
        heading = section.next_node(nodes.title) if section is not None else None
        title = heading.astext() if heading is not None else docname
        former = tuple(dict.fromkeys(name for name in front.former if is_docname(name)))
        document = typed(Document(docname=docname, title=title, former=former), front)
        if document.week:
            document = replace(document, week=self._complete(document.week))
        figures: list[str] = self.env.temp_data.get(FIGURES) or []
        if document.paper and figures:
            document = replace(document, paper=replace(document.paper, figure=figures[0]))
        if section is not None:
            document = replace(document, lead=_lead(section, document))
            _place_views(section, document)
        views = list(self.document.findall(view_placeholder))
        for place, node in enumerate(views):
            node["docname"] = docname
            node["place"] = place
        domain_of(self.env).note_document(
            replace(
                document,
                blocks=tuple(_blocks(self.document)) if front.kind else (),
                views=tuple((node["view"], node["argument"]) for node in views),
                references=tuple(dict.fromkeys([*_references(self.document), *self._patterns()])),
            )
        )

    def _patterns(self) -> list[tuple[str, str]]:
        return [("pattern", pattern) for pattern in self.env.temp_data.get(PATTERNS) or ()]

    def _complete(self, week: Week) -> Week:
        articles: list[Article] = list(self.env.temp_data.get(ARTICLES) or ())
        return replace(
            week,
            papers=tuple(dict.fromkeys(self.env.temp_data.get(PAPER_KEYS) or ())),
            articles=tuple(replace(article, week=week.id) for article in articles),
        )


def _drop_comments(doctree: nodes.document) -> None:
    """Remove comments of HTML: they are for writers, and the page would publish them."""
    for node in list(doctree.findall(nodes.raw)):
        if _COMMENT.fullmatch(node.astext().strip()):
            node.parent.remove(node)


def _place_views(section: nodes.section, document: Document) -> None:
    if document.paper:
        section.insert(1, placeholder("paper-header", document.paper.key))
        section += placeholder("paper-footer", document.paper.key)
    elif document.week:
        section.insert(1, placeholder("week-header", document.week.id))
    elif document.topic:
        section.insert(1, placeholder("topic-header", document.topic.slug))
        section += placeholder("topic-index", document.topic.slug)
    elif document.period:
        section += placeholder("roundup", document.period.id)


def _lead(section: nodes.section, document: Document) -> Block | None:
    """Return the first paragraph; a paper with a TL;DR needs none."""
    if document.paper and document.paper.tldr:
        return None
    for paragraph in section.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, _NO_LEAD):
            block = _Flattener("").flatten(paragraph)
            if block.text:
                return block
    return None


def _references(doctree: nodes.document) -> Iterator[tuple[str, str]]:
    for node in doctree.findall(nodes.Element):
        if isinstance(node, addnodes.toctree):
            if not node.get("hidden"):
                yield "toctree", ""
        elif isinstance(node, nodes.reference):
            if node.get("refuri") and identify(node["refuri"]):
                yield "url", node["refuri"]
        elif isinstance(node, addnodes.pending_xref):
            yield from _cross_references(node)


def _cross_references(node: addnodes.pending_xref) -> Iterator[tuple[str, str]]:
    target = node.get("reftarget", "")
    names_itself = not node.get("refexplicit")
    if node.get("refdomain") == PaperloomDomain.name:
        yield node["reftype"], target
        if names_itself:
            yield f"{node['reftype']} title", target
    elif node.get("refdomain") == "cite":
        for key in citation_targets(target):
            yield "citation", key
    elif name := _document_target(node):
        yield "document", name
        if node.get("refdomain") == "doc":
            yield "found", name
        if node.get("reftargetid"):
            yield "heading title" if names_itself else "heading", f"{name}#{node['reftargetid']}"
        elif names_itself:
            yield "document title", name
    else:
        # A label, or whatever MyST or another domain finds: what it shows is looked up in every build.
        yield "label", target
        path = target.partition("#")[0]
        if path.endswith(".md"):
            base = "" if path.startswith("/") else f"{node.get('refdoc', '').rpartition('/')[0]}/"
            yield "missing", _normalize_docname(base + path.removesuffix(".md"))


def _document_target(node: addnodes.pending_xref) -> str | None:
    """Return the name of the document that a cross-reference leads to, None where it leads elsewhere."""
    domain, target = node.get("refdomain"), node.get("reftarget", "")
    if domain == "doc":
        return target or None
    if domain == "std" and node.get("reftype") == "doc":
        base = f"{node.get('refdoc', '').rpartition('/')[0]}/" if not target.startswith("/") else ""
        return _normalize_docname(base + target)
    return None


def _blocks(doctree: nodes.document) -> Iterator[Block]:
    for node in doctree.findall(nodes.TextElement):
        if not isinstance(node, _RUNNING_TEXT):
            continue
        block = _Flattener(_anchor(node)).flatten(node)
        if block.text:
            yield block


def _anchor(node: nodes.Node) -> str:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section) and parent["ids"]:
            return str(parent["ids"][0])
        parent = parent.parent
    return ""


class _Flattener:
    """Collects the text below a node with the stretches that are links or code."""

    def __init__(self, anchor: str) -> None:
        self._anchor = anchor
        self._text = ""
        self._links: list[Link] = []

    def flatten(self, node: nodes.Element) -> Block:
        """Return the block of ``node``."""
        self._visit(node)
        text = self._text.rstrip()
        links = [replace(link, end=min(link.end, len(text))) for link in self._links]
        return Block(self._anchor, text, tuple(link for link in links if link.start < link.end))

    def _visit(self, node: nodes.Node) -> None:
        for child in node.children:
            if isinstance(child, nodes.Text):
                self._add(child.astext())
            elif isinstance(child, addnodes.pending_xref):
                self._visit_cross_reference(child)
            elif isinstance(child, nodes.reference) and child.get("refuri"):
                self._wrap(child, "url", child["refuri"])
            elif isinstance(child, nodes.literal | nodes.math):
                self._wrap(child, "code", "")
            elif not isinstance(child, nodes.footnote_reference | nodes.image | nodes.system_message | nodes.raw):
                self._visit(child)

    def _add(self, text: str) -> None:
        text = _BLANKS.sub(" ", text)
        self._text += text.lstrip() if not self._text or self._text.endswith(" ") else text

    def _wrap(self, node: nodes.Element, kind: str, target: str, *, implicit: bool = False) -> None:
        start = len(self._text)
        self._add(node.astext())
        self._links.append(Link(start, len(self._text), kind, target, implicit))

    def _visit_cross_reference(self, node: addnodes.pending_xref) -> None:
        domain, target = node.get("refdomain"), node.get("reftarget", "")
        if domain == PaperloomDomain.name:
            self._wrap(node, node["reftype"], target, implicit=not node.get("refexplicit"))
        elif domain == "cite":
            for index, key in enumerate(citation_targets(target)):
                self._add(", " if index else "")
                start = len(self._text)
                self._add(key)
                self._links.append(Link(start, len(self._text), "citation", key, implicit=True))
        elif name := _document_target(node):
            self._wrap(node, "document", name)
        else:
            self._wrap(node, "reference", target)


def _normalize_docname(name: str) -> str:
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
