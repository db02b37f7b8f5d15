"""Whether an id still means the stakeholder that it meant when it was stored."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from relgraph.messages import Message, Note
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

_TOLD = 5  # changes that a note lists


def check_identity(
    cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog, *, allow_change: bool
) -> None:
    """Report ids that were given to somebody else; note those whose market or kind changes.

    Parameters
    ----------
    cells, frame : Cells and DataFrame
        Stakeholders as read.
    stored : Stored
        What the store holds of them.
    log : ProblemLog
        Told of both.
    allow_change : bool
        Whether name and market may change together.
    """
    before = stored.stakeholders.set_index("id").reindex(frame["id"])
    changed = {
        name: _differ(frame[name], before[name])
        for name in ("name", "market", "kind")
        if name in frame
    }
    nowhere = np.zeros(len(frame), dtype=bool)
    other = changed.get("market", nowhere) & changed.get("name", nowhere)

    def somebody_else(row: int) -> Message:
        here, there = frame.iloc[row], before.iloc[row]
        return Message(
            "row.somebody_else",
            id=shortened(here["id"]),
            stored=_who(there),
            given=_who(here),
        )

    if not allow_change:
        cells.report(other, somebody_else, log)
    listed = changed.get("market", nowhere) | changed.get("kind", nowhere)
    rows = np.flatnonzero(listed if allow_change else listed & ~other)
    if len(rows):
        told = [_change(frame, before, changed, row) for row in rows[:_TOLD].tolist()]
        more = [Message("row.more_changed", count=len(rows) - _TOLD)] if len(rows) > _TOLD else []
        log.note(Note("row.changed", count=len(rows), changes=(*told, *more)))


def _differ(given: pd.Series[str], before: pd.Series[str]) -> Mask:
    """Return where both are known and differ in more than case."""
    here, there = given.reset_index(drop=True), before.reset_index(drop=True)
    other = here.str.casefold() != there.str.casefold()
    differ: Mask = (here.notna() & there.notna() & other).to_numpy(dtype=bool)
    return differ


def _who(stakeholder: pd.Series) -> Message:
    return Message("row.who", name=shortened(stakeholder["name"]), market=stakeholder["market"])


def _change(
    frame: pd.DataFrame, before: pd.DataFrame, changed: Mapping[str, Mask], row: int
) -> Message:
    changes = tuple(
        Message("row.new_value", column=name, old=before[name].iloc[row], new=frame[name].iloc[row])
        for name, where in changed.items()
        if where[row]
    )
    return Message("row.change", id=shortened(frame["id"].iloc[row]), changes=changes)
