"""The plan of the sample data: who is in it, how sure that is, and where each number came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relgraph import (
    explain_investment,
    import_files,
    open_store,
    plan_investments,
    rank_exits,
    rank_questions,
    save_settings,
    value_stakeholders,
)
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.messages import Speaker
from relgraph.resources import resource_dir
from relgraph.store import Store
from tests.stored import Rows, store_rows
from tests.told import told

FIRM_SEATS = ["cus-42", "cus-13", "cus-33", "inf-05", "cus-02"]
OPEN_SEATS = {"dis-09", "cus-31", "cus-08", "dis-08", "cus-04", "cus-38", "cus-01", "inf-02"}


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("six") / "six.lbug"
    with open_store(path, write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
    with open_store(path) as store:
        yield store


@pytest.fixture(scope="module")
def ten(six: Store) -> list[dict[str, Any]]:
    return list(plan_investments(six).rows())


def test_the_ten_of_the_sample_data(six: Store, ten: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in ten][:5] == FIRM_SEATS
    assert {row["id"] for row in ten[5:]} <= OPEN_SEATS
    assert all(row["top_ten"] > 0.9 for row in ten[:5])
    first = ten[0]
    assert (first["action"], first["owner"], first["contacts"]) == ("deepen+recover", "emp-06", 18)
    assert first["at_stake"] == pytest.approx(605066.80, abs=5e-3)
    assert first["fragility"] == pytest.approx(188.80, abs=5e-3)
    assert first["cost"] == pytest.approx(2320.83, abs=5e-3)
    notes = told(plan_investments(six, draws=200).notes)
    assert any(note.startswith("at least 99.") for note in notes)


def test_figures_hold_together(six: Store, ten: list[dict[str, Any]]) -> None:
    for row in ten:
        parts = sum(row[name] for name in ("keep", "chain", "refer", "fragility"))
        assert row["gain"] == pytest.approx(parts)
        assert row["net"] == pytest.approx(row["gain"] - row["cost"])
        assert row["net_low"] <= row["net"] <= row["net_high"]
        assert row["net_low"] <= row["net_expected"] <= row["net_high"]
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
        assert 0 <= row["p_after"] <= row["p_leave"] <= 1
    losses = {row["id"]: row["loss"] for row in rank_exits(six, draws=0).rows()}
    stakes = {row["id"]: row["retention"] for row in value_stakeholders(six, draws=0).rows()}
    for row in ten:
        assert row["loss"] == pytest.approx(losses[row["id"]])
        assert 1 - row["p_leave"] == pytest.approx(stakes[row["id"]])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_change_at_most_the_open_seats(six: Store, seed: int) -> None:
    ids = plan_investments(six, seed=seed)["id"].tolist()
    assert ids[:5] == FIRM_SEATS
    assert set(ids[5:]) <= OPEN_SEATS


def recomputed(value: dict[str, float]) -> float:
    """Return the net from the figures that aren't made from others in an explanation."""
    stays = np.exp(-value["λ"])
    if "G" in value:
        stake = value["G"] * value["w"] * value["z"] / 12
    elif "m" in value:
        stake = value["m"] / (1 + value["i"] - stays)
    else:
        stake = 0.0
    strength = value["S"]
    if "s" in value:
        u = 1 - np.exp(-value["n"] * value["H"] / (365.25 * np.log(2)) / 6)
        strength = max(strength, value["s"] + min(value["η"], u) * (1 - value["s"]))
    strength = max(strength, value.get("f", 0.0))
    risk = (
        max(1 - value["S"], 0.01) ** value["β"]
        * np.exp(-value["γ"] * value["q"] - value["θ"] * value["t"])
        * value["ω"]
    )
    hazard = value["c"] * risk
    then = hazard * (max(1 - strength, 0.01) / max(1 - value["S"], 0.01)) ** value["β"]
    if value["assigned"]:
        then /= value["ω"]
    after = np.exp(-then)
    if "κ" in value:
        q, t = value["q"], value["t"]
        calmer = np.exp(-value["γ"] * (max(q, value["q°"]) - q) - value["θ"] * (max(t, 0) - t))
        after = value["κ"] * np.exp(-then * calmer) + (1 - value["κ"]) * after
    saved = after - np.exp(-hazard)
    worth = stake + value["R"] / (1 + value["i"] - stays)
    net = (worth + value.get("X", 0.0)) * saved
    if "S°" in value:
        net += value["R"] * (strength - value["S"]) / value["S°"]
    if "δ" in value:
        net += value["δ"] * stake * value["λe"] * (value["d"] - value["d'"])
    return float(net - value["N"] * value["v"] * value["M"])


