"""Rows that repeat an earlier one: counted once where they agree, a problem where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from relgraph.messages import Message, Note
from relgraph.model import COLUMNS, KEYS, OCCURRENCE
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

Rows = npt.NDArray[np.int64]


def merge_repeats(
    cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog
) -> tuple[pd.DataFrame, Mask]:
    """Return relationships or interactions without repeated rows, and which rows are kept.

    Two rows repeat each other when their keys are equal; in a type that runs both ways also when
    they name its ends in opposite order. Rows that then differ in any value are problems. Equal
    interactions of one file are several contacts, told apart by their `occurrence`.
    """
    known = COLUMNS[cells.table]
    required = {name for name in KEYS[cells.table] if name in known and known[name].required}
    kept = np.ones(len(frame), dtype=bool)
    if frame.empty or not required.issubset(frame.columns):
        return frame, kept
    if cells.table == "interactions":
        frame = with_occurrence(cells, frame)
    keys = [name for name in KEYS[cells.table] if name in frame]
    named = _in_one_order(frame, keys, stored)
    complete = named.drop(columns="channel", errors="ignore").notna().all(axis="columns")
    repeated = named.duplicated().to_numpy() & complete.to_numpy()
    if not repeated.any():
        return frame, kept
    rows = np.flatnonzero(repeated)
    firsts = _first_rows(named, rows)
    differ = repeated.copy()
    differ[rows] = _differ(frame, rows, firsts)
    first_of = dict(zip(rows.tolist(), firsts.tolist(), strict=True))

    def twice(row: int) -> Message:
        ends = {name: shortened(frame[name].iloc[row]) for name in ("source", "target")}
        place = cells.place_name(first_of[row])
        if cells.table == "interactions":
            return Message("row.contact_twice", **ends, place=place)
        return Message("row.tie_twice", **ends, type=frame["type"].iloc[row], place=place)

    cells.report(differ, twice, log)
    equal = np.flatnonzero(repeated & ~differ)
    if len(equal):
        place, first = cells.place_name(equal[0]), cells.place_name(first_of[equal[0]])
        more = Message("row.more_repeated", count=len(equal) - 1) if len(equal) > 1 else None
        log.note(Note("row.repeated", place=place, first=first, more=more))
    return frame[~repeated], ~repeated


def with_occurrence(cells: Cells, frame: pd.DataFrame) -> pd.DataFrame:
    """Add which of several equal rows of its file each one is."""
    keys = [name for name in KEYS["interactions"] if name in frame]
    groups = frame.groupby([cells.part, *(frame[name] for name in keys)], dropna=False, sort=False)
    return frame.assign(**{OCCURRENCE: groups.cumcount().astype("Int64")})


def _in_one_order(frame: pd.DataFrame, keys: Sequence[str], stored: Stored) -> pd.DataFrame:
    """Return the keys, the ends of types that run both ways put in the order of their ids."""
    named = frame[list(keys)].reset_index(drop=True)
    if "type" in keys:
        swapped = (_both_ways(named, stored) & (named["source"] > named["target"])).to_numpy()
        named = _swap_ends(named, swapped)
    return named


def _both_ways(frame: pd.DataFrame, stored: Stored) -> pd.Series[bool]:
    kinds = stored.settings.kinds.values()
    return frame["type"].isin([kind.name for kind in kinds if kind.both_ways])


def _swap_ends(frame: pd.DataFrame, rows: Mask) -> pd.DataFrame:
    if not rows.any():
        return frame
    source, target = frame["source"], frame["target"]
    return frame.assign(source=source.where(~rows, target), target=target.where(~rows, source))


def _first_rows(named: pd.DataFrame, rows: Rows) -> Rows:
    """Return the first row with the same key as each of these."""
    group = named.groupby(list(named.columns), dropna=False, sort=False).ngroup().to_numpy()
    _, first = np.unique(group, return_index=True)
    return first[group[rows]]


def _differ(frame: pd.DataFrame, rows: Rows, firsts: Rows) -> Mask:
    """Return which of these rows have another value than their first, beside the ends."""
    differ = np.zeros(len(rows), dtype=bool)
    for name in frame.columns.difference(["source", "target"]):
        here = frame[name].iloc[rows].reset_index(drop=True)
        there = frame[name].iloc[firsts].reset_index(drop=True)
        same = (here == there).fillna(False).astype(bool) | (here.isna() & there.isna())
        differ |= ~same.to_numpy()
    return differ


def turn_to_stored(frame: pd.DataFrame, stored: Stored) -> pd.DataFrame:
    """Return relationships that run both ways in the direction in which they are stored.

    A stored tie is updated, whichever of its ends a file names first.
    """
    both_ways = _both_ways(frame, stored).to_numpy()
    if not both_ways.any():
        return frame
    given = frame.loc[both_ways, ["source", "target", "type"]]
    ties = stored.read_ties(sorted(given["type"].unique()))
    if ties.empty:
        return frame
    known = pd.MultiIndex.from_frame(ties[["source", "target", "type"]])
    as_given = pd.MultiIndex.from_frame(given).isin(known)
    turned = pd.MultiIndex.from_frame(given[["target", "source", "type"]]).isin(known)
    rows = np.zeros(len(frame), dtype=bool)
    rows[both_ways] = turned & ~as_given
    return _swap_ends(frame, rows)
