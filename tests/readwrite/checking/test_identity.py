"""An id that is used again for somebody else is a problem, a change of market or kind a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph

FIRST = "id,name,market,kind,revenue\n1,Acme,customer,organisation,500\n2,Bea,customer,,\n"


@pytest.fixture
def stored(relgraph: Relgraph) -> Relgraph:
    Path("customers.csv").write_text(FIRST)
    assert relgraph("import", "--stakeholders", "customers.csv").exit_code == 0
    return relgraph


def send(relgraph: Relgraph, rows: str, *options: str) -> tuple[int, str]:
    """Import a file of stakeholders, and return the exit code and what is said."""
    Path("employees.csv").write_text(rows)
    result = relgraph("import", "--stakeholders", "employees.csv", *options)
    return result.exit_code, result.stderr


def test_another_name_and_another_market(stored: Relgraph) -> None:
    assert send(stored, "id,name,market\n1,Bob,employee\n") == (
        4,
        "relgraph: error: employees.csv:2: id '1' is 'Acme' (customer) in the store, and 'Bob' "
        "(employee) here; give one of them another id, or --allow-change if they are the same\n",
    )
    assert json.loads(stored("show", "1", "--json").stdout)["properties"]["name"] == "Acme"


def test_it_can_be_allowed(stored: Relgraph) -> None:
    assert send(stored, "id,name,market\n1,Bob,employee\n", "--allow-change") == (
        0,
        "relgraph: note: 1 stored stakeholder changes market or kind: '1' (name 'Acme' → 'Bob', "
        "market 'customer' → 'employee')\n",
    )


def test_replacing_knows_nobody_from_before(stored: Relgraph) -> None:
    assert send(stored, "id,name,market\n1,Bob,employee\n", "--replace") == (0, "")


def test_a_dry_run_says_it_too(stored: Relgraph) -> None:
    assert send(stored, "id,name,market\n1,Bob,employee\n", "--dry-run")[0] == 4


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,Acme,supplier,", "'1' (market 'customer' → 'supplier')"),
        ("1,ACME,supplier,", "'1' (market 'customer' → 'supplier')"),
        ("1,,supplier,", "'1' (market 'customer' → 'supplier')"),
        ("1,Bob,customer,person", "'1' (name 'Acme' → 'Bob', kind 'organisation' → 'person')"),
        ("1,,distributor,person", "(market 'customer' → 'distributor', kind 'organisation' →"),
    ],
)
def test_changes_are_listed(stored: Relgraph, row: str, said: str) -> None:
    code, told = send(stored, f"id,name,market,kind\n{row}\n")
    assert code == 0
    assert said in told


@pytest.mark.parametrize("row", ["1,Bob,customer,", "1,Acme,Customers,", "2,Bea,,person", "1,,,"])
def test_what_is_no_change_of_market_or_kind(stored: Relgraph, row: str) -> None:
    assert send(stored, f"id,name,market,kind\n{row}\n") == (0, "")


def test_many_changes_are_counted(relgraph: Relgraph) -> None:
    rows = "".join(f"{number},S{number},customer\n" for number in range(8))
    Path("s.csv").write_text(f"id,name,market\n{rows}")
    relgraph("import", "--stakeholders", "s.csv")
    Path("s.csv").write_text(f"id,name,market\n{rows.replace('customer', 'supplier')}")
    result = relgraph("import", "--stakeholders", "s.csv")
    assert "8 stored stakeholders change market or kind: '0' (" in result.stderr
    assert "'4' (market 'customer' → 'supplier'), 3 more\n" in result.stderr
