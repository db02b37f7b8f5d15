"""The facts behind planning: accounts, churn, margins, ties to the firm's side."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph.errors import UsageError
from relgraph.planning.accounts import find_accounts
from relgraph.planning.basis import assumed_ranges
from relgraph.planning.churn import observe_churn
from relgraph.planning.margins import BASES
from relgraph.planning.notes import gamma_interval
from tests.planning.firms import FIRM, basis_of, evidence_of, person, tie


def test_the_interval_of_a_rate_without_leavers() -> None:
    low, high = gamma_interval(0.5, 20)
    assert (low, high) == pytest.approx((0.0000246, 0.1255971), abs=1e-7)


def test_churn_counts_leavers_and_years_in_the_window() -> None:
    year = "2022-01-01", "2024-01-01"  # 730 days, from the first contact to the last
    people = [
        person("stays", "customer"),
        person("left", "customer", status="left", left_on=np.datetime64("2023-01-01").item()),
        person("before", "customer", status="left", left_on=np.datetime64("2021-06-01").item()),
        person("undated", "customer", status="left"),
        person("new", "customer"),
        person("e", "employee"),
    ]
    ties = [tie("new", "BUYS_FROM", "e", since=np.datetime64("2023-01-01").item())]
    contacts = [("e", "stays", year[0]), ("e", "stays", year[1])]
    churn = observe_churn(evidence_of(people, ties, contacts))
    assert churn.leavers[0] == 1
    assert churn.years[0] * 365.25 == pytest.approx(730 + 365 + 0 + 365 + 365)


def test_too_little_seen_leaves_the_usual_rate() -> None:
    people = [person("c", "customer"), person("e", "employee")]
    few = observe_churn(
        evidence_of(people, (), [("e", "c", "2022-01-01"), ("e", "c", "2024-01-01")])
    )
    assert few.rate(0.2)[0] == 0.2
    assert few.rate(0.3)[0] == 0.3
    none = observe_churn(evidence_of(people))
    assert none.usual.all()


def test_a_leaver_is_enough_for_a_rate_of_ones_own() -> None:
    left = np.datetime64("2023-01-01").item()
    people = [person("c", "customer", status="left", left_on=left), person("e", "employee")]
    churn = observe_churn(
        evidence_of(people, (), [("e", "e", "2022-01-01"), ("e", "e", "2024-01-01")])
    )
    assert churn.rate(0.2)[0] == pytest.approx(1.5 / (365 / 365.25))


def test_margins_are_given_or_summed_over_ties_or_by_revenue() -> None:
    basis = basis_of(
        [
            FIRM,
            person("given", "customer", margin=10, revenue=100),
            person("other", "customer", margin=60, revenue=200),
            person("ties", "customer", revenue=900),
            person("revenue", "customer", revenue=30),
            person("missing", "customer"),
            person("e", "employee"),
        ],
        [
            tie("ties", "BUYS_FROM", "firm", margin=5),
            tie("e", "MANAGES", "ties", margin=-2),
            tie("ties", "BUYS_FROM", "given", margin=1000),
        ],
    )
    ids = basis.accounts.nodes.ids.tolist()
    found = dict(zip(ids, basis.margin.tolist(), strict=True))
    names = dict(zip(ids, (BASES[code] for code in basis.margins.basis.tolist()), strict=True))
    assert found["given"] == 10
    assert found["ties"] == 3
    assert found["revenue"] == pytest.approx(30 * (10 + 60 + 3) / (100 + 200 + 900))
    assert np.isnan(found["missing"])
    assert names == {
        "given": "given",
        "other": "given",
        "ties": "ties",
        "revenue": "revenue",
        "missing": "missing",
    }


@pytest.mark.parametrize(
    ("own", "bought", "counted"), [(100, 30, 70), (100, 130, 100), (-100, 30, -100)]
)
def test_a_distributors_margin_is_counted_without_its_customers(
    own: float, bought: float, counted: float
) -> None:
    people = [
        FIRM,
        person("d", "distributor", margin=own),
        person("c", "customer"),
        person("gone", "customer", status="left"),
        person("loss", "customer"),
    ]
    ties = [
        tie("c", "BUYS_FROM", "d", margin=bought),
        tie("gone", "BUYS_FROM", "d", margin=500),
        tie("loss", "BUYS_FROM", "d", margin=-7),
    ]
    basis = basis_of(people, ties)
    assert basis.margin[basis.accounts.nodes.ids == "d"] == counted
    everything = basis_of(people, ties, assume={"distributor_margin_includes": 0})
    assert everything.margin[everything.accounts.nodes.ids == "d"] == own


def test_people_of_an_organisation_are_no_accounts_of_their_own() -> None:
    people = [
        FIRM,
        person("e", "employee"),
        person("org", "customer", margin=100),
        person("ann", "customer", organisation="org", margin=3),
        person("bob", "customer"),
        person("own", "customer"),
        person("nowhere", "customer", organisation="no such id"),
        person("us", "customer", organisation="firm"),
    ]
    ties = [
        tie("bob", "WORKS_FOR", "org"),
        tie("e", "KNOWS", "ann", 0.5),
        tie("e", "KNOWS", "bob", 0.5),
        tie("ann", "REFERS", "own", 0.7),
    ]
    basis = basis_of(people, ties, [("e", "ann", "2024-01-01")])
    ids = basis.accounts.nodes.ids.tolist()
    assert sorted(ids) == ["nowhere", "org", "own", "us"]
    org = ids.index("org")
    assert basis.ties.account.tolist() == [org]
    assert basis.ties.strength.tolist() == [0.75]  # 1 − .5·.5
    assert basis.word.source.tolist() == [org]
    assert basis.margin[org] == 100


def test_organisations_in_a_circle_stay_themselves() -> None:
    people = [
        person("a", "customer", organisation="b"),
        person("b", "customer", organisation="a"),
        person("c", "customer", organisation="d"),
        person("d", "customer", organisation="e"),
        person("e", "customer"),
    ]
    accounts = find_accounts(evidence_of(people))
    assert sorted(accounts.nodes.ids.tolist()) == ["a", "b", "e"]


def test_ties_without_a_strength_never_count_as_one() -> None:
    people = [FIRM, person("e", "employee"), person("a", "customer"), person("b", "customer")]
    unknown = [tie("a", "BUYS_FROM", "firm"), tie("e", "KNOWS", "b")]
    assert basis_of(people, unknown).ties.strength.tolist() == [0.5, 0.5]
    median = basis_of(people, [*unknown, tie("b", "BUYS_FROM", "firm", 0.3)])
    assert median.ties.strength.tolist() == [0.3, 0.5, 0.3]  # a–firm, b–e, b–firm


def test_an_owner_who_left_looks_after_nobody() -> None:
    people = [
        person("e", "employee"),
        person("gone", "employee", status="left"),
        person("a", "customer", owner="e"),
        person("b", "customer", owner="gone"),
        person("c", "customer", owner="gone"),
    ]
    basis = basis_of(people, [tie("e", "MANAGES", "c")])
    assert basis.looked_after.tolist() == [1, 0, 1]


def test_a_few_contacts_are_no_trend() -> None:
    people = [person("e", "employee"), person("a", "customer"), person("b", "customer")]
    now, before = "2024-06-30", "2024-03-01"
    contacts = [
        *[("e", "a", before)] * 3,
        *[("e", "b", before)] * 2,
        *[("b", "e", before)] * 2,
        ("e", "b", now),
    ]
    assert basis_of(people, (), contacts).trend.tolist() == [0, -0.75]


def test_suppliers_are_worth_the_profit_lost_until_they_are_replaced() -> None:
    people = [
        person("c", "customer", margin=1200, retention=0.9),
        person("loss", "customer", margin=-500, retention=0.9),
        person("p", "supplier", revenue=30, sub_market="pumps"),
        person("q", "supplier", revenue=10, sub_market="pumps"),
        person("r", "supplier", revenue=60, sub_market="glass"),
        person("u", "supplier"),
    ]
    basis = basis_of(people)
    found = dict(zip(basis.accounts.nodes.ids, basis.central().at_stake[0], strict=True))
    assert found["p"] == pytest.approx(1200 * 0.3 / 12)
    assert found["q"] == pytest.approx(1200 * 0.1 / 12)
    assert found["r"] == pytest.approx(1200 * 0.6 * 6 / 12)
    assert np.isnan(found["u"])


def test_assumptions_that_are_set_are_certain_and_checked() -> None:
    ranges = assumed_ranges({"discount": 0.05})
    assert ranges["discount"] == (0.05, 0.05, 0.05)
    assert ranges["contagion"] == (0, 0.8, 1.6)
    with pytest.raises(UsageError, match=r"assume: .*'disount' \(did you mean 'discount'\?\)"):
        assumed_ranges({"disount": 0.05})
    with pytest.raises(UsageError, match="assume: discount: 5 is not from 0 to 1"):
        assumed_ranges({"discount": 5})


def test_the_same_worlds_whatever_the_size_of_a_block() -> None:
    people = [person(f"c{number}", "customer", margin=number) for number in range(5)]
    basis = basis_of(people)
    (together,) = basis.drawn(20, 7)
    first = next(basis.drawn(1, 7))
    assert together.lifetime[:1] == pytest.approx(first.lifetime)
    assert together.worlds.assumed["discount"][:, 0].min() >= 0.06
    assert together.worlds.assumed["discount"][:, 0].max() <= 0.16


def test_drawn_assumptions_follow_their_triangle() -> None:
    basis = basis_of([person("c", "customer", margin=1)])
    (worth,) = basis.drawn(4000, 1)
    for name, (low, peak, high) in basis.ranges.items():
        drawn = worth.worlds.assumed[name][:, 0]
        spread = max(high - low, 1e-12)
        assert drawn.mean() == pytest.approx((low + peak + high) / 3, abs=0.02 * spread)
