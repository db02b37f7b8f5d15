"""Advocates as rows, with the guarantee they come with, if any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.ranking.uncertainty import drawn_values
from relgraph.analysis.word_of_mouth.advocates import NOBODY, Choice, choose_advocates
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, exact_spreads, spread
from relgraph.analysis.word_of_mouth.greedy import Limits
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

RUNS = int(assumptions.CASCADES)

Spreads = tuple[Floats, Floats, Floats]  # of the first 1 … k, with low and high


def advocate_rows(
    diffusion: Diffusion,
    limits: Limits,
    epsilon: float = assumptions.EPSILON,
    delta: float = assumptions.DELTA,
    runs: int = RUNS,
    settings: RankingSettings = USUAL,
) -> Result:
    """Return whom to win, in order.

    Parameters
    ----------
    diffusion, limits, epsilon, delta
        As in `advocates.choose_advocates`.
    runs : int
        Cascades for the spread where stakeholders' qualities differ.
    settings : RankingSettings
        Its seed draws. With `confidence` the column `chosen` is added, the share of networks
        that might be the true one (`uncertainty.perturbed`) in which each is chosen again.

    Returns
    -------
    Result
        `rank, id, name, market, gain, spread, spread_low, spread_high, guarantee`: what each
        adds, and what it and those above it reach together, with a 95 % interval. `guarantee`
        is that of the whole choice, NaN where none can be given.
    """
    network = diffusion.network
    # Where word can't travel nobody is worth winning, however small the choice.
    costs.begin(settings.progress, "progress.advocates", costs.advocates(network, epsilon))
    choice = choose_advocates(diffusion, limits, epsilon, delta, settings.seed)
    settings.progress.finish()
    choice = choice if network.m else NOBODY
    judged = diffusion.uniform_quality is not None
    if judged:
        exact = exact_spreads(diffusion, _firsts(choice.seeds))
        known = not np.isnan(exact).any()
        spreads = (exact,) * 3 if known else (choice.spread, choice.low, choice.high)
    else:
        spreads = _simulated(diffusion, choice.seeds, runs, settings.seed)
    ratio = choice.ratio if judged and limits.plain else np.nan
    result = _rows(network, choice.seeds, spreads, ratio)
    if settings.confidence:
        chosen = _chosen_shares(diffusion, limits, choice.seeds, (epsilon, delta), settings)
        result = Result({**result.columns, "chosen": chosen}, result.notes)
    if len(choice.seeds):
        return result.with_notes(_assurance(choice, limits, delta, settings.seed, judged=judged))
    return result.with_notes(
        Note("nobody_eligible" if network.m or not limits.most else "advocates.no_ties")
    )


def _assurance(choice: Choice, limits: Limits, delta: float, seed: int, *, judged: bool) -> Note:
    """Return what is certain of a choice, as a note."""
    if not limits.plain or not judged:
        return Note(f"advocates.no_guarantee.{'limits' if judged else 'quality'}")
    percent = 100 * choice.ratio
    if choice.sets:
        return Note(
            "advocates.guarantee",
            percent=percent,
            confidence=1 - delta,
            delta=delta,
            sets=choice.sets,
            seed=seed,
        )
    if choice.ratio == 1:
        return Note("advocates.exact", k=len(choice.seeds))
    return Note("advocates.exact_guarantee", percent=percent)


def evaluate_advocates(
    diffusion: Diffusion, seeds: Ints, runs: int = RUNS, seed: int = 0
) -> Result:
    """Return the spread of given stakeholders, in the columns of `advocate_rows`."""
    spreads = _simulated(diffusion, seeds, runs, seed)
    return _rows(diffusion.network, seeds, spreads, np.nan)


def _chosen_shares(
    diffusion: Diffusion,
    limits: Limits,
    seeds: Ints,
    precision: tuple[float, float],
    settings: RankingSettings,
) -> Floats:
    epsilon, delta = precision
    enough = max(epsilon, assumptions.CONFIDENCE_EPSILON)

    def chosen(drawn: Network) -> npt.NDArray[np.bool_]:
        again = replace(diffusion, network=drawn)
        choice = choose_advocates(again, limits, enough, delta, settings.seed)
        return np.isin(np.arange(drawn.n), choice.seeds)

    drawn = drawn_values(diffusion.network, chosen, settings)
    return np.asarray(drawn[:, seeds].mean(axis=0), dtype=np.float64)


def _firsts(seeds: Ints) -> Ints:
    """Return the first 1 … k seeds, a row each, filled up with the first."""
    rows = np.tile(seeds, (len(seeds), 1))
    return np.where(np.tri(len(seeds), dtype=bool), rows, seeds[:1])


def _simulated(diffusion: Diffusion, seeds: Ints, runs: int, seed: int) -> Spreads:
    spreads = [spread(diffusion, seeds[: count + 1], runs, seed) for count in range(len(seeds))]
    reached, low, high = np.array(spreads, np.float64).reshape(-1, 3).T
    return reached, low, high


def _rows(network: Network, seeds: Ints, spreads: Spreads, ratio: float) -> Result:
    reached, low, high = spreads
    columns: dict[str, npt.NDArray[Any]] = {
        "rank": np.arange(1, len(seeds) + 1),
        "id": network.ids[seeds],
        "name": network.names[seeds],
        "market": network.markets[seeds],
        "gain": np.diff(reached, prepend=0.0).round(12),
        "spread": reached,
        "spread_low": low,
        "spread_high": high,
        "guarantee": np.full(len(seeds), ratio),
    }
    return Result(columns, network.notes)
