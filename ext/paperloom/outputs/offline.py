"""The site as a ZIP file that is read without a server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from paperloom.outputs.files import write_if_changed
from paperloom.outputs.zips import write_zip

README = "READ-ME.txt"
#: What a build leaves for the next one, what no browser opens, and what browsers refuse to run from a file.
_LEFT_OUT = frozenset({".buildinfo", ".buildinfo.bak", ".doctrees", ".nojekyll", "pagefind", "_sources"})


def readme(project: str) -> str:
    """Return what the file says about itself."""
    return (
        f"{project}, to be read without a network\n\n"
        "Open index.html with a browser. All pages, pictures and data are in this folder, and nothing\n"
        "is loaded from elsewhere. The search finds words of the pages; the search as you type needs a\n"
        "server and is left out.\n\n"
        "catalog.json and references.bib hold everything as data.\n"
    )


def site_files(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of each file of a site that belongs into the ZIP file, sorted by name."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name in sorted(found):
        if _LEFT_OUT.isdisjoint(name.split("/")):
            yield name, found[name]


def write_offline(site: Path, target: Path, project: str) -> int:
    """Write the ZIP file ``target`` of a site and its checksum beside it; return how many files are in it.

    All of them lie in one folder, which is called like the file.
    """
    folder = target.stem
    files = [(f"{folder}/{README}", readme(project).encode())]
    files += [(f"{folder}/{name}", path.read_bytes()) for name, path in site_files(site)]
    write_zip(target, files)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    write_if_changed(target.with_name(f"{target.name}.sha256"), f"{digest}  {target.name}\n")
    return len(files)
