"""`relgraph strength`, from a store to rows."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from relgraph import api
from relgraph.firm import read_network
from relgraph.network import Projection
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
    done = relgraph("strength", "-d", store, "--as-of", "2024-06-30", "--json", "emp", "sup")
    (row,) = json.loads(done.stdout)
    assert row["strength"] == pytest.approx(index(0.9, 0.2, 1.0, 2 ** (-180 / 180)))
    assert row["trend"] == 0.0
    assert "1 contact after 2024-06-30T00:00:00Z is left out" in done.stderr


def test_columns_are_the_documented_ones(relgraph: Relgraph, store: Path) -> None:
    header = relgraph("strength", "-d", store, "--csv").stdout.splitlines()[0]
    assert header == (
        "rank,source,target,strength,low,high,coverage,basis,imbalance,trend,at_risk,"
        "source_name,target_name,market,remark"
    )
    header = relgraph("strength", "-d", store, "--csv", "--confidence").stdout.splitlines()[0]
    assert header.endswith(",remark,rank_low,rank_high,stays_ahead")


def test_values_count_when_asked(relgraph: Relgraph, store: Path) -> None:
    arguments = ("-d", store, "--count-value", "--saturation", "20", "--as-of", "2024-06-30")
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
        (place["emp"], place["sup"]): 1.0,
        (place["sup"], place["firm"]): 1.0,
    }
    assert not indexed.directed
    assert indexed.m == 6
    assert "strength of 3 relationships: 1 by index, 1 as given, 0 by contacts" in told(
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
