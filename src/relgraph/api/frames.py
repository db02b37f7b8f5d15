"""Import of tables in memory: DataFrames and Arrow tables into a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from relgraph.api.importing import store_reading
from relgraph.api.source_steps import SourceSettings
from relgraph.arguments import checked, listed
from relgraph.comparison.step import Gone
from relgraph.comparison.stored import what_is_stored
from relgraph.errors import check_choice, check_range
from relgraph.model import TABLES, TableName
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.checking.assembly import assemble
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.formats.arrow_tables import content_sha256, frame_table
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.reading import FileRead, Reading, TableRead
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.snapshots import KEPT


@checked
def import_frames(
    store: Store,
    frames: Mapping[str, Any],
    *,
    mapping: str | Path | None = None,
    replace: bool = False,
    dry_run: bool = False,
    keep: int = KEPT,
    source: str | None = None,
    sync: bool = False,
    gone: Gone | None = None,
    clear: Iterable[str] = (),
    progress: Progress = SILENT,
) -> Result:
    """Check tables in memory, and store what they hold, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    frames : mapping of str to tables
        DataFrames of pandas, tables of Arrow, or of what exchanges data with Arrow, such as polars:
        `stakeholders`, `relationships` and `interactions`; with a mapping, its source tables by
        name. Rows count from 1 in messages; an index is left out.
    mapping : str or Path, optional
        The rules by which they are read, as for `import_files`.
    replace : bool
        Make the store hold exactly these tables.
    dry_run : bool
        Do everything but store.
    keep : int
        How many snapshots of what was replaced to keep in the store; none for 0.
    source, sync, gone, clear
        As for `import_files`.
    progress : Progress
        Reports rows stored.

    Returns
    -------
    Result
        As `import_files` returns; `file` is the name of the table.

    Raises
    ------
    InvalidInput
        With every problem that was found; nothing was stored.
    UsageError
        Something is no table, or has no such name.
    """
    check_range(keep, "keep", 0)
    settings = SourceSettings.asked(source, sync, gone, listed(clear, "clear"), replace=replace)
    log = ProblemLog()
    raws = [frame_table(frame, str(name), log) for name, frame in frames.items()]
    stored = what_is_stored(store, replace=replace)
    if mapping is not None:
        from relgraph.mapping.reading import read_mapped

        log.raise_any()
        reading, _ = read_mapped(mapping, frames=raws, stored=stored, progress=progress)
    else:
        reading = _read(raws, stored, log)
    seen = tuple(FileRead(raw.file, content_sha256(raw), len(raw)) for raw in raws)
    return store_reading(
        store,
        reading._replace(files=(*seen, *reading.files)),
        replace=replace,
        dry_run=dry_run,
        keep=keep,
        settings=settings,
        progress=progress,
    )


def _read(raws: list[RawTable], stored: Stored, log: ProblemLog) -> Reading:
    """Check the three tables, by their names."""
    tables: dict[TableName, list[RawTable]] = {table: [] for table in TABLES}
    for raw in raws:
        check_choice(raw.name, TABLES, "frames")
        tables.update({table: [raw.emptied()] for table in TABLES if table == raw.name})
    reads = tuple(TableRead(raw.file, table, len(raw)) for table in TABLES for raw in tables[table])
    return Reading(assemble(tables, stored, log), (), reads)
