"""How Zotero decides what to save from a page: a model of its translators, written from their sources.

Read at commit 28143701 of zotero/translators (June 2026) and in openurl.js and utilities.js of zotero/utilities.
Zotero's translation server with these translators saved the same from all papers and issues of docs/. The
translators that know no site are asked in the order of their priority, and the first that finds
something saves: unAPI (300), COinS (310), Embedded Metadata (320), DOI (400).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_KINDS = {"journal": "journalArticle", "dissertation": "thesis", "patent": "patent", "dc": "webpage"}
_GENRES = {"bookitem": "bookSection", "conference": "conferencePaper", "proceeding": "conferencePaper"}
_GENRES |= {"report": "report", "document": "document"}
_WITHIN_OTHERS = {"journalArticle", "bookSection", "conferencePaper"}
_PREFIXES = {"og", "article", "book", "dc", "dcterms", "prism", "bib", "bibo", "eprints", "z", "so"}
_INITIAL = re.compile(r"-?[A-ZЀ-Я]")
_DOI = re.compile(r"\b10\.[0-9]{4,}/[^\s&\"']*[^\s&\"'.,]")


@dataclass
class Saved:
    """An item as it lands in a library; creators are (last name, first name) pairs."""

    kind: str
    creators: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


def translator_of(page):
    """Return the name of the translator that saves from a parsed page, and what it offers."""
    if page.select_one("link[rel='unapi-server'], abbr.unapi-id"):
        return "unAPI", []
    spans = [parsed for span in page.select("span.Z3988[title]") if (parsed := read_context_object(span["title"]))]
    if spans:
        return "COinS", spans
    if kind := _embedded(page):
        return "Embedded Metadata", [Saved(kind)]
    found = sorted(set(_DOI.findall(page.get_text(" "))))
    return ("DOI", found) if found else ("", [])


def _embedded(page):
    """Return the type that Embedded Metadata gives a page, if any."""
    guess, present = "", False
    for tag in page.select("head meta[content]"):
        name = tag.get("name") or tag.get("property") or ""
        if name == "citation_title":
            guess = guess or "journalArticle"
        elif name == "citation_conference_title":
            return "conferencePaper"
        elif name == "citation_journal_title":
            return "journalArticle"
        elif name == "citation_technical_report_institution":
            return "report"
        present = present or re.split(r"[.:_]", name)[0].lower() in _PREFIXES
    return guess or ("webpage" if present else "")


def read_context_object(text):
    """Return what a context object says, None where its format is not known."""
    parts = [part.split("=") for part in text.split("&")]
    pairs = [(part[0], unquote(re.sub(r"\+|%2[bB]", " ", part[1]))) for part in parts]
    matrix = next((value for key, value in pairs if key == "rft_val_fmt"), "").rpartition(":")[2]
    if matrix == "book":
        kind = _GENRES.get(next((value for key, value in pairs if key == "rft.genre"), ""), "book")
    elif matrix in _KINDS:
        kind = _KINDS[matrix]
    else:
        return None
    saved = Saved(kind)
    for key, value in pairs:
        if value:
            _take(saved, key, value)
    return saved


def _take(saved, key, value):
    within = saved.kind in _WITHIN_OTHERS
    match key:
        case "rft_id" if value.startswith("info:doi/"):
            saved.fields["DOI"] = value.removeprefix("info:doi/")
        case "rft_id" if value.startswith("http"):
            saved.fields["url"] = value
        case "rft.btitle":
            saved.fields["publicationTitle" if within else "title"] = value
        case "rft.atitle" if within:
            saved.fields["title"] = value
        case "rft.jtitle" if saved.kind == "journalArticle":
            saved.fields["publicationTitle"] = value
        case "rft.title":
            saved.fields["publicationTitle" if within else "title"] = value
        case "rft.date" | "rft.volume" | "rft.issue" | "rft.pages" | "rft.place" | "rft.edition" | "rft.series":
            saved.fields[key.removeprefix("rft.")] = value
        case "rft.pub" | "rft.inst":
            saved.fields["publisher"] = value
        case "rft.au":
            saved.creators.append(_clean_author(value))
        case "rft.type" if value in ("preprint", "document"):
            saved.kind = value


def _clean_author(text):
    """Return (last name, first name): what stands around the first comma, else the last word and the rest.

    A full stop at the end goes with other marks, and single letters get theirs back.
    """
    stripped = text.strip(" .,/[]:")
    if "," in text:
        last, _comma, rest = stripped.partition(",")
        first = re.sub(r"^ ?", "", rest.split(",")[0])
    else:
        first, _blank, last = stripped.rpartition(" ")
    names = re.split(r"[\s.]+|(?=-)", first.strip(" ."))
    return last, " ".join(f"{name}." if _INITIAL.fullmatch(name) else name for name in names).replace(" -", "-")


def guessed_authors(page):
    """Return the texts that may be taken for the authors of a page without authors, by class or relation."""
    marks = ",".join(f"[class*='{name}' i]" for name in ("byline", "vcard"))
    return [element.get_text(" ", strip=True) for element in page.select(f"{marks}, a[rel='author']")]
