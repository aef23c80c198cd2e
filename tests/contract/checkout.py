"""A folder with the sources of a :class:`World`, and what its builds do."""

from __future__ import annotations

import difflib
import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html._assets import _file_checksum_inner

from tests.contract.world import World, digest
from tests.site.site_support import Build, Site

#: 1 January 2001: long before any build.
LONG_AGO = 978_307_200


class Stamp(Enum):
    """The modification time that a written file gets."""

    NOW = auto()
    #: What version control, archives and copies may leave behind.
    LONG_AGO = auto()
    #: The time the file had before.
    UNCHANGED = auto()


@dataclass
class Done:
    """What a build did: documents it read, pages it rendered, files it wrote."""

    build: Build
    read: set[str] = field(default_factory=set)
    rendered: set[str] = field(default_factory=set)


class Checkout(Site):
    """A folder with the sources of a world."""

    def __init__(self, folder: Path, world: World) -> None:
        self.source = folder / "source"
        self.folder = folder
        self.source.mkdir(parents=True, exist_ok=True)
        self.put(world)

    @property
    def out(self) -> Path:
        """The folder of the HTML pages."""
        return self.folder / "build" / "html"

    def put(self, world: World, stamp: Stamp = Stamp.NOW) -> set[str]:
        """Write the sources that differ from those of ``world``, remove those it lacks, and return their names."""
        wanted = world.sources()
        there = {path.relative_to(self.source).as_posix() for path in self.source.rglob("*") if path.is_file()}
        there = {name for name in there if "__pycache__" not in name}
        changed = {name for name in wanted if name not in there or self.text(name) != wanted[name]}
        for name in there - wanted.keys():
            self.path(name).unlink()
        for name in changed:
            before = self.path(name).stat() if name in there else None
            self.write(name, wanted[name])
            if stamp is Stamp.LONG_AGO:
                os.utime(self.path(name), (LONG_AGO, LONG_AGO))
            elif stamp is Stamp.UNCHANGED and before:
                os.utime(self.path(name), ns=(before.st_atime_ns, before.st_mtime_ns))
        return changed | (there - wanted.keys())

    def keep(self) -> None:
        """Keep a copy of the folder, with all times."""
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self.folder, self._copy)

    def restore(self) -> None:
        """Put the folder back as it was when it was kept."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._copy, self.folder)

    @property
    def _copy(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-kept")

    def text(self, name: str) -> str:
        """Return the text of a source file."""
        return self.path(name).read_text(encoding="utf-8")

    def do(self, builder: str = "html", *, watch: Callable[[Sphinx], None] | None = None, **options: object) -> Done:
        """Build in this process, whatever the warnings, and note what is read and rendered."""
        read, rendered = set[str](), set[str]()
        # A process remembers what it once found in a file of this path, or of this time and size.
        filecmp.clear_cache()
        _file_checksum_inner.cache_clear()

        def note(app: Sphinx) -> None:
            app.connect("source-read", lambda _app, docname, _content: read.add(docname))
            app.connect("html-page-context", lambda _app, name, _template, _context, tree: tree and rendered.add(name))
            if watch:
                watch(app)

        return Done(self.build(builder, warnings=True, watch=note, **options), read, rendered)


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of every file below ``folder`` by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class CleanBuilds:
    """What clean builds give, made once for each world."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def digests(self, world: World, builder: str = "html") -> dict[str, str]:
        """Return the digests of the files that a clean build of ``world`` writes."""
        place = (digest(world.sources()), builder)
        if place not in self._known:
            self._known[place] = digests(self._build(world, builder))
        return self._known[place]

    def _build(self, world: World, builder: str) -> Path:
        folder = self._folder / "clean"
        shutil.rmtree(folder, ignore_errors=True)
        return Checkout(folder, world).do(builder).build.out

    def require(self, out: Path, world: World, builder: str = "html") -> None:
        """Fail unless ``out`` holds what a clean build of ``world`` gives, file by file and byte by byte."""
        expected, found = self.digests(world, builder), digests(out)
        missing, left_over = sorted(expected.keys() - found.keys()), sorted(found.keys() - expected.keys())
        different = sorted(name for name in expected.keys() & found.keys() if expected[name] != found[name])
        if missing or left_over or different:
            shown = _difference(out, self._build(world, builder), different)
            raise AssertionError(f"missing {missing}, left over {left_over}, different {different}\n{shown}")


def _difference(out: Path, clean: Path, names: list[str]) -> str:
    for name in names[:1]:
        try:
            found, expected = ((folder / name).read_text(encoding="utf-8").splitlines() for folder in (out, clean))
        except UnicodeDecodeError:
            return "(not a text)"
        lines = difflib.unified_diff(found, expected, f"built: {name}", f"clean: {name}", n=0, lineterm="")
        return "\n".join(line[:400] for line in list(lines)[:30])
    return ""


def document_names(names: set[str]) -> set[str]:
    """Return the names of the documents among names of source files."""
    return {name.removesuffix(".md") for name in names if name.endswith(".md") and not name.startswith("parts/")}
