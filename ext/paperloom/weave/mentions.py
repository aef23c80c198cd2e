"""Who mentions whom, where, and in which sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from paperloom.model.identifiers import identify
from paperloom.model.records import Block, Document, Link, Mention
from paperloom.weave.facts import Facts
from paperloom.weave.labels import citation_label
from paperloom.weave.sentences import quote

# A run of letters and digits; scripts written without blanks count character by character.
_UNSPACED = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[^\W{_UNSPACED}]+|[{_UNSPACED}]")
#: What stands between the words of a text without accents, made blank.
_BLANKS = str.maketrans({chr(code): " " for code in range(128) if not _TOKEN.match(chr(code))})
_WORD_BEFORE = re.compile(rf"[^\W{_UNSPACED}]$")
_WORD_AFTER = re.compile(rf"[^\W{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a paper to look for in running text: an alias or the full title."""

    text: str
    key: str
    kind: str


class NameIndex:
    """Finds the names of papers in text in time proportional to the text.

    Names are matched case-sensitively as whole words; of names that start at one place the
    longest wins, and a name claimed by two papers is not matched at all.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        """Index ``names``."""
        owners: dict[str, set[str]] = defaultdict(set)
        chosen: dict[str, Name] = {}
        for name in names:
            owners[name.text].add(name.key)
            chosen.setdefault(name.text, name)
        self._by_token: dict[str, list[tuple[int, Name]]] = defaultdict(list)
        for text in sorted(chosen):
            token = _TOKEN.search(text)
            if token and len(owners[text]) == 1:
                self._by_token[token[0]].append((token.start(), chosen[text]))
        for candidates in self._by_token.values():
            if len(candidates) > 1:
                candidates.sort(key=lambda item: (-item[0], -len(item[1].text), item[1].text))

    def find(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """Yield (start, end, name) of the names in ``text``, from left to right, never overlapping."""
        if self._by_token.keys().isdisjoint(_words(text)):  # most paragraphs name no paper
            return
        reached = 0
        for token in _TOKEN.finditer(text):
            if token.start() < reached:
                continue
            for offset, name in self._by_token.get(token[0], ()):
                start = token.start() - offset
                end = start + len(name.text)
                if start >= reached and text.startswith(name.text, start) and _is_whole(text, start, end):
                    reached = end
                    yield start, end, name
                    break


def _words(text: str) -> list[str]:
    return text.translate(_BLANKS).split() if text.isascii() else _TOKEN.findall(text)


def _is_whole(text: str, start: int, end: int) -> bool:
    before = _WORD_AFTER.match(text[start]) and _WORD_BEFORE.search(text[max(start - 1, 0) : start])
    after = _WORD_AFTER.match(text[end - 1]) and _WORD_AFTER.match(text[end : end + 1])
    return not before and not after


def name_index(facts: Facts, documents: Iterable[Document] | None = None) -> NameIndex:
    """Return the index of all aliases and titles of papers with a page, or of those in the text of ``documents``."""
    named = [(alias, paper.key, "alias") for paper in facts.papers.values() for alias in paper.aliases]
    named += [(paper.title, paper.key, "title") for paper in facts.papers.values() if paper.title]
    if documents is not None:
        text = "\n".join(visible_text(block, facts)[0] for document in documents for block in document.blocks)
        named = [each for each in named if each[0] in text]
    return NameIndex(Name(*each) for each in named)


def week_of_document(document: Document, facts: Facts) -> str | None:
    """Return the id of the issue that a document belongs to: a week, or a paper's first featuring week."""
    if document.week:
        return document.week.id
    if document.paper:
        return next(iter(facts.featuring.get(document.paper.key, ())), None)
    return None


def mentions_in(document: Document, facts: Facts, names: NameIndex) -> tuple[Mention, ...]:
    """Return the mentions in one document, one for each paper and place, in the order of the text.

    Of several mentions of a paper at one place (one anchor) the first linked one stands, or the
    first one where none is linked. A paper's own page does not mention it.
    """
    if not (document.paper or document.week or document.topic or document.period):
        return ()
    own = document.paper.key if document.paper else None
    week = week_of_document(document, facts)
    found: dict[tuple[str, str], Mention] = {}
    for block in document.blocks:
        for mention in _mentions_in_block(document.docname, week, block, facts, names):
            if mention.key == own:
                continue
            place = (mention.key, mention.anchor)
            if place not in found or (mention.linked and not found[place].linked):
                found[place] = mention
    return tuple(found.values())


