"""Who was there and which ties held at one moment: `since`, `until` and `left_on` are honoured."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.messages import Note
from relgraph.network.columns import Mask, Nodes, Ties
from relgraph.settings import end_of_day, today

# What is read of stakeholders and of relationships to know it.
STAKEHOLDER_DATES = ("status", "left_on")
TIE_DATES = ("since", "until")


def at_moment(
    nodes: Nodes, ties: Ties, as_of: datetime | None = None
) -> tuple[Nodes, Ties, tuple[Note, ...]]:
    """Return stakeholders and ties as they were, and notes on what that changes.

    A tie counts from the day of `since` to that of `until`, both included. Who left after the
    moment had not left yet; who has no status but a day of leaving before it had.

    Parameters
    ----------
    nodes : Nodes
        With `STAKEHOLDER_DATES`.
    ties : Ties
        With `TIE_DATES`.
    as_of : datetime, optional
        The moment, in UTC; the end of today for None.
    """
    day = looked_at(as_of)
    notes = []
    ended, to_come = outside(ties, day)
    if count := int(ended.sum()):
        notes.append(Note("ties.ended", count=count))
    if count := int((to_come & ~ended).sum()):
        notes.append(Note("ties.to_come", count=count))
    if (ended | to_come).any():
        ties = ties.take(~(ended | to_come))
    left_on = _days(nodes.attributes.get("left_on"), len(nodes))
    status = nodes.attributes.get("status")
    if status is None or np.isnat(left_on).all():
        return nodes, ties, tuple(notes)
    still = np.asarray(status == "left", dtype=bool) & (left_on > day)
    unknown = np.array([value is None for value in status.tolist()], dtype=bool)
    gone = unknown & (left_on <= day)
    if count := int(still.sum()):
        notes.append(Note("stakeholders.still_there", count=count))
    if still.any() or gone.any():
        was = status.copy()
        was[still], was[gone] = "active", "left"
        nodes = replace(nodes, attributes={**nodes.attributes, "status": was})
    return nodes, ties, tuple(notes)


def looked_at(as_of: datetime | None) -> np.datetime64:
    """Return the day that is looked at; today for None."""
    return np.datetime64(as_of or end_of_day(today()), "D")


def outside(ties: Ties, day: np.datetime64 | npt.NDArray[np.datetime64]) -> tuple[Mask, Mask]:
    """Return which ties had ended before a day, and which were to begin after it."""
    begins, ends = (_days(ties.attributes.get(name), len(ties)) for name in TIE_DATES)
    day = day.astype("datetime64[D]")
    return np.asarray(ends < day, dtype=bool), np.asarray(begins > day, dtype=bool)


def _days(values: npt.NDArray[Any] | None, count: int) -> npt.NDArray[np.datetime64]:
    """Return dates as days, not-a-time where unknown."""
    if values is None:
        return np.full(count, np.datetime64("NaT", "D"))
    if values.dtype.kind == "M":
        return values.astype("datetime64[D]")
    known = [np.datetime64("NaT") if value is None else value for value in values.tolist()]
    return np.array(known, dtype="datetime64[D]")
