"""History: the snapshots that imports left, each of what was there before."""

from __future__ import annotations

from relgraph.arguments import checked
from relgraph.messages import Note
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.columns import objects, to_column


@checked
def list_history(store: Store) -> Result:
    """Return the snapshots of a store, the oldest first.

    Returns
    -------
    Result
        `snapshot`, which `open_store` takes; `at` which time the import left it, and how many rows
        that `changed` or created; the `rows` of the snapshot; the `files` of the import. A damaged
        snapshot is a name alone.

    Raises
    ------
    NotADatabase
        None of the snapshots can be read.
    """
    snapshots = store.read_snapshots()
    if snapshots.unreadable:
        snapshots.check(store.url)
    numbers = sorted({*snapshots.records, *snapshots.damaged})
    found = [snapshots.records.get(number) for number in numbers]
    empty = "snapshot.nothing" if store.keeps_snapshots() else "snapshot.not_kept"
    nothing = () if numbers else (Note(empty, url=store.url),)
    return Result(
        {
            "snapshot": objects([f"{store.url}@{number}" for number in numbers]),
            "at": to_column([each and each.at.replace(microsecond=0) for each in found], "time"),
            "changed": to_column([each and each.changed for each in found], "integer"),
            "rows": to_column([each and sum(each.rows.values()) for each in found], "integer"),
            "files": objects([each and ", ".join(each.files) for each in found]),
        },
        (*snapshots.notes(store.url), *nothing),
    )
