"""Edits by hand: one stakeholder, one tie or one contact, checked as an import is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.comparison.datasets import as_rows, find_differences
from relgraph.comparison.merging import clear, keyed, merge
from relgraph.comparison.stored import as_imported, rows_behind, what_is_stored
from relgraph.dataset import Dataset, known_column
from relgraph.errors import InvalidInput, Problem, UnknownStakeholder, UsageError, did_you_mean
from relgraph.messages import Message, Note
from relgraph.model import KEYS, MONEY, TABLES, TableName
from relgraph.readwrite.checking.assembly import assemble
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.names import canonical_column
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, cell_text, text_column
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.changes import find_stored
from relgraph.store.edits import Edits
from relgraph.store.fetch import fetch_dataset
from relgraph.store.sameness import Sameness
from relgraph.store.snapshots import KEPT
from relgraph.store.sources import Sources

Values = Mapping[str, Any]


@checked
def set_properties(
    store: Store, stakeholder: str, values: Values, *, dry_run: bool = False
) -> Result:
    """Set properties of one stakeholder, checked as an import is, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    stakeholder : str
        An id, or a name that only one has; a new id if both name and market are given.
    values : mapping of str to value
        By property; an empty text or None empties it.
    dry_run : bool
        Do everything but store.

    Returns
    -------
    Result
        What changed, as `compare_datasets` has it: `kind, what, id, name, market, field, before,
        after, change`.

    Raises
    ------
    InvalidInput
        With every problem that was found; nothing was stored.
    UnknownStakeholder
        Nobody is meant.
    """
    try:
        node_id = find_ids(store, [stakeholder], "stakeholder")[0]
    except UnknownStakeholder:
        filled = {canonical_column("stakeholders", n) for n, v in values.items() if _filled(v)}
        if not {"name", "market"} <= filled:
            raise
        node_id = clean_id(stakeholder)
    return _edit(store, "stakeholders", {"id": node_id}, values, "set", dry_run=dry_run)


@checked
def set_tie(
    store: Store,
    source: str,
    type: str,
    target: str,
    values: Values | None = None,
    *,
    dry_run: bool = False,
) -> Result:
    """Make a tie, or set properties of one, checked as an import is, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    source, target : str
        Stakeholders, by id or by a name that only one has. A tie that runs both ways is found in
        either order.
    type : str
        Its type.
    values : mapping of str to value, optional
        By property; an empty text or None empties it.
    dry_run : bool
        Do everything but store.

    Returns
    -------
    Result
        As of `set_properties`: `kind, what, id, name, market, field, before, after, change`.
    """
    keys = {**_find_ends(store, source, target), "type": type}
    return _edit(store, "relationships", keys, values or {}, "tie", dry_run=dry_run)


@checked
def add_contact(
    store: Store,
    source: str,
    target: str,
    *,
    at: datetime | str | None = None,
    channel: str | None = None,
    values: Values | None = None,
    dry_run: bool = False,
) -> Result:
    """Store a contact, or set properties of the same one, checked as an import is.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    source, target : str
        Who wrote or called, and whom, by id or by a name that only one has.
    at : datetime or str, optional
        When, in UTC unless it says otherwise; now for None.
    channel : str, optional
        How.
    values : mapping of str to value, optional
        By property, such as `value`; an empty text or None empties it.
    dry_run : bool
        Do everything but store.

    Returns
    -------
    Result
        As of `set_properties`: `kind, what, id, name, market, field, before, after, change`.
    """
    keys: dict[str, Any] = {
        **_find_ends(store, source, target),
        "at": datetime.now(UTC).replace(microsecond=0) if at is None else at,
    }
    if _filled(channel):
        keys["channel"] = channel
    return _edit(store, "interactions", keys, values or {}, "contact", dry_run=dry_run)


def _find_ends(store: Store, source: str, target: str) -> dict[str, Any]:
    one, other = find_ids(store, [source], "source")[0], find_ids(store, [target], "target")[0]
    if one == other and source.strip() != target.strip():
        raise UsageError("edit.same_ends", parameter="target", source=source, target=target)
    return {"source": one, "target": other}


def _filled(value: object) -> bool:
    return value is not None and str(value).strip() != ""


def _edit(
    store: Store,
    table: TableName,
    keys: Mapping[str, Any],
    values: Values,
    name: str,
    *,
    dry_run: bool,
) -> Result:
    """Check and store one row; problems and notes name the command."""
    stored = what_is_stored(store)
    log = ProblemLog()
    given, cleared = dict(keys), []
    for column, value in values.items():
        if canonical_column(table, column) in KEYS[table]:
            log.add(Message("edit.key", name=column, table=table), name)
        elif _filled(value):
            given[column] = value
        else:
            cleared.append(_column_to_clear(table, column, stored, name, log))
    rows = _checked_row(table, given, stored, name, log)
    present = _of_row(fetch_dataset(store), table, rows)
    edits = Edits(cleared=_filled_cells(present, table, cleared))
    after = merge(clear(present, edits.cleared), rows)
    changes = as_rows(find_differences(present, after, singly=True))
    notes: tuple[Note, ...] = rows.notes if len(changes) else (*rows.notes, Note("edit.same"))
    if dry_run:
        notes = (*notes, Note("edit.dry_run"))
    elif len(changes):
        rows, edits, told = _for_all_joined(store, rows, edits)
        notes = (*notes, *told)
        sources = Sources.read(store.graph()).by_hand(rows).to_text()
        written = store.write(rows, edits=edits, texts={"sources": sources}, keep=KEPT)
        notes = (*notes, *written.notes)
    return changes.with_notes(*notes)


def _for_all_joined(store: Store, rows: Dataset, edits: Edits) -> tuple[Dataset, Edits, list[Note]]:
    """Return an edit of one row as one of all the rows that a store holds as this one.

    So the value holds for the one that they are, however their values are joined. The others keep
    their names. Money is added when rows are joined: it goes to the first, and is emptied in the
    others, which a note says.
    """
    stands = Sameness.read(store.graph()).stands
    if not stands:
        return rows, edits, []
    imported, kinds = fetch_dataset(as_imported(store)), store.read_settings().kinds
    tables = dict(rows.tables())
    behind = rows_behind(imported, rows, stands, kinds).tables()
    cleared = {
        (table, column): rows_behind(
            imported, Dataset().with_tables({table: keys}), stands, kinds
        ).tables()[table]
        for (table, column), keys in edits.cleared.items()
    }
    notes = []
    for table, frame in tables.items():
        if len(frame) and len(behind[table]):
            keys = [name for name in KEYS[table] if name in behind[table]]
            first, others = _first_of(frame, behind[table], keys)
            money = [name for name in MONEY if table != "interactions" and name in frame]
            values = frame.drop(columns=[*keys, "name", *money], errors="ignore")
            rest = others[keys].merge(values, how="cross")
            tables[table] = pd.concat([first, rest], ignore_index=True)
            for name in (name for name in money if name in others):
                if len(filled := others[others[name].notna()]):
                    cleared[table, name] = filled
                    notes.append(Note("edit.money", column=name, count=len(filled)))
    return rows.with_tables(tables), Edits(cleared=cleared), notes


def _first_of(
    frame: pd.DataFrame, behind: pd.DataFrame, keys: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the row itself, or the first behind it if it is no row as imported, and the others."""
    own = np.ones(len(behind), dtype=bool)
    for name in keys:
        own &= (behind[name] == frame[name].iloc[0]).to_numpy(dtype=bool)
    if not own.any():
        own[0] = True
        values = frame.drop(columns=keys, errors="ignore")
        frame = behind[own][keys].merge(values, how="cross")
    return frame, behind[~own]


