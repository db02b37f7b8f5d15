"""Whom to win first, so that word reaches as many as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Unpack

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.advocate_rows import RUNS, advocate_rows, evaluate_advocates
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, Model
from relgraph.analysis.word_of_mouth.greedy import Limits
from relgraph.api.stakeholders import find_ids, no_values
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

    Returns
    -------
    Result
        `rank, id, name, market, gain, spread, spread_low, spread_high, guarantee`; with
        `confidence` also `chosen`.
    """
    settings = settle(settings, changes)
    if (budget is None) != (cost is None):
        lacking = "cost" if cost is None else "budget"
        raise UsageError("advocates.budget_and_cost", parameter=lacking)
    if budget is not None:
        check_range(budget, "budget", above=0)
    if k is not None:
        check_range(k, "k", *assumptions.LIMITS["advocates"])
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
    qualities, notes = _qualities(store, network, quality)
    network = network.with_notes(*notes)
    diffusion = Diffusion(network, model, tell_rate, qualities)
    if given:
        seeds = positions_of(network, list(dict.fromkeys(given)), "evaluate")
        return evaluate_advocates(diffusion, seeds, cascades, settings.seed)
    quota = quota or {}
    candidates = _candidates(network, excluded, quota)
    costs = None
    if cost is not None:
        costs, notes = _costs(store, network, cost, candidates)
        candidates &= costs < np.inf
        network = network.with_notes(*notes)
    limits = _limits(network, candidates, k, quota, budget, costs)
    return advocate_rows(
        replace(diffusion, network=network), limits, epsilon, delta, cascades, settings
    )


def _candidates(
    network: Network, excluded: Sequence[str], quota: Mapping[str, int]
) -> npt.NDArray[np.bool_]:
    """Return who may be chosen: neither the firm nor a competitor, nor who is excluded."""
    markets = network.markets.astype(str)
    none_of = [market for market, count in quota.items() if count < 1]
    closed = np.isin(markets, (FIRM, "competitor", *none_of))
    return ~closed & ~np.isin(network.ids.astype(str), np.array(excluded, dtype=str))


def _costs(
    store: Store, network: Network, name: str, candidates: npt.NDArray[np.bool_]
) -> tuple[Floats, tuple[Note, ...]]:
    """Return what winning each costs, infinite where it isn't known, and a note on those."""
    costs = _numbers(store, network, name, "cost")
    priced = costs > 0  # NaN is not
    if network.n and not priced.any():
        raise UsageError("advocates.no_cost", parameter="cost", property=name)
    left_out = int((candidates & ~priced).sum())
    count = {"count": left_out, "all": int(candidates.sum())}
    notes = (Note("advocates.without_cost", property=name, **count),) if left_out else ()
    return np.where(priced, costs, np.inf), notes


def _limits(
    network: Network,
    candidates: npt.NDArray[np.bool_],
    k: int | None,
    quota: Mapping[str, int],
    budget: float | None,
    costs: Floats | None,
) -> Limits:
    available = int(candidates.sum())
    if k is not None and k > available and budget is None and not quota:
        raise UsageError("k.too_many", parameter="k", k=k, available=available)
    if k is None and budget is None:
        k = min(USUAL_K, available)
    quotas = {market: count for market, count in quota.items() if count > 0}
    return Limits(candidates, k, costs, budget, network.markets, quotas)


def _qualities(
    store: Store, network: Network, quality: float | str
) -> tuple[Floats, tuple[Note, ...]]:
    if not isinstance(quality, str):
        return np.full(network.n, float(quality)), ()
    values = _numbers(store, network, quality, "quality")
    missing = np.isnan(values)
    if not missing.any():
        return values, ()
    mean = float(values[~missing].mean())
    count = int(missing.sum())
    note = Note("quality.missing", missing=count, all=network.n, property=quality, mean=mean)
    return np.where(missing, mean, values), (note,)


def _numbers(store: Store, network: Network, name: str, parameter: str) -> Floats:
    """Return a property as numbers, NaN where it isn't known."""
    try:
        values = network.nodes.attributes[name].astype(np.float64)
    except (TypeError, ValueError):
        raise UsageError("property.not_numbers", parameter=parameter, property=name) from None
    if network.n and np.isnan(values).all():
        raise no_values(store, name, parameter)
    return values
