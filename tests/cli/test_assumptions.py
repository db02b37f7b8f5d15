"""`relgraph assumptions`."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Relgraph


def test_every_assumption_has_value_unit_meaning_and_source(relgraph: Relgraph) -> None:
    done = relgraph("assumptions", "--json")
    assert done.exit_code == 0
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert rows["circle"]["value"] == 250
    assert rows["hearing_girard"]["value"] == pytest.approx(5000 / 26000)
    assert rows["half_life_customer"]["value"] == 90
    for row in rows.values():
        assert row["value"] is not None
        assert all(row[name].strip() for name in ("unit", "meaning", "source"))


def test_no_name_twice(relgraph: Relgraph) -> None:
    names = [row["name"] for row in json.loads(relgraph("assumptions", "--json").stdout)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("command", "option", "name"),
    [
        ("rule250", "unhappy", "unhappy"),
        ("rule250", "circle", "circle"),
        ("rule250", "weeks", "weeks"),
        ("reach", "tell_rate", "tell_rate"),
        ("reach", "hop_decay", "hop_decay"),
        ("reach", "cascades", "cascades"),
        ("strength", "saturation", "saturation"),
        ("strength", "risk_trend", "risk_trend"),
        ("strength", "risk_satisfaction", "risk_satisfaction"),
    ],
)
def test_an_option_has_the_default_that_is_listed(
    relgraph: Relgraph, command: str, option: str, name: str
) -> None:
    from importlib import import_module

    rows = {row["name"]: row for row in json.loads(relgraph("assumptions", "--json").stdout)}
    options = import_module(f"relgraph.cli.commands.{command}").command.params
    default = next(parameter.default for parameter in options if parameter.name == option)
    assert default == rows[name]["value"]
