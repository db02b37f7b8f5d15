"""`relgraph assumptions`."""

from __future__ import annotations

import json
from importlib import import_module
from statistics import NormalDist

import pytest

from relgraph import assumptions
from relgraph.analysis.sampled_intervals import NORMAL_95
from relgraph.assumptions import ASSUMPTIONS
from relgraph.cli.catalogue import COMMANDS
from relgraph.kernels import shortest
from tests.conftest import Relgraph


def test_every_assumption_has_value_unit_meaning_and_source(relgraph: Relgraph) -> None:
    done = relgraph("assumptions", "--json")
    assert done.exit_code == 0
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert rows["circle"]["value"] == 250
    assert rows["hearing_girard"]["value"] == pytest.approx(5000 / 26000)
    assert rows["half_life_customer"]["value"] == 90
    drawn = rows["discount"]
    assert (drawn["low"], drawn["value"], drawn["high"]) == (0.06, 0.1, 0.16)
    assert rows["circle"]["low"] is rows["circle"]["high"] is None
    for row in rows.values():
        assert row["value"] is not None
        assert row["low"] is None or row["low"] <= row["value"] <= row["high"]
        assert all(row[name].strip() for name in ("unit", "meaning", "source"))


def test_no_name_twice(relgraph: Relgraph) -> None:
    names = [row["name"] for row in json.loads(relgraph("assumptions", "--json").stdout)]
    assert len(names) == len(set(names))


NO_FIGURE = {"seed", "keep"}  # options that no figure rests on


def numeric_defaults() -> list[tuple[str, str, float]]:
    """Return command, option and default of every option that has a number for one."""
    found = []
    for name in COMMANDS:
        module = import_module(f"relgraph.cli.commands.{name.replace('import', 'import_')}")
        for command in (module.command, *getattr(module.command, "commands", {}).values()):
            for option in command.params:
                default = option.default
                if type(default) in (int, float) and option.name not in NO_FIGURE:
                    listed_as = getattr(option.type, "assumption", option.name)
                    found.append((name, listed_as, default))
    return found


def test_options_with_a_number_for_a_default_are_found() -> None:
    found = {(command, option) for command, option, _ in numeric_defaults()}
    assert {("rule250", "circle"), ("advocates", "delta"), ("brokers", "permutations")} <= found


LISTED_AS = {("reach", "error"): "spread_error"}


@pytest.mark.parametrize(("command", "option", "default"), numeric_defaults())
def test_an_option_has_the_default_that_is_listed(
    command: str, option: str, default: float
) -> None:
    listed = {each.name: each.value for each in ASSUMPTIONS}
    assert default == listed[LISTED_AS.get((command, option), option)], f"{command} --{option}"


def test_kernels_compute_with_what_is_listed() -> None:
    assert shortest.SAME_LENGTH == assumptions.SAME_LENGTH
    assert pytest.approx(NormalDist().inv_cdf((1 + assumptions.CONFIDENCE) / 2)) == NORMAL_95
