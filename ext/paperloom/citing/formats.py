"""The formats in which papers leave the site: their names, files, and what they are made by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from paperloom.citing.csl import Item
from paperloom.citing.ris import ris_record
from paperloom.model.bibtex import format_entry
from paperloom.model.records import Reference


@dataclass(frozen=True, slots=True)
class Format:
    """A format of bibliographies.

    ``record`` writes one entry, which it gets as it is and as CSL-JSON. A file begins with
    ``opening``, has ``between`` its entries and ends with ``closing``.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    record: Callable[[Reference, Item], str]
    opening: str
    between: str
    closing: str

    def file(self, records: Iterable[str]) -> str:
        """Return the text of a file that holds ``records``."""
        body = self.between.join(records)
        return self.opening + body + self.closing if body else self.opening + self.closing.lstrip("\n")

    def whole(self, records: Sequence[bytes]) -> bytes:
        """Return the content of a file that holds ``records``, which are encoded already."""
        if not records:
            return self.file([]).encode("utf-8")
        body = self.between.encode("utf-8").join(records)
        return self.opening.encode("utf-8") + body + self.closing.encode("utf-8")

    def only_record(self, text: str) -> str:
        """Return the record of a file that :meth:`file` made of a single one."""
        return text.removeprefix(self.opening).removesuffix(self.closing)


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _bibtex(reference: Reference, item: Item) -> str:
    return format_entry(reference)


def _csl_json(reference: Reference, item: Item) -> str:
    # A variable a line: json's own indentation is written in Python, ten times slower, and three times as long.
    lines = (f'  "{name}": {_encoded(value)}' for name, value in item.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _ris(reference: Reference, item: Item) -> str:
    return ris_record(item)


#: The formats, in the order in which pages offer them.
FORMATS = (
    Format("bib", "BibTeX", ".bib", "application/x-bibtex", _bibtex, "", "\n\n", "\n"),
    Format("ris", "RIS", ".ris", "application/x-research-info-systems", _ris, "", "\n\n", "\n"),
    Format(
        "csl-json", "CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", _csl_json, "[\n", ",\n", "\n]\n"
    ),
)
