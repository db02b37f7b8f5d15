"""Checks that need more than one cell: what is missing, repeated, unknown or contradictory."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.dataset import known_column
from relgraph.messages import Message, Note
from relgraph.model import COLUMNS, FIRM, KEYS, TableName
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import KnownIds, Stored, is_in
from relgraph.readwrite.checking.parsing import parse_text
from relgraph.readwrite.checking.tidying import clean_ids, trim_texts
from relgraph.readwrite.names import mistyped_type
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

OWNERS_MARKET = "employee"
_SHOWN = 6  # ids or types in a note
# Required columns that any text fits; some text leaves nothing.
_TIDY = dict.fromkeys(("id", "source", "target"), clean_ids) | {"name": trim_texts}


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
            if name == "type" and raw.is_graph and not {"source", "target"} <= places.keys():
                continue  # a graph has types of its own, once its edges have ends
            if needed and raw.headers and name not in places:
                found = tuple(repr(shortened(header)) for header in raw.headers[:20])
                known = any(known_column(cells.table, each) is not None for each in places)
                remedy = None if known else Message("table.lacks.all")
                log.add(
                    _lacks(name, cells.table, required, found, remedy), raw.file, raw.header_line
                )
        if name in cells.names():
            _check_filled(cells, name, rows, log)


def _lacks(
    name: str,
    table: TableName,
    required: tuple[str, ...],
    found: tuple[str, ...],
    remedy: Message | None,
) -> Message:
    if name == "market":
        return Message("table.no_market", required=required, found=found)
    said = {"table": table, "required": required, "found": found, "remedy": remedy}
    return Message("table.lacks", column=name, **said)


def _check_filled(cells: Cells, name: str, rows: Mask, log: ProblemLog) -> None:
    column = _TIDY[name](cells.text(name)) if name in _TIDY else cells.column(name)
    empty = ~column.is_valid().to_numpy(zero_copy_only=False)
    message = Message("cell.empty", column=name)
    cells.report(empty & cells.given(name) & rows, lambda _: message, log)


def check_types(cells: Cells, frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report types of relationship that the store reserves or that are mistyped; note new ones."""
    if "type" not in frame:
        return
    types = frame["type"]
    reserved = types.str.lower().isin(stored.reserved_types).to_numpy()
    cells.report(reserved, lambda row: Message("cell.reserved", type=types.iloc[row]), log)
    counts = types[~reserved].value_counts(sort=False)
    known = stored.settings.kinds
    meant = {name: mistyped_type(name, known) for name in counts.index if name not in known}

    def mistyped(row: int) -> Message:
        name = types.iloc[row]
        return Message("cell.mistyped_type", type=name, meant=meant[name])

    wrong = [name for name, message in meant.items() if message]
    cells.report(types.isin(wrong).to_numpy(), mistyped, log)
    new = [name for name in meant if name not in wrong and name not in stored.type_names]
    if new:
        told = [Message("type.counted", type=name, count=int(counts[name])) for name in new]
        more = [Message("type.more", count=len(new) - _SHOWN)] if len(new) > _SHOWN else []
        log.note(Note("type.new", types=(*told[:_SHOWN], *more)))


def check_ids(cells: Cells, frame: pd.DataFrame, log: ProblemLog) -> None:
    """Report ids that are given more than once, or that look the same."""
    ids = frame["id"]
    repeated = ids.duplicated().to_numpy() & ids.notna().to_numpy()
    several = np.flatnonzero(ids.isin(ids[repeated]))
    first = {ids.iloc[row]: row for row in several[::-1]}

    def twice(row: int) -> Message:
        before = first[ids.iloc[row]]
        given, place = cells.text_of("id", row), cells.place_name(before)
        same = given == cells.text_of("id", before)
        return Message("row.id_twice" if same else "row.id_alike", id=shortened(given), place=place)

    cells.report(repeated, twice, log)


def note_alike(frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Note ids of a file that differ from others in case alone, and stored ones that look alike."""
    clean = stored.clean_ids
    alike = stored.stakeholders["id"][clean.duplicated(keep=False).to_numpy() & clean.notna()]
    if len(alike):
        log.note(Note("ids.stored_alike", count=len(alike), ids=_examples(alike)))
    given = frame["id"].dropna()
    ids = pd.concat([given, stored.stakeholders["id"]], ignore_index=True).drop_duplicates()
    lower = parse_text(pc.utf8_lower(pa.array(ids, pa.string()))).set_axis(ids.index)
    several = lower.duplicated(keep=False)
    here = several & lower.isin(lower[several & (ids.index < len(given))])
    if here.any():
        shown = ids[here].iloc[lower[here].argsort(kind="stable")]
        log.note(Note("ids.case", count=len(shown), ids=_examples(shown)))


def _examples(ids: pd.Series[str]) -> tuple[str, ...]:
    """Return a few ids in quotes."""
    shown = tuple(repr(shortened(node_id)) for node_id in ids.head(_SHOWN))
    return shown if len(ids) <= _SHOWN else (*shown, "…")


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
