"""History: the imports that replaced something, each with a snapshot of what it replaced."""

from __future__ import annotations

from relgraph.arguments import checked
from relgraph.messages import Note
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.columns import objects, to_column


@checked
def list_history(store: Store) -> Result:
    """Return the imports before which a store kept a snapshot, the oldest first.

    Returns
    -------
    Result
        `number`, which `open_snapshot` takes; `at`, when the import was; `files`; the rows that
        it `created` and `updated`; `rows`, how many there were before; `bytes`, the size of the
        snapshot. A damaged snapshot is a number alone.

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
    nothing = () if numbers else (Note("snapshot.nothing", url=store.url),)
    return Result(
        {
            "number": to_column(numbers, "integer"),
            "at": to_column([each and each.at for each in found], "time"),
            "files": objects([each and ", ".join(each.files) for each in found]),
            "created": to_column([each and each.created for each in found], "integer"),
            "updated": to_column([each and each.updated for each in found], "integer"),
            "rows": to_column([each and sum(each.rows.values()) for each in found], "integer"),
            "bytes": to_column([each and each.size for each in found], "integer"),
        },
        (*snapshots.notes(store.url), *nothing),
    )
