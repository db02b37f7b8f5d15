"""`value_stakeholders` and `trace_profit_curve`."""

from __future__ import annotations

import math

import pytest

from relgraph import PlanningSettings, trace_profit_curve, value_stakeholders
from relgraph.store import Store
from tests.api.refusing import refused


def test_customers_are_ranked_by_lifetime_value(acme: Store) -> None:
    result = value_stakeholders(acme, draws=20)
    assert result["id"].tolist() == ["a", "b", "s"]
    assert (result["clv_low"][:2] <= result["clv"][:2]).all()
    assert (result["clv"][:2] <= result["clv_high"][:2]).all()


def test_settings_are_given_together_or_one_by_one(acme: Store) -> None:
    settings = PlanningSettings(assume={"discount": 0.05}, draws=0)
    together = value_stakeholders(acme, settings)
    single = value_stakeholders(acme, draws=0, assume={"discount": 0.05})
    assert together["clv"].tolist()[:2] == single["clv"].tolist()[:2]
    assert value_stakeholders(acme, settings, years=1)["clv"][0] < together["clv"][0]


def test_ranked_by_margin(acme: Store) -> None:
    result = value_stakeholders(acme, by="margin", draws=0)
    assert result["share"].tolist()[:2] == pytest.approx([2 / 3, 1 / 3])
    with refused("by", "'profit' is not one of clv, margin, revenue, network_value, parent"):
        value_stakeholders(acme, by="profit")


def test_the_profit_curve_of_a_market(acme: Store) -> None:
    curve = trace_profit_curve(acme)
    assert curve["share_of_profit"].tolist() == pytest.approx([2 / 3, 1])
    assert curve["share_of_stakeholders"].tolist() == [0.5, 1]
    assert len(trace_profit_curve(acme, market="supplier")) == 0
    with refused("market", "'employee' is not one of customer, distributor, supplier, influencer"):
        trace_profit_curve(acme, market="employee")


def test_an_assumption_must_be_known_and_in_range(acme: Store) -> None:
    with refused("assume", "no assumption of that name can be set: 'dicount'"):
        value_stakeholders(acme, assume={"dicount": 0.1})
    with refused("assume", "discount: -1 is not from 0 to 1"):
        value_stakeholders(acme, assume={"discount": -1})
    with refused("assume"):
        value_stakeholders(acme, assume={"discount": math.nan})
