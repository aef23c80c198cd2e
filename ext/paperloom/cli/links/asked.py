"""Everything that has to be asked about a set of addresses: what is remembered is not asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from paperloom.cli.clients import Clients
from paperloom.cli.links import asking
from paperloom.cli.links.external import State, Verdict
from paperloom.cli.links.politely import Question, ask_all
from paperloom.cli.links.remembered import Memory
from paperloom.cli.registers import arxiv
from paperloom.model.identifiers import identify

#: Answers of hosts that let no program in; where the address names a DOI, its register knows better.
_REFUSED = ("401 ", "403 ", "406 ", "418 ", "429 ", "451 ")


@dataclass(slots=True)
class Inquiry:
    """Asks about addresses with ``clients`` and notes the answers in ``memory``."""

    clients: Clients
    memory: Memory
    questions: dict[str, list[Question]] = field(default_factory=dict)
    _addresses: dict[tuple[str, int], str] = field(default_factory=dict)

    def stale(self, addresses: Iterable[str]) -> list[str]:
        """Return those of ``addresses`` of which nothing fresh is remembered, sorted."""
        return sorted(address for address in set(addresses) if self.memory.fresh(address) is None)

    def hosts_of(self, addresses: Iterable[str]) -> list[str]:
        """Return the addresses of the hosts that would be asked, the most asked first."""
        hosts = Counter(self._host_of(address) for address in addresses)
        return [host for host, _count in sorted(hosts.items(), key=lambda item: (-item[1], item[0]))]

    def ask(self, addresses: Iterable[str], copies_of: Mapping[str, date]) -> None:
        """Ask about ``addresses``, and for archived copies of the keys of ``copies_of`` near the days given."""
        papers: dict[str, list[str]] = {}
        for address in self.stale(addresses):
            if identifier := asking.arxiv_of(address):
                papers.setdefault(identifier, []).append(address)
            else:
                self._plan(self._host_of(address), address, partial(self._ask_address, address))
        if papers:
            self._plan(_host(self.clients.endpoints.arxiv), "", partial(self._ask_arxiv, papers))
        for address, day in sorted(copies_of.items()):
            if self.memory.fresh_copy(address) is None:
                self._plan(_host(self.clients.endpoints.archive), "", partial(self._ask_for_copy, address, day))
        ask_all(self.questions, self._skipped)

    def _plan(self, host: str, address: str, question: Question) -> None:
        asked = self.questions.setdefault(host, [])
        self._addresses[host, len(asked)] = address
        asked.append(question)

    def _skipped(self, host: str, position: int) -> None:
        if address := self._addresses[host, position]:
            self._note(address, Verdict(State.UNSURE, "its host does not answer", lasting=False))

    def _host_of(self, address: str) -> str:
        if asking.arxiv_of(address):
            return _host(self.clients.endpoints.arxiv)
        if asking.doi_of(address):
            return _host(self.clients.endpoints.doi)
        return _host(self.clients.endpoints.archive if asking.copy_of(address) else address)

    def _ask_address(self, address: str) -> bool:
        if doi := asking.doi_of(address):
            verdict = self._ask_doi(doi)
        elif copy := asking.copy_of(address):
            verdict = self._judge_copy(*copy)
        else:
            verdict = asking.ask_page(self.clients.pages, address)
            identifier = identify(address)
            if verdict.detail.startswith(_REFUSED) and identifier and identifier.kind == "doi":
                registered = self._ask_doi(identifier.value)
                if registered.state is State.WORKING:
                    verdict = registered
        self._note(address, verdict)
        return verdict.answered

    def _ask_doi(self, doi: str) -> Verdict:
        return asking.ask_doi(self.clients.registers, self.clients.endpoints.doi, doi, self.memory.max_age)

    def _judge_copy(self, stamp: str, address: str) -> Verdict:
        copy = asking.ask_archive(self.clients.registers, self.clients.endpoints.archive, address, stamp)
        if copy is None:
            return Verdict(State.UNSURE, "the archive gave no answer", lasting=False, answered=False)
        if not copy:  # the archive's index leaves out copies that it shows
            return Verdict(State.UNSURE, "the archive names no copy")
        return Verdict(State.WORKING)

    def _ask_arxiv(self, papers: Mapping[str, list[str]]) -> bool:
        known, unanswered = arxiv.ask(self.clients.registers, self.clients.endpoints.arxiv, papers, self.memory.max_age)
        for identifier, addresses in papers.items():
            verdict = Verdict(State.WORKING)
            if identifier in unanswered:
                verdict = Verdict(State.UNSURE, unanswered[identifier], lasting=False)
            elif known.get(identifier) is None:
                verdict = Verdict(State.GONE, "arXiv has no such paper")
            for address in addresses:
                self._note(address, verdict)
        return True

    def _ask_for_copy(self, address: str, day: date) -> bool:
        copy = asking.ask_archive(self.clients.registers, self.clients.endpoints.archive, address, asking.stamp_of(day))
        if copy is not None:
            self.memory.note(address, archived=copy, archive_asked=self.memory.stamp())
        return copy is not None

    def _note(self, address: str, verdict: Verdict) -> None:
        self.memory.note(
            address,
            state=verdict.state.value,
            detail=verdict.detail,
            new=verdict.new,
            lasting=verdict.lasting,
            asked=self.memory.stamp(),
        )


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"
