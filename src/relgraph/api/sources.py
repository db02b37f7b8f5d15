"""Sources: what came from where."""

from __future__ import annotations

from relgraph.arguments import checked
from relgraph.messages import Note
from relgraph.model import TABLES
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.columns import objects, to_column


@checked
def list_sources(store: Store) -> Result:
    """Return the named sources of a store, with the files that each was imported from.

    Returns
    -------
    Result
        `name, at, file, rows, sha256`, one row a file that was imported since the source was last
        brought into step: when, how many rows it had, and the SHA-256 of its content; and how
        many `stakeholders`, `relationships` and `interactions` the source gives.
    """
    from relgraph.store.sources import Sources, last_files

    sources = Sources.read(store.graph())
    found = [
        (name, record.at, record.files[0], [len(sources.of(name, table)) for table in TABLES])
        for name in sorted(sources.rows)
        for record in last_files(sources.imports, name)
    ]
    columns = {
        "name": objects([name for name, *_ in found]),
        "at": to_column([at.replace(microsecond=0) for _, at, *_ in found], "time"),
        "file": objects([file.name for _, _, file, _ in found]),
        "rows": to_column([file.rows for _, _, file, _ in found], "integer"),
        "sha256": objects([file.sha256 for _, _, file, _ in found]),
    }
    for place, table in enumerate(TABLES):
        columns[table] = to_column([counts[place] for *_, counts in found], "integer")
    return Result(columns, () if found else (Note("sources.none", url=store.url),))
