"""The ACL Anthology, through the BibTeX file of each paper (https://aclanthology.org/info/)."""

from __future__ import annotations

from dataclasses import replace

from paperloom.model.metadata import Metadata
from paperloom.providers.bibtex import read_bibtex
from paperloom.providers.bibtex_files import BibtexError
from paperloom.providers.endpoints import Endpoints, escaped
from paperloom.web.client import Client
from paperloom.web.errors import MalformedError


def fetch_acl(client: Client, endpoints: Endpoints, identifier: str) -> Metadata:
    """Return what the ACL Anthology says about the paper ``identifier``, such as ``2020.acl-main.1``.

    :raises WebError: if there is no such paper, or no such answer.
    """
    address = f"{endpoints.acl}/{escaped(identifier)}.bib"
    answer = client.get(address)
    if answer.content_type == "text/html":
        raise MalformedError(answer.url, "the answer is a page, not BibTeX", "try again later")
    try:
        metadata = read_bibtex(answer.text(), address)
    except BibtexError as error:
        raise MalformedError(
            answer.url, f"the BibTeX cannot be read: {error.problems[0]}", "try again later"
        ) from error
    return replace(metadata, url=f"https://aclanthology.org/{identifier}")