def _mentions_in_block(
    docname: str, week: str | None, block: Block, facts: Facts, names: NameIndex
) -> Iterator[Mention]:
    text, links = visible_text(block, facts)
    hits: list[tuple[int, int, str, bool, str]] = []
    for link in links:
        hits.extend((link.start, link.end, key, True, kind) for key, kind in _papers_of_link(link, facts))
    taken = [(link.start, link.end) for link in links]
    hits.extend(
        (start, end, name.key, False, name.kind)
        for start, end, name in names.find(text)
        if not any(start < stop and begin < end for begin, stop in taken)
    )
    for start, end, key, linked, kind in sorted(hits):
        context, name_at = quote(text, start, end)
        yield Mention(key, docname, block.anchor, week, linked, kind, context, name_at)


def _papers_of_link(link: Link, facts: Facts) -> Iterator[tuple[str, str]]:
    match link.kind:
        case "paper" | "citation":
            if link.target in facts.papers:
                yield link.target, link.kind
        case "document":
            document = facts.documents.get(link.target)
            if document and document.paper:
                yield document.paper.key, "document"
        case "url":
            identifier = identify(link.target)
            if identifier and identifier in facts.paper_of_identifier:
                yield facts.paper_of_identifier[identifier], "link"


def visible_text(block: Block, facts: Facts) -> tuple[str, tuple[Link, ...]]:
    """Return a block's text and links as a reader sees them: bare keys replaced by their labels."""
    if not any(link.implicit for link in block.links):
        return block.text, block.links
    parts: list[str] = []
    links: list[Link] = []
    position = length = 0
    for link in block.links:
        between = block.text[position : link.start]
        label = _label(link, facts) if link.implicit else block.text[link.start : link.end]
        start = length + len(between)
        parts += [between, label]
        length = start + len(label)
        position = link.end
        links.append(Link(start, length, link.kind, link.target))
    parts.append(block.text[position:])
    return "".join(parts), tuple(links)


def _label(link: Link, facts: Facts) -> str:
    match link.kind:
        case "paper" if link.target in facts.papers:
            return facts.papers[link.target].title
        case "citation" if link.target in facts.references:
            return citation_label(facts.references[link.target])
        case "week" if link.target in facts.weeks:
            return facts.weeks[link.target].title
        case "topic" if link.target in facts.topics:
            return facts.topics[link.target].title
    return link.target


class CollectedMentions(Mapping[str, tuple[Mention, ...]]):
    """The mentions of each paper: newest issue first, other pages last, linked before unlinked.

    Those of a paper are put in order when they are asked for; most builds ask for few.
    """

    def __init__(self, mentions_by_document: Mapping[str, tuple[Mention, ...]], facts: Facts) -> None:
        """Collect the mentions of all documents of ``facts``."""
        collected: dict[str, list[Mention]] = defaultdict(list)
        for docname in sorted(mentions_by_document):
            for mention in mentions_by_document[docname]:
                collected[mention.key].append(mention)
        self._collected = dict(sorted(collected.items()))
        self._ordered: dict[str, tuple[Mention, ...]] = {}
        self._documents = facts.documents
        self._age = {week_id: age for age, week_id in enumerate(list(facts.weeks)[::-1])}

    def __getitem__(self, key: str) -> tuple[Mention, ...]:
        """Return the mentions of a paper."""
        if key not in self._ordered:
            found = sorted(enumerate(self._collected[key]), key=self._order)
            self._ordered[key] = tuple([mention for _place, mention in found])
        return self._ordered[key]

    def __contains__(self, key: object) -> bool:
        """Return whether a paper is mentioned."""
        return key in self._collected

    def __iter__(self) -> Iterator[str]:
        """Iterate over the citation keys, sorted."""
        return iter(self._collected)

    def __len__(self) -> int:
        """Return how many papers are mentioned."""
        return len(self._collected)

    def counts(self) -> dict[str, int]:
        """Return how often each paper is mentioned, by citation key."""
        return {key: len(mentions) for key, mentions in self._collected.items()}

    def places(self, key: str) -> AbstractSet[tuple[str, str]]:
        """Return the places that name a paper, as (document name, anchor)."""
        return {(mention.docname, mention.anchor) for mention in self._collected.get(key, ())}

    def _order(self, item: tuple[int, Mention]) -> tuple[int, bool, bool, str, int]:
        place, mention = item
        document = self._documents[mention.docname]
        newest = self._age[mention.week] if mention.week in self._age else len(self._age)
        return (newest, not mention.linked, document.week is None, mention.docname, place)
