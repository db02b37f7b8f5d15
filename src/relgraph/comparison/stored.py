"""What a store holds already, as the checks of files need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as replaced

import numpy as np
import pandas as pd

from relgraph.comparison.merging import merge
from relgraph.dataset import Dataset
from relgraph.model import KEYS, TABLES, ColumnType, RelationshipType, relationship_type
from relgraph.readwrite.checking.known import Stored
from relgraph.store import Store
from relgraph.store.fetch import fetch_dataset
from relgraph.store.frame_store import FrameStore
from relgraph.store.frames import to_frame
from relgraph.store.records import KeptText
from relgraph.store.references import without
from relgraph.store.sameness import Sameness
from relgraph.store.schema import RESERVED_PROPERTIES, RESERVED_TYPES

_IDS = ("id", "source", "target")
_NOTHING = Stored(reserved_columns=RESERVED_PROPERTIES, reserved_types=RESERVED_TYPES)


def as_imported(store: Store) -> Store:
    """Return what a store would hold if nobody in it was joined, to be read."""
    sameness = Sameness.read(store.graph())
    if not sameness.joined:
        return store
    others = without(fetch_dataset(store), [group[0] for group in sameness.joined])
    graph = store.graph()
    texts: dict[KeptText, str] = {n: graph.read_text(n) or "" for n in ("rows", "sources")}
    return FrameStore(store.url, merge(others, sameness.parted), texts)


def what_is_stored(store: Store, *, replace: bool = False) -> Stored:
    """Return what a store holds; if it is to be replaced, only what it carries along."""
    nothing = replaced(_NOTHING, settings=store.read_settings())
    if replace:
        return nothing
    store = as_imported(store)
    schema = store.read_schema()
    people = store.read_stakeholders(["name", "market", "kind", "owner", "organisation", "parent"])
    return replaced(
        nothing,
        stakeholders=to_frame(people, dict.fromkeys(people.columns, "text")),
        types={table: schema.of_table(table) for table in TABLES},
        read_ties=lambda types: _ends(store, types),
        type_names=frozenset(schema.relationships),
    )


def _ends(store: Store, types: Sequence[str]) -> pd.DataFrame:
    ties = store.read_relationships(types, ["since", "until"])
    columns: dict[str, ColumnType] = dict.fromkeys(ties.columns, "text")
    return to_frame(ties, {**columns, "since": "date", "until": "date"})


def rows_behind(
    imported: Dataset,
    wanted: Dataset,
    stands: Mapping[str, str],
    kinds: Mapping[str, RelationshipType],
) -> Dataset:
    """Return the rows as imported that a store holds as the wanted ones.

    Parameters
    ----------
    imported : Dataset
        What the store would hold if nobody was joined.
    wanted : Dataset
        Rows of the store.
    stands : mapping of str to str
        Which id each stands for that the store doesn't hold.
    kinds : mapping of str to RelationshipType
        Which types run both ways.
    """
    behind = {}
    for table, rows in wanted.tables().items():
        frame = imported.tables()[table]
        names = [name for name in KEYS[table] if name in frame and name in rows]
        ends = [name for name in names if name in _IDS]
        held = frame.assign(**{name: frame[name].replace(stands) for name in ends})
        found = _keys(held, names).isin(_keys(rows, names))
        if table == "relationships" and len(held):
            both = [relationship_type(name, kinds).both_ways for name in held["type"]]
            turned = held.rename(columns={"source": "target", "target": "source"})
            found |= _keys(turned, names).isin(_keys(rows, names)) & np.array(both)
        behind[table] = frame[found]
    return imported.with_tables(behind)


def _keys(frame: pd.DataFrame, names: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[names].astype(object).fillna(""))
