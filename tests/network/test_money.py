"""Money of several currencies, converted into one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relgraph.currencies import Currencies
from relgraph.errors import UsageError
from relgraph.network import Nodes, Ties, in_one_currency, text_array
from tests.told import told

EURO = Currencies("EUR", {"USD": 0.5, "CNY": 0.125})
# Whose currency is what, with what they bring.
PEOPLE = [
    ("f", "firm", "JPY", None),
    ("a", "customer", "EUR", 100.0),
    ("b", "customer", " usd", 100.0),
    ("c", "supplier", None, 100.0),
    ("d", "distributor", "CNY", None),
]


def graph(
    people: list[tuple[str, str, str | None, float | None]], ties: list[tuple[str, str, float]]
) -> tuple[Nodes, Ties]:
    ids = [node_id for node_id, *_ in people]
    numbers = np.array([np.nan if m is None else m for *_, m in people])
    currency = text_array(code for _, _, code, _ in people)
    nodes = Nodes(
        text_array(ids),
        text_array(ids),
        text_array(market for _, market, *_ in people),
        {"margin": numbers, "revenue": 10 * numbers, "circle": numbers, "currency": currency},
    )
    margins = np.array([margin for *_, margin in ties])
    found = Ties(
        np.array([ids.index(source) for source, *_ in ties], np.int64),
        np.array([ids.index(target) for _, target, _ in ties], np.int64),
        text_array(["BUYS_FROM"] * len(ties)),
        np.ones(len(ties)),
        np.ones(len(ties), np.int8),
        {"margin": margins, "level": margins},
    )
    return nodes, found


def test_money_of_nodes_is_converted_and_nothing_else() -> None:
    nodes, _, currency, notes = in_one_currency(*graph(PEOPLE[1:], []), EURO)
    assert currency == "EUR"
    assert nodes.attributes["margin"].tolist()[:3] == [100, 50, 100]
    assert nodes.attributes["revenue"].tolist()[:3] == [1000, 500, 1000]
    assert nodes.attributes["circle"].tolist()[:3] == [100, 100, 100]
    assert list(told(notes)) == [
        "money is in EUR, converted from CNY (1 stakeholder, 1 CNY = 0.125 EUR), USD (1 "
        "stakeholder, 1 USD = 0.5 EUR)"
    ]


def test_a_tie_has_the_currency_of_its_end_outside_the_firm() -> None:
    ends = [("f", "b"), ("b", "f"), ("b", "d"), ("d", "b"), ("c", "b"), ("f", "c")]
    people = [("f", "firm", "CNY", None), *PEOPLE[1:]]
    _, ties, _, _ = in_one_currency(*graph(people, [(*each, 80.0) for each in ends]), EURO)
    assert ties.attributes["margin"].tolist() == [40, 40, 40, 10, 80, 80]
    assert ties.attributes["level"].tolist() == [80] * 6


def test_one_currency_needs_no_settings() -> None:
    people = [
        ("a", "customer", "USD", 1.0),
        ("b", "customer", None, 2.0),
        ("e", "employee", None, None),
    ]
    nodes, _, currency, notes = in_one_currency(*graph(people, []), Currencies())
    assert (currency, nodes.attributes["margin"].tolist()[:2]) == ("USD", [1, 2])
    assert list(told(notes)) == [
        "money is in USD",
        "1 stakeholder with money names no currency; its money is taken as USD",
    ]


def test_nobody_names_a_currency() -> None:
    people: list[Any] = [("a", "customer", None, 1.0), ("b", "customer", "", 2.0)]
    assert in_one_currency(*graph(people, []), Currencies())[2:] == (None, ())
    found = in_one_currency(*graph(people, []), Currencies("CHF", {"EUR": 2.0}))
    assert (found[2], list(told(found[3]))) == ("CHF", ["money is in CHF"])
    assert found[0].attributes["margin"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("currencies", "codes", "text"),
    [
        (
            Currencies(),
            ["EUR", "usd", "EUR", None],
            "the currencies of stakeholders are EUR (2 stakeholders), USD (1 stakeholder), and the "
            'settings have no rate for USD: write currency = "EUR" and under [rates] USD = the EUR '
            "that 1 USD is worth into the settings (`relgraph settings FILE`)",
        ),
        (
            Currencies("CHF", {"USD": 0.9}),
            ["USD", "GBP", "CHF"],
            "the currencies of stakeholders are CHF (1 stakeholder), GBP (1 stakeholder), USD (1 "
            'stakeholder), and the settings have no rate for GBP: write currency = "CHF" and under '
            "[rates] GBP = the CHF that 1 GBP is worth into the settings (`relgraph settings "
            "FILE`)",
        ),
        (
            Currencies("EUR"),
            ["EUE"],
            "the currencies of stakeholders are EUE (1 stakeholder), and the settings have no rate "
            "for EUE: 'EUE' is not a currency code of ISO 4217 (did you mean 'EUR'?); correct it "
            "in the data",
        ),
    ],
)
def test_a_currency_without_a_rate(
    currencies: Currencies, codes: list[str | None], text: str
) -> None:
    people: list[Any] = [(str(i), "customer", code, 1.0) for i, code in enumerate(codes)]
    with pytest.raises(UsageError) as error:
        in_one_currency(*graph(people, []), currencies)
    assert str(error.value) == text


def test_currencies_matter_only_where_there_is_money() -> None:
    nodes, ties = graph([("a", "customer", "EUR", 1.0), ("b", "customer", "USD", 1.0)], [])
    plain = Nodes(nodes.ids, nodes.names, nodes.markets, {"currency": nodes.attributes["currency"]})
    ties.attributes.pop("margin")  # type: ignore[attr-defined]
    assert in_one_currency(plain, ties, Currencies())[2] is None