def _checked_row(
    table: TableName, given: Mapping[str, Any], stored: Stored, name: str, log: ProblemLog
) -> Dataset:
    """Return one row as an import reads it; all problems of the log are told."""
    cells = []
    for column, value in given.items():
        text = cell_text(value)
        if text is None:
            log.add(Message("edit.value", column=column, value=str(value)), name)
        cells.append(text_column([text]))
    raw = RawTable(name, name, tuple(given), 1, tuple(cells), np.array([1], dtype=np.int64))
    raws = {each: [raw.with_missing()] if each == table else [] for each in TABLES}
    try:
        return assemble(raws, stored, log, allow_change=True)
    except InvalidInput as error:
        problems = [Problem(problem.message, problem.file) for problem in error.problems]
        raise InvalidInput(problems) from error


def _column_to_clear(
    table: TableName, name: str, stored: Stored, command: str, log: ProblemLog
) -> str:
    """Return the column that is to be emptied, as it is stored."""
    spellings = {each.casefold(): each for each in stored.types.get(table, {})}
    column = canonical_column(table, name) or spellings.get(name.strip().casefold())
    if column is None:
        meant = did_you_mean(name, spellings.values())
        log.add(Message("edit.no_property", name=name, meant=meant), command)
        return name
    spec = known_column(table, column)
    if spec is not None and spec.required:
        log.add(Message("clear.required", name=column, table=table), command)
    return column


def _of_row(present: Dataset, table: TableName, rows: Dataset) -> Dataset:
    """Return what is stored of one row, and the stakeholders that it names."""
    wanted, names = keyed(table, rows.tables()[table].reset_index(drop=True))
    frame, _ = keyed(table, present.tables()[table])
    place = find_stored(frame, wanted, names)
    tables = {each: kept.iloc[:0] for each, kept in present.tables().items()}
    if table != "stakeholders":
        ends = [*wanted["source"], *wanted["target"]]
        tables["stakeholders"] = present.stakeholders[present.stakeholders["id"].isin(ends)]
    tables[table] = frame.iloc[place[place >= 0]]
    return present.with_tables(tables)


def _filled_cells(
    present: Dataset, table: TableName, columns: list[str]
) -> dict[tuple[TableName, str], pd.DataFrame]:
    frame = present.tables()[table]
    cells = {name: frame[frame[name].notna()] for name in columns if name in frame}
    return {(table, name): rows for name, rows in cells.items() if len(rows)}
