"""What ``paperloom outdated`` does: asks arXiv and Crossref about every paper of the bibliography."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from paperloom.cli.clients import Clients
from paperloom.cli.knowledge_base import KnowledgeBase
from paperloom.cli.links.politely import Question, ask_all
from paperloom.cli.outdated.findings import ARXIV_DOI, Read, Registered, find, is_unpublished, publication_of
from paperloom.cli.outdated.report import OutdatedReport
from paperloom.cli.registers import arxiv, crossref
from paperloom.cli.registers.records import Preprint, Update, Work
from paperloom.model.records import Reference
from paperloom.providers.endpoints import Endpoints
from paperloom.sources.page_records import paper_of
from paperloom.web.client import Client


class Registers:
    """Asks about papers and keeps the answers, and the reasons where there is none."""

    def __init__(self, client: Client, endpoints: Endpoints, max_age: timedelta) -> None:
        self._client = client
        self._endpoints = endpoints
        self._max_age = max_age
        self.preprints: dict[str, Preprint] = {}
        self.works: dict[str, Work] = {}
        self.notices: dict[str, tuple[Update, ...]] = {}
        self.publications: dict[str, Work] = {}
        self.unanswered: dict[tuple[str, str], str] = {}
        self.answered = 0

    def ask(self, references: list[Reference]) -> Registered:
        """Ask about all of ``references``, arXiv and Crossref at the same time."""
        with_arxiv = {reference.arxiv: reference for reference in references if reference.arxiv}
        with_doi = {
            reference.doi: reference
            for reference in references
            if reference.doi and not reference.doi.startswith(ARXIV_DOI)
        }
        at_crossref: list[Question] = [partial(self._ask_work, doi, one) for doi, one in sorted(with_doi.items())]
        at_crossref += [partial(self._search, one) for one in references if is_unpublished(one)]
        if with_doi:
            at_crossref.insert(0, partial(self._ask_notices, with_doi))
        questions: dict[str, list[Question]] = {"Crossref": at_crossref}
        if with_arxiv:
            questions["arXiv"] = [partial(self._ask_arxiv, with_arxiv)]
        self._asked = at_crossref
        ask_all(questions, self._skipped)
        return Registered(self.preprints, self.works, self.notices, self.publications)

    def _skipped(self, register: str, position: int) -> None:
        question = self._asked[position]
        reference = question.args[-1] if isinstance(question, partial) else None
        if isinstance(reference, Reference):
            self.unanswered[reference.key, register] = "it does not answer"

    def _ask_arxiv(self, papers: dict[str, Reference]) -> bool:
        known, unanswered = arxiv.ask(self._client, self._endpoints.arxiv, papers, self._max_age)
        self.preprints |= {identifier: one for identifier, one in known.items() if one}
        unanswered |= {identifier: "arXiv has no such paper" for identifier, one in known.items() if one is None}
        self.unanswered |= {(papers[one].key, "arXiv"): reason for one, reason in unanswered.items()}
        self.answered += len(known)
        return True

    def _ask_notices(self, papers: dict[str, Reference]) -> bool:
        self.notices, unanswered = crossref.ask_notices(self._client, self._endpoints.crossref, papers, self._max_age)
        self.unanswered |= {(papers[doi].key, "Crossref"): reason for doi, reason in unanswered.items()}
        return not unanswered

    def _ask_work(self, doi: str, reference: Reference) -> bool:
        try:
            work = crossref.ask_work(self._client, self._endpoints.crossref, doi, self._max_age)
        except crossref.CrossrefError as error:
            self.unanswered[reference.key, "Crossref"] = str(error)
            return False
        self.answered += 1
        if work:
            self.works[doi] = work
        return True

    def _search(self, reference: Reference) -> bool:
        author = reference.authors[0].family if reference.authors else ""
        try:
            works = crossref.search(self._client, self._endpoints.crossref, reference.title, author, self._max_age)
        except crossref.CrossrefError as error:
            self.unanswered[reference.key, "Crossref"] = str(error)
            return False
        self.answered += 1
        work = publication_of(reference, works)
        if work:
            self.publications[reference.key] = work
        return True


def find_outdated(base: KnowledgeBase, clients: Clients, max_age: float) -> OutdatedReport:
    """Ask about the papers of a knowledge base; what was answered in the last ``max_age`` days is not asked again."""
    papers = {key: _read(base, reference) for key, reference in sorted(base.references.items())}
    is_there = clients.network_is_there((clients.endpoints.arxiv, clients.endpoints.crossref)) if papers else True
    client = clients.registers if is_there else clients.hasty
    registers = Registers(client, clients.endpoints, timedelta(days=max_age))
    registered = registers.ask([paper.reference for paper in papers.values()])
    return OutdatedReport(len(papers), find(papers, registered), registers.unanswered, registers.answered)


def _read(base: KnowledgeBase, reference: Reference) -> Read:
    page = base.papers.get(reference.key)
    if page is None:
        return Read(reference)
    paper = paper_of(page.front, reference.key, page.docname, reference.title)
    return Read(reference, paper.read, page.path, page.front.line("read"))
