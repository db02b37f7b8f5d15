"""What a scenario changes: the same, the inverse, exits, and the worked example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph.api import trace_exit, value_stakeholders
from tests.comparison.states import CONTACTS, PEOPLE, TIES, store_of, whatif, worked

LEAVE = '[[stakeholders]]\nid = "{}"\nstatus = "left"\n'
TIE = '[[relationships]]\nsource = "{}"\ntarget = "{}"\ntype = "{}"\n'


def of(rows: list[dict[str, Any]], measure: str, node_id: str | None = None) -> dict[str, Any]:
    (found,) = (row for row in rows if row["measure"] == measure and row["id"] == node_id)
    return found


def test_an_empty_scenario_changes_nothing(tmp_path: Path) -> None:
    assert whatif(store_of(), tmp_path, 'name = "Nothing"', draws=50) == []
    assert whatif(worked(), tmp_path, "") == []


INVERSES = [
    (TIE.format("a", "c", "REFERS") + "strength = 0.7", "remove = true"),
    (TIE.format("e1", "a", "MANAGES") + 'strength = "+0.2"', 'strength = "-0.2"'),
    (TIE.format("e1", "a", "MANAGES") + 'strength = "-0.17"', 'strength = "+0.17"'),
    (LEAVE.format("b"), 'status = "active"'),
    ('[[stakeholders]]\nid = "a"\nsatisfaction = 0.9', "satisfaction = 0.5"),
    ('[[stakeholders]]\nid = "a"\nmargin = 110.0', "margin = 100.0"),
    ('[[stakeholders]]\nid = "n"\nname = "New"\nmarket = "customer"\nmargin = 50', "remove = true"),
    ('[[stakeholders]]\nid = "c"\nmarket = "distributor"', 'market = "customer"'),
]


@pytest.mark.parametrize(("change", "back"), INVERSES)
def test_a_scenario_and_its_inverse_change_nothing(tmp_path: Path, change: str, back: str) -> None:
    assert whatif(store_of(), tmp_path, change, draws=20)
    lines = change.strip().splitlines()
    key = 4 if lines[0] == "[[relationships]]" else 2
    inverse = "\n".join([*lines[:key], back])
    assert whatif(store_of(), tmp_path, change, inverse, together=True, draws=20) == []


def test_a_stakeholder_who_is_taken_out_and_put_back(tmp_path: Path) -> None:
    store = store_of()
    (row,) = (each for each in PEOPLE if each["id"] == "s")
    text = "\n".join(["[[stakeholders]]", *(f"{name} = {value!r}" for name, value in row.items())])
    out = '[[stakeholders]]\nid = "s"\nremove = true'
    assert whatif(store, tmp_path, out)
    assert whatif(store, tmp_path, out, text, together=True) == []


def test_the_order_of_independent_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [
        LEAVE.format("c"),
        '[[stakeholders]]\nid = "a"\nsatisfaction = 0.9\n',
        TIE.format("e2", "a", "MANAGES") + "strength = 0.5\n",
        '[[interactions]]\nsource = "e2"\ntarget = "a"\nat = 2026-05-01\n',
    ]
    there, back = (
        whatif(store_of(), tmp_path, "".join(order), draws=20) for order in (rows, rows[::-1])
    )
    assert there
    assert there == back
    one_by_one = whatif(store_of(), tmp_path, *rows, together=True, draws=20)
    assert one_by_one == there


@pytest.mark.parametrize("leaver", ["a", "b", "c", "d"])
def test_equity_falls_by_what_exit_says(tmp_path: Path, leaver: str) -> None:
    store = store_of()
    exits = list(trace_exit(store, [leaver], draws=0).rows())
    lost = {how: sum(r["loss"] or 0 for r in exits if r["how"] == how) for how in HOWS}
    rows = whatif(store, tmp_path, LEAVE.format(leaver))
    change = of(rows, "customer_equity")["change"]
    assert change == pytest.approx(-(lost["direct"] + lost["chained"]), rel=1e-9)
    beyond = [row["after"] for row in rows if row["measure"] == "departures"]
    assert sum(beyond) == pytest.approx(lost["through"], rel=1e-9)
    assert of(rows, "clv", leaver)["after"] is None
    assert of(rows, "pagerank", leaver)["rank_after"] is None


HOWS = ("direct", "supply", "chained", "held", "through", "referrals")


@pytest.mark.parametrize(("leaver", "how"), [("e1", "held"), ("s", "supply")])
def test_what_others_take_with_them(tmp_path: Path, leaver: str, how: str) -> None:
    store = store_of()
    exits = trace_exit(store, [leaver], draws=0).rows()
    lost = sum(row["loss"] for row in exits if row["how"] == how)
    rows = whatif(store, tmp_path, LEAVE.format(leaver))
    assert lost > 0
    assert of(rows, "departures")["after"] == pytest.approx(lost)
    assert not [row for row in rows if row["measure"] == "customer_equity"]


def test_the_present_is_that_of_value(tmp_path: Path) -> None:
    store = store_of()
    worth = {row["id"]: row["clv"] for row in value_stakeholders(store, draws=0).rows()}
    rows = whatif(store, tmp_path, LEAVE.format("a"))
    assert of(rows, "clv", "a")["before"] == worth["a"]
    assert of(rows, "customer_equity")["before"] == pytest.approx(sum(worth[i] for i in "abcd"))


def test_one_stakeholder_who_gets_happier_changes_nobody_else(tmp_path: Path) -> None:
    """Means and rates stay as they are: hazards are not brought back to the churn of the market."""
    happier = '[[stakeholders]]\nid = "a"\nsatisfaction = 0.9\n'
    rows = whatif(store_of(), tmp_path, happier, measures=("clv", "p_leave"), draws=100)
    assert {row["id"] for row in rows if row["change"]} == {"a"}
    clv = of(rows, "clv", "a")
    assert 0 < clv["low"] <= clv["change"] <= clv["high"]
    chance = of(rows, "p_leave", "a")
    assert chance["low"] <= chance["change"] <= chance["high"] < 0


def test_hazard_at_present_rates(tmp_path: Path) -> None:
    """p = 1 − e^(−h) with h′ = h·e^(−γ·Δq), γ = 2.3."""
    import math

    happier = '[[stakeholders]]\nid = "a"\nsatisfaction = 0.9\n'
    row = of(whatif(store_of(), tmp_path, happier), "p_leave", "a")
    hazard = -math.log1p(-row["before"]) * math.exp(-2.3 * 0.4)
    assert row["after"] == pytest.approx(-math.expm1(-hazard), rel=1e-12)


def test_a_known_strength_moves_no_other_tie(tmp_path: Path) -> None:
    """The tie e2–c has no strength and counts as the median at present, .5, whatever is added."""
    text = "".join(
        TIE.format("e1", node_id, "MANAGES") + f"strength = {strength}\n"
        for node_id, strength in (("i", 0.95), ("s", 0.9))
    )
    added = whatif(store_of(), tmp_path, text, measures=("p_leave",))
    assert {row["id"] for row in added if row["change"]} == {"i", "s"}


def test_an_assumption_of_a_scenario_holds_after_only(tmp_path: Path) -> None:
    text = 'name = "Dear money"\n[assumptions]\ndiscount = 0.2\n'
    store = store_of()
    row = of(whatif(store, tmp_path, text), "clv", "a")
    (dear,) = (
        row
        for row in value_stakeholders(store, draws=0, assume={"discount": 0.2}).rows()
        if row["id"] == "a"
    )
    assert row["after"] == pytest.approx(dear["clv"])
    both = whatif(store, tmp_path, text, assume={"discount": 0.2})
    assert both == []


def test_several_scenarios_stand_side_by_side(tmp_path: Path) -> None:
    texts = (f'name = "Without {n}"\n' + LEAVE.format(n) for n in "ab")
    rows = whatif(store_of(), tmp_path, *texts, "", measures=("customer_equity", "clv"))
    assert [r["scenario"] for r in rows if r["measure"] == "customer_equity"] == [
        "Without a",
        "Without b",
    ]
    changes = [abs(r["change"]) for r in rows if r["measure"] == "customer_equity"]
    assert len(set(changes)) == 2
    assert {row["scenario"] for row in rows} == {"Without a", "Without b"}


def test_contacts_to_come_move_both_sides_to_their_day(tmp_path: Path) -> None:
    text = '[[interactions]]\nsource = "e1"\ntarget = "b"\nat = 2027-01-01\n'
    rows = whatif(store_of(), tmp_path, text, measures=("strength",))
    assert [row["id"] for row in rows if row["change"]] == []
    text = '[[interactions]]\nsource = "e1"\ntarget = "c"\nat = 2027-01-01\n'
    rows = whatif(store_of(), tmp_path, text, measures=("strength",))
    assert [row["id"] for row in rows if row["before"] is None] == ["c > e1"]


def test_the_worked_example_without_e1(tmp_path: Path) -> None:
    rows = whatif(worked(), tmp_path, '[[stakeholders]]\nid = "E1"\nremove = true')
    digits = {
        name: (round(of(rows, name)["before"], 4), round(of(rows, name)["after"], 4))
        for name in ("fragmentation", "disconnected_pairs", "components")
    }
    assert digits == {
        "fragmentation": (0.4578, 0.6412),
        "disconnected_pairs": (0, 0.4167),
        "components": (1, 3),
    }
    assert of(rows, "betweenness", "E1")["after"] is None


def test_the_worked_example_with_one_tie_more(tmp_path: Path) -> None:
    rows = whatif(worked(), tmp_path, TIE.format("E2", "C2", "REFERS"))
    found = {
        node_id: tuple(
            round(row[name], 4) for name in ("before", "after", "rank_before", "rank_after")
        )
        for node_id in ("D1", "E1")
        for row in [of(rows, "betweenness", node_id)]
    }
    assert found == {"D1": (0.1736, 0.1389, 1, 2), "E1": (0.1667, 0.1667, 2, 1)}
    others = {
        node_id: (round(row["before"], 4), round(row["after"], 4))
        for node_id in ("E2", "C1")
        for row in [of(rows, "betweenness", node_id)]
    }
    assert others == {"E2": (0.0486, 0.0833), "C1": (0.1111, 0.0833)}
    reached = {r["id"]: (r["before"], r["after"]) for r in rows if r["measure"] == "reached"}
    assert reached["E2"] == (3, 4)
    assert all(before == after for key, (before, after) in reached.items() if key != "E2")


def test_rows_are_ordered_by_the_share_of_the_scale(tmp_path: Path) -> None:
    rows = whatif(store_of(), tmp_path, LEAVE.format("b"), measures=("clv", "p_leave"))
    largest: dict[str, float] = {}
    for row in rows:
        size = max(abs(row[side] or 0) for side in ("before", "after"))
        largest[row["measure"]] = max(size, largest.get(row["measure"], 0))
    clv = [r for r in rows if r["measure"] == "clv"]
    shares = [abs(r["change"] if r["change"] is not None else r["before"]) for r in clv]
    assert shares == sorted(shares, reverse=True)


def test_grades_and_gaps(tmp_path: Path) -> None:
    people = [
        *PEOPLE,
        *(
            {"id": f"k{n}", "name": f"K{n}", "market": "customer", "margin": float(n)}
            for n in (1, 2)
        ),
    ]
    text = '[[stakeholders]]\nid = "k1"\nmargin = 500.0\n'
    rows = whatif(store_of(people, TIES, CONTACTS), tmp_path, text, measures=("grade",))
    grade = of(rows, "grade", "k1")
    assert (grade["before"], grade["after"], grade["change"]) == ("C", "A", 2)
