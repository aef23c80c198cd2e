"""Bibliographies in the built site: a file for each paper and one for all, in each format."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paperloom.citing.csl import csl_item
from paperloom.citing.formats import FORMATS, Format
from paperloom.citing.slices import WHOLE
from paperloom.model.layout import PAPERS, paper_docname
from paperloom.model.records import Reference
from paperloom.outputs.files import digest_of, is_as_written, state_with, write_bytes_if_changed
from paperloom.weave.facts import Facts

#: All papers as BibTeX.
ALL = f"{WHOLE}.bib"


def renamed_bibliographies(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield (path in the output, text) of the files of papers that were called otherwise, at their old addresses."""
    for old, docname in facts.former.items():
        key = docname.removeprefix(f"{PAPERS}/")
        if old.startswith(f"{PAPERS}/") and key in facts.papers and key in facts.references:
            reference = facts.references[key]
            for form in FORMATS:
                yield f"{old}{form.suffix}", form.file([form.record(reference, csl_item(reference))])


#: The record of a paper in a format, and the state of the file that holds it alone.
FirstFile = tuple[bytes, list[Any]]


def write_first_files(out: Path, docname: str, reference: Reference) -> dict[str, FirstFile]:
    """Write the files of one paper, which has none yet, and return them by their paths in the output.

    Whichever process writes the page of the paper does it.
    """
    item = csl_item(reference)
    found: dict[str, FirstFile] = {}
    for form in FORMATS:
        name = f"{docname}{form.suffix}"
        record = form.record(reference, item).encode("utf-8")
        found[name] = (record, _written(out, name, form.whole([record]), None))
    return found


def write_bibliographies(
    out: Path,
    facts: Facts,
    before: dict[str, list[Any]],
    entries_before: Mapping[str, Reference],
    first: Mapping[str, FirstFile],
) -> dict[str, list[Any]]:
    """Write the files that differ from what stands there, and return the state of all of them.

    ``before`` holds the states of the last build, which wrote ``entries_before``: what it wrote of
    an entry that is the same now is taken from there. ``first`` are files that this build has
    written. A file that still has what it should have is not even read. What was written then and
    is of no paper any more goes.
    """
    keys = sorted(key for key in facts.papers if key in facts.references)
    same = {key for key in keys if entries_before.get(key) == facts.references[key]}
    states: dict[str, list[Any]] = {}
    for form in FORMATS:
        records = _records_before(out, form, before) if same else {}
        for key in keys:
            name = f"{paper_docname(key)}{form.suffix}"
            if name in first:
                records[key], states[name] = first[name]
                continue
            if key in same and key in records:
                known = before[name]
                if is_as_written(f"{out}{os.sep}{name}", (known[0], known[1], known[2])):
                    states[name] = known
                else:
                    states[name] = _written(out, name, form.whole([records[key]]), None)
                continue
            reference = facts.references[key]
            records[key] = form.record(reference, csl_item(reference)).encode("utf-8")
            states[name] = _written(out, name, form.whole([records[key]]), before.get(name))
        name = f"{WHOLE}{form.suffix}"
        states[name] = _written(out, name, form.whole([records[key] for key in keys]), before.get(name))
    gone = {f"{paper_docname(key)}{form.suffix}" for key in facts.papers for form in FORMATS}
    for name in sorted((gone | before.keys()) - states.keys()):
        (out / name).unlink(missing_ok=True)
    return states


def _written(out: Path, name: str, data: bytes, known: list[Any] | None) -> list[Any]:
    """Write a file unless it is what the build before has left there, and return its state."""
    digest = digest_of(data)
    path = f"{out}{os.sep}{name}"
    if known and known[2] == digest and is_as_written(path, (known[0], known[1], known[2])):
        return known
    write_bytes_if_changed(Path(path), data)
    return list(state_with(path, digest))


def _records_before(out: Path, form: Format, before: dict[str, list[Any]]) -> dict[str, bytes]:
    """Return the record of each paper as it stands in the file of all; none where that is not sure.

    The file holds the records one after another, each as long as that in the paper's own file.
    """
    name = f"{WHOLE}{form.suffix}"
    around = len((form.opening + form.closing).encode())
    sizes = {
        key: state[1] - around
        for key, state in sorted(
            (path.removeprefix(f"{PAPERS}/").removesuffix(form.suffix), state)
            for path, state in before.items()
            if path.startswith(f"{PAPERS}/") and path.endswith(form.suffix)
        )
    }
    state = before.get(name)
    try:
        data = (out / name).read_bytes()
    except OSError:
        return {}
    between = len(form.between.encode())
    if (
        not state
        or digest_of(data) != state[2]
        or len(data) != around + sum(sizes.values()) + between * (len(sizes) - 1)
    ):
        return {}
    found: dict[str, bytes] = {}
    start = len(form.opening.encode())
    for key, size in sizes.items():
        found[key] = data[start : start + size]
        start += size + between
    return found
