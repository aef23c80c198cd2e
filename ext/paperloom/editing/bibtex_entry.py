"""A BibTeX entry as it is written, so that parts of it change and the rest stays byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from paperloom.model.bibtex import field_rank
from paperloom.model.identifiers import identify, normalize_doi

_HEAD = re.compile(r"[ \t]*@\s*[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,")
_FIELD = re.compile(r"(?P<lead>\s*)(?P<name>[A-Za-z][\w:.+/-]*)(?P<equals>\s*=\s*)")
_SIMPLE = re.compile(r"(?P<open>[{\"])(?P<inner>[^{}\"]*)(?P<close>[}\"])")
_RESOLVER = re.compile(r"(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi\s*:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field as it is written: what stands before its name, the name, the equals sign, the value, blanks."""

    lead: str
    name: str
    equals: str
    value: str
    trail: str = ""

    def __str__(self) -> str:
        """Return the text of the field."""
        return f"{self.lead}{self.name}{self.equals}{self.value}{self.trail}"

    @property
    def inner(self) -> str | None:
        """The value without its delimiters; None where it is put together or holds braces."""
        match = _SIMPLE.fullmatch(self.value)
        return match["inner"].strip() if match else None

    def holding(self, inner: str) -> FieldText:
        """Return the field with another value in the same delimiters."""
        return replace(self, value=f"{self.value[0]}{inner}{self.value[-1]}")


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry as it is written: up to the comma behind its key, its fields, what closes it."""

    head: str
    fields: tuple[FieldText, ...]
    close: str

    def __str__(self) -> str:
        """Return the text of the entry."""
        return self.head + ",".join(map(str, self.fields)) + self.close

    def get(self, name: str) -> FieldText | None:
        """Return the field ``name``, letter case aside."""
        return next((field for field in self.fields if field.name.lower() == name), None)

    def changed(self, name: str, inner: str) -> EntryText:
        """Return the entry with another value of the field ``name``."""
        fields = (field.holding(inner) if field.name.lower() == name else field for field in self.fields)
        return replace(self, fields=tuple(fields))

    def added(self, name: str, inner: str) -> EntryText:
        """Return the entry with a field more, at its place in the agreed order, written as the others are."""
        first = self.fields[0]
        field = FieldText(first.lead, name, first.equals, f"{{{inner}}}")
        ranks = [field_rank(each.name) for each in self.fields]
        place = next((at for at, rank in enumerate(ranks) if rank > field_rank(name)), len(ranks))
        return replace(self, fields=(*self.fields[:place], field, *self.fields[place:]))


def read_entry(text: str) -> EntryText | None:
    """Return the parts of the entry ``text``, None where it is written in a way that is not understood."""
    head = _HEAD.match(text)
    if not head:
        return None
    fields: list[FieldText] = []
    position = head.end()
    while field := _FIELD.match(text, position):
        end = _end_of_value(text, field.end())
        if end is None:
            return None
        value = text[field.end() : end].rstrip()
        position = field.end() + len(value)
        another = text[end] == "," and _FIELD.match(text, end + 1)
        trail = text[position:end] if another else ""
        fields.append(FieldText(field["lead"], field["name"], field["equals"], value, trail))
        if not another:
            break
        position = end + 1
    entry = EntryText(head[0], tuple(fields), text[position:])
    closes = re.fullmatch(r"\s*,?\s*[})]\s*", entry.close)
    return entry if fields and closes and str(entry) == text else None


def _end_of_value(text: str, position: int) -> int | None:
    depth, quoted = 0, False
    for at in range(position, len(text)):
        character = text[at]
        if character == '"' and depth == 0:
            quoted = not quoted
        elif character == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif not quoted and depth == 0 and character in ",})":
            return at
    return None


def normalized(entry: EntryText) -> EntryText:
    """Return the entry with its identifiers in their normal form and in the fields that are theirs."""
    entry = _normalized_eprint(entry)
    for name, write in (("doi", _plain_doi), ("openreview", _openreview_id)):
        field = entry.get(name)
        if field and field.inner and (plain := write(field.inner)) and plain != field.inner:
            entry = entry.changed(name, plain)
    return _normalized_url(entry)


def _normalized_eprint(entry: EntryText) -> EntryText:
    field, archive = entry.get("eprint"), entry.get("archiveprefix")
    if not field or not field.inner or (archive and (archive.inner or "").lower() != "arxiv"):
        return entry
    identifier = identify(field.inner)
    if identifier is None or identifier.kind != "arxiv" or identifier.value == field.inner:
        return entry
    entry = entry.changed("eprint", identifier.value)
    return entry if archive else entry.added("archivePrefix", "arXiv")


def _plain_doi(text: str) -> str | None:
    """Return a DOI without resolver, prefix and query; its letter case stays."""
    resolver = _RESOLVER.match(text)
    if not resolver:
        return None
    rest = text[resolver.end() :].strip()
    plain = unquote(re.split(r"[?#]", rest)[0]).rstrip("/") if text.lower().startswith("http") else rest
    return plain if normalize_doi(plain) == plain.lower() and not re.search(r"[\\{}%\s]", plain) else None


def _openreview_id(text: str) -> str | None:
    identifier = identify(text)
    return identifier.value if identifier and identifier.kind == "openreview" else None


def _normalized_url(entry: EntryText) -> EntryText:
    """Return the entry with the identifier that its address holds in the field for it; the address stays."""
    field = entry.get("url")
    identifier = identify(field.inner) if field and field.inner else None
    if field is None or identifier is None:
        return entry
    address = field.inner or ""
    if identifier.kind == "arxiv" and _host(address).endswith("arxiv.org"):
        entry = entry.changed("url", f"https://arxiv.org/abs/{identifier.value}")
        if entry.get("eprint") is None:
            entry = entry.added("eprint", identifier.value)
            entry = entry if entry.get("archiveprefix") else entry.added("archivePrefix", "arXiv")
    elif _host(address) in ("doi.org", "dx.doi.org", "www.doi.org") and (plain := _plain_doi(address)):
        entry = entry.changed("url", f"https://doi.org/{plain}")
        if entry.get("doi") is None and identifier.kind != "arxiv":
            entry = entry.added("doi", plain)
    return entry


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def in_order(entry: EntryText) -> EntryText:
    """Return the entry with its fields in the agreed order."""
    return replace(entry, fields=tuple(sorted(entry.fields, key=lambda field: field_rank(field.name))))
