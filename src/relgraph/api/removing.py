"""Removing ties, contacts, and what only one source gave; snapshots keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from relgraph.api.source_steps import check_name
from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.comparison.step import OUTCOMES, REMOVED, bring_into_step
from relgraph.comparison.stored import as_imported, rows_behind
from relgraph.dataset import Dataset
from relgraph.errors import UsageError, check_choice, did_you_mean
from relgraph.messages import Message, Note
from relgraph.model import TABLES, TableName, relationship_type
from relgraph.readwrite.checking.parsing import parse_times
from relgraph.readwrite.names import canonical_type
from relgraph.readwrite.raw_table import cell_text, text_column
from relgraph.result import Column, Result
from relgraph.store import Store
from relgraph.store.columns import objects, to_column
from relgraph.store.edits import Edits
from relgraph.store.fetch import fetch_dataset
from relgraph.store.sameness import Sameness
from relgraph.store.snapshots import KEPT
from relgraph.store.sources import Sources, numbers_of

_TIMES = 3  # of other contacts, in an error


@checked
def remove_ties(
    store: Store, ties: Iterable[tuple[str, str, str]], *, dry_run: bool = False
) -> Result:
    """Remove ties, each a source, a type and a target; all of them or none.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    ties : iterable of (source, type, target)
        Stakeholders by id or by a name that only one has. A tie that runs both ways is found in
        either order.
    dry_run : bool
        Only count.

    Returns
    -------
    Result
        Columns `table` and `removed`.

    Raises
    ------
    UsageError
        There is no such tie.
    """
    present = fetch_dataset(store)
    found = [_find_tie(store, present, *tie) for tie in ties]
    rows = pd.concat([present.relationships[:0], *found]).drop_duplicates(
        ["source", "target", "type"]
    )
    return _remove(store, {"relationships": rows}, dry_run=dry_run)


@checked
def remove_contacts(
    store: Store,
    source: str,
    target: str,
    at: datetime | str,
    *,
    channel: str | None = None,
    dry_run: bool = False,
) -> Result:
    """Remove what contacts one stakeholder had with another at a time.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    source, target : str
        Who wrote or called, and whom, by id or by a name that only one has.
    at : datetime or str
        When, in UTC unless it says otherwise.
    channel : str, optional
        Only those that were made so.
    dry_run : bool
        Only count.

    Returns
    -------
    Result
        Columns `table` and `removed`.

    Raises
    ------
    UsageError
        There is no such contact.
    """
    one, other = find_ids(store, [source], "source")[0], find_ids(store, [target], "target")[0]
    parsed = parse_times(text_column([cell_text(at)]))
    if parsed.bad.any() or parsed.values.isna().any():
        raise UsageError("contact.time", parameter="at", value=str(at))
    present = fetch_dataset(store)
    contacts = present.interactions
    pair = contacts[(contacts["source"] == one) & (contacts["target"] == other)]
    found = pair[pair["at"] == parsed.values.iloc[0]]
    if channel is not None:
        held = found.get("channel", pd.Series(None, found.index, dtype="str"))
        found = found[(held.str.casefold() == channel.casefold()).fillna(False).astype(bool)]
    if found.empty:
        times = pair["at"].drop_duplicates().tail(_TIMES)
        shown = [time.strftime("%Y-%m-%dT%H:%M:%SZ") for time in times]
        raise UsageError(
            "contact.none",
            parameter="at",
            source=one,
            target=other,
            at=str(at),
            others=Message("contact.others", count=len(pair), times=shown) if shown else None,
        )
    return _remove(store, {"interactions": found}, dry_run=dry_run)


@checked
def remove_source(store: Store, source: str, *, dry_run: bool = False) -> Result:
    """Remove what only one source gave, and forget the source.

    What others gave, too, what was changed by hand, and stakeholders to whom something that stays
    refers, stay.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    source : str
        Its name.
    dry_run : bool
        Only count.

    Returns
    -------
    Result
        Columns `table` and `removed`; notes say what stays.

    Raises
    ------
    UsageError
        There is no such source.
    """
    name = check_name(source)
    sources = Sources.read(store.graph())
    if name not in sources.rows:
        meant = did_you_mean(name, sources.rows)
        raise UsageError("source.unknown", parameter="source", name=name, meant=meant)
    present = fetch_dataset(as_imported(store))
    today = datetime.now(UTC).date()
    step = bring_into_step(
        present, Dataset(), TABLES, sources, source=name, gone="remove", day=today, cleared={}
    )
    counts = {o: sum(len(each.having(o)) for each in step.gone) for o in OUTCOMES}
    notes = [Note(f"sync.{o}", source=name, count=n) for o, n in counts.items() if n]
    rows = {each.table: each.having(REMOVED) for each in step.gone}
    left = step.sources.without_source(name)
    result = _take_out(store, present, rows, dry_run=dry_run, sources=left)
    return result.with_notes(*(note for note in notes if note.key != f"sync.{REMOVED}"))


def _find_tie(store: Store, present: Dataset, source: str, type: str, target: str) -> pd.DataFrame:
    kinds = store.read_settings().kinds
    ties = present.relationships
    one, other = find_ids(store, [source, target], "ties")
    name = canonical_type(type) or type
    known = sorted({*ties["type"]})
    check_choice(name, known, "ties")
    ends = (ties["source"] == one) & (ties["target"] == other)
    if relationship_type(name, kinds).both_ways:
        ends |= (ties["source"] == other) & (ties["target"] == one)
    found = ties[ends & (ties["type"] == name)]
    if found.empty:
        between = ties[ends | ((ties["source"] == other) & (ties["target"] == one))]
        there = [f"{s} {t} {e}" for s, e, t in _keys(between)]
        others = Message("tie.others", there=there) if there else None
        raise UsageError(
            "tie.none", parameter="ties", source=one, type=name, target=other, others=others
        )
    return found


def _keys(ties: pd.DataFrame) -> Iterable[tuple[str, str, str]]:
    return ties[["source", "target", "type"]].itertuples(index=False, name=None)


def _remove(store: Store, rows: Mapping[TableName, pd.DataFrame], *, dry_run: bool) -> Result:
    """Take rows of a store out, with all those that were joined to them."""
    stands = Sameness.read(store.graph()).stands
    imported = fetch_dataset(as_imported(store))
    behind = rows
    if stands:
        kinds = store.read_settings().kinds
        every = rows_behind(imported, Dataset().with_tables(rows), stands, kinds).tables()
        behind = {table: every[table] for table in rows}
    taken = _take_out(store, imported, behind, dry_run=dry_run)
    return Result(_counts(rows), taken.notes)


def _take_out(
    store: Store,
    imported: Dataset,
    rows: Mapping[TableName, pd.DataFrame],
    *,
    dry_run: bool,
    sources: Sources | None = None,
) -> Result:
    """Take rows as imported out of a store, with a snapshot of what was there."""
    notes: tuple[Note, ...] = ()
    if dry_run:
        notes = (Note("edit.dry_run"),)
    else:
        sources = sources or Sources.read(store.graph())
        held = numbers_of(imported)
        for table, numbers in numbers_of(Dataset().with_tables(rows)).items():
            held[table] = np.setdiff1d(held[table], numbers)
        text = sources.held_by(held).to_text()
        notes = store.write(Dataset(), edits=Edits(rows), texts={"sources": text}, keep=KEPT).notes
    return Result(_counts(rows), notes)


def _counts(rows: Mapping[TableName, pd.DataFrame]) -> dict[str, Column]:
    counts = [len(frame) for frame in rows.values()]
    return {"table": objects(list(rows)), "removed": to_column(counts, "integer")}
