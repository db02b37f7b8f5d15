"""What size, colour and rings of a map can show: measures, money, classes, any column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from relgraph.analysis.centrality.measures import DEFAULT, MEASURES
from relgraph.api.decisions import planning_basis
from relgraph.api.map_planned import AMOUNTS, PLANNED, SERVED, WITHOUT_MONEY, planned_columns
from relgraph.api.sheets import Gathered
from relgraph.errors import check_choice
from relgraph.render.overview import LARGEST_MAP
from relgraph.render.sheet import MARKET, Radius
from relgraph.settings import RankingSettings
from relgraph.store import Store


@dataclass(frozen=True)
class Shown:
    """What a map shows at opening, by the names of columns and measures.

    Parameters
    ----------
    size : str
        By the size of marks.
    colour : str
        By their colour.
    ring : str or None
        By their distance from the firm; None for steps, strength or level of the tie to it.
    money : bool
        Whether money is told, and what is made from it.
    """

    size: str
    colour: str
    ring: str | None
    money: bool = True

    @property
    def names(self) -> tuple[str | None, ...]:
        """Return all three."""
        return (self.size, self.colour, self.ring)

    @property
    def planned(self) -> tuple[str, ...]:
        """Return what planning may say."""
        return PLANNED if self.money else WITHOUT_MONEY

    def check(self, numbers: Iterable[str], columns: Iterable[str]) -> None:
        """Refuse a size that isn't among numbers, and what isn't among columns either."""
        amounts = [name for name in (*AMOUNTS, "level") if name in self.planned]
        sized = dict.fromkeys((*numbers, *amounts))
        every = tuple(dict.fromkeys((*sized, *columns, *self.planned)))
        check_choice(self.size, tuple(sized), "size")
        check_choice(self.colour, (MARKET, *every), "colour")
        if self.ring is not None:
            check_choice(self.ring, (*get_args(Radius), *every), "radius")


def check_figures(store: Store, shown: Shown) -> None:
    """Refuse what no measure or column is called, before anything is measured.

    Raises
    ------
    UsageError
        With all names that there are.
    """
    declared = store.read_schema().stakeholders
    numbers = [name for name, kind in declared.items() if kind in ("integer", "number")]
    columns = [name for name in declared if name not in ("id", "name", MARKET)]
    shown.check((DEFAULT, *MEASURES, *numbers), columns)


def with_figures(
    store: Store, gathered: Gathered, settings: RankingSettings, shown: Shown
) -> Gathered:
    """Return the same with everything that can be shown, the size's before the others.

    What planning works out from the whole market is there in a store that can be drawn at once;
    in a larger one, only what is asked for. A column of the store that has the name of a class or
    level is kept instead.

    Parameters
    ----------
    store : Store
    gathered : Gathered
        Everyone, with the measures of the network.
    settings : RankingSettings
        Their moment and seed are those of planning too.
    shown : Shown

    Raises
    ------
    UsageError
        No measure has an answer, and no column a value, under that name.
    """
    sheet = gathered.sheet
    attributes = {
        name: values
        for name, values in sheet.nodes.attributes.items()
        if name not in sheet.measures  # one that was written earlier
    }
    columns = {name: each for name, each in attributes.items() if each.dtype.kind in "iuf"}
    shown.check((*sheet.measures, *columns), attributes)
    large = len(gathered.picture.evidence.nodes) > LARGEST_MAP
    wanted = [
        name
        for name in shown.planned
        if (not large or name in shown.names)
        and not (name in SERVED and name in sheet.nodes.attributes)
    ]
    basis = planning_basis(store, gathered, settings)
    found = planned_columns(basis, settings, wanted, sheet.nodes.ids.tolist())
    planned = {
        name: values for name, (values, known) in found.items() if known or name in shown.names
    }
    attributes = {**planned, **{n: each for n, each in attributes.items() if n not in planned}}
    numbers = {name: each for name, each in planned.items() if each.dtype.kind == "f"}
    measures = {**numbers, **columns, **sheet.measures}
    ordered = sorted(measures, key=lambda name: name != shown.size)
    return replace(
        gathered,
        sheet=replace(
            sheet,
            nodes=replace(sheet.nodes, attributes=attributes),
            measures={name: measures[name].astype(np.float64) for name in ordered},
            colour=shown.colour,
        ),
    )
