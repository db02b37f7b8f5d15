"""What is in a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from relgraph.arguments import checked
from relgraph.errors import StoreUnavailable
from relgraph.messages import Note
from relgraph.model import ALL_MARKETS, CONTACTED
from relgraph.result import Result
from relgraph.store import Store, fetch_dataset
from relgraph.store.columns import objects, to_column
from relgraph.store.schema import quote_identifier

_Row = tuple[str, str, int, datetime | None, str | None]  # kind, name, count, at, sha256


@checked
def describe_store(store: Store) -> Result:
    """Return what a store holds, and what was imported into it.

    Returns
    -------
    Result
        `kind, name, count, at, sha256`. By kind: `store`: rows of the three tables; `market`:
        stakeholders of each; `type`: relationships of each; `property`: values given, of a
        stakeholder's property as `revenue`, of a relationship's as `REFERS.strength`;
        `import`: the files of every import with their rows, time and SHA-256; `history`:
        how many snapshots there are, the time of the first, and their bytes together.
    """
    types = _count(store, "MATCH (:Stakeholder)-[r]->(:Stakeholder) RETURN type(r) AS name")
    markets = _count(store, "MATCH (s:Stakeholder) RETURN s.market AS name")
    contacts = types.get(CONTACTED, 0)
    counts = [
        ("store", "stakeholders", sum(markets.values())),
        ("store", "relationships", sum(types.values()) - contacts),
        ("store", "interactions", contacts),
        *(("market", name, markets.get(name, 0)) for name in ALL_MARKETS),
        *(("type", name, count) for name, count in types.items()),
        *(("property", name, count) for name, count in _count_properties(store)),
    ]
    rows: list[_Row] = [(*row, None, None) for row in counts] + _import_rows(store)
    history, notes = _history(store)
    rows += history
    kinds, names, numbers, times, sums = zip(*rows, strict=True)
    return Result(
        {
            "kind": objects(kinds),
            "name": objects(names),
            "count": to_column(numbers, "integer"),
            "at": to_column(times, "time"),
            "sha256": objects(sums),
        },
        notes,
    )


@checked
def check_store(store: Store) -> Note:
    """Read everything in a store, and say what is known of its being unchanged.

    An embedded store keeps a checksum of what was written, which is checked also whenever it is
    opened. A server keeps none: others may change what it holds.

    Raises
    ------
    StoreError
        The store or a snapshot is damaged, or the store can't be reached.
    """
    fetch_dataset(store)
    store.read_snapshots().check(store.url)
    return store.verify()


def _count(store: Store, match: str) -> dict[str, int]:
    columns = store.execute(f"{match}, count(*) AS count ORDER BY name").columns
    return dict(zip(columns["name"].tolist(), columns["count"].tolist(), strict=True))


def _count_properties(store: Store) -> Iterator[tuple[str, int]]:
    schema = store.read_schema()
    yield from _count_values(store, "(r:Stakeholder)", "", schema.stakeholders)
    for name, properties in schema.relationships.items():
        pattern = f"(:Stakeholder)-[r:{quote_identifier(name)}]->(:Stakeholder)"
        yield from _count_values(store, pattern, f"{name}.", properties)


def _count_values(
    store: Store, pattern: str, prefix: str, names: Iterable[str]
) -> Iterator[tuple[str, int]]:
    counted = [f"count(r.{quote_identifier(name)}) AS c{i}" for i, name in enumerate(names)]
    counts = store.execute(f"MATCH {pattern} RETURN {', '.join(counted)}").columns.values()
    for name, count in zip(names, counts, strict=True):
        if count[0]:
            yield prefix + name, int(count[0])


def _import_rows(store: Store) -> list[_Row]:
    return [
        ("import", file.name, file.rows, record.at, file.sha256)
        for record in store.read_imports()
        for file in record.files
    ]


def _history(store: Store) -> tuple[list[_Row], tuple[Note, ...]]:
    """Return what is kept of earlier states; a folder that can't be reached is a note."""
    try:
        snapshots = store.read_snapshots()
    except StoreUnavailable as error:
        return [], (Note("snapshot.not_seen", reason=error.message),)
    kept = list(snapshots.records.values())
    rows: list[_Row] = []
    if kept:
        size = sum(snapshot.size for snapshot in kept)
        rows = [
            ("history", "snapshots", len(kept), kept[0].at.replace(microsecond=0), None),
            ("history", "bytes", size, None, None),
        ]
    return rows, snapshots.notes(store.url)
