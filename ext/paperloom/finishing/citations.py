"""The step ``citations``: the citation of each paper in official styles, as a script that its page loads on demand.

It is a script, not data, because pages that are opened from the file system may load scripts alone.
"""

from __future__ import annotations

import hashlib
import json

from paperloom.citing.formats import FORMATS
from paperloom.citing.formatting import STYLES, Entry, FormattingError, entry_to_format, format_citations, tools
from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite, FinishingError
from paperloom.model.layout import paper_docname
from paperloom.outputs.kept import read_kept, write_kept
from paperloom.package import PACKAGE_DIGEST
from paperloom.sources.bibliography import parse_bibliography

#: Ends the names of these files, after the name of the paper's page.
SCRIPT = ".citations.js"
_KEPT = "formatted-citations.json"


def write_citations(site: BuiltSite, output: Output) -> str:
    """Write the script of each paper; only entries that were not formatted before are.

    :raises FinishingError: if the tools fail. Where they are not installed, what is there stays.
    """
    try:
        by = f"{PACKAGE_DIGEST} {tools()}"
    except FormattingError as error:
        output.keep(name for name in output.before if (site.folder / name).is_file())
        return f"left out: {error}"
    texts = _texts_of_papers(site)
    digests = {key: _digest(by, files["bib"]) for key, files in texts.items()}
    kept = _kept(site)
    missing = {key: entry for key in texts if digests[key] not in kept and (entry := _entry(texts[key]["bib"]))}
    try:
        formatted = format_citations(missing)
    except FormattingError as error:
        raise FinishingError(str(error)) from error
    citations = {digest: kept[digest] for digest in digests.values() if digest in kept}
    citations |= {digests[key]: styles for key, styles in formatted.items()}
    for key, files in texts.items():
        if digests[key] in citations:
            others = {name: text for name, text in files.items() if name != "bib"}
            output.write(f"{paper_docname(key)}{SCRIPT}", _script(key, citations[digests[key]], others))
    write_kept(site.kept / _KEPT, json.dumps(citations, ensure_ascii=False, indent=0, sort_keys=True))
    return f"{len(texts)} papers, {len(missing)} of them formatted now"


def _texts_of_papers(site: BuiltSite) -> dict[str, dict[str, str]]:
    """Return what the files of each paper with an entry hold, by citation key and format."""
    found: dict[str, dict[str, str]] = {}
    for paper in site.catalog["papers"]:
        stem = site.folder / paper_docname(paper["key"])
        try:
            found[paper["key"]] = {
                form.name: stem.with_name(f"{stem.name}{form.suffix}").read_text(encoding="utf-8").rstrip("\n")
                for form in FORMATS
            }
        except FileNotFoundError:  # a paper without an entry
            continue
    return found


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _entry(bibtex: str) -> Entry | None:
    references = parse_bibliography(bibtex, "").references
    return next((entry_to_format(reference) for reference in references.values()), None)


def _kept(site: BuiltSite) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads(read_kept(site.kept / _KEPT))
        return {str(digest): {name: str(styles[name]) for name in STYLES} for digest, styles in kept.items()}
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return {}


def _script(key: str, styles: dict[str, str], files: dict[str, str]) -> str:
    data = {"styles": {name: styles[name] for name in STYLES}, "files": files}
    arguments = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (key, data))
    return f"paperloomCitations({','.join(arguments)});\n"
