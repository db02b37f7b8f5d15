"""What the embedded store does beside the conformance suite."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from relgraph.dataset import Dataset
from relgraph.errors import QueryFailed
from relgraph.store import fetch_dataset, open_store
from tests.store.datasets import dataset, same, stakeholder, tie


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.lbug"


@contextmanager
def ctrl_c_after(seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def many(count: int) -> Dataset:
    numbers = np.arange(count)
    ids = pd.Series([f"s{number}" for number in numbers], dtype="str")
    people = pd.DataFrame({"id": ids, "name": ids, "market": pd.Series(["customer"] * count)})
    ties = pd.DataFrame(
        {
            "source": ids,
            "target": ids.iloc[(numbers * 7 + 3) % count].reset_index(drop=True),
            "type": pd.Series(["REFERS"] * count, dtype="str"),
            "strength": np.where(numbers % 11, (numbers % 10 + 1) / 10, np.nan),
            "level": pd.array([None if n % 3 else n % 5 + 1 for n in numbers], dtype="Int64"),
            "since": pd.Series(np.datetime64("2000-01-01") + numbers % 9000).astype(
                "datetime64[s]"
            ),
            "seen": pd.Series(np.datetime64("2000-01-01", "us") + numbers)
            .where(numbers % 13 > 0)
            .dt.tz_localize("UTC"),
            "sure": pd.array([None if n % 7 == 0 else n % 2 == 0 for n in numbers], "boolean"),
        }
    )
    return Dataset(people.astype({"market": "str"}), ties)


def test_large_results_hold_the_same_as_small_ones(path: Path) -> None:
    given = many(12_000)  # above the size from which results come by Arrow
    with open_store(str(path), write=True) as store:
        store.write(given)
        stored = fetch_dataset(store)
        same(stored.relationships, given.relationships)
        same(stored.stakeholders, given.stakeholders)
        large = store.read_relationships(None, ["strength", "level", "since", "seen", "sure"])
        query = (
            "MATCH (a:Stakeholder)-[r]->(b:Stakeholder) RETURN a.id AS source, r.level AS level, "
            "r.since AS since, r.seen AS seen, r.sure AS sure ORDER BY source LIMIT 9"
        )
        small = store.execute(query)
    for name, column in small.columns.items():
        assert column.dtype == large[name].dtype
        assert list(map(repr, column)) == list(map(repr, large[name][:9]))


def test_ctrl_c_ends_a_long_query_at_once(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(many(12_000))
        endless = (
            "MATCH (a:Stakeholder), (b:Stakeholder), (c:Stakeholder) "
            "WHERE a.name < b.name AND b.name < c.name RETURN count(*) AS count"
        )
        with ctrl_c_after(0.3), pytest.raises(KeyboardInterrupt):
            store.execute(endless)
        assert store.execute("RETURN 1 AS one")["one"].tolist() == [1]


def test_ctrl_c_during_a_write_leaves_nothing(path: Path) -> None:
    given = many(60_000)
    with (
        open_store(str(path), write=True) as store,
        ctrl_c_after(0.1),
        pytest.raises(KeyboardInterrupt),
    ):
        store.write(given)
    assert list(path.parent.iterdir()) == []


def test_the_engines_further_types_are_plain(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(dataset([stakeholder("a")], [tie("a", "a", "KNOWS", strength=0.5)]))
        (row,) = store.execute(
            "MATCH (s:Stakeholder)-[r:KNOWS]->() RETURN r AS tie, collect(s) AS people, "
            "interval('1 day') AS span, CAST(1.5 AS DECIMAL(4, 2)) AS price, {a: [1]} AS struct, "
            "CAST(1 AS UINT8) AS small"
        ).rows()
    assert row == {
        "tie": {"strength": 0.5},
        "people": [{"id": "a", "name": "A", "market": "customer"}],
        "span": "1 day, 0:00:00",
        "price": 1.5,
        "struct": {"a": [1]},
        "small": 1,
    }


def test_half_a_character_is_refused(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.create_schema()
        with pytest.raises(QueryFailed):
            store.execute("RETURN $text AS text", {"text": "\ud800"})


def test_reading_loads_no_pandas(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(dataset([stakeholder("a"), stakeholder("b")], [tie("a", "b")]))
    code = (
        "import sys; from relgraph.store import open_store\n"
        "assert not {'numpy', 'pandas', 'ladybug'} & set(sys.modules)\n"
        "from relgraph.store import fetch_network\n"
        "with open_store(sys.argv[1]) as store: fetch_network(store)\n"
        "assert not {'pandas', 'pyarrow'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_reading_much_loads_no_pandas_either(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(many(12_000))
    code = (
        "import sys; from relgraph.store import fetch_network, open_store\n"
        "with open_store(sys.argv[1]) as store: fetch_network(store, attributes=['circle'])\n"
        "assert 'pyarrow' in sys.modules and 'pandas' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
