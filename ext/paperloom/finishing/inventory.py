"""``objects.inv``: which documents a site has, where their pages are, and the objects in them."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from paperloom.finishing.site import FinishingError

INVENTORY = "objects.inv"
#: Lines of the header, the last of which says that the rest is compressed.
_HEADER_LINES = 4
_LINE = re.compile(r"(.+?)\s+([^\s:]+):(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")
_DOCUMENT = ("std", "doc")


@dataclass(frozen=True, slots=True)
class InventoryObject:
    """An object: the name and kind in its domain, how important it is to a search, and where it is."""

    domain: str
    kind: str
    name: str
    priority: int
    docname: str
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """The documents of a site by name, each with its address and title, and the objects in them, in order."""

    documents: dict[str, tuple[str, str]]
    objects: tuple[InventoryObject, ...]


def load_inventory(site: Path) -> Inventory:
    """Return what ``objects.inv`` in the folder ``site`` lists.

    Version 2 of the format, as ``sphinx.util.inventory`` writes it; Sphinx's own reader leaves out
    the priorities.

    :raises FinishingError: if there is none that can be read.
    """
    path = site / INVENTORY
    try:
        lines = zlib.decompress(path.read_bytes().split(b"\n", _HEADER_LINES)[_HEADER_LINES]).decode().splitlines()
    except (OSError, LookupError, zlib.error, UnicodeDecodeError) as error:
        message = f"{path}: {error}; build the site anew: nox -s docs"
        raise FinishingError(message) from error
    rows = [match.groups() for line in lines if (match := _LINE.match(line.rstrip()))]
    documents = {
        name: (address, name if title == "-" else title)
        for name, domain, kind, _priority, address, title in rows
        if (domain, kind) == _DOCUMENT
    }
    docnames = {address: docname for docname, (address, _title) in documents.items()}
    objects = []
    for name, domain, kind, priority, place, title in rows:
        address, _hash, anchor = place.partition("#")
        if address in docnames:
            anchor = anchor[:-1] + name if anchor.endswith("$") else anchor
            shown = name if title == "-" else title
            objects.append(InventoryObject(domain, kind, name, int(priority), docnames[address], anchor, shown))
    return Inventory(documents, tuple(objects))
