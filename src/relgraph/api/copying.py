"""Copy: everything from one store into another, and the proof that it arrived."""

from __future__ import annotations

import numpy as np

from relgraph.arguments import checked
from relgraph.comparison.stored import as_imported
from relgraph.errors import UsageError, WriteFailed
from relgraph.messages import Note
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store, fetch_dataset
from relgraph.store.columns import objects
from relgraph.store.frames import checksum
from relgraph.store.sameness import Sameness


@checked
def copy_store(
    source: Store,
    target: Store,
    *,
    replace: bool = False,
    batched: bool = False,
    progress: Progress = SILENT,
) -> Result:
    """Make one store hold exactly what another holds, and check that it does.

    Its snapshots come along, as far as the target keeps any.

    Parameters
    ----------
    source : Store
        What to copy.
    target : Store
        A store that is open for writing: empty, or with `replace` any.
    replace : bool
        Replace what the target holds.
    batched : bool
        On a server, write in many transactions; the same call again completes an interrupted
        one. Otherwise the target gets everything or nothing.
    progress : Progress
        Reports the rows written.

    Returns
    -------
    Result
        `table, rows, created, updated, unchanged`; a note gives the checksum of the content.

    Raises
    ------
    UsageError
        The target holds something, and `replace` was not asked for.
    WriteFailed
        The copy could not be written, or differs.
    """
    held = len(target.read_stakeholders([]))
    if held and not replace and not target.incomplete:
        raise UsageError("copy.not_empty", url=target.url, held=held)
    progress.start("progress.reading", name=source.url)
    dataset = fetch_dataset(as_imported(source))
    progress.finish()
    summary = target.write(
        dataset,
        replace=replace,
        record=source.read_import_record(),
        texts={name: source.graph().read_text(name) or "" for name in ("rows", "sources")},
        snapshots=source.read_snapshots(),
        same=Sameness.read(source.graph()),
        batched=batched,
        progress=progress,
    )
    progress.start("progress.checking", name=target.url)
    content = checksum(fetch_dataset(source))
    arrived = checksum(fetch_dataset(target))
    progress.finish()
    if arrived != content:
        raise WriteFailed(
            "copy.differs",
            target=target.url,
            source=source.url,
            found=arrived[:12],
            expected=content[:12],
        )
    tables = dataset.tables()
    counts = [
        (len(frame), change.created, change.updated, change.unchanged)
        for table, frame in tables.items()
        for change in [summary.tables[table]]
    ]
    names = ("rows", "created", "updated", "unchanged")
    numbers = dict(zip(names, np.array(counts, dtype=np.int64).T, strict=True))
    return Result(
        {"table": objects(list(tables))} | numbers,
        (Note("copy.same", sha256=content),),
    )
