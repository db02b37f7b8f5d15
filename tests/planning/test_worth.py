"""What accounts are worth, against answers worked out by hand and a second implementation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import UsageError
from relgraph.planning.basis import Basis
from relgraph.planning.worth import Worth
from tests.planning.firms import FIRM, Row, basis_of, person, tie


def told(worth: Worth, **figures: list[float]) -> Worth:
    """Return the worth with figures that are given instead of worked out."""
    worth.__dict__.update({name: np.array([values]) for name, values in figures.items()})
    return worth


@pytest.mark.parametrize(
    ("margin", "retention", "k", "clv"),
    [
        (100, 0.8, 333.3333, 266.6667),
        (-50, 0.8, -166.6667, -133.3333),
        (100, 0.0, 90.9091, 0.0),
    ],
)
def test_lifetime_value_of_known_retention(
    margin: float, retention: float, k: float, clv: float
) -> None:
    basis = basis_of([person("c", "customer", margin=margin, retention=retention)])
    worth = basis.central()
    assert worth.at_stake[0, 0] == pytest.approx(k, abs=5e-5)
    assert worth.lifetime[0, 0] == pytest.approx(clv, abs=5e-5)


def test_lifetime_value_of_a_year_that_is_worse_than_usual() -> None:
    basis = basis_of([person("c", "customer", margin=100, retention=0.8)])
    worth = told(basis.central(), hazard=[-np.log(0.6)])
    assert worth.lifetime[0, 0] == pytest.approx(200)


def test_lifetime_value_of_three_years() -> None:
    basis = basis_of([person("c", "customer", margin=100, retention=0.8)], years=3)
    assert basis.central().lifetime[0, 0] == pytest.approx(164.0872, abs=5e-5)


def test_who_surely_stays_is_worth_the_sum_of_the_years_without_a_discount() -> None:
    people = [person("c", "customer", margin=100, retention=1.0)]
    worth = basis_of(people, years=7, assume={"discount": 0}).central()
    assert worth.at_stake[0, 0] == pytest.approx(700)
    with pytest.raises(UsageError, match="no finite worth"):
        basis_of(people, assume={"discount": 0}).central().at_stake  # noqa: B018


def three_customers() -> Basis:
    people = [
        FIRM,
        person("e", "employee"),
        person("a", "customer", satisfaction=0.5, owner="e"),
        person("b", "customer", satisfaction=0.8, owner="e"),
        person("c", "customer", satisfaction=0.8),
    ]
    ties = [
        tie("a", "BUYS_FROM", "firm", 0.36),
        tie("b", "BUYS_FROM", "firm", 0.84),
        tie("c", "BUYS_FROM", "firm", 0.75),
    ]
    basis = basis_of(people, ties, assume={"churn": 0.1})
    return replace(basis, trend=np.array([-0.5, 0, 0]))


def test_hazards_by_strength_satisfaction_trend_and_owner() -> None:
    worth = three_customers().central()
    assert worth.risk_factor[0].round(7).tolist() == [0.4390493, 0.0635270, 0.1191131]
    assert worth.hazard[0].round(7).tolist() == [0.2118659, 0.0306553, 0.0574787]
    assert worth.p_leave[0].round(7).tolist() == [0.1909268, 0.0301902, 0.0558580]
    assert worth.hazard.sum() == pytest.approx(3 * 0.1)


def test_hazards_in_draws_are_capped_and_sum_to_the_market_where_none_is() -> None:
    (block,) = three_customers().drawn(50, 0)
    assert (block.hazard <= 1).all()
    assert block.hazard.sum(axis=1) == pytest.approx(3 * block.worlds.churn[:, 0])


CREDIT = (tie("I", "REFERS", "A", 0.5), tie("A", "REFERS", "B", 0.8), tie("I", "REFERS", "B", 0.2))
WORTH = [266.6667, 133.3333, -53.3333, 0]  # of A, B, C and I


def credit(*more: Row) -> Worth:
    people = [*(person(name, "customer", margin=1) for name in "ABC"), person("I", "influencer")]
    basis = basis_of(people, [*CREDIT, tie("B", "REFERS", "C", 0.4), *more])
    return told(basis.central(), lifetime=[800 / 3, 400 / 3, -160 / 3, 0])


def test_credit_for_referrals() -> None:
    worth = credit()
    assert worth.received[0].round(4).tolist() == [41.2160, -10.6667, 0, 87.2747]
    assert worth.given[0].round(4).tolist() == [76.9707, 51.5200, -10.6667, 0]
    assert worth.network_value[0].round(4).tolist() == [230.9120, 71.1467, -42.6667, 87.2747]
    assert worth.network_value.sum() == pytest.approx(346.6667, abs=5e-5)


def test_credit_in_a_circle() -> None:
    worth = credit(tie("C", "REFERS", "A", 0.5))
    assert worth.network_value[0].round(4).tolist() == [194.8822, 77.9286, 4.1051, 69.7509]
    assert worth.network_value.sum() == pytest.approx(346.6667, abs=5e-5)


def test_small_credit_is_exact_beside_a_large_account() -> None:
    """A refers B, B refers C, C refers A, and somebody else is worth ten thousand times more."""
    people = [
        *(person(name, "customer", margin=1, retention=0.8) for name in "abc"),
        person("large", "customer", margin=1e4, retention=0.8),
    ]
    ties = [tie(u, "REFERS", v, 0.8) for u, v in ("ab", "bc", "ca")]
    received = basis_of(people, ties).central().received[0]
    assert received[:3] == pytest.approx([0.4 * 800 / 3 / 100 / 0.6] * 3, rel=1e-9)


@pytest.mark.parametrize("market", ["employee", "competitor", "firm"])
def test_who_is_no_account_earns_no_credit(market: str) -> None:
    people = [person("u", market), person("v", "customer", margin=100)]
    worth = basis_of(people, [tie("u", "REFERS", "v", 1.0)]).central()
    assert worth.given.sum() == 0


def test_the_hostile_and_those_who_left_earn_no_credit() -> None:
    people = [
        FIRM,
        person("u", "influencer"),
        person("w", "influencer", status="left"),
        person("v", "customer", margin=100),
    ]
    ties = [
        tie("u", "INFLUENCES", "firm", 0.5, sign=-1),
        tie("u", "REFERS", "v", 1.0),
        tie("w", "REFERS", "v", 1.0),
    ]
    basis = basis_of(people, ties)
    assert basis.accounts.hostile.tolist() == [False, True]  # the customer, the influencer
    assert basis.central().given.sum() == 0


firms = st.builds(
    lambda seed, n, density: (seed, n, density),
    st.integers(0, 10_000),
    st.integers(1, 7),
    st.floats(0, 1),
)


def random_firm(seed: int, n: int, density: float, **settings: Any) -> Basis:
    people, ties = random_rows(seed, n, density)
    return basis_of(people, ties, **settings)


def random_rows(seed: int, n: int, density: float) -> tuple[list[Row], list[Row]]:
    """Return a firm of n accounts with gaps in what is known of them."""
    rng = np.random.default_rng(seed)

    def perhaps(value: float) -> float | None:
        return value if rng.random() < 0.7 else None

    people = [FIRM, person("e1", "employee"), person("e2", "employee", status="left")]
    for number in range(n):
        market = rng.choice(["customer", "customer", "distributor", "influencer", "supplier"])
        people.append(
            person(
                f"a{number}",
                str(market),
                name=f"Account {rng.integers(10**9)}",
                margin=perhaps(float(rng.normal(50, 60))),
                revenue=perhaps(float(rng.uniform(1, 500))),
                satisfaction=perhaps(float(rng.random())),
                owner=str(rng.choice(["e1", "e2"])),
            )
        )
    ids = [row["id"] for row in people]
    kinds = ["REFERS", "KNOWS", "BUYS_FROM", "INFLUENCES", "MANAGES"]
    ties = {}
    for source in ids:
        for target in ids:
            kind = str(rng.choice(kinds))
            key = (kind, *sorted((source, target)))
            if source != target and rng.random() < density and key not in ties:
                strength = perhaps(float(rng.uniform(0.01, 1)))
                ties[key] = tie(source, kind, target, strength)
    return people, list(ties.values())


@given(firms)
def test_credit_is_conserved_and_solves_its_equations(firm: tuple[int, int, float]) -> None:
    worth = random_firm(*firm).central()
    basis, word = worth.basis, worth.basis.word
    base = np.where(basis.is_buyer, np.nan_to_num(worth.lifetime[0]), 0)
    share = np.zeros((basis.n, basis.n))
    share[word.source, word.target] = word.strength
    heard = 0.5 * (1 - np.prod(1 - share, axis=0))
    owed = heard * share / np.maximum(share.sum(axis=0), 1e-300)
    whole = np.linalg.solve(np.eye(basis.n) - owed, base)
    assert worth.received[0] == pytest.approx(whole - base, abs=1e-6)
    assert worth.given[0] == pytest.approx(heard * whole, abs=1e-6)
    assert worth.received.sum() == pytest.approx(worth.given.sum(), abs=1e-6)


@given(firms)
def test_rates_of_leaving_sum_to_those_of_their_market(firm: tuple[int, int, float]) -> None:
    worth = random_firm(*firm).central()
    for code in set(worth.basis.market.tolist()):
        here = worth.basis.market == code
        assert worth.hazard[0, here].mean() == pytest.approx(0.2)


@given(firms, st.randoms(use_true_random=False))
def test_order_and_ids_of_rows_change_nothing(firm: tuple[int, int, float], shuffle: Any) -> None:
    people, ties = random_rows(*firm)
    usual = basis_of(people, ties)
    new = {row["id"]: f"{shuffle.random()}-{row['id']}" for row in people}
    people = [
        {**row, "id": new[row["id"]], "name": row.get("name", row["id"])}
        | ({"owner": new[row["owner"]]} if "owner" in row else {})
        for row in people
    ]
    ties = [{**row, **{end: new[row[end]] for end in ("source", "target")}} for row in ties]
    shuffle.shuffle(people)
    shuffle.shuffle(ties)
    other = basis_of(people, ties)
    for one, same in zip(
        (usual.central(), *usual.drawn(5, 3)), (other.central(), *other.drawn(5, 3)), strict=True
    ):
        for figure in ("lifetime", "network_value", "hazard"):
            assert getattr(one, figure) == pytest.approx(getattr(same, figure), nan_ok=True)


@given(firms, st.floats(0.001, 1000))
def test_money_scales(firm: tuple[int, int, float], factor: float) -> None:
    people, ties = random_rows(*firm)
    scaled = [
        {**row, **{key: row[key] * factor for key in ("margin", "revenue") if row.get(key)}}
        for row in people
    ]
    usual, other = basis_of(people, ties), basis_of(scaled, ties)
    for one, same in zip(
        (usual.central(), *usual.drawn(3, 0)), (other.central(), *other.drawn(3, 0)), strict=True
    ):
        assert factor * one.network_value == pytest.approx(same.network_value, rel=1e-6, abs=1e-6)
        assert one.p_leave == pytest.approx(same.p_leave)
