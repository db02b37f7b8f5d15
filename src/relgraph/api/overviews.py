"""A map too large to draw at once: an overview whose groups open into maps of their own."""

from __future__ import annotations

from dataclasses import replace

from relgraph.api.sheets import Gathered, choose, finish_sheet
from relgraph.messages import Note
from relgraph.progress import Progress
from relgraph.render.overview import Overview, group_rows, group_sheet
from relgraph.render.sheet import Ints, Sheet


def gather_overview(
    gathered: Gathered, sized: bool, seed: int, progress: Progress
) -> tuple[Sheet, dict[int, Sheet]]:
    """Return the overview, and the sheet of each of its groups by position.

    The first measure decides who comes first in a group, and the size of groups if `sized`.
    """
    overview = group_sheet(gathered.sheet, sized=sized)
    progress.start("progress.drawing_groups", len(overview.members))
    groups = {}
    for place, members in enumerate(overview.members):
        if place != overview.sheet.firm:
            groups[place] = _opened(gathered, overview, place, members, seed)
        progress.advance()
    return overview.sheet, groups


def _opened(gathered: Gathered, overview: Overview, place: int, members: Ints, seed: int) -> Sheet:
    rows = group_rows(gathered.sheet, members)
    sheet = finish_sheet(choose(gathered, rows), seed, quick=True)
    own = len(set(rows.tolist()) & set(members.tolist()))
    others = len(rows) - own - (sheet.firm is not None and gathered.sheet.firm not in members)
    name = overview.sheet.nodes.names[place]
    notes = [Note("group.drawn", drawn=own, all=len(members), group=name)]
    if others:
        notes.append(Note("group.others", count=others))
    return replace(sheet, notes=(*notes, Note("group.reach")))
