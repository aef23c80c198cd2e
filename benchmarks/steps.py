"""The names of the steps, what they mean, and in which order edits follow each other."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.edits import EDITS
from benchmarks.prepare import PlannedEdit

#: Builds of every system. ``clean`` comes first and is always made, since the others follow it.
BUILD_STEPS = {
    "clean": "clean",
    "nothing": "nothing changed",
    "summary": "one summary edited",
    "topics": "topics of one paper changed",
    "add": "a paper added with its entry",
    "entry": "one entry corrected",
}
#: What is measured of Paperloom alone.
OWN_STEPS = {
    "citations": "the same text with and without citations",
    "search": "making the indexes of the search, and the bytes of one query",
    "check": "`paperloom check`, cold and after one file changed",
    "warm-start": "first build of a fresh checkout with the build of before, one summary changed",
    "preview": "from saving a file to the reloaded page",
}
STEPS = BUILD_STEPS | OWN_STEPS
#: Saves in one run of the live preview.
PREVIEWS = 3
#: Own steps that edit a summary, with how often.
_SUMMARIES = {"check": 1, "warm-start": 1, "preview": PREVIEWS}


def planned_edits(steps: Collection[str], repeats: int) -> list[PlannedEdit]:
    """Return the edits of one round in their order.

    Those of builds come first, ``repeats`` times over, then the summaries of the own steps.
    """
    edits = [
        PlannedEdit(f"{kind}-{number}", kind, number) for number in range(repeats) for kind in EDITS if kind in steps
    ]
    summaries = repeats
    for step, count in _SUMMARIES.items():
        if step in steps:
            edits += [PlannedEdit(f"{step}-{number}", "summary", summaries + number) for number in range(count)]
            summaries += count
    return edits
