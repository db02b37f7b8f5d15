"""Checks that need more than one cell: what is missing, repeated, unknown or contradictory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from relgraph.errors import Problem
from relgraph.model import COLUMNS, FIRM, KEYS, TableName
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import KnownIds, Stored, is_in
from relgraph.readwrite.problems import ProblemLog, quoted
from relgraph.readwrite.raw_table import RawTable

OWNERS_MARKET = "employee"
_ProblemOf = Callable[[int], Problem]


def check_required(cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report required columns and cells that are missing.

    What a row doesn't say of a stored stakeholder stays as it is stored, so only new ones need
    a name and a market.
    """
    required = [spec.name for spec in COLUMNS[cells.table].values() if spec.required]
    new = np.ones(len(cells), dtype=bool)
    if cells.table == "stakeholders" and "id" in frame:
        new = ~is_in(frame["id"], stored.stakeholders["id"])
    for name in required:
        is_key = name in KEYS[cells.table]
        rows = np.ones(len(cells), dtype=bool) if is_key else new
        parts = np.bincount(cells.part[rows], minlength=len(cells.parts)) > 0
        for raw, places, needed in zip(cells.parts, cells.places, parts | is_key, strict=True):
            if needed and name not in places:
                log.add(_missing(cells.table, name, required, raw), raw.file, raw.header_line)
        if name in cells.names():
            empty = ~cells.column(name).is_valid().to_numpy(zero_copy_only=False)
            log.add_each(np.flatnonzero(empty & cells.given(name) & rows), _empty(cells, name))


def _missing(table: TableName, name: str, required: Sequence[str], raw: RawTable) -> str:
    found = ", ".join(quoted(header) for header in raw.headers[:20])
    return f"column {name} is missing; {table} need {', '.join(required)} (found: {found})"


def _empty(cells: Cells, name: str) -> _ProblemOf:
    return lambda row: Problem(f"{name} is empty; every row needs one", *cells.place(row))


def check_types(cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report types of relationship whose names the store keeps for itself."""
    if "type" not in frame:
        return

    def problem(row: int) -> Problem:
        message = f"type {frame['type'].iloc[row]} is a name of the store's own; use another"
        return Problem(message, *cells.place(row))

    log.add_each(np.flatnonzero(frame["type"].str.lower().isin(stored.reserved_types)), problem)


def check_ids(cells: Cells, frame: pd.DataFrame, log: ProblemLog) -> None:
    """Report ids that stand more than once."""
    ids = frame["id"]
    repeated = ids.duplicated().to_numpy() & ids.notna().to_numpy()
    several = np.flatnonzero(ids.isin(ids[repeated]))
    first = {ids.iloc[row]: row for row in several[::-1]}

    def problem(row: int) -> Problem:
        node_id = ids.iloc[row]
        place = cells.spelt_place(first[node_id])
        message = f"id {quoted(node_id)} stands already on {place}; give each id once"
        return Problem(message, *cells.place(row))

    log.add_each(np.flatnonzero(repeated), problem)


def check_ends(cells: Cells, frame: pd.DataFrame, known: KnownIds, log: ProblemLog) -> None:
    """Report sources and targets that nobody knows."""
    for name in ("source", "target"):
        if name in frame:
            rows = np.flatnonzero(known.lack(frame[name]))
            log.add_each(rows, _unknown(cells, frame, name, known))


def _unknown(cells: Cells, frame: pd.DataFrame, name: str, known: KnownIds) -> _ProblemOf:
    return lambda row: Problem(known.unknown(name, frame[name].iloc[row]), *cells.place(row))


def check_firm_and_owners(
    cells: Cells, frame: pd.DataFrame, stored: Stored, known: KnownIds, log: ProblemLog
) -> None:
    """Report a second firm, and owners who will not be employees once the import is done."""
    before = stored.stakeholders.set_index("id")
    rows = pd.Series(np.arange(len(frame)), index=frame["id"])
    rows = rows[rows.index.notna() & ~rows.index.duplicated()]
    given = frame.reindex(columns=["market", "owner"]).iloc[rows].set_axis(rows.index).astype("str")
    after = given.combine_first(before) if len(before) else given
    _check_firm(cells, after["market"], rows, log)
    _check_owners(cells, given["owner"], after, rows, known, log)


def _check_firm(
    cells: Cells, market: pd.Series[str], rows: pd.Series[int], log: ProblemLog
) -> None:
    firms = market.index[(market == FIRM).to_numpy()]
    here = sorted(rows[rows.index.isin(firms)])
    if len(firms) < 2:
        return
    first = None if len(here) < len(firms) else here.pop(0)
    place = "in the store" if first is None else f"on {cells.spelt_place(first)}"
    for row in here:
        log.add(f"market firm stands {place} already; there is one firm at most", *cells.place(row))


def _check_owners(
    cells: Cells,
    given: pd.Series[str],
    after: pd.DataFrame,
    rows: pd.Series[int],
    known: KnownIds,
    log: ProblemLog,
) -> None:
    """Report owners on the row that names them, or else on the row that makes them no employee."""
    owners = after["owner"].dropna()
    markets = owners.map(after["market"])
    unknown = known.lack(owners)
    other = (markets.notna() & (markets != OWNERS_MARKET)).to_numpy()
    named_here = owners.index.isin(given.dropna().index)
    for node_id in owners.index[named_here & (other | unknown)]:
        owner, market = owners[node_id], markets[node_id]
        message = f"owner {quoted(owner)} is in market {market}; an owner must be an employee"
        if pd.isna(market):
            message = known.unknown("owner", owner)
        log.add(message, *cells.place(rows[node_id]))
    for owner, count in Counter(owners[other & ~named_here]).items():
        message = (
            f"market {after['market'][owner]}: {quoted(owner)} owns {count:,} stored "
            "stakeholders, and an owner must be an employee; give them another owner first"
        )
        log.add(message, *cells.place(rows[owner]))
