"""Which class each stakeholder is in, by five models of relationship planning."""

from __future__ import annotations

from typing import Unpack

from relgraph.arguments import checked
from relgraph.firm import read_network
from relgraph.planning.portfolio.rows import Model, portfolio_rows
from relgraph.planning.reading import read_basis
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, RankingSettings, settle_planning
from relgraph.store import Store


@checked
def classify_stakeholders(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    model: Model = "level",
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return stakeholders with their class, the figures behind it, and what to do about it.

    Its columns are those of `relgraph.planning.portfolio.rows.portfolio_rows`.

    Parameters
    ----------
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name.
    model : {"level", "value", "supply", "salience", "power"}
        Which classes.

    Returns
    -------
    Result
        `rank, id, name, market, class, sure, advice, partner_group, relation`, and of the model
        level `grade, segment_size, level, basis, recommended, gap, saves`; value `clv, crv`; supply
        `impact, risk, supplies_competitors`; salience `power, legitimacy, urgency, salience, basis,
        network_power, disagreement`; power `power, interest` and the last three.

    Raises
    ------
    UsageError
        An assumption is unknown or out of its range, or leaves a worth without a bound.
    """
    settings = settle_planning(settings, changes)
    return portfolio_rows(
        read_basis(store, settings),
        settings,
        model,
        lambda: read_network(store, RankingSettings(as_of=settings.as_of)),
    )
