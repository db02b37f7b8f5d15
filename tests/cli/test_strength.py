"""`relgraph strength`, from a store to rows."""

from __future__ import annotations

import json
import math
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from relgraph import api
from relgraph.firm import read_network
from relgraph.network import Projection
from relgraph.resources import resource_dir
from relgraph.settings import RankingSettings
from tests.conftest import Relgraph
from tests.stored import store_rows
from tests.told import told


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_rows(
        tmp_path / "partners.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm", "satisfaction": None},
            {"id": "emp", "name": "Ana", "market": "employee", "satisfaction": None},
            {"id": "cus", "name": "Bolt", "market": "customer", "satisfaction": 0.4},
            {"id": "sup", "name": "Acme", "market": "supplier", "satisfaction": 0.9},
        ],
        [
            {"source": "emp", "target": "cus", "type": "MANAGES", "strength": 0.7, "trust": None},
            {"source": "sup", "target": "firm", "type": "SUPPLIES", "trust": 0.9},
            {"source": "emp", "target": "sup", "type": "MANAGES", "trust": 0.9, "commitment": 0.2},
        ],
        [
            {"source": "emp", "target": "sup", "at": "2024-06-30T00:00:00", "value": 10.0},
            {"source": "sup", "target": "emp", "at": "2024-01-02T00:00:00", "value": None},
            {"source": "emp", "target": "sup", "at": "2024-07-01T12:00:00", "value": 5.0},
        ],
    )


