"""Building small knowledge bases and doing single steps after it."""

from __future__ import annotations

import json

from paperloom.finishing.output import Output
from paperloom.finishing.site import BuiltSite
from paperloom.finishing.steps import STEPS

from tests.site.site_support import Site


class FinishedSite(Site):
    """A knowledge base whose builds are finished by single steps."""

    def finish(self, name, *, builder="html", into="build"):
        """Do the step called ``name`` as ``paperloom finish`` does it, and return what it says."""
        step = next(step for step in STEPS if step.name == name)
        folder = self.folder / into / builder
        site = BuiltSite(folder, self.source, folder.parent / f"{builder}-finished")
        output = Output(folder, site.kept / f"{step.name}.json")
        said = step.run(site, output)
        output.close()
        return said

    def out(self, name, *, builder="html", into="build"):
        """Return the path of an output file."""
        return self.folder / into / builder / name


class SphinxIndex:
    """What ``searchindex.js`` says, by document names."""

    def __init__(self, text):
        start, end = "Search.setIndex(", ")"
        assert text.startswith(start)
        assert text.endswith(end)
        self.data = json.loads(text[len(start) : -len(end)])
        self.names = self.data["docnames"]

    def found(self, word, table="terms"):
        """Return the documents with a stem in their text, or with ``titleterms`` in their headings."""
        places = self.data[table].get(word, [])
        return [self.names[place] for place in ([places] if isinstance(places, int) else places)]

    def headings(self, title):
        """Return (document, anchor) of the headings with this text."""
        return [(self.names[place], anchor) for place, anchor in self.data["alltitles"].get(title, [])]

    def objects(self):
        """Return (kind, name, document) of all objects."""
        return {
            (self.data["objtypes"][str(kind)], name, self.names[place])
            for listed in self.data["objects"].values()
            for place, kind, _priority, _anchor, name in listed
        }
