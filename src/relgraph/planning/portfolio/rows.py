"""Rows of a portfolio: each stakeholder's class by one model, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args

import numpy as np

from relgraph.analysis.ranking.rows import ranked
from relgraph.errors import check_choice
from relgraph.messages import Message, Note
from relgraph.network import Network, Texts, text_array
from relgraph.planning.basis import Basis
from relgraph.planning.notes import assumption_notes, basis_notes, margin_notes
from relgraph.planning.portfolio.classes import Classes
from relgraph.planning.portfolio.level import level_classes
from relgraph.planning.portfolio.scores import power_classes, salience_classes
from relgraph.planning.portfolio.supply import supply_classes
from relgraph.planning.portfolio.value import value_classes
from relgraph.result import Result
from relgraph.settings import PlanningSettings

Model = Literal["level", "value", "supply", "salience", "power"]
MODELS: tuple[Model, ...] = get_args(Model)

_OF_ACCOUNTS = {"level": level_classes, "value": value_classes, "supply": supply_classes}

# Groups of partners by Morgan and Hunt 1994, doi 10.1177/002224299405800302, and whether the
# relation is one of the market, by Gummesson 1997.
PARTNERS = {
    "customer": ("buyer", "market"),
    "distributor": ("buyer", "market"),
    "supplier": ("supplier", "market"),
    "competitor": ("lateral", "market"),
    "influencer": ("lateral", "non-market"),
    "employee": ("internal", "non-market"),
}


def portfolio_rows(
    basis: Basis, settings: PlanningSettings, model: Model, network: Callable[[], Network]
) -> Result:
    """Return stakeholders with their class by a model.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    settings : PlanningSettings
        How many draws, and their seed.
    model : {"level", "value", "supply", "salience", "power"}
        Which classes: level of relationship served and recommended; lifetime value and referral
        value; spending and risk of supply; salience; power and interest.
    network : callable
        Gives the default network, whose betweenness stands in for power in the last two models.

    Returns
    -------
    Result
        `rank, id, name, market, class`, the figures that it follows from, `sure, advice,
        partner_group, relation`. `sure` is the share of draws in the same class.
    """
    check_choice(model, MODELS, "model")
    if model in ("salience", "power"):
        classes = salience_classes if model == "salience" else power_classes
        found = classes(basis, network(), settings.progress)
    else:
        found = _OF_ACCOUNTS[model](basis)
    groups = [PARTNERS[market] for market in found.nodes.markets.tolist()]
    columns: dict[str, Any] = {
        "id": found.nodes.ids,
        "name": found.nodes.names,
        "market": found.nodes.markets,
        "class": found.labels,
        **found.figures,
        "sure": found.sure(basis, settings),
        "advice": _advice(found, model),
        "partner_group": text_array(group for group, _ in groups),
        "relation": text_array(relation for _, relation in groups),
    }
    by = np.array([np.nan if value is None else value for value in columns[found.by].tolist()])
    result = ranked({**columns, "by": by}, "by", smallest_first=found.smallest_first)
    kept = {name: result[name] for name in ("rank", *columns)}
    return Result(kept).with_notes(*_notes(basis, model), *found.notes)


def _advice(found: Classes, model: Model) -> Texts:
    """Return what to do about each, None without a class."""
    filled = found.advised or {}
    advice: list[Message | None] = []
    for row, label in enumerate(found.labels.tolist()):
        key = str(label).replace(" ", "_").replace("-", "_").lower()
        values = {name: column[row] for name, column in filled.items()}
        advice.append(None if label is None else Message(f"advice.{model}.{key}", **values))
    return text_array(advice)


def _notes(basis: Basis, model: Model) -> Iterator[Note]:
    if model == "value":
        yield from basis_notes(basis)
        return
    yield from assumption_notes(basis)
    if model == "level":
        yield from margin_notes(basis)
        return
    yield Note("portfolio.not_drawn")
