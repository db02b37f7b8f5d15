"""`describe_store` and `check_store`: what is in a store, and whether it is undamaged."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from relgraph import check_store, describe_store, open_store
from relgraph.errors import StoreError
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


def test_a_store_is_checked(writable: Store, worked_file: Path, tmp_path: Path) -> None:
    assert str(check_store(writable)).endswith("everything can be read, and the checksum is right")
    damaged = bytearray(worked_file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path = tmp_path / "damaged.lbug"
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="damaged"), open_store(path) as store:
        check_store(store)
