"""Feeds and e-mails of small sites, as their readers get them."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
from jsonschema import Draft202012Validator
from lxml import etree
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import finish

ADDRESS = "https://example.org/tiny/"
SCHEMAS = Path(__file__).parent / "schemas"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


class Finished:
    """A site that is built and finished: what the steps said, and its feeds."""

    def __init__(self, built, source, kept):
        self.out = built.out
        self.said = []
        self.problems = finish(BuiltSite(built.out, source, kept), ["feeds", "emails"], self.said.append)

    def text(self, name):
        """Return the text of a file."""
        return (self.out / name).read_text(encoding="utf-8")

    def atom(self, name):
        """Return an Atom feed as a reader parses it."""
        parsed = feedparser.parse((self.out / "feeds" / f"{name}.xml").read_bytes(), sanitize_html=False)
        assert not parsed.bozo, parsed.get("bozo_exception")
        return parsed

    def json(self, name):
        """Return a JSON feed."""
        return json.loads(self.text(f"feeds/{name}.json"))

    def entry(self, name, title):
        """Return the entry of an Atom feed whose title ends with ``title``."""
        return next(entry for entry in self.atom(name).entries if entry.title.endswith(title))

    @property
    def feeds(self):
        """The names of all feeds."""
        folder = self.out / "feeds"
        return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.xml"))


def finished(site, **config):
    """Build a site that has an address, and finish it."""
    into = config.pop("into", "build")
    options = {"html_baseurl": ADDRESS, **config}
    built = site.build(into=into, **options)
    return Finished(built, site.source, site.folder / f"{into}-finished")


def mistakes_of_atom(path):
    """Return what an Atom file does that RFC 4287 forbids."""
    document = etree.parse(path)
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    schema.validate(document)
    found = [str(error) for error in schema.error_log]
    ids = [element.text for element in document.iterfind("a:entry/a:id", ATOM)]
    if len(ids) != len(set(ids)):
        found.append("an id stands twice")
    for element in (document.getroot(), *document.iterfind("a:entry", ATOM)):
        alternates = [link.get("type") for link in element.iterfind("a:link[@rel='alternate']", ATOM)]
        if not alternates or len(alternates) != len(set(alternates)):
            found.append("no alternate link, or two of one type")
        if element.find("a:published", ATOM) is not None:
            published, updated = (element.findtext(f"a:{name}", None, ATOM) for name in ("published", "updated"))
            if published > updated:
                found.append(f"updated on {updated}, before it was published on {published}")
    return found


def mistakes_of_json(path):
    """Return what a JSON feed does that its format forbids."""
    schema = json.loads((SCHEMAS / "json-feed.schema.json").read_text(encoding="utf-8"))
    feed = json.loads(path.read_text(encoding="utf-8"))
    found = [error.message for error in Draft202012Validator(schema).iter_errors(feed)]
    ids = [item["id"] for item in feed["items"]]
    return found if len(ids) == len(set(ids)) else [*found, "an id stands twice"]
