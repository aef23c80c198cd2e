"""A paper in the vocabulary of schema.org, as what a page of ours is about."""

from __future__ import annotations

import json
from typing import Any

from paperloom.citing.csl import PREPRINT, Item, name_last_first, year_of
from paperloom.model.records import Reference

_WITHIN = {"article-journal": "Periodical", "paper-conference": "Book", "chapter": "Book"}
_TYPES = {"book": "Book", "thesis": "Thesis", "report": "Report"}


def addresses_of(reference: Reference) -> list[str]:
    """Return the addresses that stand for a paper, the most lasting first: DOI, arXiv, OpenReview, its own."""
    found = [
        f"https://doi.org/{reference.doi}" if reference.doi else None,
        f"https://arxiv.org/abs/{reference.arxiv}" if reference.arxiv else None,
        f"https://openreview.net/forum?id={reference.openreview}" if reference.openreview else None,
        reference.url,
    ]
    return list(dict.fromkeys(address for address in found if address))


def linked_data(page: dict[str, Any], item: Item, addresses: list[str]) -> str:
    """Return JSON-LD that says: this ``page``, an article, is about the paper ``item``.

    It may stand in a ``script`` element: nothing in it can end the element.
    """
    paper = _paper(item, addresses)
    about = {"@context": "https://schema.org", "@type": "Article", **page, "about": paper}
    if "@id" in paper:
        about["mainEntity"] = {"@id": paper["@id"]}
    text = json.dumps(_without_gaps(about), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _paper(item: Item, addresses: list[str]) -> dict[str, Any]:
    kind = item["type"]
    within = {"@type": _WITHIN.get(kind, "CreativeWork"), "name": item.get("container-title")}
    first, _dash, last = str(item.get("page", "")).partition("-")
    identifiers = [("doi", item.get("DOI")), ("arxiv", item.get("custom", {}).get("arxiv"))]
    if kind == PREPRINT:
        identifiers.append(("arxiv", str(item.get("number", "")).removeprefix("arXiv:")))
    paper = {
        "@type": _TYPES.get(kind, "ScholarlyArticle"),
        "@id": addresses[0] if addresses else None,
        "name": item.get("title"),
        "author": [_person(name) for name in item.get("author", ())],
        "editor": [_person(name) for name in item.get("editor", ())],
        "datePublished": str(year_of(item) or ""),
        "isPartOf": within if "container-title" in item else None,
        "volumeNumber": item.get("volume"),
        "issueNumber": item.get("issue"),
        "pageStart": first,
        "pageEnd": last,
        "publisher": {"@type": "Organization", "name": item["publisher"]} if "publisher" in item else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in identifiers if value
        ],
        "sameAs": addresses[1:],
        "url": addresses[0] if addresses else None,
    }
    return _without_gaps(paper)


def _person(name: dict[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    shown = " ".join(name[part] for part in ("given", "non-dropping-particle", "family") if part in name)
    return {"@type": "Person", "name": f"{shown}, {name['suffix']}" if "suffix" in name else shown}


def _without_gaps(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value}


def highwire_tags(item: Item) -> list[tuple[str, str]]:
    """Return the names and values of the tags that say that a page *is* the paper.

    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing lists them.
    """
    container = {
        "article-journal": "citation_journal_title",
        "paper-conference": "citation_conference_title",
        "chapter": "citation_inbook_title",
    }.get(item["type"])
    institution = {
        "thesis": "citation_dissertation_institution",
        "report": "citation_technical_report_institution",
        PREPRINT: "citation_technical_report_institution",
    }.get(item["type"], "citation_publisher")
    first, _dash, last = str(item.get("page", "")).partition("-")
    tags: list[tuple[str, object]] = [("citation_title", item.get("title"))]
    tags += [("citation_author", name_last_first(name)) for name in item.get("author", ())]
    tags += [
        ("citation_publication_date", year_of(item)),
        (container or "", item.get("container-title")),
        (institution, item.get("publisher")),
        ("citation_volume", item.get("volume")),
        ("citation_issue", item.get("issue")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_technical_report_number", item.get("number")),
        ("citation_doi", item.get("DOI")),
        ("citation_public_url", item.get("URL")),
    ]
    return [(name, str(value)) for name, value in tags if name and value]
