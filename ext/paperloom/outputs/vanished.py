"""Pages of documents that are gone: Sphinx leaves them in the output, where readers and EPUB files find them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.builders.html import StandaloneHTMLBuilder

from paperloom.citing.formats import FORMATS
from paperloom.outputs.previews import preview_path


def remove_pages(builder: StandaloneHTMLBuilder, docnames: Iterable[str], living: Iterable[str]) -> None:
    """Remove what was written for ``docnames``; the pages of the ``living`` documents stay."""
    kept = {path.resolve() for docname in living if (path := builder.get_output_path(docname)).exists()}
    for docname in docnames:
        for path in _files_of(builder, docname):
            if path.is_file() and path.resolve() not in kept:
                path.unlink()
                _remove_empty_folders(path.parent, Path(builder.outdir))


def _files_of(builder: StandaloneHTMLBuilder, docname: str) -> Iterator[Path]:
    yield builder.get_output_path(docname)
    yield from (Path(builder.outdir, f"{docname}{form.suffix}") for form in FORMATS)
    yield preview_path(builder.get_output_path(docname))
    appended = builder.config.html_sourcelink_suffix
    for suffix in builder.config.source_suffix:
        name = docname + suffix + (appended if suffix != appended else "")
        yield Path(builder.outdir, "_sources", name)


def _remove_empty_folders(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
