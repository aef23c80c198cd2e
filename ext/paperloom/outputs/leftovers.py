"""What Sphinx leaves in the output when nothing asks for it any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.environment import BuildEnvironment

#: What every page or the configuration calls for, and what is made anew when all pages are.
_MADE_ANEW = ("_static", "_sources", "_images", "_downloads")
_MAY_GO = ("genindex.html", "search.html", "searchindex.js", "objects.inv", ".buildinfo.bak")


def clear_shared_files(out: Path) -> None:
    """Remove what is made anew when all pages of a site are, from the output of an earlier build."""
    if not (out / ".buildinfo").exists():
        return  # no output of Sphinx: nothing in it is ours to remove
    for name in _MADE_ANEW:
        shutil.rmtree(out / name, ignore_errors=True)
    for name in _MAY_GO:
        (out / name).unlink(missing_ok=True)


def copied_files(env: BuildEnvironment) -> list[str]:
    """Return the paths in the output of the pictures and downloads that documents show, sorted."""
    pictures = [f"_images/{name}" for _documents, name in env.images.values()]
    downloads = [f"_downloads/{name}" for _documents, name in env.dlfiles.values()]
    return sorted({*pictures, *downloads})


def remove_copied(out: Path, before: Iterable[str], now: Iterable[str]) -> None:
    """Remove the files of ``before`` that are not among those of ``now``, and folders that get empty."""
    for name in sorted({*before} - {*now}):
        path = out / name
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and path.parent not in (out, out / "_images") and not any(path.parent.iterdir()):
            path.parent.rmdir()
