"""Sections whose names say too little, or what another one says, by the numbers in front of them.

The series counts its sections in one order, whatever a translation calls them: "2. 技术论文" beside
"1. 机器学习论文" are the technical articles, though the words say "technical papers".
"""

from __future__ import annotations

from collections.abc import Sequence

from paperloom.importing.choices import count_addresses
from paperloom.importing.regions import UNKNOWN, Region
from paperloom.importing.words import ENTRY_SECTIONS, PAPERS, leading_number

#: So many sections have to be numbered as the series numbers them before a number says anything.
_FEWEST_IN_ORDER = 2
_KINDS = dict(enumerate(ENTRY_SECTIONS, 1))


def settle_by_number(regions: Sequence[Region]) -> None:
    """Give sections the kind that their number stands for, where their names leave it open.

    That is so for a section that the table of words does not know in full, and for one of two with
    the same meaning. The kind must be that of no other section, and papers are where addresses of
    papers are. What was settled so counts as likely, and is reported.
    """
    headed = [region for region in regions if region.heading]
    numbered = [(region, kind) for region in headed if region.holds_entries and (kind := _kind_of_number(region))]
    if sum(region.kind == kind for region, kind in numbered) < _FEWEST_IN_ORDER:
        return
    for region, kind in numbered:
        others = {other.kind for other in headed if other is not region}
        is_open = region.kind == UNKNOWN or region.is_likely or region.kind in others
        if is_open and kind not in {region.kind, *others} and _holds_papers(region) == (kind == PAPERS):
            region.kind, region.is_likely = kind, True


def _kind_of_number(region: Region) -> str | None:
    """Return the kind of section to which the series gives the number in front of this one."""
    number = leading_number(region.heading.text) if region.heading else None
    return _KINDS.get(number or 0)


def _holds_papers(region: Region) -> bool:
    """Return whether an address in a section is that of a paper."""
    return any(identifier.kind != "url" for identifier in count_addresses(region.blocks))
