"""What a store holds already, as the checks of files need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replaced

import pandas as pd

from relgraph.comparison.merging import merge
from relgraph.model import TABLES, ColumnType
from relgraph.readwrite.checking.known import Stored
from relgraph.store import Store
from relgraph.store.fetch import fetch_dataset
from relgraph.store.frame_store import FrameStore
from relgraph.store.frames import to_frame
from relgraph.store.records import KeptText
from relgraph.store.references import without
from relgraph.store.sameness import Sameness
from relgraph.store.schema import RESERVED_PROPERTIES, RESERVED_TYPES

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
