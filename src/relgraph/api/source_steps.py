"""What an import does for its source: which rows are marked, brought into step, or emptied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from relgraph.comparison.datasets import (
    as_rows,
    count_rows,
    find_differences,
    labels,
)
from relgraph.comparison.merging import keyed
from relgraph.comparison.step import OUTCOMES, Gone, Step, bring_into_step, gone_rows
from relgraph.dataset import Dataset, known_column
from relgraph.errors import UsageError, did_you_mean
from relgraph.messages import Note
from relgraph.model import KEYS, TABLES, TableName
from relgraph.readwrite.names import canonical_column
from relgraph.readwrite.reading import Reading
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.changes import find_stored
from relgraph.store.edits import Edits
from relgraph.store.fetch import fetch_dataset
from relgraph.store.sources import Sources

Cleared = Mapping[tuple[TableName, str], pd.DataFrame]


class SourceSettings(NamedTuple):
    """What an import is asked to do beside storing its rows.

    Parameters
    ----------
    source : str or None
        What its rows are marked as.
    sync : bool
        Whether to bring the store into step with the source.
    gone : {"keep", "left", "remove"}
        What becomes of rows that the source gave before and doesn't now.
    clear : tuple of str
        Columns whose empty cells empty what is stored.
    """

    source: str | None = None
    sync: bool = False
    gone: Gone = "keep"
    clear: tuple[str, ...] = ()

    @classmethod
    def asked(
        cls,
        source: str | None,
        sync: bool,
        gone: Gone | None,
        clear: tuple[str, ...],
        **not_with: bool,
    ) -> SourceSettings:
        """Return what was asked for; `not_with` are parameters that don't go with a step.

        Raises
        ------
        UsageError
            It contradicts itself.
        """
        if source is not None:
            source = check_name(source)
        if sync and source is None:
            raise UsageError("sync.no_source", parameter="sync")
        if gone is not None and not sync:
            raise UsageError("sync.gone_alone", parameter="gone")
        for parameter, given in not_with.items():
            if given and (sync or clear):
                raise UsageError("sync.not_with", parameter=parameter)
        return cls(source, sync, gone or "keep", clear)


NO_SOURCE = SourceSettings()


class Planned(NamedTuple):
    """What an import writes: its rows, what is taken away before, and what is known of sources.

    `changes` are the rows of a step, None of another import.
    """

    rows: Dataset
    edits: Edits
    sources: Sources
    changes: Result | None
    notes: tuple[Note, ...]


def check_name(source: str) -> str:
    """Return the name of a source without blanks around it; an empty or broken one is refused."""
    name = source.strip()
    if not name or not name.isprintable():
        raise UsageError("source.name", parameter="source", name=source)
    return name


def plan_import(
    store: Store, reading: Reading, settings: SourceSettings, *, replace: bool, day: date
) -> Planned:
    """Return what an import writes for what was read."""
    graph = None if replace else store.graph()
    sources = Sources.read(graph)
    given = reading.dataset
    if not (settings.sync or settings.clear):
        after = sources.after(settings.source, given, graph)
        return Planned(given, Edits(), after, None, ())
    present = Dataset() if replace else fetch_dataset(store)
    cleared = _find_cleared(present, given, settings.clear)
    notes = [Note("clear.done", column=c, table=t, count=len(k)) for (t, c), k in cleared.items()]
    if not settings.sync or settings.source is None:
        after = sources.after(settings.source, given, graph)
        return Planned(given, Edits(cleared=cleared), after, None, tuple(notes))
    step = bring_into_step(
        present,
        given,
        reading.covered,
        sources,
        source=settings.source,
        gone=settings.gone,
        day=day,
        cleared=cleared,
    )
    notes += _notes_on_step(present, given, reading, sources, step, settings)
    people = labels(step.after)
    changes = as_rows([*find_differences(present, step.after), *gone_rows(step.gone, people)])
    return Planned(step.rows, step.edits, step.sources, changes, tuple(notes))


def _notes_on_step(
    present: Dataset,
    given: Dataset,
    reading: Reading,
    sources: Sources,
    step: Step,
    settings: SourceSettings,
) -> Iterator[Note]:
    """Yield how many rows of each table a step changes, and what becomes of those that are gone."""
    source = settings.source or ""
    if source not in sources.rows:
        yield Note("source.new", source=source, meant=did_you_mean(source, sources.rows))
    counts = count_rows(present, step.after)
    gone = {each.table: each for each in step.gone}
    for table, frame in given.tables().items():
        if table not in reading.covered:
            if count := len(sources.of(source, table)):
                yield Note("sync.not_read", source=source, table=table, count=count)
            continue
        created, updated = counts[table]
        same = len(frame) - created - updated
        numbers = {"created": created, "updated": updated, "unchanged": same}
        yield Note("sync.counts", source=source, table=table, gone=len(gone[table].rows), **numbers)
    for outcome in OUTCOMES:
        if count := sum(len(each.having(outcome)) for each in step.gone):
            yield Note(f"sync.{outcome}", count=count, source=source)
    left_empty = _find_emptied(present, given)
    counted = [f"{column} {len(keys)}" for (_, column), keys in left_empty.items()]
    if settings.clear == () and counted:
        yield Note("sync.empty_cells", source=source, columns=tuple(counted))


def _find_cleared(present: Dataset, given: Dataset, names: tuple[str, ...]) -> Cleared:
    """Return the stored rows whose value is emptied, by table and column.

    Raises
    ------
    UsageError
        No file has such a column, or every row needs it.
    """
    if not names:
        return {}
    columns = {
        table: {
            *map(str, frame.columns),
            *(name for of, name in given.empty_cells if of == table),
        }
        for table, frame in given.tables().items()
    }
    asked: set[tuple[TableName, str]] = set()
    for name in names:
        found = [
            (table, column)
            for table in TABLES
            for column in columns[table]
            if column.casefold() == name.strip().casefold()
            or column == canonical_column(table, name)
        ]
        if not found:
            known = sorted(set().union(*columns.values()))
            raise UsageError(
                "clear.no_column", parameter="clear", name=name, meant=did_you_mean(name, known)
            )
        for table, column in found:
            spec = known_column(table, column)
            if column in KEYS[table] or (spec is not None and spec.required):
                raise UsageError("clear.required", parameter="clear", name=column, table=table)
        asked.update(found)
    return {place: keys for place, keys in _find_emptied(present, given).items() if place in asked}


def _find_emptied(present: Dataset, given: Dataset) -> dict[tuple[TableName, str], pd.DataFrame]:
    """Return the stored rows that have a value where the files have an empty cell, by column."""
    found = {}
    for (table, column), empty in given.empty_cells.items():
        stored, names = keyed(table, present.tables()[table])
        if column in names or column not in stored or not empty.any():
            continue
        place = find_stored(stored, keyed(table, given.tables()[table][empty])[0], names)
        rows = stored.iloc[place[place >= 0]]
        rows = rows[rows[column].notna()]
        if len(rows):
            found[table, column] = rows
    return found
