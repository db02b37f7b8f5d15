"""`relgraph value`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_rows(
        tmp_path / "value.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm"},
            *(
                {"id": f"c{n}", "name": f"Customer {n}", "market": "customer", "margin": 10.0 * n}
                for n in range(1, 7)
            ),
            {"id": "i", "name": "Ines", "market": "influencer"},
        ],
        [{"source": "i", "target": "c6", "type": "REFERS", "strength": 0.5}],
    )


def test_rows_of_both_markets(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("value", "-d", store, "--json")
    rows = json.loads(done.stdout)
    assert [row["id"] for row in rows] == ["c6", "c5", "c4", "c3", "c2", "c1", "i"]
    assert [row["grade"] for row in rows[:6]] == ["A", "A", "A", "A", "B", "C"]
    assert all(row["clv_low"] <= row["clv"] <= row["clv_high"] for row in rows)
    assert "customer equity" in done.stderr


def test_the_same_seed_gives_the_same_bytes(relgraph: Relgraph, store: Path) -> None:
    first, again, other = (
        relgraph("value", "-d", store, "--csv", "--seed", seed).stdout for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_assumptions_are_given_and_checked(relgraph: Relgraph, store: Path) -> None:
    usual, cheap = (
        json.loads(relgraph("value", "-d", store, "--json", "--draws", "0", *more).stdout)[0]["clv"]
        for more in ((), ("--assume", "discount=0.05"))
    )
    assert cheap > usual
    for wrong, said in (
        ("discount", "'discount' is not NAME=VALUE"),
        ("discount=ten", "'ten' is not a number"),
        ("discont=0.1", "(did you mean 'discount'?)"),
        ("discount=nan", "discount: nan is not from 0 to 1"),
        ("circle=3", "no assumption of that name can be set: 'circle'"),
    ):
        done = relgraph("value", "-d", store, "--assume", wrong)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr


def test_the_curve(relgraph: Relgraph, store: Path) -> None:
    rows = json.loads(relgraph("value", "-d", store, "--curve", "--json").stdout)
    assert [row["share_of_profit"] for row in rows] == pytest.approx(
        [60 / 210, 110 / 210, 150 / 210, 180 / 210, 200 / 210, 1]
    )
    done = relgraph("value", "-d", store, "--curve", "--write", "x")
    assert done.exit_code == 2
    nobody = relgraph("value", "-d", store, "--curve", "--market", "competitor")
    assert (nobody.exit_code, nobody.stdout) == (2, "")
    assert "'competitor' is not one of customer, distributor, supplier, influencer" in nobody.stderr


def test_write_keeps_what_is_ranked_by(relgraph: Relgraph, store: Path) -> None:
    relgraph("value", "-d", store, "--by", "network_value", "--write", "worth")
    shown = relgraph(
        "query",
        "run",
        "--cypher",
        "-",
        "-d",
        store,
        "--json",
        input=("MATCH (s:Stakeholder {id: 'i'}) RETURN s.worth AS worth"),
    )
    row = json.loads(relgraph("value", "-d", store, "--json", "--market", "influencer").stdout)[0]
    assert json.loads(shown.stdout)[0]["worth"] == pytest.approx(row["network_value"])
