"""Our entries as those of pybtex, whose styles format them.

pybtex takes names for LaTeX and decodes them each time they are shown. Those of a
:class:`~paperloom.model.records.Reference` are decoded already: they pass as they are.
"""

from __future__ import annotations

from typing import Any

from pybtex.database import Entry, Person
from pybtex.richtext import Text

from paperloom.model.records import Author, Reference
from paperloom.sources.latex import to_plain_text


def _as_they_are(names: str) -> property:
    def rich(person: Person) -> list[Text]:
        return [Text(name) for name in getattr(person, names)]

    return property(rich)


class _PlainPerson(Person):  # type: ignore[misc]  # pybtex has no types
    """A person whose names are plain text."""

    rich_first_names = _as_they_are("first_names")
    rich_middle_names = _as_they_are("middle_names")
    rich_prelast_names = _as_they_are("prelast_names")
    rich_last_names = _as_they_are("last_names")
    rich_lineage_names = _as_they_are("lineage_names")

    def __init__(self, author: Author) -> None:
        super().__init__()
        self.first_names = author.given.split()
        self.prelast_names = author.particle.split()
        self.last_names = [author.family] if author.family else []
        self.lineage_names = [author.suffix] if author.suffix else []


class _PlainFields(dict[str, str]):
    """The fields of an entry by lower-case name; decoded when a style asks for one, which most never do."""

    def __getitem__(self, name: str) -> str:
        return to_plain_text(super().__getitem__(name.lower()))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else default  # noqa: SIM401  # this is what it means


def to_pybtex(reference: Reference) -> Entry:
    """Return ``reference`` as the entry that pybtex's styles format."""
    entry = Entry(reference.entry_type, persons={"author": [_PlainPerson(author) for author in reference.authors]})
    entry.fields = _PlainFields({name.lower(): value for name, value in reference.fields if name.lower() != "author"})
    entry.key = reference.key
    return entry
