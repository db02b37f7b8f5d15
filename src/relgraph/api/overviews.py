"""A map too large to draw at once: an overview whose groups open into maps of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from relgraph.api.sheets import Gathered, choose, finish_sheet
from relgraph.messages import Note
from relgraph.progress import Progress
from relgraph.render.map import Path
from relgraph.render.overview import (
    Overview,
    can_be_drawn,
    group_rows,
    group_sheet,
    split_group,
)
from relgraph.render.sheet import Ints, Sheet


def gather_overview(
    gathered: Gathered, sized: bool, seed: int, progress: Progress
) -> tuple[Sheet, dict[Path, Sheet]]:
    """Return the overview, and the sheets that its groups open into, until everyone is drawn.

    The first measure decides who comes first in a group, and the size of groups if `sized`.
    """
    overview = group_sheet(gathered.sheet, sized=sized)
    progress.start("progress.drawing_groups", len(overview.members))
    groups: dict[Path, Sheet] = {}
    for place, members in enumerate(overview.members):
        if place != overview.sheet.firm:
            name = overview.sheet.nodes.names[place]
            if not can_be_drawn(members):
                community = overview.sheet.nodes.attributes["community"][place]
                parts = _parts(gathered, members, community, sized, name)
                groups[place,] = parts.sheet
                for part, inside in enumerate(parts.members):
                    if part != parts.sheet.firm:
                        called = parts.sheet.nodes.names[part]
                        groups[place, part] = _opened(gathered, called, inside, seed)
            else:
                groups[place,] = _opened(gathered, name, members, seed)
        progress.advance()
    return overview.sheet, groups


def _parts(gathered: Gathered, members: Ints, community: str, sized: bool, name: str) -> Overview:
    """Return the overview of a group that is too large to draw."""
    rows, group, communities = split_group(gathered.sheet, members, community)
    chosen = choose(gathered, rows)
    overview = group_sheet(chosen.sheet, sized=sized, groups=(group, communities))
    parts = len(overview.members) - (overview.sheet.firm is not None)
    notes = (Note("group.parts", parts=parts, all=len(members), group=name),)
    sheet = replace(overview.sheet, notes=notes)
    return Overview(sheet, tuple(rows[inside] for inside in overview.members))


def _opened(gathered: Gathered, name: str, members: Ints, seed: int) -> Sheet:
    rows = group_rows(gathered.sheet, members)
    sheet = finish_sheet(choose(gathered, rows), seed, quick=True)
    guests = ~np.isin(rows, members)
    others = int(guests.sum()) - (sheet.firm is not None and gathered.sheet.firm not in members)
    own = len(rows) - int(guests.sum())
    notes = [Note("group.drawn", drawn=own, all=len(members), group=name)]
    if others:
        notes.append(Note("group.others", count=others))
    return replace(sheet, notes=(*notes, Note("group.reach")), guests=guests)
