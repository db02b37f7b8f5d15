"""Random datasets: both stores give back what they got, and the same network."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from relgraph.api.copying import copy_store
from relgraph.dataset import Dataset
from relgraph.model import ALL_MARKETS
from relgraph.network import Network, Projection
from relgraph.store import fetch_dataset, fetch_network, open_store
from tests.store.datasets import contact, dataset, same, stakeholder, tie

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
TYPES = ("REFERS", "KNOWS", "COMPETES_WITH", "OWNS", "Ω_`1`")
EXTRA = {"a text": "text", "n`": "integer", "x": "number", "ok": "boolean", "day": "date"}
# Each example costs a second on a server, so a failing one is shown as it was found.
QUICK = [phase for phase in Phase if phase is not Phase.shrink]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "a text": TEXTS,
    "n`": st.integers(-(2**63), 2**63 - 1),
    "x": st.floats(allow_nan=False),
    "ok": st.booleans(),
    "day": st.dates(date(1, 1, 1)),
}
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC).isoformat()
)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    ids = draw(st.lists(TEXTS, min_size=1, max_size=12, unique=True))
    optional = {name: st.none() | values for name, values in VALUES.items()}
    people = [
        stakeholder(node_id, draw(st.sampled_from(ALL_MARKETS)))
        | {name: draw(values) for name, values in optional.items()}
        for node_id in ids
    ]
    end = st.sampled_from(ids)
    keys = draw(st.lists(st.tuples(end, end, st.sampled_from(TYPES)), max_size=25, unique=True))
    ties = [
        tie(
            *key,
            strength=draw(st.none() | st.sampled_from([0.1, 0.5, 1.0])),
            level=draw(st.none() | st.integers(1, 5)),
        )
        | {"n`": draw(optional["n`"])}
        for key in keys
    ]
    meetings = draw(
        st.lists(st.tuples(end, end, MOMENTS, st.none() | TEXTS), max_size=8, unique=True)
    )
    contacts = [contact(a, b, at, channel=channel) for a, b, at, channel in meetings]
    return dataset(people, ties, contacts, types=EXTRA)  # type: ignore[arg-type]


def held(data: Dataset) -> Dataset:
    """Return the dataset without the columns that nobody has a value for."""
    tables = [
        frame[[name for name in frame.columns if name in kept or frame[name].notna().any()]]
        for frame, kept in zip(
            data.tables().values(),
            (("id",), ("source", "target", "type"), ("source", "target", "at", "occurrence")),
            strict=True,
        )
    ]
    return Dataset(*tables)  # type: ignore[arg-type]


def assert_same_network(one: Network, other: Network) -> None:
    assert one.ids.tolist() == other.ids.tolist()
    assert one.notes == other.notes
    for name in ("indptr", "indices", "strength", "both_ways", "sign"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(datasets())
def test_a_file_gives_back_what_it_got(data: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_store(str(Path(folder) / "store.lbug"), write=True) as store:
            store.write(data)
            stored = fetch_dataset(store)
            summary = store.write(stored)
        for table, frame in held(data).tables().items():
            same(stored.tables()[table], frame)
        assert not any(change.created + change.updated for change in summary.tables.values())


@pytest.mark.parametrize("projection", [Projection(), Projection(types=TYPES, undirected=True)])
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=datasets())
def test_a_server_in_between_changes_nothing(
    neo4j_url: str, projection: Projection, data: Dataset
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, two = (str(Path(folder) / name) for name in ("one.lbug", "two.lbug"))
        with open_store(one, write=True) as store:
            store.write(data)
        with open_store(one) as store, open_store(neo4j_url, write=True) as server:
            copy_store(store, server, replace=True)
            assert_same_network(fetch_network(store, projection), fetch_network(server, projection))
        with open_store(neo4j_url) as server, open_store(two, write=True) as store:
            copy_store(server, store)
            stored = fetch_dataset(store)
        for table, frame in held(data).tables().items():
            same(stored.tables()[table], frame)
