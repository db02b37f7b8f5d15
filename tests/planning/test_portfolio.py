"""Portfolios: the five models by hand, on random firms, and at their edges."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.errors import UsageError
from relgraph.messages import LANGUAGES, read_sentences
from relgraph.network import build_network
from relgraph.planning.grades import GRADES, grade_codes
from relgraph.planning.portfolio import level, scores, supply, value
from relgraph.planning.portfolio.rows import MODELS, Model, portfolio_rows
from relgraph.planning.portfolio.scores import mid_ranks
from relgraph.planning.worlds import draw_worlds
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, Row, basis_of, evidence_of, person, tie

E = person("e", "employee")
Contacts = Sequence[tuple[str, str, str]]


def classify(
    people: Sequence[Row],
    ties: Sequence[Row] = (),
    contacts: Contacts = (),
    model: Model = "level",
    draws: int = 0,
    **assume: float,
) -> Result:
    basis = basis_of(people, ties, contacts, assume=assume)
    evidence = evidence_of(people, ties, contacts)
    chosen = PlanningSettings(assume=assume, draws=draws)
    return portfolio_rows(
        basis, chosen, model, lambda: build_network(evidence.nodes, evidence.ties)
    )


def rows_of(result: Result) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in result.rows()}


def said(result: Result) -> str:
    return "\n".join(map(str, result.notes))


def customers(*margins: float | None, **more: Any) -> list[Row]:
    return [
        person(f"c{place}", "customer", margin=money, **more) for place, money in enumerate(margins)
    ]


# Level

GRADED = customers(50, 30, 10, 6, 4, -10, sub_market="dairy")  # A A B B C D


def test_the_level_that_fits_is_of_grade_and_size() -> None:
    ties = [tie("e", "MANAGES", f"c{place}", level=3) for place in range(6)]
    found = classify([FIRM, E, *GRADED], ties)
    rows = rows_of(found)
    assert [rows[f"c{n}"]["grade"] for n in range(6)] == ["A", "A", "B", "B", "C", "D"]
    assert [rows[f"c{n}"]["recommended"] for n in range(6)] == [5, 5, 3, 3, 2, 1]
    assert [rows[f"c{n}"]["gap"] for n in range(6)] == [-2, -2, 0, 0, 1, 2]
    assert [rows[f"c{n}"]["class"] for n in range(6)] == [
        *["under-served"] * 2,
        *["as recommended"] * 2,
        *["over-served"] * 2,
    ]
    # A contact costs 2 % of the median of 50, 30, 10, 6, 4; level 3 takes 6, level 5 takes 24.
    assert rows["c0"]["saves"] == pytest.approx((6 - 24) * 0.2)
    assert rows["c4"]["saves"] == pytest.approx((6 - 2) * 0.2)
    assert rows["c5"]["saves"] == pytest.approx((6 - 1) * 0.2)
    assert {row["segment_size"] for row in rows.values()} == {6}
    assert found["id"].tolist() == ["c0", "c1", "c2", "c3", "c4", "c5"]
    assert found["rank"].tolist() == [1, 1, 3, 3, 5, 6]
    assert str(rows["c0"]["advice"]) == "raise to level 5"
    assert "a contact counts as 0.20, 2.0% of the median" in said(found)


@pytest.mark.parametrize(
    ("size", "levels"),
    [(10, [5, 5, 3, 3, 2, 1]), (11, [4, 4, 3, 3, 2, 1]), (100, [4, 4, 3, 3, 2, 1])],
)
def test_the_size_of_a_segment_counts_its_active_members(size: int, levels: list[int]) -> None:
    more = [
        person(f"x{place}", "customer", sub_market="dairy") for place in range(size - len(GRADED))
    ]
    others = [
        person("left", "customer", sub_market="dairy", status="left"),
        person("ann", "customer", sub_market="dairy", organisation="c0"),
        person("other", "customer", sub_market="beer"),
        person("d", "distributor", sub_market="dairy"),
    ]
    rows = rows_of(classify([FIRM, E, *GRADED, *more, *others]))
    assert rows["c0"]["segment_size"] == size
    assert [rows[f"c{n}"]["recommended"] for n in range(6)] == levels
    assert (rows["other"]["segment_size"], rows["d"]["segment_size"]) == (1, 1)


def test_many_members_lower_the_level_and_assumptions_change_it() -> None:
    rows = rows_of(classify([FIRM, E, *GRADED], few=2, many=5))
    assert [rows[f"c{n}"]["recommended"] for n in range(6)] == [3, 3, 2, 2, 1, 1]
    rows = rows_of(classify([FIRM, E, *GRADED], grid_few_A=4, contact_cost=0.05))
    assert rows["c0"]["recommended"] == 4


def test_a_level_is_given_or_made_of_contacts() -> None:
    ties = [tie("e", "MANAGES", "c0", level=2), tie("c0", "BUYS_FROM", "firm", level=4)]
    contacts = [("e", "c1", f"2024-{month:02}-01") for month in range(1, 13)]
    rows = rows_of(classify([FIRM, E, *GRADED], ties, contacts))
    assert [(rows[f"c{n}"]["level"], rows[f"c{n}"]["basis"]) for n in range(3)] == [
        (4, "given"),
        (4, "contacts"),
        (0, "contacts"),
    ]
    assert rows["c2"]["gap"] == -3
    assert rows["c2"]["saves"] == pytest.approx(-6 * 0.2)


def test_without_contacts_a_level_that_isn_t_given_is_unknown() -> None:
    found = classify([FIRM, E, *GRADED])
    row = rows_of(found)["c0"]
    assert (row["level"], row["basis"], row["gap"], row["saves"]) == (None, None, None, None)
    assert (row["class"], row["advice"], row["rank"], row["recommended"]) == (None, None, None, 5)
    assert "6 of 6 have no known level" in said(found)


def test_without_a_grade_there_is_no_gap() -> None:
    people = [FIRM, E, *customers(10, 20, 30, 40, None)]
    ties = [tie("e", "MANAGES", f"c{place}", level=3) for place in range(5)]
    found = classify(people, ties)
    assert {row["grade"] for row in found.rows()} == {None}
    assert {row["gap"] for row in found.rows()} == {None}
    assert "5 of 5 have no grade" in said(found)
    assert "5 of 5 have no sub_market" in said(found)


def test_without_a_profit_a_contact_has_no_cost() -> None:
    people = [FIRM, E, *customers(-1, -2, 0, -4, -5)]
    found = classify(people, [tie("e", "MANAGES", "c0", level=3)])
    assert rows_of(found)["c0"]["gap"] == 2
    assert rows_of(found)["c0"]["saves"] is None
    assert "the cost of a contact" in said(found)


def test_only_buyers_have_a_level() -> None:
    people = [FIRM, E, *GRADED, person("s", "supplier"), person("i", "influencer")]
    assert len(classify(people)) == 6


# Value


def test_champions_have_and_bring_more_than_the_median() -> None:
    people = [FIRM, E, *customers(40, 30, 20, 10, None)]
    ties = [tie("c0", "REFERS", "c1", 0.9), tie("c3", "REFERS", "c2", 0.8)]
    found = classify(people, ties, model="value")
    rows = rows_of(found)
    assert {name: row["class"] for name, row in rows.items()} == {
        "c0": "Champions",
        "c1": "Affluents",
        "c2": "Misers",
        "c3": "Advocates",
        "c4": None,
    }
    assert found["id"].tolist() == ["c0", "c1", "c2", "c3", "c4"]
    assert rows["c1"]["crv"] == 0
    assert rows["c0"]["crv"] == pytest.approx(0.5 * 0.9 * rows["c1"]["clv"])
    assert "1 of 5 customers have no known worth" in said(found)


def test_three_customers_have_no_classes_by_value() -> None:
    found = classify([FIRM, *customers(1, 2, 3, None)], model="value")
    assert found["class"].tolist() == [None] * 4
    assert "need four customers of known worth; there are 3" in said(found)
    assert len(classify([FIRM, E], model="value")) == 0


# Supply


def test_suppliers_by_spending_and_replacement() -> None:
    people = [
        FIRM,
        person("k", "competitor"),
        person("a", "supplier", revenue=40, sub_market="glass"),
        person("b", "supplier", revenue=30, sub_market="steel"),
        person("c", "supplier", revenue=20, sub_market="steel"),
        person("d", "supplier", revenue=5, sub_market="rope"),
        person("gone", "supplier", revenue=9, sub_market="rope", status="left"),
        person("u", "supplier", revenue=5),
        person("v", "supplier", sub_market="rubber"),
        person("w", "customer", sub_market="rope"),
    ]
    ties = [
        tie("a", "SUPPLIES", "k"),
        tie("k", "BUYS_FROM", "c"),
        tie("k", "SUPPLIES", "d"),
        tie("b", "SUPPLIES", "firm"),
    ]
    found = classify(people, ties, model="supply")
    rows = rows_of(found)
    assert {name: row["class"] for name, row in rows.items()} == {
        "a": "strategic",
        "b": "leverage",
        "c": "leverage",  # its share is the median
        "d": "bottleneck",
        "u": None,
        "v": None,
    }
    assert rows["a"]["impact"] == pytest.approx(0.4)
    assert [rows[name]["risk"] for name in "abcduv"] == [1, 0.5, 0.5, 1, None, 1]
    assert [rows[name]["supplies_competitors"] for name in "abcd"] == [True, False, True, False]
    assert "1 of 6 suppliers is missing" in said(found)
    assert "1 of 6 suppliers have no sub_market" in said(found)
    assert found["sure"].tolist() == pytest.approx([np.nan] * 6, nan_ok=True)


# Scores


@pytest.mark.parametrize(
    ("power", "legitimacy", "urgency", "name"),
    [
        (0.4, 0.4, 0.4, "non-stakeholder"),
        (0.5, 0.4, 0.4, "dormant"),
        (0.4, 0.5, 0.4, "discretionary"),
        (0.4, 0.4, 0.5, "demanding"),
        (0.5, 0.5, 0.4, "dominant"),
        (0.5, 0.4, 0.5, "dangerous"),
        (0.4, 0.5, 0.5, "dependent"),
        (0.5, 0.5, 0.5, "definitive"),
    ],
)
def test_eight_classes_of_salience(
    power: float, legitimacy: float, urgency: float, name: str
) -> None:
    given = {"power": power, "legitimacy": legitimacy, "urgency": urgency}
    [row] = classify([FIRM, person("k", "competitor", **given)], model="salience").rows()
    assert row["class"] == name
    assert row["salience"] == sum(each == 0.5 for each in given.values())
    assert str(row["advice"]) == str(read_sentences("en")[f"advice.salience.{key(name)}"])


def test_what_stands_in_for_missing_scores() -> None:
    people = [
        FIRM,
        E,
        person("a", "customer", satisfaction=0.2),
        person("b", "customer", power=0.9, legitimacy=0.1, urgency=0.1),
        person("c", "customer", power=0.2),
    ]
    ties = [
        tie("e", "MANAGES", "a", bond=1),
        tie("a", "BUYS_FROM", "firm", bond=2),
        tie("a", "KNOWS", "b", bond=3),
        tie("a", "REFERS", "c"),
    ]
    found = classify(people, ties, model="salience")
    rows = rows_of(found)
    assert rows["a"]["legitimacy"] == pytest.approx(2 / 3)
    assert rows["a"]["urgency"] == pytest.approx(0.8)
    # e → a → b, c, firm and b → a → firm, c: only a is between others
    assert rows["a"]["power"] == rows["a"]["network_power"] == 1
    assert (rows["a"]["basis"], rows["b"]["basis"]) == ("network", "given")
    assert rows["a"]["class"] == "definitive"
    assert rows["b"]["network_power"] == pytest.approx(1.5 / 4)
    assert (rows["b"]["disagreement"], rows["a"]["disagreement"]) == (True, None)
    assert rows["c"]["disagreement"] is False
    assert (rows["c"]["class"], rows["e"]["class"]) == (None, None)
    for words in (
        "the network stands in for the power of 2 stakeholders",
        "the bond with the firm stands in for the legitimacy of 1 stakeholder",
        "dissatisfaction stands in for the urgency of 1 stakeholder",
        "2 of 4 have no class",
    ):
        assert words in said(found)


def test_power_and_interest() -> None:
    high, low = 0.5, 0.49
    people = [
        FIRM,
        *(
            person(f"{one}{other}", "customer", power=power, interest=interest)
            for one, power in (("h", high), ("l", low))
            for other, interest in (("h", high), ("l", low))
        ),
    ]
    rows = rows_of(classify(people, model="power"))
    assert {name: row["class"] for name, row in rows.items()} == {
        "hh": "manage closely",
        "hl": "keep satisfied",
        "lh": "keep informed",
        "ll": "monitor",
    }


def test_contacts_of_the_year_up_to_the_last_stand_in_for_interest() -> None:
    people = [FIRM, E, *(person(name, "customer", power=1) for name in "abc")]
    contacts = [
        *[("e", "a", f"2022-{month:02}-01") for month in range(1, 4)],
        ("e", "a", "2020-01-01"),
        ("b", "e", "2024-01-01"),
        ("firm", "b", "2024-02-01"),
        ("a", "b", "2024-03-01"),
    ]
    rows = rows_of(classify(people, contacts=contacts, model="power"))
    # a has had 3 with the firm's people, b 2, c none; e 1 in the year up to the last of its own.
    assert {name: row["interest"] for name, row in rows.items()} == pytest.approx(
        {"e": 1 / 3, "a": 1, "b": 2 / 3, "c": 0}
    )
    nobody = classify(people, model="power")
    assert {row["interest"] for row in nobody.rows()} == {None}
    assert "4 of 4 have no class" in said(nobody)


def test_mid_ranks_share_the_ranks_of_equals() -> None:
    assert mid_ranks(np.array([3.0, 1, 1, 5])).tolist() == pytest.approx(
        [2 / 3, 0.5 / 3, 0.5 / 3, 1]
    )
    assert np.isnan(mid_ranks(np.array([3.0]))).all()


# All models


@pytest.mark.parametrize("model", MODELS)
def test_every_class_has_its_advice(model: Model) -> None:
    names = {
        "level": level.CLASSES,
        "value": value.CLASSES,
        "supply": supply.CLASSES,
        "salience": scores.SALIENCE,
        "power": scores.POWER,
    }[model]
    for language in LANGUAGES:
        for name in names:
            assert f"advice.{model}.{key(name)}" in read_sentences(language)


def key(name: str) -> str:
    return name.replace(" ", "_").replace("-", "_").lower()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("people", [[], [FIRM], [person("c", "customer", margin=5.0)]])
def test_small_firms(model: Model, people: list[Row]) -> None:
    found = classify(people, model=model, draws=3)
    assert list(found.columns)[:5] == ["rank", "id", "name", "market", "class"]
    assert list(found.columns)[-4:] == ["sure", "advice", "partner_group", "relation"]
    assert found["class"].tolist() == [None] * len(found)


def test_partner_groups() -> None:
    markets = ("customer", "distributor", "supplier", "competitor", "influencer", "employee")
    people = [FIRM, *(person(market, market) for market in markets)]
    rows = rows_of(classify(people, model="power"))
    assert [rows[market]["partner_group"] for market in markets] == [
        *["buyer"] * 2,
        "supplier",
        *["lateral"] * 2,
        "internal",
    ]
    assert [rows[market]["relation"] for market in markets] == [
        *["market"] * 4,
        *["non-market"] * 2,
    ]
    assert "firm" not in rows


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(UsageError, match="is not one of level, value"):
        classify([FIRM], model="kotler")  # type: ignore[arg-type]


def test_sure_is_the_share_of_draws_in_the_same_class() -> None:
    people = [FIRM, E, *customers(40, 35, 30, 14, 12, 11, 9, 7, 1)]
    ties = [tie("e", "MANAGES", f"c{place}", level=3) for place in range(9)]
    basis = basis_of(people, ties)
    rows = rows_of(classify(people, ties, draws=200))
    worlds = draw_worlds(basis, range(200), 0)
    codes = grade_codes(worlds.margin, basis.market)
    place = {node_id: row for row, node_id in enumerate(basis.accounts.nodes.ids.tolist())}
    fits = {"A": 5, "B": 3, "C": 2}
    for name, row in rows.items():
        drawn = [np.sign(3 - fits[GRADES[code]]) for code in codes[:, place[name]].tolist()]
        central = np.sign(3 - fits[row["grade"]])
        assert row["sure"] == pytest.approx(np.mean([each == central for each in drawn]))
    assert 0 < min(row["sure"] for row in rows.values()) < 1
    assert {row["sure"] for row in rows_of(classify(people, ties)).values()} == {None}


MONEY = st.one_of(st.none(), st.integers(-4, 30))
FIRMS = st.lists(
    st.tuples(
        st.sampled_from(["customer", "distributor"]),
        st.sampled_from([None, "x", "y"]),
        MONEY,
        st.one_of(st.none(), st.integers(1, 5)),
        st.integers(0, 15),
    ),
    max_size=16,
)


@settings(max_examples=60)
@given(FIRMS, st.integers(0, 6), st.integers(0, 3))
def test_levels_by_a_second_implementation(rows: list[Any], few: int, more: int) -> None:
    many = few + more
    people = [FIRM, E]
    ties, contacts = [], [("e", "e", "2020-01-01")]
    for place, (market, kind, money, given_level, made) in enumerate(rows):
        name = f"c{place:02}"
        people.append(person(name, market, sub_market=kind, margin=money))
        ties.append(tie("e", "MANAGES", name, level=given_level))
        contacts += [("e", name, f"2024-01-{day + 1:02}") for day in range(made)]
    told = any(made for *_, made in rows)
    found = rows_of(classify(people, ties, contacts, few=few, many=many))
    gains = [money for market, _, money, *_ in rows if market == "customer" and (money or 0) > 0]
    for place, (market, kind, money, given_level, made) in enumerate(rows):
        row = found[f"c{place:02}"]
        size = sum(each[:2] == (market, kind) for each in rows)
        known = [each[2] for each in rows if each[0] == market and each[2] is not None]
        grade = None
        if money is not None and len(known) >= 5:
            total = sum(max(each, 0) for each in known)
            before = sum(max(each, 0) for each in known if each > money)
            share = before / total if total else 1
            grade = "D" if money < 0 else "A" if share < 0.8 else "B" if share < 0.95 else "C"
        level_now = given_level
        if given_level is None and told:
            level_now = sum(made >= needed for needed in (1, 2, 6, 12, 24))
        levels = {"A": (5, 4, 3), "B": (3, 3, 2), "C": (2, 2, 1), "D": (1, 1, 1)}
        fits = levels[grade][(size > few) + (size > many)] if grade else None
        gap = None if fits is None or level_now is None else level_now - fits
        assert (row["grade"], row["segment_size"], row["level"]) == (grade, size, level_now)
        assert (row["recommended"], row["gap"]) == (fits, gap)
        if gap is not None and gains:
            needed = (0, 1, 2, 6, 12, 24)
            assert level_now is not None
            assert fits is not None
            cost = 0.02 * median(gains)
            assert row["saves"] == pytest.approx((needed[level_now] - needed[fits]) * cost)


@settings(max_examples=25)
@given(FIRMS, st.randoms(use_true_random=False), st.sampled_from(MODELS))
def test_order_and_currency_change_no_class(rows: list[Any], random: Any, model: Model) -> None:
    people: list[Row] = [
        person(f"c{place:02}", market, sub_market=kind, margin=money, power=(made + 1) / 16)
        for place, (market, kind, money, _, made) in enumerate(rows)
    ]
    ties = [
        tie(f"c{place:02}", "REFERS", f"c{place + 1:02}", 0.5) for place in range(len(rows) - 1)
    ]
    contacts = [("e", f"c{place:02}", "2024-01-01") for place in range(len(rows))]
    before = classify([FIRM, E, *people], ties, contacts, model)
    dearer = [
        {**row, "margin": None if row["margin"] is None else 8 * row["margin"]} for row in people
    ]
    random.shuffle(dearer)
    random.shuffle(ties)
    after = classify([*dearer, E, FIRM], ties, contacts, model)
    for name in ("id", "class"):
        assert after[name].tolist() == before[name].tolist()
    for name in {"saves", "clv", "crv"} & set(before.columns):
        scaled = 8 * before[name]
        assert after[name] == pytest.approx(scaled, rel=1e-9, abs=1e-9, nan_ok=True)
