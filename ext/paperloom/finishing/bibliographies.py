"""The step ``bibliographies``: the papers of each issue, topic, month, year and author in each format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paperloom.citing.formats import FORMATS
from paperloom.citing.slices import AUTHORS, FEWEST_OF_AN_AUTHOR, author_slice, period_slice, topic_slice, week_slice
from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite
from paperloom.model.calendar import year_of_week
from paperloom.model.layout import ARCHIVE, TOPICS, WEEKS, paper_docname

#: Patterns of the names of these files.
SLICES = tuple(f"{folder}/*{form.suffix}" for folder in (ARCHIVE, AUTHORS, TOPICS, WEEKS) for form in FORMATS)


def write_bibliographies(site: BuiltSite, output: Output) -> str:
    """Write the files; the texts are those of the papers' own files."""
    parts = parts_of(site.catalog)
    for form in FORMATS:
        records: dict[str, str] = {}
        for paper in site.catalog["papers"]:
            path = site.folder / f"{paper_docname(paper['key'])}{form.suffix}"
            if path.is_file():
                records[paper["key"]] = form.only_record(path.read_text(encoding="utf-8"))
        for name, keys in parts.items():
            found = [records[key] for key in keys if key in records]
            if found:
                output.write(name + form.suffix, form.file(found))
    return f"{len(parts)} parts in {len(FORMATS)} formats"


def parts_of(catalog: dict[str, Any]) -> dict[str, list[str]]:
    """Return the citation keys of each part, sorted, by the name of the part."""
    parts: dict[str, set[str]] = {}

    def add(name: str, keys: Iterable[str]) -> None:
        parts.setdefault(name, set()).update(keys)

    for week in catalog["weeks"]:
        add(week_slice(week["id"]), week["papers"])
        add(period_slice(year_of_week(week["id"])), week["papers"])
        add(period_slice(week["ends"][:7]), week["papers"])
    for topic in catalog["topics"]:
        add(topic_slice(topic["id"]), topic["papers"])
    authors: dict[str, set[str]] = {}
    for paper in catalog["papers"]:
        for name in paper["authors"]:
            authors.setdefault(author_slice(name), set()).add(paper["key"])
    for name, keys in authors.items():
        if len(keys) >= FEWEST_OF_AN_AUTHOR:
            add(name, keys)
    return {name: sorted(keys) for name, keys in sorted(parts.items()) if keys}
