"""``python -m tests.valid SITE [BOOKS]``: what the checkers say about a built site and the books in a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.valid.checkers import faults_of_book, faults_of_pages


def main(arguments: list[str]) -> int:
    """Print every fault; return 1 where there is one."""
    site, *folders = map(Path, arguments)
    count, faults = faults_of_pages(site)
    books = [book for folder in folders for book in sorted(folder.glob("*.epub"))]
    for book in books:
        faults += faults_of_book(book)
    for fault in faults:
        print(fault)
    print(f"{count} pages and {len(books)} books checked: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
