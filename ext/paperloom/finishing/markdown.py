"""The Markdown twin of each page: the same content without menus, for programs that read.

A twin stands beside its page under the same name with ``.md`` behind it, as the proposal of
https://llmstxt.org has it. It is made from the finished page, so that it says what a reader sees:
generated lists, citations and backlinks included.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from importlib.metadata import version
from pathlib import Path
from posixpath import basename
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

from paperloom.finishing.output import Output
from paperloom.finishing.remembered import Remembered, as_written, in_processes
from paperloom.finishing.site import NO_PAGES, BuiltSite
from paperloom.outputs.files import state_of

_HAS_TWIN = re.compile(r'<link rel="alternate" type="text/markdown"')
_CANONICAL = re.compile(r'<link rel="canonical" href="(?P<address>[^"]+)"')
_MOVED = re.compile(r'<meta http-equiv="refresh" content="0; url=(?P<address>[^"]+)">')
_TITLE = re.compile(r"<title>(?P<title>.*?)</title>", re.DOTALL)
_MAIN = re.compile(r'<article role="main"[^>]*>.*</article>', re.DOTALL)
_SPECIAL = re.compile(r"([\\`*\[\]<])|(?<!\w)(_)|(_)(?!\w)")
_MARKER = re.compile(r"^(\s*)(#{1,6}|[>+-]|\d{1,9}[.)])(?=\s)")
_LANGUAGE = re.compile(r"highlight-(?P<name>[\w+-]+)")
#: Code with its colors, which would only be read to be thrown away.
_CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_SPAN = re.compile(r"</?span[^>]*>")
#: What belongs to the page and not to its content.
_NO_CONTENT = frozenset({"button", "form", "script", "style", "template"})
_NO_CONTENT_CLASSES = frozenset({"headerlink", "loom-correction", "sd-summary-state-marker"})


class _Twin(MarkdownConverter):
    """Writes the content of our pages as Markdown."""

    class Options:
        """Headings with hashes, one sort of bullets, our own escapes."""

        bullets = "-"
        heading_style = ATX
        strip_document = "strip"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return plain text with the characters escaped that would be markup."""
        return _MARKER.sub(r"\1\\\2", _SPECIAL.sub(lambda match: f"\\{match[0]}", text))

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a link; those within the site lead to twins, and one to the page itself is plain text."""
        if el.get("href") == "#":
            return text
        el["href"] = _address_of_twin(str(el.get("href") or ""))
        del el["title"]
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]  # its types leave it out

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a formula as TeX."""
        tex = el.get("data-tex")
        return f"${tex}$" if isinstance(tex, str) else text

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a formula that stands by itself as TeX; any other division as it is."""
        tex = el.get("data-tex")
        if isinstance(tex, str):
            return f"\n\n$$\n{tex}\n$$\n\n"
        return str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]  # as above

    def convert_svg(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write what replaces a drawing; ornaments are left out."""
        label = el.get("aria-label")
        return f"\n\n[Figure: {self.escape(str(label), parent_tags)}]\n\n" if label else ""

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write the title of a part that opens."""
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a caption and an origin as paragraphs."""
        return f"\n\n{text.strip()}\n\n"


def _address_of_twin(address: str) -> str:
    """Return an address within the site as that of a twin, any other as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return address
    if parts.path.replace("../", "").partition("/")[0] in NO_PAGES:  # e-mails, for example, have none
        return address
    if parts.path.endswith("/"):
        path = f"{parts.path}index.html.md"
    elif parts.path.endswith(".html") and basename(parts.path) != "search.html":
        path = f"{parts.path}.md"
    else:
        return address
    return path + (f"#{parts.fragment}" if parts.fragment else "")


def _language(el: Tag) -> str:
    """Return the language of a block of code, as Sphinx marks it."""
    for parent in el.parents:
        match = _LANGUAGE.search(" ".join(parent.get("class") or ()))
        if match:
            return "" if match["name"] in ("default", "none") else match["name"]
    return ""


def twin(page: str) -> str | None:
    """Return the Markdown of a page, or None for a page that is no document."""
    head = page.partition("<body")[0]
    moved = _MOVED.search(head)
    if moved:
        titled = _TITLE.search(head)
        title, address = unescape(titled["title"] if titled else ""), _address_of_twin(unescape(moved["address"]))
        return f"# {_SPECIAL.sub(_escaped, title)}\n\nThis page has moved to <{address}>.\n"
    if not _HAS_TWIN.search(head):
        return None
    main = _MAIN.search(page)
    markup = _CODE.sub(lambda code: _SPAN.sub("", code[0]), main[0] if main else page)
    soup = BeautifulSoup(markup, "html.parser")
    content = soup if main else soup.select_one('[role="main"]') or soup.body or soup
    for element in content.find_all(_is_no_content):
        element.decompose()
    text = str(_Twin(code_language_callback=_language).convert_soup(content)).strip("\n")
    text = re.sub(r"[ \t]+$", "", re.sub(r"\n{3,}", "\n\n", text), flags=re.MULTILINE)
    canonical = _CANONICAL.search(head)
    source = f"\n\n---\n\nSource: <{unescape(canonical['address'])}>" if canonical else ""
    return f"{text}{source}\n"


def _is_no_content(element: Tag) -> bool:
    return element.name in _NO_CONTENT or not _NO_CONTENT_CLASSES.isdisjoint(element.get("class") or ())


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _twin_of_file(folder: Path, name: str) -> str | None:
    return twin((folder / name).read_text(encoding="utf-8"))


def run(site: BuiltSite, output: Output) -> str:
    """Write the twins of the pages that changed, and keep those of all others."""
    memory = Remembered(site.kept / "markdown-pages.json", version("markdownify"), version("beautifulsoup4"))
    todo: list[str] = []
    kept: list[str] = []
    for name in site.pages():
        made: Any = memory.known(name, site.folder / name)
        if made is None or (made and not as_written(site.folder, made, f"{name}.md")):
            todo.append(name)
        elif made:
            kept.append(f"{name}.md")
    output.keep(kept)
    count = len(kept)
    for name, text in zip(todo, in_processes(partial(_twin_of_file, site.folder), todo), strict=True):
        if text is None:
            memory.note(name, site.folder / name, [])
            continue
        output.write(f"{name}.md", text)
        memory.note(name, site.folder / name, state_of(str(site.folder / f"{name}.md")))
        count += 1
    memory.store()
    return f"{count} twins, {count - len(kept)} of them written anew"
