"""Northwind has no margins, leavers or word of mouth: notes say so, no figure is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.api import import_files, open_store
from tests.conftest import Relgraph

NORTHWIND = Path(__file__).parents[2] / "sample_data" / "northwind"
NO_VALUE = "94 of 94 customers and distributors have no margin, and none can be estimated"
NOBODY_LEFT = "nobody is recorded as having left"


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("planning") / "northwind.lbug")
    with open_store(path, write=True) as store:
        import_files(store, [NORTHWIND])
    return path


@pytest.mark.parametrize(
    ("command", "money"),
    [
        ("value", ("margin", "clv", "received", "given", "network_value", "grade")),
        ("exit", ("loss", "loss_low", "loss_high", "direct", "chained", "referrals")),
        ("portfolio --model value", ("clv", "crv", "class", "advice")),
    ],
)
def test_money_is_empty_and_said_to_be(
    relgraph: Relgraph, northwind: str, command: str, money: tuple[str, ...]
) -> None:
    done = relgraph(*command.split(), "-d", northwind, "--json")
    assert done.exit_code == 0
    customers = [row for row in json.loads(done.stdout) if row["market"] == "customer"]
    assert len(customers) == 91
    assert {row[name] for row in customers for name in money} == {None}
    assert NO_VALUE in done.stderr
    assert NOBODY_LEFT in done.stderr


def test_nothing_can_be_chosen(relgraph: Relgraph, northwind: str) -> None:
    done = relgraph("plan", "-d", northwind, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "no customer has a positive margin" in done.stderr
    assert NO_VALUE in done.stderr


def test_who_is_to_be_called_needs_no_money(relgraph: Relgraph, northwind: str) -> None:
    done = relgraph("overdue", "-d", northwind, "--json")
    rows = json.loads(done.stdout)
    assert done.exit_code == 0
    assert rows
    assert {row["at_stake"] for row in rows} == {None}
