"""What planning says of everyone on a map: money, the chance to leave, level, grade and class."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.network import text_array
from relgraph.planning.basis import Basis
from relgraph.planning.exit import exit_rows
from relgraph.planning.portfolio.level import level_classes
from relgraph.settings import PlanningSettings, RankingSettings

AMOUNTS = ("at_stake", "loss", "p_leave")
SERVED = ("level", "grade", "class")  # of customers and distributors, as `portfolio` has them
PLANNED = (*AMOUNTS, *SERVED)
WITHOUT_MONEY = ("p_leave", "level")  # of these, what doesn't rest on it
_WORDS = ("grade", "class")
_DIGITS = 9  # significant ones of a figure

Column = npt.NDArray[Any]


def planned_columns(
    basis: Basis, settings: RankingSettings, names: Collection[str], ids: Sequence[str]
) -> dict[str, tuple[Column, bool]]:
    """Return columns of everyone by their names, and whether each says anything of anybody."""
    found = {} if not names else _by_id(basis, settings, names)
    columns = {}
    for name, values in found.items():
        known = {node_id: value for node_id, value in values.items() if value is not None}
        column = [known.get(node_id) for node_id in ids]
        columns[name] = (
            text_array(column) if name in _WORDS else np.array([_rounded(each) for each in column])
        )
    return {
        name: (column, any(each is not None and each == each for each in column.tolist()))
        for name, column in columns.items()
    }


def _by_id(
    basis: Basis, settings: RankingSettings, names: Collection[str]
) -> dict[str, dict[str, Any]]:
    settings.progress.start("progress.planning")
    central, ids = basis.central(), basis.accounts.nodes.ids.tolist()
    found: dict[str, dict[str, Any]] = {}
    if "at_stake" in names:
        found["at_stake"] = dict(zip(ids, central.at_stake[0].tolist(), strict=True))
    if "loss" in names:
        planning = PlanningSettings(draws=0, seed=settings.seed, as_of=settings.as_of)
        rows = exit_rows(basis, planning)
        found["loss"] = dict(zip(rows["id"], rows["loss"].tolist(), strict=True))
    if "p_leave" in names:
        found["p_leave"] = dict(zip(ids, central.p_leave[0].tolist(), strict=True))
    served = level_classes(basis) if not set(SERVED).isdisjoint(names) else None
    if served is not None:
        figures = {**served.figures, "class": served.labels}
        buyers = served.nodes.ids.tolist()
        for name in [name for name in SERVED if name in names]:
            found[name] = dict(zip(buyers, figures[name].tolist(), strict=True))
    return found


def _rounded(value: float | None) -> float:
    return np.nan if value is None else float(f"{value:.{_DIGITS}g}")