def test_every_net_is_reproduced_to_the_cent(six: Store, ten: list[dict[str, Any]]) -> None:
    for row in ten:
        steps = list(explain_investment(six, row["id"]).rows())
        value = {step["symbol"]: step["value"] for step in steps}
        value["assigned"] = "assign" in row["action"]
        assert round(value["net"], 2) == round(row["net"], 2)
        assert recomputed(value) == pytest.approx(row["net"], abs=5e-3), row["id"]
        assert all(str(step["from"]) for step in steps)


def test_where_numbers_came_from(six: Store) -> None:
    for say in (Speaker("en"), Speaker("zh")):
        rows = explain_investment(six, "碧梧泳馆", draws=0).rows()
        said = {row["symbol"]: say(row["from"]) for row in rows}
        assert "stakeholders.csv" in said["m"]
        assert "cus-42" in said["m"]
        assert "relationships.csv" in said["S"]
        assert "emp-06" in said["S"]
        assert "interactions.csv" in said["t"]
        assert "10.1509/jm.12.0317" in said["κ"]


def test_who_is_not_in_the_plan_is_explained_too(six: Store) -> None:
    result = explain_investment(six, "cus-40", draws=0)
    assert "is not in the plan; its net would be" in " ".join(told(result.notes))
    with pytest.raises(UnknownStakeholder):
        explain_investment(six, "nobody", draws=0)
    with pytest.raises(UsageError, match="nothing to invest in with 'inf-07'"):
        explain_investment(six, "inf-07", draws=0)


def test_the_frontier_ends_at_the_plan(six: Store) -> None:
    result = plan_investments(six, draws=100, frontier=True)
    plan = plan_investments(six, draws=100)
    expected = plan.notes[0].values["expected"]
    assert result["net"][-1] == pytest.approx(expected)
    assert result["budget"][-1] == pytest.approx(plan.notes[0].values["cost"])
    assert (np.diff(result["net"]) > 0).all()
    within = plan_investments(six, draws=100, budget=4000)
    best = result["net"][result["budget"] <= 4000].max()
    assert within.notes[0].values["expected"] == pytest.approx(best)


def test_questions_of_the_sample_data(six: Store) -> None:
    result = rank_questions(six)
    rows = list(result.rows())
    perfect = result.notes[0].values["worth"]
    assert 0 < rows[0]["worth"] < perfect / 5  # no single answer changes much
    assert all(0 < row["worth"] <= perfect for row in rows)


PEOPLE: Rows = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    *(
        {"id": f"c{i}", "name": f"C{i}", "market": "customer", "owner": "e", "margin": 100.0 + i}
        for i in range(4)
    ),
]
TIES: Rows = [
    {"source": "e", "target": f"c{i}", "type": "MANAGES", "strength": 0.4, "level": 1}
    for i in range(4)
]


def test_capacities_are_kept_in_the_settings(tmp_path: Path) -> None:
    path = store_rows(tmp_path / "a.lbug", PEOPLE, TIES, [])
    assume = {"contact_cost": 0.001}
    with open_store(path, write=True) as store:
        save_settings(store, "[capacities]\ndefault = 2\n")
    with open_store(path) as store:
        free = plan_investments(store, draws=0, assume=assume)
        bound = plan_investments(store, draws=0, assume=assume, respect_capacity=True)
        assert json.dumps(told(free.notes)).count("overfull calendars: e (0 contacts") == 1
    assert len(free) == 4
    assert len(bound) == 2
