"""Partnerships from given strengths, components and contacts, pair by pair."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from relgraph.analysis.partnerships.contacts import Contacts
from relgraph.analysis.partnerships.evidence import Evidence, apply_index
from relgraph.analysis.partnerships.index import COMPONENT, partnership_index
from relgraph.analysis.partnerships.partnerships import among, partnership_rows
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.network import Nodes, Projection, Ties
from relgraph.settings import RankingSettings
from tests.told import told

T = datetime(2024, 6, 30)
MARKETS = {
    "e1": "employee",
    "e2": "employee",
    "f": "firm",
    "c1": "customer",
    "c2": "customer",
    "s1": "supplier",
}
ALL = Projection()

Tie = tuple[str, str, str, dict[str, float]]
Contact = tuple[str, str, float]


def objects(values: list[Any]) -> Any:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def evidence(
    ties: list[Tie],
    contacts: Sequence[Contact] = (),
    satisfaction: Mapping[str, float] | None = None,
    **more: Any,
) -> Evidence:
    satisfaction = satisfaction or {}
    ids = sorted(MARKETS)
    place = {node_id: index for index, node_id in enumerate(ids)}
    left = [("left" if node_id in more.get("left", ()) else "active") for node_id in ids]
    nodes = Nodes(
        objects(ids),
        objects([node_id.upper() for node_id in ids]),
        objects([MARKETS[node_id] for node_id in ids]),
        {
            "status": objects(left),
            "satisfaction": np.array([satisfaction.get(node_id, np.nan) for node_id in ids]),
        },
    )
    components = {
        name: np.array([tie[3].get(name, np.nan) for tie in ties], np.float64) for name in COMPONENT
    }
    return Evidence(
        nodes,
        Ties(
            np.array([place[tie[0]] for tie in ties], np.int64),
            np.array([place[tie[1]] for tie in ties], np.int64),
            objects([tie[2] for tie in ties]),
            np.array([tie[3].get("strength", np.nan) for tie in ties], np.float64),
            np.array([tie[3].get("sign", 1) for tie in ties], np.int8),
            components,
        ),
        Contacts(
            np.array([place[source] for source, _, _ in contacts], np.int64),
            np.array([place[target] for _, target, _ in contacts], np.int64),
            np.array([T - timedelta(days=day) for _, _, day in contacts], "datetime64[us]"),
            np.ones(len(contacts)),
        ),
        more.get("as_of", np.datetime64(T)),
    )


def rows(
    given: Evidence, projection: Projection, ids: Sequence[str] = (), **options: Any
) -> list[dict[str, Any]]:
    drawn = {name: options.pop(name) for name in ("confidence", "seed") if name in options}
    settings = RankingSettings(projection, **drawn)
    return list(among(partnership_rows(given, settings, **options), ids).rows())


def index_of(**components: float) -> tuple[float, float, float]:
    values = np.full((1, 7), np.nan)
    for name, value in components.items():
        values[0, COMPONENT[name]] = value
    index = partnership_index(values)
    return float(index.strength[0]), float(index.low[0]), float(index.high[0])


def test_a_given_strength_wins() -> None:
    tie = {"strength": 0.3, "trust": 1, "commitment": 1, "intimacy": 1, "control": 1}
    (row,) = rows(evidence([("e1", "c1", "MANAGES", tie)], [("c1", "e1", 1)]), ALL)
    assert (row["source"], row["target"], row["basis"]) == ("e1", "c1", "given")
    power = math.exp(1.959963985 * 0.5)
    assert [row[name] for name in ("strength", "low", "high")] == pytest.approx(
        [0.3, 0.3**power, 0.3 ** (1 / power)]
    )
    assert row["imbalance"] is None
    assert row["remark"] is None


def test_parallel_given_strengths_merge_as_in_a_network() -> None:
    ties = [("e1", "c1", "MANAGES", {"strength": 0.5}), ("e1", "c1", "KNOWS", {"strength": 0.4})]
    (row,) = rows(evidence(ties), ALL)
    assert row["source"] == "c1"  # KNOWS runs both ways: the first id comes first
    assert row["strength"] == pytest.approx(math.sqrt((1 - 0.5 * 0.6) * 0.4))
    assert row["imbalance"] == pytest.approx((0.4 - 0.7) / (0.4 + 0.7))


def test_an_index_from_components_and_its_range() -> None:
    known = {"trust": 0.9, "commitment": 0.2, "intimacy": 0.5}
    (row,) = rows(evidence([("c1", "f", "BUYS_FROM", known)]), ALL)
    assert (row["strength"], row["low"], row["high"]) == pytest.approx(index_of(**known))
    assert row["coverage"] == pytest.approx(0.5)
    assert row["basis"] == "index"


def test_contacts_stand_in_for_what_is_missing() -> None:
    known = {"trust": 0.9, "commitment": 0.2}
    contacts = [("e1", "c1", 0.0), ("e1", "c1", 90.0), ("c1", "e1", 30.0)]
    (row,) = rows(evidence([("e1", "c1", "MANAGES", known)], contacts), ALL)
    forth, back = 1.5, 2 ** (-30 / 90)
    expected = index_of(cooperation=1 - math.exp(-forth / 6), two_way=back / forth, **known)
    assert (row["strength"], row["low"], row["high"]) == pytest.approx(expected)
    assert row["coverage"] == pytest.approx(1 / 3 + 2 / 9)
    assert (row["basis"], row["source"]) == ("index", "e1")


def test_what_is_given_is_not_stood_in_for() -> None:
    known = {"trust": 0.9, "commitment": 0.2, "two_way": 0.3, "cooperation": 0.8}
    (row,) = rows(evidence([("e1", "c1", "MANAGES", known)], [("e1", "c1", 5.0)]), ALL)
    assert row["strength"] == pytest.approx(index_of(**known)[0])


def test_contacts_alone_are_a_strength_without_a_range() -> None:
    contacts = [("e1", "c1", 0.0), ("e1", "c1", 90.0), ("c1", "e1", 90.0)]
    (row,) = rows(evidence([], contacts), ALL)
    forth, back = 1 - math.exp(-1.5 / 6), 1 - math.exp(-0.5 / 6)
    assert (row["source"], row["target"]) == ("c1", "e1")
    assert row["strength"] == pytest.approx(math.sqrt(forth * back))
    assert row["imbalance"] == pytest.approx((back - forth) / (forth + back))
    assert (row["low"], row["high"], row["basis"]) == (None, None, "contact")
    assert row["coverage"] == pytest.approx(2 / 9)
    assert str(row["remark"]) == "no index: components cover 22% of the weight, 40% is needed"


def test_contacts_in_one_direction_are_the_strength_of_the_pair() -> None:
    (row,) = rows(evidence([], [("s1", "e1", 180.0)]), ALL)
    assert (row["source"], row["target"], row["imbalance"]) == ("s1", "e1", None)
    assert row["strength"] == pytest.approx(1 - math.exp(-0.5 / 6))


def test_a_refusal_is_said_in_the_row() -> None:
    ties: list[Tie] = [
        ("c1", "f", "BUYS_FROM", {"trust": 0.9, "commitment": 0.9}),
        ("c2", "f", "BUYS_FROM", {}),
        ("s1", "f", "SUPPLIES", {"strength": 0.1}),
    ]
    given, thin, nothing = rows(evidence(ties), ALL)
    assert (given["source"], given["rank"]) == ("s1", 1)
    for row in (thin, nothing):
        assert (row["basis"], row["strength"], row["rank"]) == ("none", None, None)
        assert (row["low"], row["high"]) == (None, None)
    assert thin["coverage"] == pytest.approx(1 / 3)
    assert str(thin["remark"]) == "no index: components cover 33% of the weight, 40% is needed"
    assert nothing["coverage"] == 0
    assert str(nothing["remark"]) == "no index: no component is known"


def test_a_pair_compares_like_with_like() -> None:
    ties: list[Tie] = [("e1", "c1", "MANAGES", {"strength": 0.8})]
    (row,) = rows(evidence(ties, [("c1", "e1", 1.0)]), ALL)
    assert (row["strength"], row["imbalance"], row["basis"]) == (0.8, None, "given")
    directed = rows(evidence(ties, [("c1", "e1", 1.0)]), ALL, directed=True)
    assert [(each["source"], each["basis"]) for each in directed] == [
        ("e1", "given"),
        ("c1", "contact"),
    ]
    assert [each["imbalance"] for each in directed] == [None, None]


def test_directed_rows_have_opposite_asymmetries() -> None:
    ties: list[Tie] = [
        ("e1", "e2", "TRUSTS", {"strength": 0.9}),
        ("e2", "e1", "TRUSTS", {"strength": 0.3}),
    ]
    first, second = rows(evidence(ties), ALL, directed=True)
    assert (first["source"], first["strength"], second["strength"]) == ("e1", 0.9, 0.3)
    assert first["imbalance"] == pytest.approx(0.5)
    assert second["imbalance"] == pytest.approx(-0.5)
    (pair,) = rows(evidence(ties), ALL)
    assert pair["strength"] == pytest.approx(math.sqrt(0.27))
    assert pair["imbalance"] == pytest.approx(0.5)


def test_a_both_ways_row_twice_counts_once() -> None:
    tie = {"strength": 0.4}
    ties: list[Tie] = [("c1", "c2", "KNOWS", tie), ("c2", "c1", "KNOWS", tie)]
    (row,) = rows(evidence(ties), ALL)
    assert (row["strength"], row["imbalance"]) == (0.4, 0.0)


def test_a_component_that_two_relationships_give_is_their_mean() -> None:
    first = {"trust": 0.2, "commitment": 0.6, "intimacy": 0.5}
    ties: list[Tie] = [("e1", "c1", "MANAGES", first), ("e1", "c1", "REFERS", {"trust": 0.8})]
    (row,) = rows(evidence(ties), ALL)
    assert row["strength"] == pytest.approx(index_of(trust=0.5, commitment=0.6, intimacy=0.5)[0])


def test_trend() -> None:
    contacts = [("e1", "c1", 100.0), ("c1", "e1", 120.0), ("e1", "c1", 10.0)]
    (row,) = rows(evidence([], contacts), ALL)
    assert (row["trend"], row["contacts_before"]) == (-0.5, 2)
    (row,) = rows(evidence([("e1", "s1", "MANAGES", {"strength": 1})]), ALL)
    assert (row["trend"], row["contacts_before"]) == (None, 0)


@pytest.mark.parametrize(
    ("source", "target", "market"),
    [
        ("e1", "c1", "customer"),
        ("s1", "f", "supplier"),
        ("s1", "c1", "customer"),
        ("c1", "s1", "customer"),
        ("e1", "f", "employee"),
    ],
)
def test_a_partnership_belongs_to_a_market(source: str, target: str, market: str) -> None:
    (row,) = rows(evidence([(source, target, "LINKS", {"strength": 0.5})]), ALL)
    assert row["market"] == market


def test_rivals_the_left_and_self_loops_are_no_partners() -> None:
    given = {"strength": 0.5}
    ties: list[Tie] = [
        ("c1", "c2", "COMPETES_WITH", given | {"sign": -1}),
        ("e1", "c2", "HARMS", given | {"sign": -1}),
        ("c1", "c1", "KNOWS", given),
        ("e1", "c1", "MANAGES", given),
        ("e1", "s1", "MANAGES", given),
    ]
    contacts = [("e1", "s1", 3.0), ("s1", "s1", 1.0)]
    case = evidence(ties, contacts, left=("s1",))
    assert [row["target"] for row in rows(case, ALL)] == ["c1"]
    everyone = rows(case, Projection(include_left=True))
    assert [row["target"] for row in everyone] == ["c1", "s1"]
    contacted = [("e1", "s1", 3.0)]
    types = ("COMPETES_WITH", "HARMS")
    case = evidence(ties, contacted)
    asked_for = RankingSettings(Projection(types=types))
    assert [row["basis"] for row in partnership_rows(case, asked_for).rows()] == ["contact"]
    assert told(partnership_rows(case, asked_for).notes) == (
        "2 hostile ties (sign -1) of the types taken are in no measure "
        "(include_hostile changes that)",
    )
    rivals = rows(case, Projection(types=types, include_hostile=True))
    assert [(row["source"], row["target"]) for row in rivals if row["basis"] == "given"] == [
        ("c1", "c2"),
        ("e1", "c2"),
    ]


def test_one_stakeholder_or_two() -> None:
    given = {"strength": 0.5}
    ties: list[Tie] = [
        ("e1", "c1", "MANAGES", given),
        ("e1", "c2", "MANAGES", given | {"strength": 0.7}),
        ("s1", "f", "SUPPLIES", given),
    ]
    ends = [(row["source"], row["target"]) for row in rows(evidence(ties), ALL, ["e1"])]
    assert ends == [("e1", "c2"), ("e1", "c1")]
    (row,) = rows(evidence(ties), ALL, ["c1", "e1"])
    assert (row["source"], row["target"], row["rank"]) == ("e1", "c1", 2)
    assert rows(evidence(ties), ALL, ["c1", "s1"]) == []


def test_the_moment_is_the_latest_contact_by_default() -> None:
    (row,) = rows(evidence([], [("e1", "s1", 50.0), ("e1", "s1", 230.0)], as_of=None), ALL)
    assert row["strength"] == pytest.approx(1 - math.exp(-1.5 / 6))


def ends_and_type(tie: tuple[str, str, str, Any]) -> tuple[str, ...]:
    return (*sorted(tie[:2]), tie[2])


shares = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
known_things = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(COMPONENT, shares) | {"strength": st.sampled_from([0.05, 0.9, 1])},
)
some_ties = st.lists(
    st.tuples(
        st.sampled_from(sorted(MARKETS)),
        st.sampled_from(sorted(MARKETS)),
        st.sampled_from(["KNOWS", "MANAGES", "TRUSTS"]),
        known_things,
    ),
    max_size=12,
    unique_by=ends_and_type,
)
some_contacts = st.lists(
    st.tuples(
        st.sampled_from(sorted(MARKETS)), st.sampled_from(sorted(MARKETS)), st.floats(0, 400)
    ),
    max_size=12,
)


@settings(max_examples=60)
@given_by(some_ties, some_contacts, st.booleans(), st.booleans())
def test_every_figure_stands_between_its_low_and_high(
    ties: list[Tie], contacts: list[tuple[str, str, float]], directed: bool, confidence: bool
) -> None:
    case = evidence(ties, contacts)
    for row in rows(case, ALL, directed=directed, confidence=confidence):
        if row["basis"] in ("given", "index"):
            assert 0 < row["low"] <= row["strength"] <= row["high"] <= 1 + 1e-12
        else:
            assert (row["low"], row["high"]) == (None, None)
        if confidence and row["rank"] is not None:
            assert row["rank_low"] <= row["rank"] <= row["rank_high"]


def test_a_given_strength_is_drawn_as_well() -> None:
    ties: list[Tie] = [
        ("e1", "c1", "MANAGES", {"strength": 0.6}),
        ("e1", "c2", "MANAGES", {"strength": 0.5}),
        ("e1", "s1", "TRUSTS", {"strength": 0.05}),
    ]
    first, second, third = rows(evidence(ties), ALL, confidence=True, seed=3)
    # ln ln(1/.5) − ln ln(1/.6) = .3053 is what z·σ must make up for: Φ(.3053/(.5·√2)) = .667
    assert first["stays_ahead"] == pytest.approx(0.667, abs=0.04)
    assert (first["rank_low"], first["rank_high"]) == (1, 2)
    assert second["stays_ahead"] > 0.97
    assert (third["rank_low"], third["rank_high"]) == (3, 3)


def test_nothing_is_no_rows() -> None:
    assert rows(evidence([]), ALL) == []
    assert rows(evidence([]), ALL, directed=True, confidence=True) == []


def test_rank_intervals_hold_the_rank_and_tell_who_is_before() -> None:
    strong = dict.fromkeys(COMPONENT, 0.9)
    weak = dict.fromkeys(COMPONENT, 0.1)
    near = dict.fromkeys(COMPONENT, 0.5) | {"trust": 0.9, "intimacy": 0.1}
    ties: list[Tie] = [
        ("e1", "c1", "MANAGES", strong),
        ("e1", "c2", "MANAGES", weak),
        ("e1", "s1", "MANAGES", near),
        ("e2", "s1", "MANAGES", {"strength": 0.48}),
        ("e2", "c2", "MANAGES", {}),
    ]
    result = rows(evidence(ties), ALL, confidence=True, seed=3)
    ends = [(row["rank_low"], row["rank_high"]) for row in result]
    assert ends[0] == (1, 1)
    assert {ends[1], ends[2]} == {(2, 3)}
    assert ends[3] == (4, 4)
    assert ends[4] == (None, None)
    assert result[0]["stays_ahead"] == 1.0
    assert 0.2 < result[1]["stays_ahead"] < 0.98
    assert result[2]["stays_ahead"] == 1.0
    assert [row["stays_ahead"] for row in result[3:]] == [None, None]
    assert result == rows(evidence(ties), ALL, confidence=True, seed=3)


def test_equal_draws_count_as_half() -> None:
    columns = {"id": np.array(["a", "b"]), "strength": np.array([0.5, 0.5])}
    interval = with_rank_intervals(columns, "strength", np.full((10, 2), 0.5))
    assert interval["stays_ahead"][0] == 0.5
    assert interval["rank_high"].tolist() == [1, 1]


def test_the_index_becomes_the_strength_of_relationships() -> None:
    known = {"trust": 0.9, "commitment": 0.2, "intimacy": 0.5}
    ties: list[Tie] = [
        ("c1", "f", "BUYS_FROM", known | {"strength": 0.1}),
        ("c2", "f", "BUYS_FROM", {"strength": 0.2}),
        ("e1", "c1", "MANAGES", {}),
        ("s1", "f", "SUPPLIES", {}),
        ("c1", "c2", "KNOWS", {}),
    ]
    contacts = [("e1", "c1", 0.0), ("c1", "c2", 0.0), ("c2", "c1", 0.0), ("c2", "c1", 0.0)]
    applied = apply_index(evidence(ties, contacts))
    once, twice = (1 - math.exp(-count / 6) for count in (1, 2))
    expected = [index_of(**known)[0], 0.2, once, np.nan, math.sqrt(once * twice)]
    assert applied.ties.strength.tolist() == pytest.approx(expected, nan_ok=True)
    assert told(applied.notes) == (
        "strength of the 5 stored ties: 1 by index, 1 as given, 2 by contacts",
    )


def test_the_index_of_a_both_ways_tie_is_that_of_both_directions() -> None:
    known = {"trust": 0.9, "commitment": 0.2, "intimacy": 0.5}
    ties: list[Tie] = [("c1", "c2", "KNOWS", known)]
    contacts = [("c1", "c2", 0.0), ("c2", "c1", 0.0), ("c2", "c1", 0.0)]
    (strength,) = apply_index(evidence(ties, contacts)).ties.strength.tolist()
    once, twice = (1 - math.exp(-count / 6) for count in (1, 2))
    forth = index_of(**known, two_way=0.5, cooperation=once)[0]
    back = index_of(**known, two_way=0.5, cooperation=twice)[0]
    assert strength == pytest.approx(math.sqrt(forth * back))
