"""Scenarios: files that say what would change, read and checked as an import is, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from relgraph.comparison.merging import keyed, merge, take_out
from relgraph.comparison.rows import RowReader, split_removed, take_steps
from relgraph.comparison.stored import what_is_stored
from relgraph.dataset import Dataset
from relgraph.errors import Problem, UsageError
from relgraph.messages import Message, Note
from relgraph.model import LEAST_STRENGTH, TABLES, TableName
from relgraph.planning.basis import assumed_ranges
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.checking.assembly import check_tables
from relgraph.readwrite.checking.repeats import turn_to_stored
from relgraph.readwrite.formats.encoding import decode
from relgraph.readwrite.formats.toml_reader import ASSUMPTIONS, read_toml
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.reading import gather_tables
from relgraph.readwrite.sources import read_bytes
from relgraph.store.changes import find_stored
from relgraph.store.frame_store import FrameStore

TOML = ".toml"


@dataclass(frozen=True, eq=False)
class Scenario:
    """What would change.

    Parameters
    ----------
    name : str
        What rows call it.
    rows : Dataset
        Rows that are added, or change what there is.
    removed : Dataset
        The keys of rows that are taken out.
    assumptions : mapping of str to float
        Assumptions that would have another value.
    notes : tuple of Note
        What was left out of the files, or cut.
    """

    name: str
    rows: Dataset
    removed: Dataset
    assumptions: Mapping[str, float]
    notes: tuple[Note, ...]

    def apply(self, present: Dataset) -> Dataset:
        """Return what there would be: rows are merged first, then rows are taken out."""
        return take_out(merge(present, self.rows), self.removed)


def read_scenario(path: str | Path, present: FrameStore, progress: Progress = SILENT) -> Scenario:
    """Read and check a scenario, with every problem found in one pass.

    Parameters
    ----------
    path : str or Path
        A TOML file, or what an import reads: a folder, or a file of a table.
    present : FrameStore
        What it changes.
    progress : Progress
        Told of the files read.

    Raises
    ------
    InvalidInput
        With every problem that was found.
    UsageError
        The path can't be read.
    """
    log = ProblemLog()
    name, raws, assumed = _gather(Path(path), log, progress)
    stored = what_is_stored(present)
    kept, gone = {}, {}
    for table in TABLES:
        pairs = [split_removed(raw, log) for raw in raws[table]]
        kept[table] = [raw for raw, _ in pairs]
        gone[table] = [raw for _, raw in pairs if raw is not None]
    steps, kept["relationships"] = take_steps(kept["relationships"])
    frames, _ = check_tables(kept, stored, log, allow_change=True)
    reader = RowReader(present.dataset, stored, log)
    removed = {table: reader.removed(table, gone[table]) for table in TABLES}
    for table in TABLES:
        reader.check_columns(table, frames[table])
        reader.check_apart(table, frames[table], removed[table])
    ties = frames["relationships"]
    if {"source", "target", "type"} <= set(ties.columns):
        frames["relationships"] = _take(steps, turn_to_stored(ties, stored), present.dataset, log)
    assumptions = _assumptions(assumed, str(path), log)
    log.raise_any()
    rows, keys = (
        Dataset(tables["stakeholders"], tables["relationships"], tables["interactions"])
        for tables in (frames, removed)
    )
    return Scenario(name, rows, keys, assumptions, log.notes)


def _gather(
    path: Path, log: ProblemLog, progress: Progress
) -> tuple[str, dict[TableName, list[RawTable]], Mapping[str, Any]]:
    """Return the name of a scenario, its tables, and what it assumes."""
    if path.suffix.lower() != TOML or path.is_dir():
        gathered = gather_tables([path], {}, None, (), log, progress)
        if gathered.settings:
            names = tuple(file for file, _ in gathered.settings)
            log.note(Note("scenario.left_out", file=str(path), names=names))
        return path.resolve().stem, gathered.raws, {}
    if not path.exists():
        raise UsageError("path.missing", path=str(path))
    read = read_toml(decode(read_bytes(str(path), path), str(path), log), str(path), log)
    raws: dict[TableName, list[RawTable]] = {table: [] for table in TABLES}
    for table, raw in read.tables:
        raws[table].append(raw)
    return read.name or path.stem, raws, read.assumptions


def _take(
    steps: Mapping[tuple[str, int], float], ties: pd.DataFrame, present: Dataset, log: ProblemLog
) -> pd.DataFrame:
    """Return ties with the strengths that steps lead to, added to what each tie has now."""
    rows = [row for row, origin in enumerate(ties.index) if origin in steps]
    for file, line in steps.keys() - set(ties.index):
        log.problems.append(Problem(Message("scenario.step_twice"), file, line))
    if not rows:
        return ties
    stored, keys = keyed("relationships", present.relationships)
    chosen = ties.iloc[rows]
    place = find_stored(stored, chosen, keys)
    known = stored["strength"].to_numpy(np.float64) if "strength" in stored else None
    reached = ties["strength"].to_numpy(np.float64).copy()
    capped = 0
    for row, at, (file, line) in zip(rows, place.tolist(), chosen.index, strict=True):
        step = steps[file, line]
        ends = {"source": ties["source"].iloc[row], "target": ties["target"].iloc[row]}
        named = {"step": f"{step:+g}", "type": ties["type"].iloc[row], **ends}
        if at < 0:
            log.problems.append(Problem(Message("scenario.no_tie", **named), file, line))
        elif known is None or np.isnan(known[at]):
            log.problems.append(Problem(Message("scenario.no_strength", **named), file, line))
        elif (strength := known[at] + step) < LEAST_STRENGTH:
            low = Message("scenario.too_weak", now=float(known[at]), **named)
            log.problems.append(Problem(low, file, line))
        else:
            capped += strength > 1
            reached[row] = min(round(strength, 12), 1.0)
    if capped:
        log.note(Note("scenario.capped", count=int(capped)))
    return ties.assign(strength=reached)


def _assumptions(given: Mapping[str, Any], file: str, log: ProblemLog) -> dict[str, float]:
    """Return the assumptions that have another value, each checked."""
    found, place = {}, f"{file}: [{ASSUMPTIONS}]"
    for name, value in given.items():
        if not isinstance(value, int | float) or isinstance(value, bool):
            log.add(Message("assume.number", name=name, value=str(value)), place)
            continue
        try:
            assumed_ranges({name: float(value)})
        except UsageError as error:
            log.problems.append(Problem(error.message, place))
        found[name] = float(value)
    return found
