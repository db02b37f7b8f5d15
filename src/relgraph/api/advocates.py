"""Whom to win first, so that word reaches as many as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Unpack

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.advocate_rows import RUNS, advocate_rows, evaluate_advocates
from relgraph.analysis.word_of_mouth.advocates import Limits
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, Model
from relgraph.api.stakeholders import find_ids
from relgraph.api.word_of_mouth import positions_of
from relgraph.arguments import check_kind, checked
from relgraph.errors import UsageError, check_choice, check_range
from relgraph.firm import read_word_of_mouth
from relgraph.messages import Note
from relgraph.model import ALL_MARKETS, FIRM
from relgraph.network import Floats, Network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

USUAL_K = int(assumptions.ADVOCATES)


@checked
def find_advocates(
    store: Store,
    k: int | None = None,
    settings: RankingSettings | None = None,
    *,
    model: Model = "ic",
    tell_rate: float = assumptions.TELL_RATE,
    quality: float | str = assumptions.QUALITY,
    exclude: Iterable[str] = (),
    quota: Mapping[str, int] | None = None,
    budget: float | None = None,
    cost: str | None = None,
    evaluate: Iterable[str] = (),
    epsilon: float = assumptions.EPSILON,
    delta: float = assumptions.DELTA,
    cascades: int = RUNS,
    **changes: Unpack[Changes],
) -> Result:
    """Return whom to win first, in order, with the spread of the first 1, 2, ….

    Parameters
    ----------
    k : int, optional
        How many; for None as many as the budget buys, or without one ten (at most all).
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    model : {"ic", "wc", "lt"}
        Independent cascade, weighted cascade or linear threshold (`analysis.diffusion`).
    tell_rate : float
        Of `ic`: a tie passes word on with tell_rate·strength.
    quality : float or str
        The chance that a hearer likes what they hear of: one figure, or the property that holds
        each stakeholder's (such as `satisfaction`; the mean stands in for missing ones).
    exclude : str or iterable of str
        Ids or names that can't be chosen; the firm and competitors can't anyway.
    quota : mapping of str to int
        At most so many of a market.
    budget, cost : float and str
        What all may cost together, and the property that holds the cost of each.
    evaluate : str or iterable of str
        Ids or names: return the spread of these, in this order, and choose nobody.
    epsilon, delta
        As in `analysis.advocates.choose_advocates`.
    cascades : int
        How many to run for spreads that are simulated.
    """
    settings = settle(settings, changes)
    if (budget is None) != (cost is None):
        lacking = "cost" if cost is None else "budget"
        raise UsageError("advocates.budget_and_cost", parameter=lacking)
    if budget is not None:
        check_range(budget, "budget", above=0)
    Telling(tell_rate, cascades, settings.seed)  # refuses figures that are out of range
    for market, count in (quota or {}).items():
        check_choice(market, ALL_MARKETS, "quota")
        check_kind(count, int, "quota")
        check_range(count, "quota", low=0)
    excluded = find_ids(store, exclude, "exclude")
    given = find_ids(store, evaluate, "evaluate")
    if given and settings.confidence:
        raise UsageError("advocates.confidence", parameter="evaluate")
    named = [name for name in (quality, cost) if isinstance(name, str)]
    network = read_word_of_mouth(store, settings, named)
    qualities, notes = _qualities(network, quality)
    network = network.with_notes(*notes)
    diffusion = Diffusion(network, model, tell_rate, qualities)
    if given:
        seeds = positions_of(network, list(dict.fromkeys(given)), "evaluate")
        return evaluate_advocates(diffusion, seeds, cascades, settings.seed)
    limits = _limits(network, k, excluded, quota or {}, budget, cost)
    return advocate_rows(diffusion, limits, epsilon, delta, cascades, settings)


def _limits(
    network: Network,
    k: int | None,
    excluded: Sequence[str],
    quota: Mapping[str, int],
    budget: float | None,
    cost: str | None,
) -> Limits:
    markets = network.markets
    candidates = ~np.isin(markets.astype(str), (FIRM, "competitor"))
    candidates &= ~np.isin(network.ids.astype(str), np.array(excluded, dtype=str))
    for market, count in quota.items():
        if count < 1:
            candidates &= np.asarray(markets != market, dtype=bool)
    costs = None
    if cost is not None:
        costs = _numbers(network, cost, "cost")
        if network.n and not (costs > 0).any():
            raise UsageError("advocates.no_cost", parameter="cost", property=cost)
        candidates &= costs > 0  # NaN is not
    available = int(candidates.sum())
    if k is not None:
        check_range(k, "k", low=1)
    if k is not None and k > available and budget is None and not quota:
        raise UsageError("k.too_many", parameter="k", k=k, available=available)
    if k is None and budget is None:
        k = min(USUAL_K, available)
    quotas = {market: count for market, count in quota.items() if count > 0}
    paid = None if costs is None else np.where(candidates, costs, np.inf)
    return Limits(candidates, k, paid, budget, markets, quotas)


def _qualities(network: Network, quality: float | str) -> tuple[Floats, tuple[Note, ...]]:
    if not isinstance(quality, str):
        return np.full(network.n, float(quality)), ()
    values = _numbers(network, quality, "quality")
    missing = np.isnan(values)
    if missing.all() and network.n:
        raise UsageError("property.nowhere", parameter="quality", property=quality)
    if not missing.any():
        return values, ()
    mean = float(values[~missing].mean())
    count = int(missing.sum())
    note = Note("quality.missing", missing=count, all=network.n, property=quality, mean=mean)
    return np.where(missing, mean, values), (note,)


def _numbers(network: Network, name: str, parameter: str) -> Floats:
    column: npt.NDArray[np.generic] = network.nodes.attributes[name]
    try:
        return column.astype(np.float64)
    except (TypeError, ValueError):
        raise UsageError("property.not_numbers", parameter=parameter, property=name) from None
