"""The plan of small firms: what applies to whom, what it brings by hand, and what limits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from relgraph.errors import UsageError
from relgraph.model import TableName
from relgraph.planning.basis import Basis
from relgraph.planning.plan.explain.rows import explain_rows
from relgraph.planning.plan.investment import Investment
from relgraph.planning.plan.limits import PlanLimits
from relgraph.planning.plan.plan import Plan, make_plan
from relgraph.planning.plan.rows import frontier_rows, plan_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, Row, basis_of, person, tie
from tests.told import told

CERTAIN = PlanningSettings(draws=0)
STAFF = [FIRM, person("e", "employee"), person("f", "employee")]
FREE = {"contact_cost": 0.001}
CHEAP = PlanningSettings(draws=0, assume=FREE)


def plan_of(
    people: Sequence[Row],
    ties: Sequence[Row] = (),
    contacts: Any = (),
    settings: PlanningSettings = CHEAP,
    **limits: Any,
) -> Plan:
    basis = basis_of(people, ties, contacts, assume=settings.assume, years=settings.years)
    return make_plan(basis, settings, PlanLimits(**limits))


def every(plan: Plan) -> dict[str, Investment]:
    """Return every package by account and actions."""
    places = range(len(plan.choice.packages))
    found = [plan.investment(place) for place in places]
    return {f"{each.id} {each.action}": each for each in found}


def no_files(table: TableName, keys: Any = None) -> tuple[str, ...]:
    return ()


def test_which_packages_apply() -> None:
    people = [
        *STAFF,
        person("a", "customer", margin=100, satisfaction=0.2, owner="e"),
        person("b", "customer", margin=100, satisfaction=0.9),
        person("h", "customer", margin=100, satisfaction=0.1, owner="e"),
        person("t", "customer", margin=100, satisfaction=0.9, owner="e"),
    ]
    ties = [
        tie("e", "KNOWS", "a", 0.5, level=2),
        tie("f", "KNOWS", "b", 0.5, level=5),
        tie("h", "KNOWS", "firm", 0.5, sign=-1),
        tie("e", "KNOWS", "t", 0.95, level=5),
        tie("f", "KNOWS", "t", 0.1),
    ]
    found = every(plan_of(people, ties))
    deep = {"deepen", "recover", "cover", "deepen+recover", "deepen+cover", "recover+cover"}
    assert {name for name in found if name[0] == "a"} == {
        f"a {each}" for each in (*deep, "deepen+recover+cover")
    }
    assert {name for name in found if name[0] == "b"} == {"b deepen", "b assign"}
    assert not [name for name in found if name[0] in "ht"]  # hostile; already as close as can be
    assert (found["a deepen"].contacts, found["a deepen"].to_level) == (4, 3)
    assert found["b deepen"].contacts == 12
    assert (found["b assign"].owner, found["b assign"].newcomer) == ("f", None)
    assert (found["a cover"].owner, found["a cover"].newcomer) == ("e", "f")
    assert found["a deepen+recover+cover"].contacts == 4 + 6 + 8


def test_who_has_no_contact_at_all_gets_a_new_one() -> None:
    people = [*STAFF, person("a", "customer", margin=100)]
    found = every(plan_of(people))
    assert set(found) == {"a assign"}
    each = found["a assign"]
    assert (each.owner, each.newcomer, each.contacts) == ("e", "e", 8)
    assert (each.strength, each.strength_after) == (0, 0.4)
    # All of what there is hangs on the new contact: .154·K·λ·1.
    assert each.fragility == pytest.approx(-0.154 * each.at_stake * 0.2)


def test_what_each_part_brings_by_hand() -> None:
    people = [
        *STAFF,
        person("a", "customer", margin=100, satisfaction=0.3, retention=0.7, owner="e"),
        person("b", "customer", margin=50, satisfaction=0.7, retention=0.8, owner="e"),
        person("c", "customer", margin=60, satisfaction=0.8, retention=0.9, owner="f"),
    ]
    ties = [
        *(tie("e", "MANAGES", each, 0.5, level=3) for each in "ab"),
        tie("f", "MANAGES", "c", 0.8, level=3),
        tie("a", "REFERS", "b", 0.5),
        tie("b", "REFERS", "c", 0.6),
    ]
    plan = plan_of(people, ties, settings=CERTAIN)
    each = every(plan)["a deepen+recover+cover"]
    lam = np.exp(-0.2)  # employees: too few seen
    stake = 100 / (1.1 - 0.7)
    strength = 0.5 + 0.25 * 0.5  # 6 more contacts at a half-life of 90 days add .299, capped
    h = -np.log(0.7)
    no = h * ((1 - strength) / 0.5) ** 0.5
    ok = no * np.exp(-2.3 * (0.6 - 0.3))
    after = 0.5 * np.exp(-ok) + 0.5 * np.exp(-no)
    saved = after - 0.7
    clv_b, clv_c = 0.8 * 50 / 0.3, 0.9 * 60 / 0.2
    whole_b = clv_b + 0.3 * clv_c  # c owes .5·.6 of its worth
    stream = 0.2 * 0.25 * whole_b
    assert lam == pytest.approx(0.8187, abs=1e-4)
    assert each.at_stake == pytest.approx(stake)
    assert each.strength_after == pytest.approx(strength)
    assert each.p_after == pytest.approx(1 - after)
    assert each.keep == pytest.approx((stake + stream / 0.4) * saved)
    follow = 50 / 0.3 * 0.8 * -np.log(0.8) * 0.8 * 0.5
    assert each.chain == pytest.approx(saved * follow)
    referred = (0.5 + 0.8) / 2  # b and c
    assert each.refer == pytest.approx(stream * (strength - 0.5) / referred)
    covered = 1 - (1 - strength) * 0.6
    depends = (1 - 0.4 / covered) + (1 - strength / covered)
    assert each.fragility == pytest.approx(0.154 * stake * 0.2 * (1 - depends))
    assert each.cost == pytest.approx((6 + 6 + 8) * 0.02 * 60)
    assert each.net == pytest.approx(
        each.keep + each.chain + each.refer + each.fragility - each.cost
    )


def test_low_levels_are_not_cheap_by_construction() -> None:
    people = [*STAFF, person("a", "customer", margin=100, owner="e")]
    found = every(plan_of(people, [tie("e", "MANAGES", "a", 0.5, level=1)]))
    each = found["a deepen"]
    step = 1 - np.exp(-90 / (365.25 * np.log(2)) / 6)  # of one more contact a year
    assert each.contacts == 1
    assert each.strength_after == pytest.approx(0.5 + step * 0.5)


def test_assigning_takes_the_usual_risk_away() -> None:
    people = [
        *STAFF,
        person("a", "customer", margin=100, satisfaction=0.8),
        person("b", "customer", margin=100, satisfaction=0.8, owner="e"),
    ]
    ties = [tie("e", "KNOWS", each, 0.5, level=4) for each in "ab"]
    found = every(plan_of(people, ties))
    one, other = found["a assign"], found["b deepen"]
    assert one.p_leave > other.p_leave
    assert one.owner == "e"
    before, after = -np.log1p(-one.p_leave), -np.log1p(-one.p_after)
    assert after == pytest.approx(before / 1.5 * (0.375 / 0.5) ** 0.5)


def buyers(count: int = 6, **more: Any) -> tuple[list[Row], list[Row]]:
    people = [
        *STAFF,
        *(
            person(f"c{i}", "customer", margin=100 + 50 * i, satisfaction=0.3, owner="e", **more)
            for i in range(count)
        ),
    ]
    return people, [tie("e", "MANAGES", f"c{i}", 0.5, level=2) for i in range(count)]


def test_how_many_and_how_much() -> None:
    people, ties = buyers()
    plan = plan_of(people, ties, count=3)
    assert [each.id for each in plan.investments] == ["c5", "c4", "c3"]
    assert [each.id for each in plan.next_best] == ["c2", "c1", "c0"]
    assert plan.certificate == pytest.approx(1)
    assert len(plan_of(people, ties, count=100).investments) == 6
    assert plan_of(people, ties, count=0).investments == ()
    assert plan_of(people, ties, budget=0).investments == ()
    budget = 12 * plan.contact_cost
    within = plan_of(people, ties, budget=budget)
    assert within.total.cost <= budget
    assert within.total.contacts <= 12
    assert within.total.net > 0
    free = plan_of(people, ties, settings=PlanningSettings(draws=0, assume={"contact_cost": 0}))
    assert free.total.cost == 0
    assert len(free.investments) == 6


def test_who_may_be_chosen() -> None:
    people, ties = buyers(3)
    people = [*people, person("d", "distributor", margin=500, satisfaction=0.2)]
    ties = [*ties, tie("f", "KNOWS", "d", 0.5)]
    assert [each.id for each in plan_of(people, ties, count=1).investments] == ["d"]
    only = plan_of(people, ties, count=1, markets=("customer",))
    assert [each.id for each in only.investments] == ["c2"]
    assert {each.id for each in plan_of(people, ties, owner="f").investments} == {"d"}
    left = plan_of(people, ties, count=2, exclude=("d", "c2"))
    assert [each.id for each in left.investments] == ["c1", "c0"]
    forced = plan_of(people, ties, count=2, must=("c0",))
    assert {each.id for each in forced.investments} == {"d", "c0"}


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"must": ("c0",), "exclude": ("c0",)}, "must be chosen and left out at once: c0"),
        ({"must": ("c0", "c1"), "count": 1}, "2 must be chosen, but only 1 may be"),
        ({"must": ("c0",), "budget": 0.1}, "more contacts than the budget"),
        ({"must": ("c0",), "owner": "f"}, "can't be chosen: c0"),
        ({"must": ("c0",), "markets": ("supplier",)}, "can't be chosen: c0"),
        ({"must": ("e",)}, "'e' is not an active customer"),
        ({"must": ("x",)}, "can't be chosen: x"),
        ({"owner": "c0"}, "'c0' is not an active employee"),
        ({"markets": ("employee",)}, "'employee' is not one of"),
        ({"budget": -1}, "-1 is below 0|below"),
        ({"count": 101}, "101 is not from 0 to 100"),
        ({"respect_capacity": True}, "say of nobody"),
        (
            {"must": ("c0",), "respect_capacity": True, "capacities": {"default": 0}},
            "more contacts than the budget or the calendars",
        ),
    ],
)
def test_impossible_wishes_are_clear_errors(limits: dict[str, Any], words: str) -> None:
    people, ties = buyers(2)
    with pytest.raises(UsageError, match=words):
        plan_of([*people, person("x", "customer", owner="e")], ties, **limits)


def test_firms_without_anything_to_plan() -> None:
    alone = [FIRM, person("a", "customer", margin=10)]
    assert plan_of(alone).investments == ()  # nobody could do anything
    nobody = plan_of([*STAFF, person("s", "supplier", revenue=3)])
    assert nobody.investments == ()
    assert "nothing can be chosen" in " ".join(told(plan_rows(nobody).notes))
    for people in ([], [FIRM], [*STAFF, person("a", "customer", margin=9, status="left")]):
        result = plan_rows(plan_of(people, settings=PlanningSettings(draws=10)))
        assert len(result) == 0
        assert "nothing can be chosen" in " ".join(told(result.notes))
        assert len(frontier_rows(plan_of(people))) == 0


def test_one_account_is_planned() -> None:
    people, ties = buyers(1)
    plan = plan_of(people, ties, settings=PlanningSettings(draws=50, assume=FREE))
    [row] = plan_rows(plan).rows()
    assert (row["rank"], row["rank_low"], row["rank_high"], row["id"]) == (1, 1, 1, "c0")
    assert row["net_low"] <= row["net"] <= row["net_high"]
    assert plan.total.net_low <= plan.total.net <= plan.total.net_high


def test_loss_makers_are_never_kept_at_a_cost() -> None:
    people, ties = buyers(3)
    people = [*people, person("l", "customer", margin=-500, satisfaction=0.1, owner="e")]
    plan = plan_of(people, ties, count=4)
    assert {each.id for each in plan.investments} == {"c0", "c1", "c2"}


def test_a_missing_margin_is_no_guess() -> None:
    people, ties = buyers(2)
    people = [*people, person("m", "customer", satisfaction=0.1, owner="e")]
    plan = plan_of(people, [*ties, tie("e", "MANAGES", "m", 0.5)])
    assert {each.id for each in plan.investments} == {"c0", "c1"}
    assert "no margin, and none can be estimated from revenue" in " ".join(
        told(plan_rows(plan).notes)
    )


def test_there_is_no_certificate_where_a_hazard_is_above_1() -> None:
    people, ties = buyers(3, retention=0.2)
    plan = plan_of(people, ties)
    assert np.isnan(plan.certificate)
    notes = " ".join(told(plan_rows(plan).notes))
    assert "can't be said" in notes
    assert "of the best possible" not in notes


def test_neighbours_are_saved_once() -> None:
    people, ties = buyers(2, retention=0.5)
    ties = [*ties, *(tie(a, "REFERS", b, 1.0) for a, b in (("c0", "c1"), ("c1", "c0")))]
    plan = plan_of(
        people, ties, settings=PlanningSettings(draws=0, assume={**FREE, "contagion": 1.6})
    )
    assert len(plan.investments) == 2
    singles = sum(each.net for each in plan.investments)
    assert plan.total.net < singles
    assert plan.certificate == pytest.approx(plan.total.net / plan.bound)
    assert plan.certificate < 1


def value_by_definition(plan: Plan, rows: Sequence[int]) -> float:
    """Return V − cost of packages, from what they change alone, at the central assumptions."""
    basis, worth, outlook = plan.basis, plan.outlook.worth, plan.outlook
    account = outlook.packages.account[outlook.short]
    before = worth.hazard[0]
    after, total = before.copy(), 0.0
    for row in rows:
        each = plan.investment(row)
        after[account[row]] = -np.log1p(-each.p_after)
        total += each.refer + each.fragility - each.cost
    saved = np.exp(-after) - np.exp(-before)
    buyer, word = basis.is_buyer, basis.word
    follow = np.zeros(basis.n)
    for source, target, strength in zip(word.source, word.target, word.strength, strict=True):
        if buyer[source] and buyer[target]:
            follow[target] -= basis.values["contagion"] * strength * saved[source]
    stake = np.nan_to_num(worth.at_stake[0])
    follow[stake <= 0] = 0
    stream = worth.stream[0] * worth.years_of_margin[0]
    kept = stake * (np.exp(-after) * (1 - after * follow) - np.exp(-before))
    return float(total + (kept + stream * saved).sum())


def test_random_firms_are_worth_what_the_definition_says() -> None:
    rng = np.random.default_rng(2)
    for _ in range(25):
        n = int(rng.integers(2, 7))
        ids = [f"a{i}" for i in range(n)]
        people: list[Row] = [*STAFF]
        for each in ids:
            market = str(rng.choice(["customer", "customer", "distributor", "influencer"]))
            money = {"margin": float(rng.normal(100, 80)), "satisfaction": float(rng.random())}
            owned = {"owner": "e"} if rng.random() < 0.6 else {}
            people.append(person(each, market, **money, **owned))
        ties = [tie("e", "KNOWS", each, float(rng.uniform(0.1, 0.9))) for each in ids]
        ties += [
            tie(one, "REFERS", other, float(rng.uniform(0.1, 1)))
            for one in ids
            for other in ids
            if one != other and rng.random() < 0.4
        ]
        plan = plan_of(people, ties)
        chosen = plan.chosen.tolist()
        assert plan.total.net == pytest.approx(value_by_definition(plan, chosen))
        assert plan.choice.value(chosen) == pytest.approx(plan.total.net)
        account = plan.choice.packages.account
        for _ in range(20):
            rows: list[int] = []
            for row in rng.permutation(len(account)).tolist():
                if account[row] not in account[rows]:
                    rows.append(row)
            rows = rows[: int(rng.integers(0, n + 1))]
            assert plan.choice.value(rows) == pytest.approx(value_by_definition(plan, rows))
            if len(rows) <= plan.limits.count:
                assert plan.choice.value(rows) <= plan.choice.value(chosen) + 1e-6


def test_the_mean_over_the_draws_is_what_is_expected() -> None:
    people, ties = buyers(3)
    ties = [*ties, *(tie(a, "REFERS", b, 0.9) for a, b in (("c0", "c1"), ("c1", "c2")))]
    plan = plan_of(people, ties, settings=PlanningSettings(draws=60, assume=FREE))
    assert len(plan.chosen) == 3
    drawn = plan.outlook.together(plan.chosen)
    assert drawn.mean() == pytest.approx(plan.choice.value(plan.chosen))
    assert plan.total.net_expected < sum(each.net_expected for each in plan.investments)


def test_overfull_calendars_are_told_or_respected() -> None:
    people, ties = buyers(4)
    contacts = [("e", "c0", f"2025-{month:02}-01") for month in range(1, 11)]
    capacities = {"e": 20.0, "x": 5.0}
    loose = plan_of(people, ties, contacts, capacities=capacities)
    notes = " ".join(told(plan_rows(loose).notes))
    made, planned, capacity = loose.calendars
    assert (made[0], capacity[0], capacity[1]) == (10, 20, np.inf)
    assert planned[0] == 16
    assert "e (10 contacts in the last year and 16 planned, 20 possible)" in notes
    assert "no active employee: x" in notes
    tight = plan_of(people, ties, contacts, capacities=capacities, respect_capacity=True)
    assert 0 < tight.calendars[1][0] <= 10
    assert tight.bound == loose.bound  # of a choice that isn't limited: no less than any that is
    assert 0 < tight.certificate < loose.certificate
    assert "overfull" not in " ".join(told(plan_rows(tight).notes))
    drawn = plan_of(
        people,
        ties,
        contacts,
        PlanningSettings(draws=30, assume=FREE),
        capacities=capacities,
        respect_capacity=True,
    )
    assert all(0 <= each.top_ten <= 1 for each in drawn.investments)


def test_why_others_were_not_chosen() -> None:
    people, ties = buyers(4)
    people = [*people, person("p", "customer", margin=0.01, owner="e")]
    ties = [*ties, tie("e", "MANAGES", "p", 0.5)]
    notes = " ".join(told(plan_rows(plan_of(people, ties, count=2)).notes))
    assert "next in line: c1 (net" in notes
    assert "each of the 2 chosen brings more), c0" in notes
    notes = " ".join(told(plan_rows(plan_of(people, ties)).notes))
    assert "costs more than it brings" in notes
    cost = plan_of(people, ties).contact_cost
    notes = " ".join(told(plan_rows(plan_of(people, ties, budget=11 * cost)).notes))
    assert "the budget is used up" in notes


def test_hostile_accounts_are_told_with_what_they_could_cost() -> None:
    people, ties = buyers(1, retention=0.8)
    people = [*people, person("j", "influencer")]
    ties = [*ties, tie("j", "KNOWS", "firm", 0.5, sign=-1), tie("j", "INFLUENCES", "c0", 0.5)]
    notes = " ".join(told(plan_rows(plan_of(people, ties)).notes))
    cost = 100 / 0.3 * 0.8 * -np.log(0.8) * 0.8 * 0.5
    assert f"hostile, with what their word could cost a year: j {cost:,.0f}" in notes


def rows_of(plan: Plan, account: str) -> list[dict[str, Any]]:
    ids = plan.basis.accounts.nodes.ids.tolist()
    return list(explain_rows(plan, ids.index(account), no_files).rows())


def test_an_explanation_reproduces_the_net() -> None:
    people, ties = buyers(3)
    people = [*people, person("s", "supplier", revenue=5), person("i", "influencer")]
    ties = [*ties, tie("i", "REFERS", "c2", 0.9), tie("f", "KNOWS", "i", 0.2, level=1)]
    plan = plan_of(people, ties, settings=CHEAP)
    assert {"c0", "i"} <= {each.id for each in plan.investments}
    for each in plan.investments:
        rows = rows_of(plan, each.id)
        value = {row["symbol"]: row["value"] for row in rows}
        parts = [value.get(name, 0) for name in ("keep", "chain", "refer", "fragility")]
        assert value["net"] == pytest.approx(each.net)
        assert sum(parts) - value["N"] * value["v"] * value["M"] == pytest.approx(each.net)
        assert (value["K"] + value.get("Y", 0)) * (value["p"] - value["p'"]) == pytest.approx(
            value["keep"]
        )
        assert all(row["from"] for row in rows)


def test_there_is_no_explanation_of_nothing() -> None:
    people, ties = buyers(2)
    plan = plan_of([*people, person("m", "customer", owner="e")], ties)
    with pytest.raises(UsageError, match="nothing to invest in with 'm'"):
        rows_of(plan, "m")


def test_finite_years_count_in_every_part() -> None:
    people, ties = buyers(2)
    plan = plan_of(people, ties, settings=PlanningSettings(draws=0, years=3, assume=FREE))
    endless = plan_of(people, ties)
    assert 0 < plan.total.net < endless.total.net
    value = {row["symbol"]: row["value"] for row in rows_of(plan, "c1")}
    x = value["r"] / (1 + value["i"])
    stake = value["m"] * (1 - x ** value["T"]) / (1 + value["i"] - value["r"])
    assert value["K"] == pytest.approx(stake)


def test_the_same_seed_gives_the_same_plan() -> None:
    people, ties = buyers(5)
    one, other = (
        plan_rows(plan_of(people, ties, settings=PlanningSettings(draws=40, seed=3, assume=FREE)))
        for _ in range(2)
    )
    assert list(one.rows()) == list(other.rows())


def test_a_basis_of_many_accounts_is_looked_at_closely_where_it_promises() -> None:
    people, ties = buyers(320)
    basis: Basis = basis_of(people, ties)
    plan = make_plan(basis, PlanningSettings(draws=5), PlanLimits())
    assert len(np.unique(plan.choice.packages.account)) == 200
    with pytest.raises(UsageError, match="nothing to invest in"):
        rows_of(plan, "c1")
    also = (basis.accounts.nodes.ids.tolist().index("c1"),)
    plan = make_plan(basis, CERTAIN, PlanLimits(), also)
    assert rows_of(plan, "c1")[-1]["symbol"] == "net"
