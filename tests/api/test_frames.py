"""`import_frames`: DataFrames and Arrow tables, as files are imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from relgraph import import_frames, open_store, run_cypher
from relgraph.errors import InvalidInput, UsageError
from relgraph.store import Store

PEOPLE = pd.DataFrame(
    {
        "id": ["c1", "c2", "e1"],
        "name": ["Ann", "Bob", "Eve"],
        "market": ["customer", "customer", "employee"],
        "owner": ["e1", None, None],
        "revenue": [10.5, np.nan, np.nan],
        "code": ["007", "8", None],
    },
    index=[7, 8, 9],
)
TIES = pa.table(
    {"source": ["c1"], "target": ["c2"], "type": ["KNOWS"], "since": [date(2024, 5, 1)]}
)
CONTACTS = pd.DataFrame(
    {
        "source": ["e1"],
        "target": ["c1"],
        "at": [pd.Timestamp("2024-05-01 08:00", tz="Europe/Paris")],
    }
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "new.lbug", write=True) as store:
        yield store


def test_the_three_tables(store: Store) -> None:
    frames = {"stakeholders": PEOPLE, "relationships": TIES, "interactions": CONTACTS}
    assert import_frames(store, frames)["created"].tolist() == [3, 1, 1]
    assert import_frames(store, frames)["unchanged"].tolist() == [3, 1, 1]
    found = run_cypher(store, "MATCH (s:Stakeholder {id: 'c1'}) RETURN s.revenue AS r, s.code AS c")
    assert [found["r"][0], found["c"][0]] == [10.5, "007"]
    at = run_cypher(store, "MATCH ()-[t:CONTACTED]->() RETURN t.at AS at")["at"][0]
    assert str(at).startswith("2024-05-01T06:00")


def test_source_tables_of_a_mapping(store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[[stakeholders]]\nfrom = "people"\njoin = { ages = "people.id = ages.who" }\n'
        'id = "\'c\' || people.id"\nname = "label"\nmarket = "\'customer\'"\n'
        'properties = { age = "years" }\n'
    )
    frames = {
        "people": pd.DataFrame({"id": [1, 2], "label": ["Ann", "Bob"]}),
        "ages": pa.table({"who": [1, 2], "years": [30, 40]}),
    }
    assert import_frames(store, frames, mapping=mapping)["created"].tolist() == [2]
    found = run_cypher(store, "MATCH (s:Stakeholder) RETURN s.id AS id, s.age AS age ORDER BY id")
    assert [found["id"].tolist(), found["age"].tolist()] == [["c1", "c2"], [30, 40]]


def test_what_can_not_be_imported(store: Store) -> None:
    with pytest.raises(UsageError, match="'people' is not one of stakeholders"):
        import_frames(store, {"people": PEOPLE})
    with pytest.raises(UsageError, match="stakeholders: not a DataFrame or an Arrow table"):
        import_frames(store, {"stakeholders": 3})
    with pytest.raises(InvalidInput, match="stakeholders:1: id is empty"):
        import_frames(store, {"stakeholders": PEOPLE.assign(id=["", "c2", "e1"])})
    assert import_frames(store, {"stakeholders": PEOPLE}, dry_run=True)["created"].tolist() == [3]
