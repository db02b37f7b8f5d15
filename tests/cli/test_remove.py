"""`relgraph remove`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph


@pytest.fixture
def store(relgraph: Relgraph) -> Relgraph:
    Path("stakeholders.csv").write_text(
        "id,name,market,owner\nC1,Ann,customer,E1\nC2,Bob,customer,\nE1,Eve,employee,\n"
    )
    Path("relationships.csv").write_text("source,target,type\nC1,C2,REFERS\nE1,C1,KNOWS\n")
    Path("interactions.csv").write_text("source,target,at\nE1,C2,2024-01-01\n")
    assert relgraph("import", ".").exit_code == 0
    return relgraph


def removed(output: str) -> dict[str, int]:
    return {row["table"]: row["removed"] for row in json.loads(output)}


def test_a_stakeholder_goes_with_all_ties(store: Relgraph) -> None:
    result = store("remove", "Eve", "--json")
    assert removed(result.stdout) == {"stakeholders": 1, "relationships": 1, "interactions": 1}
    shown = json.loads(store("show", "C1", "--json").stdout)
    assert "owner" not in shown["properties"]
    assert [tie["id"] for tie in shown["ties"]] == ["C2"]
    assert store("show", "E1").exit_code == 2


def test_one_named_twice_is_removed_once(store: Relgraph) -> None:
    assert removed(store("remove", "C1", "Ann", "C2", "--json").stdout) == {
        "stakeholders": 2,
        "relationships": 2,
        "interactions": 1,
    }


def test_nothing_is_removed_when_one_is_unknown(store: Relgraph) -> None:
    result = store("remove", "C1", "nobody")
    assert result.exit_code == 2
    assert "'nobody' is neither an id nor a name" in result.stderr
    assert store("show", "C1").exit_code == 0


def test_nobody_is_a_usage_error(store: Relgraph) -> None:
    assert store("remove").exit_code == 2


def test_a_missing_store_is_said_and_not_made(relgraph: Relgraph) -> None:
    assert relgraph("remove", "x").exit_code == 3
    assert list(Path().iterdir()) == []
