"""New pages in the list of published addresses, as part of a command's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from paperloom.editing.transaction import Transaction
from paperloom.sources.published_addresses import ADDRESSES, read_addresses, with_addresses


def list_as_published(transaction: Transaction, source: Path, docnames: Iterable[str]) -> list[str]:
    """Plan to list ``docnames`` in the knowledge base at ``source``; return those that are new, sorted.

    Nothing is planned where a knowledge base keeps no such list.

    :raises EditingError: if the list cannot be read.
    """
    path = source / ADDRESSES
    text = transaction.text(path)
    if text is None:
        return []
    listed = with_addresses(text, docnames)
    transaction.replace(path, listed, expected=text)
    return sorted({name for name, _line in read_addresses(listed)} - {name for name, _line in read_addresses(text)})
