"""`relgraph exit`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_rows(
        tmp_path / "exit.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm"},
            {"id": "e", "name": "Eva", "market": "employee"},
            {"id": "a", "name": "Anna", "market": "customer", "margin": 100.0, "retention": 1.0},
            {"id": "b", "name": "Bob", "market": "customer", "margin": 50.0, "retention": 1.0},
            {
                "id": "x",
                "name": "Xaver",
                "market": "customer",
                "margin": 20.0,
                "status": "left",
                "left_on": date(2026, 2, 1),
                "left_reason": "price",
                "sub_market": "monthly",
            },
        ],
        [{"source": "e", "target": "a", "type": "MANAGES", "strength": 0.5}],
        [
            {"source": "e", "target": "a", "at": "2025-01-01"},
            {"source": "e", "target": "b", "at": "2025-01-02"},
            {"source": "e", "target": "a", "at": "2026-03-01"},
        ],
    )


def test_the_ranking(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("exit", "-d", store, "--json", "--market", "customer")
    rows = json.loads(done.stdout)
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["loss"] == pytest.approx(1000)
    assert rows[0]["loss_low"] <= 1000 <= rows[0]["loss_high"]
    assert "an upper reading: 15.4% of what an account is worth" in done.stderr


def test_what_leaves_with_an_employee(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("exit", "e", "-d", store, "--json", "--draws", "0")
    rows = json.loads(done.stdout)
    assert [(row["id"], row["how"], row["cover"]) for row in rows] == [
        ("a", "held", None),
        ("b", "held", None),
    ]
    assert rows[0]["loss"] == pytest.approx(154)
    assert "together 231 is lost" in done.stderr


def test_the_same_seed_gives_the_same_bytes(relgraph: Relgraph, store: Path) -> None:
    first, again, other = (
        relgraph("exit", "-d", store, "--json", "--seed", seed, "--draws", "20").stdout
        for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_rates(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("exit", "-d", store, "--rates", "--json", "--budget", "40")
    rows = json.loads(done.stdout)
    assert [(row["reason"], row["lost"], row["controllable"]) for row in rows] == [
        ("price", 1, True),
        ("total", 1, None),
    ]
    assert "40 pays if it keeps 2.00 of them a year" in done.stderr
    by = relgraph("exit", "-d", store, "--rates", "--by", "sub_market", "--json")
    rows = json.loads(by.stdout)
    assert [(row["segment"], row["stakeholders"], row["lost"]) for row in rows] == [
        ("monthly", 1, 1),
        (None, 2, 0),
        ("total", 3, 1),
    ]
    only = relgraph("exit", "-d", store, "--rates", "--market", "supplier", "--json")
    assert [row["lost"] for row in json.loads(only.stdout)] == [0]


def test_arithmetic_needs_no_store(relgraph: Relgraph, tmp_path: Path) -> None:
    figures = ["--customers", "6600", "--rate", ".05", "--revenue", "1e4", "--profit-rate", ".1"]
    done = relgraph("exit", "-d", tmp_path / "none.lbug", *figures, "--budget", "2e5", "--json")
    (row,) = json.loads(done.stdout)
    assert row["profit"] == pytest.approx(330_000)
    assert row["saves_needed"] == pytest.approx(200)


def test_a_backtest(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("exit", "-d", store, "--backtest", "2025-06-30", "--json")
    customer, total = json.loads(done.stdout)
    assert (customer["leavers"], customer["stayers"], customer["concordance"]) == (1, 2, 1)
    assert total["market"] == "total"


def test_the_loss_is_stored(relgraph: Relgraph, store: Path) -> None:
    relgraph("exit", "-d", store, "--write", "loss", "--draws", "0")
    shown = relgraph("show", "a", "-d", store, "--json")
    assert "1000" in shown.stdout or "999.9" in shown.stdout


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (["a", "--rates"], "different questions"),
        (["--rates", "--backtest", "2025-06-30"], "different questions"),
        (["--rates", "--customers", "5"], "different questions"),
        (["--customers", "5"], "--rate: missing: the arithmetic needs --customers, --rate"),
        (["--budget", "5"], "--budget: needs --rates or --customers"),
        (["a", "--by", "budget"], "--by: is for the ranking and --rates only"),
        (["a", "--write", "loss"], "--write: needs the ranking of all"),
        (["--by", "grade"], "--by: 'grade' is not one of loss, budget, only"),
        (["--rates", "--by", "grade"], "--by: 'grade' is not one of reason, level, bond"),
        (["--rates", "--budget", "-1"], "--budget: -1"),
        (["--backtest", "2026-03-01"], "--backtest: the day has to lie before 2026-03-01"),
        (["firm"], "ID: 'firm' is the firm"),
        (["x"], "ID: not active: x"),
    ],
)
def test_wrong_use_is_told(relgraph: Relgraph, store: Path, given: list[str], text: str) -> None:
    done = relgraph(
        "exit",
        "-d",
        store,
        *given,
    )
    assert done.exit_code == 2
    assert text in done.stderr
