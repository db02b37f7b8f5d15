"""Rows of a scenario: those that are taken out, relative strengths, and what no import checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from relgraph.comparison.merging import keyed
from relgraph.dataset import Dataset, empty_frame, known_column
from relgraph.errors import Problem, did_you_mean
from relgraph.messages import Message
from relgraph.model import COLUMNS, KEYS, TableName
from relgraph.readwrite.checking.assembly import named_parts
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.columns import read_columns
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.checking.repeats import turn_to_stored, with_occurrence
from relgraph.readwrite.names import canonical_column, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable
from relgraph.store.changes import find_stored

REMOVE = ("remove", "删除")
_TRUE, _FALSE = frozenset(("true", "yes", "1", "是")), frozenset(("false", "no", "0", "否"))
_STEP = re.compile(r"\s*([+\-−]\s*\d*\.?\d+)\s*")

Steps = dict[tuple[str, int], float]


def split_removed(raw: RawTable, log: ProblemLog) -> tuple[RawTable, RawTable | None]:
    """Return the rows of a table that stay, and those that are taken out: `remove` is true."""
    place = next((i for i, name in enumerate(raw.headers) if folded(name) in REMOVE), None)
    if place is None:
        return raw, None
    gone = np.zeros(len(raw), dtype=bool)
    for row, cell in enumerate(raw.columns[place].to_pylist()):
        word = folded(cell or "false")
        gone[row] = word in _TRUE
        if word not in _TRUE | _FALSE:
            message = Message("scenario.not_remove", value=shortened(cell))
            log.add(message, raw.file, int(raw.lines[row]))
    rest = raw.without_column(place)
    return rest.take(np.flatnonzero(~gone)), rest.take(np.flatnonzero(gone))


def take_steps(raws: Sequence[RawTable]) -> tuple[Steps, list[RawTable]]:
    """Return the relative strengths of ties by file and line, and the tables without them.

    A strength with a sign is relative, where it is text: `"+0.2"` in TOML, `+0.2` in CSV.
    """
    steps: Steps = {}
    others = []
    for raw in raws:
        named = [canonical_column("relationships", header) for header in raw.headers]
        if "strength" in named:
            raw = _without_steps(raw, named.index("strength"), steps)
        others.append(raw)
    return steps, others


def _without_steps(raw: RawTable, place: int, steps: Steps) -> RawTable:
    cells = raw.columns[place].to_pylist()
    for row, cell in enumerate(cells):
        found = _STEP.fullmatch(cell or "")
        if found and (raw.texts is None or raw.texts[place][row]):
            steps[raw.file, int(raw.lines[row])] = float(
                re.sub(r"\s", "", found[1].replace("−", "-"))
            )
            cells[row] = None
    columns = list(raw.columns)
    columns[place] = pa.array(cells, pa.string())
    return replace(raw, columns=tuple(columns))


class RowReader:
    """Checks the rows of a scenario against what there is."""

    def __init__(self, present: Dataset, stored: Stored, log: ProblemLog) -> None:
        self.present = present
        self.stored = stored
        self.log = log

    def removed(self, table: TableName, raws: Sequence[RawTable]) -> pd.DataFrame:
        """Return the keys of rows that are taken out; one that isn't there is a problem."""
        if not any(map(len, raws)):
            return empty_frame(table)
        cells = Cells(table, named_parts(table, raws, self.stored, self.log))
        types = self.stored.types.get(table, {})
        frame = self.stored.spell_ids(table, read_columns(cells, types, self.log))
        if table == "interactions":
            frame = with_occurrence(cells, frame)
        needed = [key for key in KEYS[table] if (spec := COLUMNS[table].get(key)) and spec.required]
        for name in needed:
            if name not in frame:
                message = Message("scenario.no_key", column=name, keys=tuple(needed))
                self.log.add(message, *cells.place(0))
                return empty_frame(table)
            for row in np.flatnonzero(frame[name].isna().to_numpy()).tolist():
                self.log.add(Message("cell.empty", column=name), *cells.place(row))
        if table == "relationships":
            frame = turn_to_stored(frame, self.stored)
        rows, keys = keyed(table, frame)
        there, _ = keyed(table, self.present.tables()[table])
        absent = (find_stored(there, rows, keys) < 0) & rows[needed].notna().all(axis=1).to_numpy()
        cells.report(absent, lambda row: self._absent(table, frame, row), self.log)
        return rows[keys].reset_index(drop=True)

    def _absent(self, table: TableName, frame: pd.DataFrame, row: int) -> Message:
        if table == "stakeholders":
            node_id = frame["id"].iloc[row]
            meant = did_you_mean(node_id, self.stored.stakeholders["id"].tolist(), 0.7)
            return Message("scenario.no_stakeholder", id=shortened(node_id), meant=meant)
        ends = {name: shortened(frame[name].iloc[row]) for name in ("source", "target")}
        return Message(f"scenario.nothing.{table}", **ends)

    def check_columns(self, table: TableName, frame: pd.DataFrame) -> None:
        """Report columns that neither relgraph nor the store knows: they would change nothing."""
        types = self.stored.types.get(table, {})
        for name in map(str, frame.columns):
            if known_column(table, name) is None and name not in types:
                known = (*COLUMNS[table], *types, REMOVE[0])
                meant = did_you_mean(name, known)
                message = Message("scenario.column", name=shortened(name), table=table, meant=meant)
                given = np.flatnonzero(frame[name].notna().to_numpy())
                file, line = frame.index[int(given[0]) if len(given) else 0]
                self.log.add(message, str(file), int(line))

    def check_apart(self, table: TableName, frame: pd.DataFrame, removed: pd.DataFrame) -> None:
        """Report rows that are both set and taken out."""
        needed = [key for key in KEYS[table] if key in frame and key in removed]
        if removed.empty or frame.empty or len(needed) < len(KEYS[table][:1]):
            return
        rows, keys = keyed(table, frame)
        both = find_stored(removed, rows.reset_index(drop=True), keys) >= 0
        for file, line in frame.index[both]:
            problem = Problem(Message("scenario.both"), str(file), int(line))
            self.log.problems.append(problem)
