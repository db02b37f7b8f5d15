"""`describe_store`: what is in a store."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from relgraph import describe_store
from relgraph.store import Store
from tests.api.refusing import refused
from tests.worked import FOLDER


def test_the_worked_example_is_counted(worked: Store) -> None:
    rows = list(describe_store(worked).rows())
    counts = {(row["kind"], row["name"]): row["count"] for row in rows}
    assert counts["store", "stakeholders"] == 10
    assert counts["store", "relationships"] == counts["type", "REFERS"] == 12
    assert counts["store", "interactions"] == 0
    markets = {name: count for (kind, name), count in counts.items() if kind == "market"}
    assert markets == {
        "customer": 3,
        "supplier": 2,
        "employee": 2,
        "distributor": 1,
        "competitor": 1,
        "influencer": 1,
        "firm": 0,
    }
    imported = {row["name"]: row for row in rows if row["kind"] == "import"}
    file = FOLDER / "relationships.csv"
    assert imported[str(file)]["count"] == 12
    assert imported[str(file)]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_properties_and_contacts_are_counted(acme: Store) -> None:
    counts = {(row["kind"], row["name"]): row["count"] for row in describe_store(acme).rows()}
    assert counts["store", "interactions"] == counts["type", "CONTACTED"] == 4
    assert counts["property", "margin"] == counts["property", "satisfaction"] == 2
    assert counts["property", "INFLUENCES.strength"] == 2


@pytest.mark.parametrize("wrong", ["relgraph.lbug", None, 3])
def test_a_store_has_to_be_open(wrong: Any) -> None:
    with refused("store", f"{wrong!r} is not a Store"):
        describe_store(wrong)
