"""Checks that need more than one cell: what is missing, repeated, unknown or contradictory."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from relgraph.messages import Message
from relgraph.model import COLUMNS, FIRM, KEYS
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import KnownIds, Stored, is_in
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

OWNERS_MARKET = "employee"


def check_required(cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report required columns and cells that are missing.

    What a row doesn't say of a stored stakeholder stays as it is, so only new ones need a name
    and a market.
    """
    required = tuple(spec.name for spec in COLUMNS[cells.table].values() if spec.required)
    new = np.ones(len(cells), dtype=bool)
    if cells.table == "stakeholders" and "id" in frame:
        new = ~is_in(frame["id"], stored.stakeholders["id"])
    for name in required:
        is_key = name in KEYS[cells.table]
        rows = np.ones(len(cells), dtype=bool) if is_key else new
        parts = np.bincount(cells.part[rows], minlength=len(cells.parts)) > 0
        for (raw, places), needed in zip(cells.parts, parts | is_key, strict=True):
            if needed and raw.headers and name not in places:
                found = tuple(repr(shortened(header)) for header in raw.headers[:20])
                message = Message(
                    "table.lacks", column=name, table=cells.table, required=required, found=found
                )
                log.add(message, raw.file, raw.header_line)
        if name in cells.names():
            _check_filled(cells, name, rows, log)


def _check_filled(cells: Cells, name: str, rows: Mask, log: ProblemLog) -> None:
    empty = ~cells.column(name).is_valid().to_numpy(zero_copy_only=False)
    message = Message("cell.empty", column=name)
    cells.report(empty & cells.given(name) & rows, lambda _: message, log)


def check_types(cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report types of relationship whose names are reserved by the store."""
    if "type" in frame:
        types = frame["type"]
        reserved = types.str.lower().isin(stored.reserved_types).to_numpy()
        cells.report(reserved, lambda row: Message("cell.reserved", type=types.iloc[row]), log)


def check_ids(cells: Cells, frame: pd.DataFrame, log: ProblemLog) -> None:
    """Report ids that are given more than once."""
    ids = frame["id"]
    repeated = ids.duplicated().to_numpy() & ids.notna().to_numpy()
    several = np.flatnonzero(ids.isin(ids[repeated]))
    first = {ids.iloc[row]: row for row in several[::-1]}

    def twice(row: int) -> Message:
        node_id = ids.iloc[row]
        place = cells.place_name(first[node_id])
        return Message("row.id_twice", id=shortened(node_id), place=place)

    cells.report(repeated, twice, log)


def check_ends(cells: Cells, frame: pd.DataFrame, known: KnownIds, log: ProblemLog) -> None:
    """Report sources and targets that nobody has as an id."""
    for name in ("source", "target"):
        if name in frame:
            _check_known(cells, frame[name], known, log)


def _check_known(cells: Cells, ids: pd.Series[str], known: KnownIds, log: ProblemLog) -> None:
    cells.report(known.lack(ids), lambda row: known.unknown(str(ids.name), ids.iloc[row]), log)


def check_firm_and_owners(
    cells: Cells, frame: pd.DataFrame, stored: Stored, known: KnownIds, log: ProblemLog
) -> None:
    """Report a second firm, and owners who will not be employees after the import."""
    before = stored.stakeholders.set_index("id")[["market", "owner"]]
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
    if len(firms) < 2:
        return
    here = sorted(rows[rows.index.isin(firms)])
    message = Message("row.firm_stored")
    if len(here) == len(firms):
        message = Message("row.firm_twice", place=cells.place_name(here.pop(0)))
    for row in here:
        log.add(message, *cells.place(row))


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
        if pd.isna(market):
            message = known.unknown("owner", owner)
        else:
            message = Message("row.owner_market", owner=shortened(owner), market=market)
        log.add(message, *cells.place(rows[node_id]))
    for owner, count in Counter(owners[other & ~named_here]).items():
        market = after["market"][owner]
        message = Message("row.owner_moves", owner=shortened(owner), market=market, count=count)
        log.add(message, *cells.place(rows[owner]))
