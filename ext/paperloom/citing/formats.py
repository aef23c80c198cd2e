"""The formats in which papers leave the site: their names, files, and what they are made by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paperloom.citing.csl import csl_item
from paperloom.citing.ris import ris_record
from paperloom.model.bibtex import format_entry
from paperloom.model.records import Reference


@dataclass(frozen=True, slots=True)
class Format:
    """A format of bibliographies.

    ``record`` writes one entry; a file begins with ``opening``, has ``between`` its entries and ends
    with ``closing``.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    record: Callable[[Reference], str]
    opening: str
    between: str
    closing: str

    def file(self, records: Iterable[str]) -> str:
        """Return the text of a file that holds ``records``."""
        body = self.between.join(records)
        return self.opening + body + self.closing if body else self.opening + self.closing.lstrip("\n")

    def only_record(self, text: str) -> str:
        """Return the record of a file that :meth:`file` made of a single one."""
        return text.removeprefix(self.opening).removesuffix(self.closing)


def _csl_json(reference: Reference) -> str:
    return json.dumps(csl_item(reference), ensure_ascii=False, indent=2)


def _ris(reference: Reference) -> str:
    return ris_record(csl_item(reference))


#: The formats, in the order in which pages offer them.
FORMATS = (
    Format("bib", "BibTeX", ".bib", "application/x-bibtex", format_entry, "", "\n\n", "\n"),
    Format("ris", "RIS", ".ris", "application/x-research-info-systems", _ris, "", "\n\n", "\n"),
    Format(
        "csl-json", "CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", _csl_json, "[\n", ",\n", "\n]\n"
    ),
)