def rows(relgraph: Relgraph, *arguments: str | Path) -> list[dict[str, Any]]:
    done = relgraph("strength", "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def index(trust: float, commitment: float, forth: float, back: float) -> float:
    exchange = (min(forth, back) / max(forth, back) + 1 - math.exp(-forth / 6)) / 2
    return math.sqrt(max(exchange, 0.01) * math.sqrt(trust * commitment))


def test_partnerships_by_strength_and_basis(relgraph: Relgraph, store: Path) -> None:
    given, indexed, refused = rows(relgraph, "-d", store)
    assert (given["source"], given["target"], given["strength"]) == ("emp", "cus", 0.7)
    assert (given["basis"], given["at_risk"]) == ("given", True)
    forth = 2 ** (-1.5 / 180) + 1
    back = 2 ** (-(181.5) / 180)
    assert (indexed["source"], indexed["target"], indexed["basis"]) == ("emp", "sup", "index")
    assert indexed["strength"] == pytest.approx(index(0.9, 0.2, forth, back))
    assert (indexed["trend"], indexed["market"]) == (0.5, "supplier")
    assert (refused["source"], refused["basis"], refused["strength"]) == ("sup", "none", None)
    assert refused["coverage"] == pytest.approx(1 / 6)
    assert refused["remark"] == "no index: components cover 17% of the weight, 40% is needed"


def test_the_default_moment_is_said(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("strength", "-d", store)
    assert "contacts count up to the latest, 2024-07-01T12:00:00Z" in done.stderr


def test_as_of_ignores_later_contacts(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("strength", "-d", store, "--as-of", "2024-06-30T00:00", "--json", "emp", "sup")
    (row,) = json.loads(done.stdout)
    assert row["strength"] == pytest.approx(index(0.9, 0.2, 1.0, 2 ** (-180 / 180)))
    assert row["trend"] == 0.0
    assert "1 contact after 2024-06-30T00:00:00Z is left out" in done.stderr


def test_a_date_counts_to_the_end_of_its_day(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("strength", "-d", store, "--as-of", "2024-07-01", "--json", "emp", "sup")
    (row,) = json.loads(done.stdout)
    forth = 2 ** (-2 / 180) + 2 ** (-0.5 / 180)  # the contact of that day, at noon, among them
    assert row["strength"] == pytest.approx(index(0.9, 0.2, forth, 2 ** (-182 / 180)))
    assert "left out" not in done.stderr


def test_a_contact_still_to_come_is_not_the_present(
    relgraph: Relgraph, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slips = [("emp", "sup", f"2062-06-0{day}T00:00:00") for day in range(1, 6)]
    with api.open_store(str(store), write=True) as opened:
        contacts = pd.DataFrame(slips, columns=["source", "target", "at"])
        contacts.to_csv(tmp_path / "interactions.csv", index=False)
        api.import_files(opened, [tmp_path / "interactions.csv"])
    done = relgraph("strength", "-d", store, "--json", "emp", "sup")
    forth, back = 2 ** (-1.5 / 180) + 1, 2 ** (-181.5 / 180)
    (row,) = json.loads(done.stdout)
    assert row["strength"] == pytest.approx(index(0.9, 0.2, forth, back))
    assert done.stderr.splitlines() == [
        "relgraph: note: contacts count up to the latest, 2024-07-01T12:00:00Z "
        "(--as-of changes that)",
        "relgraph: note: 5 contacts are dated after today and don't count: "
        "2062-06-01T00:00:00Z from emp to sup, 2062-06-02T00:00:00Z from emp to sup, "
        "2062-06-03T00:00:00Z from emp to sup, 2 more",
    ]
    assert relgraph("report", "-d", store, "--format", "markdown", "-o", "r.md").exit_code == 0
    report = Path("r.md").read_text(encoding="utf-8")
    assert "contacts up to 2024-07-01" in report
    assert "5 contacts are dated after today" in report
    end = datetime(2024, 1, 2, 23, 59)
    monkeypatch.setattr("relgraph.firm.reading.end_of_today", lambda: end)
    done = relgraph("strength", "-d", store, "emp", "sup", "--csv")
    assert "7 contacts are dated after today" in done.stderr
    assert "count up to the latest, 2024-01-02T00:00:00Z" in done.stderr


def test_columns_are_the_documented_ones(relgraph: Relgraph, store: Path) -> None:
    header = relgraph("strength", "-d", store, "--csv").stdout.splitlines()[0]
    assert header == (
        "rank,source,target,strength,low,high,coverage,basis,imbalance,trend,contacts_before,"
        "source_name,target_name,market,remark,account,own,margin,owner,at_stake,at_risk,reasons"
    )
    header = relgraph("strength", "-d", store, "--csv", "--confidence").stdout.splitlines()[0]
    assert ",remark,rank_low,rank_high,stays_ahead,account," in header


MONEY: list[dict[str, Any]] = [
    {"id": "firm", "name": "Firm", "market": "firm"},
    {"id": "emp", "name": "Ana", "market": "employee"},
    {"id": "big", "name": "Big", "market": "customer", "margin": 12_000.0, "currency": "EUR"},
    {"id": "odd", "name": "Odd", "market": "customer", "margin": 9_000.0, "currency": "usd"},
    {"id": "new", "name": "New", "market": "customer", "currency": None},
]
TIED = [
    {"source": "emp", "target": "big", "type": "MANAGES", "strength": 0.3},
    {"source": "emp", "target": "odd", "type": "KNOWS", "strength": 0.9},
    {"source": "odd", "target": "firm", "type": "BUYS_FROM", "strength": 0.4},
    {"source": "new", "target": "firm", "type": "BUYS_FROM", "strength": 0.5},
]


def test_money_beside_each_pair(relgraph: Relgraph, tmp_path: Path) -> None:
    store = store_rows(tmp_path / "money.lbug", MONEY, TIED)
    done = relgraph("strength", "-d", store, "--at-risk")
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'have no rate for USD: write currency = "EUR" and under [rates] USD = ' in done.stderr
    Path("ours.toml").write_text('currency = "EUR"\n[rates]\nUSD = 2\n')
    assert relgraph("settings", "-d", store, "ours.toml").exit_code == 0
    done = relgraph("strength", "-d", store)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == [
        *("source_name", "target_name", "strength", "trend", "margin", "owner", "reasons"),
    ]
    assert lines[1] == ["Ana", "Odd", "0.9000", "18,000", *["nobody", "looks", "after", "it"]]
    assert lines[4] == ["Ana", "Big", "0.3000", "12,000", "emp"]
    assert "money is in EUR, converted from USD (1 stakeholder, 1 USD = 2 EUR)" in done.stderr
    found = [
        (row["source"], row["margin"]) for row in rows(relgraph, "-d", store, "--by", "margin")
    ]
    assert found == [("emp", 18000), ("odd", 18000), ("emp", 12000), ("new", None)]


def test_ties_at_risk_are_kept_for_their_accounts(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [row | {"currency": None} for row in MONEY]
    store = store_rows(tmp_path / "money.lbug", people, TIED)
    done = relgraph("strength", "-d", store, "--at-risk", "--json", "--write", "at_risk_money")
    listed = json.loads(done.stdout)
    assert [(row["account"], row["rank"]) for row in listed] == [
        ("odd", 2),
        ("odd", 2),
        ("new", None),
    ]
    assert "at_stake is now the property at_risk_money of 1 stakeholder" in done.stderr
    assert "what is at stake is unknown for 1 of 3 ties at risk" in done.stderr
    assert relgraph("strength", "-d", store, "--write", "best").exit_code == 0
    with api.open_store(str(store)) as opened:
        kept = opened.read_stakeholders(["at_risk_money", "best"])
    figures = {row["id"]: (row["at_risk_money"], row["best"]) for row in kept.rows()}
    assert figures == {
        **dict.fromkeys(("firm", "emp"), (None, None)),
        "big": (None, 0.3),
        "odd": (listed[0]["at_stake"], 0.9),
        "new": (None, 0.5),
    }


def test_intervals_are_of_ranks_by_strength(relgraph: Relgraph, store: Path) -> None:
    for more in (["--by", "margin"], ["--at-risk"]):
        done = relgraph("strength", "-d", store, "--confidence", *more)
        assert done.exit_code == 2
        assert "--confidence: how certain ranks are is known of ranks by strength alone" in (
            done.stderr
        )
    assert rows(relgraph, "-d", store, "--confidence", "--at-risk", "--by", "strength")


def test_values_count_when_asked(relgraph: Relgraph, store: Path) -> None:
    arguments = ("-d", store, "--count-value", "--saturation", "20", "--as-of", "2024-06-30T00:00")
    done = relgraph("strength", *arguments, "--json", "emp", "sup")
    (row,) = json.loads(done.stdout)
    exchange = (0.01 + 1 - math.exp(-10 / 20)) / 2
    assert row["strength"] == pytest.approx(math.sqrt(exchange * math.sqrt(0.18)))
    assert "1 of 3 contacts has no value and counts as 0" in done.stderr


def test_one_stakeholder_two_and_too_many(relgraph: Relgraph, store: Path) -> None:
    assert [row["target"] for row in rows(relgraph, "-d", store, "Ana")] == ["cus", "sup"]
    assert rows(relgraph, "-d", store, "cus", "sup") == []
    done = relgraph("strength", "-d", store, "cus", "sup", "emp")
    assert (done.exit_code, "at most two stakeholders can be named, not 3" in done.stderr) == (
        2,
        True,
    )
    done = relgraph("strength", "-d", store, "Anna")
    assert (done.exit_code, "did you mean 'Ana'" in done.stderr) == (2, True)


def test_limits_of_risk_can_be_changed(relgraph: Relgraph, store: Path) -> None:
    (row,) = rows(relgraph, "-d", store, "--risk-satisfaction", "0.4", "emp", "cus")
    assert row["at_risk"] is False


@pytest.mark.parametrize(
    "arguments", [["--saturation", "0"], ["--risk-trend", "2"], ["--as-of", "June"]]
)
def test_options_outside_their_range(relgraph: Relgraph, store: Path, arguments: list[str]) -> None:
    done = relgraph("strength", "-d", store, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")


def test_an_empty_store_has_no_rows(relgraph: Relgraph, tmp_path: Path) -> None:
    store = store_rows(tmp_path / "empty.lbug", [])
    for more in ([], ["--directed"], ["--confidence"]):
        done = relgraph("strength", "-d", store, "--json", *more)
        assert (done.exit_code, json.loads(done.stdout), done.stderr) == (0, [], "")


def test_a_projection_can_use_the_index(store: Path) -> None:
    with api.open_store(str(store)) as opened:
        given = read_network(opened, RankingSettings())
        indexed = read_network(opened, RankingSettings(Projection(undirected=True), "index"))
    place = {node_id: number for number, node_id in enumerate(given.ids.tolist())}
    arcs = zip(given.sources.tolist(), given.indices.tolist(), given.strength, strict=True)
    assert {(source, target): float(strength) for source, target, strength in arcs} == {
        (place["emp"], place["cus"]): 0.7,
        (place["emp"], place["sup"]): 0.7,  # as the other that is managed
        (place["sup"], place["firm"]): 0.5,  # nothing else is supplied
    }
    assert not indexed.directed
    assert indexed.m == 6
    assert "strength of the 3 stored ties: 1 by index, 1 as given, 0 by contacts" in told(
        indexed.notes
    )
    forth, back = 1 + 2 ** (-1.5 / 180), 2 ** (-181.5 / 180)
    assert index(0.9, 0.2, forth, back) == pytest.approx(
        float(
            indexed.strength[(indexed.sources == place["emp"]) & (indexed.indices == place["sup"])][
                0
            ]
        )
    )


def test_all_rows_of_the_sample_stand_in_their_intervals(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    listed = [*rows(relgraph), *rows(relgraph, "--directed"), *rows(relgraph, "--confidence")]
    ranged = [row for row in listed if row["low"] is not None]
    assert len(ranged) > 500
    for row in ranged:
        assert row["low"] <= row["strength"] <= row["high"], row
    assert {row["basis"] for row in ranged} == {"given", "index"}
    first = listed[0]  # known from its best sides: .9542 with what is missing at .9
    assert (first["source"], first["high"]) == ("cus-45", first["strength"])
    for row in listed:
        if row.get("rank_low"):
            assert row["rank_low"] <= row["rank"] <= row["rank_high"]
