"""What the size and the colour of a mark can show: network measures, money, any numeric column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.centrality.measures import DEFAULT, MEASURES
from relgraph.api.decisions import planning_basis
from relgraph.api.sheets import Gathered
from relgraph.errors import check_choice
from relgraph.network import Floats
from relgraph.planning.exit import exit_rows
from relgraph.render.overview import LARGEST_MAP
from relgraph.render.sheet import MARKET
from relgraph.settings import PlanningSettings, RankingSettings
from relgraph.store import Store

PLANNED = ("at_stake", "loss")
_DIGITS = 9  # significant ones of a planned figure


def check_figures(store: Store, size: str, colour: str) -> None:
    """Refuse what neither a measure nor a numeric column is called, before anything is measured.

    Raises
    ------
    UsageError
        With all names that there are.
    """
    declared = store.read_schema().stakeholders
    columns = [name for name, kind in declared.items() if kind in ("integer", "number")]
    _check(size, colour, (DEFAULT, *MEASURES, *columns))


def _check(size: str, colour: str, names: Iterable[str]) -> None:
    choices = tuple(dict.fromkeys((*names, *PLANNED)))
    check_choice(size, choices, "size")
    check_choice(colour, (MARKET, *choices), "colour")


def with_figures(
    store: Store, gathered: Gathered, settings: RankingSettings, size: str, colour: str
) -> Gathered:
    """Return the same with everything that size and colour can show, `size` before the others.

    What planning works out from the whole market is there in a store that can be drawn at once;
    in a larger one, only what is asked for.

    Parameters
    ----------
    store : Store
    gathered : Gathered
        Everyone, with the measures of the network.
    settings : RankingSettings
        Their moment and seed are those of planning too.
    size, colour : str
        What is shown at opening.

    Raises
    ------
    UsageError
        No measure has an answer, and no column a number, under that name.
    """
    sheet = gathered.sheet
    attributes = {
        name: values
        for name, values in sheet.nodes.attributes.items()
        if name not in sheet.measures  # one that was written earlier
    }
    columns = {name: each for name, each in attributes.items() if each.dtype.kind in "iuf"}
    _check(size, colour, (*sheet.measures, *columns))
    large = len(gathered.picture.evidence.nodes) > LARGEST_MAP
    wanted = tuple(name for name in PLANNED if not large or name in (size, colour))
    found = _planned(store, gathered, settings, wanted)
    planned = {
        name: values
        for name, values in found.items()
        if name in (size, colour) or not np.isnan(values).all()
    }
    attributes = {**planned, **{n: each for n, each in attributes.items() if n not in planned}}
    measures = {**planned, **columns, **sheet.measures}
    ordered = sorted(measures, key=lambda name: name != size)
    return replace(
        gathered,
        sheet=replace(
            sheet,
            nodes=replace(sheet.nodes, attributes=attributes),
            measures={name: _floats(planned.get(name, measures[name])) for name in ordered},
            colour=colour,
        ),
    )


def _floats(values: npt.NDArray[Any]) -> Floats:
    return values.astype(np.float64)


def _planned(
    store: Store, gathered: Gathered, settings: RankingSettings, names: tuple[str, ...]
) -> dict[str, Floats]:
    """Return what planning says of everyone on the sheet, NaN for whom it says nothing of."""
    if not names:
        return {}
    settings.progress.start("progress.planning")
    planning = PlanningSettings(draws=0, seed=settings.seed, as_of=settings.as_of)
    basis = planning_basis(store, gathered, settings)
    found: dict[str, Mapping[str, float]] = {}
    if "at_stake" in names:
        stake = basis.central().at_stake[0]
        found["at_stake"] = dict(zip(basis.accounts.nodes.ids, stake.tolist(), strict=True))
    if "loss" in names:
        rows = exit_rows(basis, planning)
        found["loss"] = dict(zip(rows["id"], rows["loss"].tolist(), strict=True))
    ids = gathered.sheet.nodes.ids.tolist()
    return {
        name: np.array([_rounded(found[name].get(node_id, np.nan)) for node_id in ids])
        for name in names
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
