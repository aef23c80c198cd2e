"""Bibliographies in the built site: a file for each paper and one for all, in each format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paperloom.citing.csl import csl_item
from paperloom.citing.formats import FORMATS
from paperloom.citing.slices import WHOLE
from paperloom.model.layout import PAPERS, paper_docname
from paperloom.model.records import Reference
from paperloom.outputs.files import digest_of, is_as_written, state_with, write_bytes_if_changed
from paperloom.weave.facts import Facts

#: All papers as BibTeX.
ALL = f"{WHOLE}.bib"


def bibliographies(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield (path in the output, text) of each file."""
    keys = sorted(key for key in facts.papers if key in facts.references)
    entries = [(facts.references[key], csl_item(facts.references[key])) for key in keys]
    for form in FORMATS:
        records = [form.record(reference, item) for reference, item in entries]
        for key, record in zip(keys, records, strict=True):
            yield f"{paper_docname(key)}{form.suffix}", form.file([record])
        yield f"{WHOLE}{form.suffix}", form.file(records)


def renamed_bibliographies(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield (path in the output, text) of the files of papers that were called otherwise, at their old addresses."""
    for old, docname in facts.former.items():
        key = docname.removeprefix(f"{PAPERS}/")
        if old.startswith(f"{PAPERS}/") and key in facts.papers and key in facts.references:
            reference = facts.references[key]
            for form in FORMATS:
                yield f"{old}{form.suffix}", form.file([form.record(reference, csl_item(reference))])


def write_first_files(out: Path, docname: str, reference: Reference) -> None:
    """Write the files of one paper, which has none yet: whichever process writes its page does it."""
    item = csl_item(reference)
    for form in FORMATS:
        write_bytes_if_changed(
            out / f"{docname}{form.suffix}", form.file([form.record(reference, item)]).encode("utf-8")
        )


def write_bibliographies(out: Path, facts: Facts, before: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Write the files that differ from what stands there, and return the state of all of them.

    ``before`` holds the states of the last build; a file that was written then and still has what
    it should have is not even read. What was written then and is of no paper any more goes.
    """
    states: dict[str, list[Any]] = {}
    for name, text in bibliographies(facts):
        known = before.get(name)
        data = text.encode("utf-8")
        digest = digest_of(data)
        path = f"{out}{os.sep}{name}"
        if known and known[2] == digest and is_as_written(path, (known[0], known[1], known[2])):
            states[name] = known
            continue
        write_bytes_if_changed(Path(path), data)
        states[name] = list(state_with(path, digest))
    gone = {f"{paper_docname(key)}{form.suffix}" for key in facts.papers for form in FORMATS}
    for name in sorted((gone | before.keys()) - states.keys()):
        (out / name).unlink(missing_ok=True)
    return states
