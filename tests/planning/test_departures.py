"""Who falls with whom, against hand-worked answers and a second implementation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from relgraph.planning.basis import Basis
from relgraph.planning.departure_rows import departure_rows
from relgraph.planning.exit import exit_rows
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, Row, basis_of, person, tie
from tests.planning.leaving import Firm
from tests.told import told

CERTAIN = PlanningSettings(draws=0)


def leave(basis: Basis, ids: Iterable[str], settings: PlanningSettings = CERTAIN) -> Result:
    """Return who is affected when these leave."""
    wanted, accounts = set(ids), basis.accounts
    staff = accounts.evidence.nodes.ids[accounts.staff].tolist()
    return departure_rows(
        basis,
        settings,
        np.array([i for i, name in enumerate(accounts.nodes.ids) if name in wanted], np.int64),
        np.array([i for i, name in enumerate(staff) if name in wanted], np.int64),
    )


def notes(result: Result) -> str:
    return " ".join(told(result.notes))


def lost(basis: Basis, ids: Iterable[str]) -> dict[tuple[str, str], float]:
    """Return what each loses by each way, where it is known."""
    return {
        (row["id"], row["how"]): row["loss"]
        for row in leave(basis, ids).rows()
        if row["loss"] is not None
    }


def steady(name: str, worth: float, market: str = "customer", **more: Any) -> Row:
    """Return an account that surely stays, and whose K and lifetime value are this worth."""
    return person(name, market, margin=worth / 10, retention=1.0, **more)


def chain_firm(*arcs: str, strength: float = 0.5) -> Basis:
    """Return customers with lifetime value 100 who leave at a rate of 0.2, and their arcs."""
    stays = float(np.exp(-0.2))
    names = sorted(set("".join(arcs)))
    people = [
        person(name, "customer", margin=100 / stays * (1.1 - stays), retention=stays)
        for name in names
    ]
    return basis_of(people, [tie(arc[0], "REFERS", arc[1], strength) for arc in arcs])


def example(basis: Basis, ids: str) -> float:
    """Return what is lost but for referrals."""
    return sum(loss for (_, how), loss in lost(basis, ids).items() if how != "referrals")


def test_a_chain() -> None:
    basis = chain_firm("AB", "BC")
    rows = {(row["id"], row["how"]): row for row in leave(basis, "A").rows()}
    assert rows["B", "chained"]["chance"] == pytest.approx(0.0768837, abs=5e-8)
    assert rows["B", "chained"]["hop"] == 1
    assert rows["C", "chained"]["hop"] == 2
    assert rows["A", "direct"]["loss"] == pytest.approx(100)
    assert example(basis, "A") == pytest.approx(108.2795, abs=5e-5)
    assert example(basis, "AB") == pytest.approx(207.6884, abs=5e-5)


def test_a_diamond() -> None:
    basis = chain_firm("AB", "AC", "BD", "CD")
    rows = {row["id"]: row for row in leave(basis, "A").rows() if row["how"] == "chained"}
    assert rows["D"]["chance"] == pytest.approx(0.0117873, abs=5e-8)
    assert example(basis, "A") == pytest.approx(116.5555, abs=5e-5)


def held_firm(*more: Row) -> Basis:
    people = [
        *(person(name, "employee") for name in ("e1", "e2")),
        steady("X", 1000),
        steady("Y", 500),
        *more,
    ]
    ties = [
        tie("e1", "MANAGES", "X", 0.6),
        tie("e1", "MANAGES", "Y", 0.5),
        tie("e2", "MANAGES", "Y", 0.5),
    ]
    return basis_of(people, ties)


def test_what_employees_hold() -> None:
    ranking = {row["id"]: row for row in exit_rows(held_firm(), CERTAIN).rows()}
    assert ranking["e1"]["held"] == pytest.approx(179.6667, abs=5e-5)
    assert ranking["e1"]["only"] == pytest.approx(1000)
    assert ranking["e1"]["accounts"] == 2
    assert ranking["e2"]["held"] == pytest.approx(25.6667, abs=5e-5)
    assert ranking["e2"]["only"] == 0
    assert ranking["e1"]["budget"] == pytest.approx((1 - np.exp(-0.2)) * 179.6667, abs=5e-5)


def test_two_employees_together_lose_more_than_alone() -> None:
    result = leave(held_firm(), ["e1", "e2"])
    assert result["loss"].sum() == pytest.approx(231.00)
    assert "together 231 is lost" in notes(result)
    assert "the losses of the 2, if each left alone, sum to 205" in notes(result)


def test_a_second_contact() -> None:
    rows = {row["id"]: row for row in leave(held_firm(), ["e1"]).rows()}
    assert rows["X"]["cover"] == "e2"
    assert rows["X"]["cover_saves"] == pytest.approx(81.0526, abs=5e-5)
    assert rows["X"]["backup"] is None
    assert rows["Y"]["backup"] == "e2"
    assert rows["Y"]["cover"] is None
    assert rows["Y"]["cover_saves"] is None


def test_of_an_influencer_the_stream_is_held() -> None:
    people = [
        person("e", "employee"),
        person("i", "influencer", retention=1.0),
        steady("c", 1000),
    ]
    ties = [tie("e", "MANAGES", "i", 0.5), tie("i", "REFERS", "c", 0.8)]
    row = next(leave(basis_of(people, ties), ["e"]).rows())
    stream = 0.2 * 0.5 * 0.8 * 1000 / 0.1  # churn · share heard · worth, of all years
    assert (row["id"], row["how"]) == ("i", "held")
    assert row["value"] == pytest.approx(stream)
    assert row["loss"] == pytest.approx(0.154 * stream)


def test_who_is_certain_to_stay_follows_nobody_and_passes_nothing_on() -> None:
    people = [
        steady("a", 100),
        steady("b", 100),
        *(person(n, "customer", margin=10) for n in "cde"),
    ]
    ends = {"ab": 0.459, "cb": 0.898, "db": 0.354, "ac": 0.7, "ad": 0.45, "cd": 0.3, "be": 0.6}
    ties = [tie(pair[0], "REFERS", pair[1], strength) for pair, strength in ends.items()]
    rows = leave(basis_of(people, ties), ["a"]).rows()
    chained = [row["id"] for row in rows if row["how"] == "chained"]
    assert sorted(chained) == ["c", "d"]


def test_covering_an_influencer_of_unknown_credit_saves_an_unknown_sum() -> None:
    people = [
        person("e", "employee"),
        person("f", "employee"),
        person("i", "influencer"),
        person("c", "customer"),
    ]
    ties = [tie("e", "MANAGES", "i", 0.5), tie("i", "REFERS", "c", 0.8)]
    row = next(leave(basis_of(people, ties), ["e"]).rows())
    assert (row["id"], row["how"], row["cover"]) == ("i", "held", "f")
    assert row["value"] is row["loss"] is row["cover_saves"] is None


def test_customers_with_one_seller_fall_with_a_distributor() -> None:
    people = [
        FIRM,
        person("rival", "competitor"),
        steady("d1", 50, "distributor"),
        steady("d2", 50, "distributor"),
        steady("a", 100),
        steady("b", 200),
        steady("c", 400),
        steady("g", 800),
    ]
    ties = [
        tie("a", "BUYS_FROM", "d1", 0.5),
        tie("a", "BUYS_FROM", "rival", 0.5),  # a competitor doesn't sell for us
        tie("b", "BUYS_FROM", "d1", 0.5),
        tie("b", "BUYS_FROM", "d2", 0.5),
        tie("c", "BUYS_FROM", "d1", 0.5),
        tie("c", "BUYS_FROM", "firm", 0.5),
    ]
    basis = basis_of(people, ties)
    assert lost(basis, ["d1"]) == {
        ("d1", "direct"): pytest.approx(50),
        ("a", "through"): pytest.approx(50),
    }
    together = lost(basis, ["d1", "d2"])
    assert together["b", "through"] == pytest.approx(100)
    assert sum(together.values()) > sum(sum(lost(basis, [d]).values()) for d in ("d1", "d2"))
    ranking = {row["id"]: row for row in exit_rows(basis, CERTAIN).rows()}
    assert ranking["d1"]["held"] == pytest.approx(50)
    assert ranking["d1"]["accounts"] == 1
    assert ranking["rival"]["loss"] == 0
    assert ranking["rival"]["chained"] is ranking["rival"]["referrals"] is None
    assert ranking["rival"]["p_leave"] is ranking["rival"]["budget"] is None
    assert "firm" not in ranking


def test_two_suppliers_of_a_kind_are_missed_more_together() -> None:
    people = [
        steady("c", 1200),  # a margin of 120 a year
        *(person(n, "supplier", revenue=50, sub_market="steel") for n in ("s1", "s2")),
    ]
    basis = basis_of(people)
    assert lost(basis, ["s1"]) == {("s1", "supply"): pytest.approx(120 / 2 / 12)}
    both = lost(basis, ["s1", "s2"])
    assert sum(both.values()) == pytest.approx(120 * 6 / 12)


def test_a_customer_who_leaves_too_is_not_held() -> None:
    assert lost(held_firm(), ["e1", "X"]) == {
        ("X", "direct"): pytest.approx(1000),
        ("Y", "held"): pytest.approx(0.154 * 500 / 3),
    }


def test_nothing_falls_with_an_employee_without_accounts() -> None:
    result = leave(held_firm(person("e3", "employee")), ["e3"])
    assert len(result) == 0
    assert "nothing depends on them" in notes(result)


def test_what_is_unknown_is_empty_and_counted() -> None:
    people = [person("e", "employee"), person("a", "customer"), steady("b", 100)]
    ties = [tie("e", "MANAGES", "a", 0.5), tie("e", "MANAGES", "b", 0.5)]
    basis = basis_of(people, ties)
    result = leave(basis, ["e"])
    rows = {row["id"]: row for row in result.rows()}
    assert rows["a"]["value"] is rows["a"]["loss"] is rows["a"]["cover_saves"] is None
    assert rows["b"]["loss"] == pytest.approx(15.4)
    assert [row["id"] for row in result.rows()] == ["b", "a"]
    assert "1 customer or distributor has no known worth" in notes(result)


firms = st.tuples(st.integers(0, 100_000), st.integers(1, 8), st.floats(0.1, 1))


def random_rows(seed: int, n: int, density: float) -> tuple[list[Row], list[Row]]:
    """Return a firm with few arcs of word of mouth, and with gaps in what is known of it."""
    rng = np.random.default_rng(seed)

    def perhaps(value: float) -> float | None:
        return value if rng.random() < 0.8 else None

    people = [FIRM, person("e1", "employee"), person("e2", "employee"), person("k", "competitor")]
    kinds = ["customer", "customer", "distributor", "influencer", "supplier"]
    for number in range(n):
        people.append(
            person(
                f"a{number}",
                str(rng.choice(kinds)),
                margin=perhaps(float(rng.normal(50, 60))),
                revenue=perhaps(float(rng.uniform(1, 500))),
                satisfaction=perhaps(float(rng.random())),
                owner=str(rng.choice(["e1", "e2", ""])) or None,
                sub_market=str(rng.choice(["one", "two"])),
                retention=float(rng.random()) if rng.random() < 0.3 else None,
            )
        )
    ids = [row["id"] for row in people]
    ties: dict[tuple[str, str, str], Row] = {}
    for source in ids:
        for target in ids:
            kind = str(rng.choice(["REFERS", "BUYS_FROM", "MANAGES", "BUYS_FROM"]))
            if source != target and rng.random() < density:
                if kind == "REFERS" and rng.random() < 0.5:
                    continue
                strength = perhaps(float(rng.uniform(0.01, 1)))
                sign = -1 if rng.random() < 0.05 else 1
                ties[source, kind, target] = tie(source, kind, target, strength, sign=sign)
    return people, list(ties.values())


def random_firm(firm: tuple[int, int, float]) -> Basis:
    basis = basis_of(*random_rows(*firm))
    buyer = basis.is_buyer
    assume((buyer[basis.word.source] & buyer[basis.word.target]).sum() <= 6)
    return basis


@given(firms, st.data())
def test_a_second_implementation_agrees(firm: tuple[int, int, float], data: Any) -> None:
    basis = random_firm(firm)
    names = [*basis.accounts.nodes.ids.tolist(), "e1", "e2"]
    leavers = data.draw(st.sets(st.sampled_from(names), min_size=1))
    expected = {way: loss for way, loss in Firm(basis).losses(leavers).items() if loss}
    found = {way: loss for way, loss in lost(basis, leavers).items() if loss}
    known = np.isfinite(basis.central().lifetime[0][basis.is_buyer])
    if len(known) and not known.any():
        return  # then nothing is known but what is empty in the rows
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(firms)
def test_the_ranking_is_the_departure_of_each_alone(firm: tuple[int, int, float]) -> None:
    basis = random_firm(firm)
    for row in exit_rows(basis, CERTAIN).rows():
        if row["market"] == "competitor":
            continue
        alone = lost(basis, [row["id"]])
        if row["loss"] is not None:
            assert row["loss"] == pytest.approx(sum(alone.values()), rel=1e-9, abs=1e-9)
        for column, ways in {
            "direct": ("direct", "supply"),
            "chained": ("chained",),
            "held": ("held", "through"),
            "referrals": ("referrals",),
        }.items():
            if row[column] is not None:
                told_loss = sum(loss for (_, how), loss in alone.items() if how in ways)
                assert row[column] == pytest.approx(told_loss, rel=1e-9, abs=1e-9)


@given(firms)
def test_all_buyers_together_lose_all_they_are_worth(firm: tuple[int, int, float]) -> None:
    basis = random_firm(firm)
    worth, buyer = basis.central(), basis.is_buyer
    assume(np.isfinite(worth.lifetime[0][buyer]).any())
    found = lost(basis, basis.accounts.nodes.ids[buyer])
    stream = (worth.stream * np.exp(-worth.hazard) * worth.years_of_margin)[0][buyer]
    equity = np.nansum(worth.lifetime[0][buyer])
    assert sum(found.values()) == pytest.approx(equity + stream.sum(), rel=1e-9, abs=1e-6)


@given(firms, st.data())
def test_two_buyers_lose_no_more_together_than_alone(
    firm: tuple[int, int, float], data: Any
) -> None:
    people, ties = random_rows(*firm)
    people = [
        {**row, "margin": abs(row["margin"] or 1), "sub_market": None}
        if row["market"] in ("customer", "distributor")
        else row
        for row in people
    ]
    basis = basis_of(people, ties)
    buyers = basis.accounts.nodes.ids[basis.is_buyer].tolist()
    arcs = basis.is_buyer[basis.word.source] & basis.is_buyer[basis.word.target]
    assume(len(buyers) >= 2 and arcs.sum() <= 60)
    pair = data.draw(st.lists(st.sampled_from(buyers), min_size=2, max_size=2, unique=True))

    def loss(ids: Iterable[str]) -> float:
        ways = lost(basis, ids).items()
        return sum(loss for (_, how), loss in ways if how in ("direct", "chained", "referrals"))

    alone = loss(pair[:1]) + loss(pair[1:])
    assert loss(pair) <= alone + 1e-9 * abs(alone)


@given(firms, st.randoms(use_true_random=False))
def test_order_and_ids_of_rows_change_nothing(firm: tuple[int, int, float], shuffle: Any) -> None:
    people, ties = random_rows(*firm)
    usual = basis_of(people, ties)
    # New ids in the order of the old ones: ties of equal figures go by id.
    new = {row["id"]: f"x-{row['id']}" for row in people}
    other_people = [
        {**row, "id": new[row["id"]], "name": row["id"], "owner": new.get(row.get("owner"))}
        for row in people
    ]
    other_ties = [{**row, **{end: new[row[end]] for end in ("source", "target")}} for row in ties]
    shuffle.shuffle(other_people)
    shuffle.shuffle(other_ties)
    other = basis_of(other_people, other_ties)
    draws = PlanningSettings(draws=20)
    for one, same in zip(
        exit_rows(usual, draws).rows(), exit_rows(other, draws).rows(), strict=True
    ):
        assert new[one.pop("id")] == same.pop("id")
        assert one.pop("name") == same.pop("name")
        market = one.pop("market")
        assert market == same.pop("market")
        for column, value in one.items():
            if value is None or same[column] is None:
                assert value is same[column], column
            else:
                assert value == pytest.approx(same[column], rel=1e-5, abs=1e-9), column


@given(firms, st.floats(0.001, 1000))
def test_money_scales(firm: tuple[int, int, float], factor: float) -> None:
    people, ties = random_rows(*firm)
    scaled = [
        {**row, **{name: row[name] * factor for name in ("margin", "revenue") if row.get(name)}}
        for row in people
    ]
    usual, other = (exit_rows(basis_of(rows, ties), CERTAIN) for rows in (people, scaled))
    figures = [
        {
            row["id"]: [row[name] for name in ("loss", "direct", "chained", "held", "referrals")]
            + [row["budget"], row["only"]]
            for row in result.rows()
        }
        for result in (usual, other)
    ]
    for name, values in figures[0].items():
        for value, same in zip(values, figures[1][name], strict=True):
            assert (value is None) == (same is None)
            if value is not None:
                assert factor * value == pytest.approx(same, rel=1e-6, abs=1e-6)
