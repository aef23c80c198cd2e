"""Which pages differ between two builds of a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import click

from paperloom.cli.written import write_output

#: Pages listed in a summary; a change of the theme may touch thousands.
MOST_LISTED = 200
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$@])")


@dataclass(frozen=True, slots=True, order=True)
class ChangedPage:
    """A page of a site: its path from the root of the site and its title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The pages that are in one build alone, and those whose content differs, each sorted by path.

    ``around`` counts the pages on which only what stands around the content differs: the
    sidebar, the neighbours, the style.
    """

    added: tuple[ChangedPage, ...]
    changed: tuple[ChangedPage, ...]
    removed: tuple[ChangedPage, ...]
    around: int

    def _groups(self) -> Iterator[tuple[str, tuple[ChangedPage, ...]]]:
        yield "added", self.added
        yield "changed", self.changed
        yield "removed", self.removed

    def summary(self) -> str:
        """Return how many pages changed in which way."""
        counts = [f"{len(pages)} {word}" for word, pages in self._groups() if pages]
        found = ", ".join(counts) or "no page changed"
        if self.around:
            found += f" ({self.around} more around their content alone)"
        return found

    def as_text(self) -> str:
        """Return a line for each page and one that counts them."""
        lines = [f"{word}: {page.path}: {page.title}" for word, pages in self._groups() for page in pages]
        return "\n".join([*lines, self.summary()])

    def as_markdown(self) -> str:
        """Return a list for the summary of a run; titles are escaped, long lists cut."""
        lines = ["### Changed pages", "", f"{self.summary()[0].upper()}{self.summary()[1:]}."]
        rows = [f"- {word}: `{page.path}` {_escape(page.title)}" for word, pages in self._groups() for page in pages]
        if rows:
            lines += ["", *rows[:MOST_LISTED]]
        if len(rows) > MOST_LISTED:
            lines.append(f"- and {len(rows) - MOST_LISTED} more")
        return "\n".join(lines)

    def as_json(self) -> str:
        """Return ``{"added", "changed", "removed": [{"path", "title"}], "around": number}``."""
        rows: dict[str, object] = {
            word: [{"path": page.path, "title": page.title} for page in pages] for word, pages in self._groups()
        }
        return json.dumps({**rows, "around": self.around}, ensure_ascii=False, indent=1)


FORMATS = {"text": Changes.as_text, "markdown": Changes.as_markdown, "json": Changes.as_json}


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


class _Content(HTMLParser):
    """Collects the title and the content of a page: what ``role="main"`` marks, blanks aside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.content: list[object] = []
        self.title = ""
        self._depth = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self._depth:
            self.content.append((tag, tuple(sorted(attributes.items()))))
        if self._depth or attributes.get("role") == "main":
            self._depth += tag not in _VOID
        self._in_title = self._in_title or (tag == "h1" and not self.title)
        if tag == "a" and "headerlink" in (attributes.get("class") or ""):
            self._in_title = False

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
            self.content.append(tag)
        if tag == "h1":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if self._depth and words:
            self.content.append(words)
        if self._in_title:
            self.title = f"{self.title} {words}".strip()


def _read(path: Path) -> _Content:
    parser = _Content()
    parser.feed(path.read_text(encoding="utf-8", errors="replace"))
    parser.close()
    return parser


def _pages(root: Path) -> dict[str, Path]:
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*.html")}
    return {name: path for name, path in sorted(found.items()) if not name.startswith(("_static/", "_sources/"))}


def compare(old: Path, new: Path) -> Changes:
    """Compare the pages of the built sites ``old`` and ``new``.

    A page changed when its content did. Where a page marks no content, all of it counts.
    """
    before, after = _pages(old), _pages(new)
    changed: list[ChangedPage] = []
    around = 0
    for name in before.keys() & after.keys():
        if before[name].read_bytes() == after[name].read_bytes():
            continue
        was, now = _read(before[name]), _read(after[name])
        if was.content == now.content and now.content:
            around += 1
        else:
            changed.append(ChangedPage(name, now.title))
    return Changes(
        added=tuple(ChangedPage(name, _read(after[name]).title) for name in sorted(after.keys() - before.keys())),
        changed=tuple(sorted(changed)),
        removed=tuple(ChangedPage(name, _read(before[name]).title) for name in sorted(before.keys() - after.keys())),
        around=around,
    )


@click.command("changes")
@click.argument("old", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    show_default=True,
    help="How the pages are listed.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, not here.")
def changes_command(old: Path, new: Path, output_format: str, output: Path | None) -> None:
    """List the pages that differ between two builds, the folders OLD and NEW.

    A page counts as changed when its content did; a sidebar that names one more issue is not a change.
    """
    for folder in (old, new):
        if not (folder / "index.html").is_file():
            raise click.ClickException(f"there is no built site in '{folder}'; build it with 'nox -s docs'")
    text = FORMATS[output_format](compare(old, new))
    if output is None:
        click.echo(text)
    else:
        write_output(output, f"{text}\n".encode())
