"""The settings of planning: assumptions, years and draws."""

from __future__ import annotations

from typing import Any

import click

from relgraph import assumptions
from relgraph.cli import diagnostics
from relgraph.cli.options.given import Command, Count, given
from relgraph.cli.options.ranking import SEED, as_of
from relgraph.cli.value_types import Assumption
from relgraph.settings import USUAL, PlanningSettings

_ASSUMED = (
    click.option(
        "--assume",
        type=Assumption(),
        multiple=True,
        metavar="NAME=VALUE",
        help="Give an assumption another value, taken as certain; repeatable (`relgraph "
        "assumptions` lists them).",
    ),
    click.option(
        "--years",
        type=float,
        metavar="T",
        help="Count the money of T years from now (default: of all years).",
    ),
)
_DRAWS = click.option(
    "--draws",
    type=Count("draws"),
    default=int(assumptions.PLAN_DRAWS),
    show_default=True,
    metavar="N",
    help="Draws of the assumptions behind each interval; 0 for none.",
)


def _pack_planning(values: dict[str, Any]) -> PlanningSettings:
    return PlanningSettings(
        dict(values.pop("assume")),
        values.pop("years"),
        values.pop("draws", 0),
        values.pop("seed", USUAL.seed),
        values.pop("as_of", None),
        diagnostics.progress(),
    )


# Options that say how planning figures are made, as `settings`: with intervals, without, and for
# what has no date.
planning = given("settings", _pack_planning, *_ASSUMED, _DRAWS, as_of, SEED)
central_planning = given("settings", _pack_planning, *_ASSUMED, as_of)
undated_planning = given("settings", _pack_planning, *_ASSUMED)


def compared(command: Command) -> Command:
    """Give a command `--measure`, what it compares, as `measures`."""
    return click.option(
        "--measure",
        "measures",
        multiple=True,
        metavar="NAME",
        help="Compare this measure, or one of `relgraph centrality`; repeatable (default: those "
        "listed in `relgraph whatif --help`).",
    )(command)


plan = click.option(
    "--plan/--no-plan",
    default=None,
    help="Include the plan for this quarter (default: up to 100,000 stakeholders).",
)
