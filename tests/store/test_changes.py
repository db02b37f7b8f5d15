"""The comparison of what is stored with what comes in."""

from __future__ import annotations

import pandas as pd
import pytest

from relgraph.store.changes import find_changes, split_repeated
from relgraph.store.records import TableChange
from tests.store.datasets import contact, dataset, stakeholder


def test_rows_are_told_apart_by_file() -> None:
    stored = dataset([stakeholder("a"), stakeholder("b")]).stakeholders
    incoming = dataset([stakeholder(i) for i in "abc"], files=True).stakeholders
    incoming.index = pd.MultiIndex.from_tuples(
        [("one.csv", 2), ("two.csv", 2), ("two.csv", 3)], names=["file", "line"]
    )
    incoming["name"] = ["other", "B", "C"]
    changes = find_changes(stored, incoming, ["id"])
    assert changes.count() == TableChange(1, 1, 1)
    assert changes.count_by_file() == {
        "one.csv": TableChange(updated=1),
        "two.csv": TableChange(created=1, unchanged=1),
    }
    assert changes.created.index.tolist() == [("two.csv", 3)]


def test_an_update_holds_the_stored_value_where_the_cell_is_empty() -> None:
    stored = dataset([stakeholder("a", revenue=1.0, power=None, circle=3.0)]).stakeholders
    given = dataset([{"id": "a", "name": "N", "market": None, "revenue": None, "power": 0.5}])
    incoming = given.stakeholders.assign(circle=float("nan")).astype({"market": "str"})
    changes = find_changes(stored[list(incoming.columns)], incoming, ["id"])
    assert changes.updated.to_dict("records") == [
        {"id": "a", "name": "N", "market": "customer", "revenue": 1.0, "power": 0.5, "circle": 3.0}
    ]


def test_missing_cells_of_a_key_are_equal() -> None:
    stored = dataset(interactions=[contact("a", "b", "2024-01-01", channel=None)]).interactions
    keys = ["source", "target", "at", "channel", "occurrence"]
    assert find_changes(stored, stored.copy(), keys).count() == TableChange(unchanged=1)


@pytest.mark.parametrize("dtype", ["Int64", "float64", "boolean", "str", "datetime64[s]"])
def test_columns_of_every_type_are_compared(dtype: str) -> None:
    values = {"str": ["x", None], "datetime64[s]": ["2020-01-01", None]}.get(dtype, [1, None])
    stored = pd.DataFrame({"id": ["a", "b"], "value": pd.Series(values, dtype=dtype)})
    assert find_changes(stored, stored.copy(), ["id"]).count() == TableChange(unchanged=2)
    other = stored.assign(value=stored["value"].iloc[::-1].reset_index(drop=True))
    changes = find_changes(stored, other, ["id"])
    assert changes.updated["id"].tolist() == ["b"]
    assert changes.unchanged["id"].tolist() == ["a"]


def test_repeated_keys_come_in_rounds() -> None:
    rows = pd.DataFrame({"id": list("abacab"), "n": range(6)})
    rounds = [round_["n"].tolist() for round_ in split_repeated(rows, ["id"])]
    assert rounds == [[0, 1, 3], [2, 5], [4]]
    assert list(split_repeated(rows.iloc[:0], ["id"])) == []
