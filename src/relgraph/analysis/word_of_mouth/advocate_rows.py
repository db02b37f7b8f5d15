"""Advocates as rows, with the guarantee they come with, if any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.ranking.uncertainty import drawn_values
from relgraph.analysis.word_of_mouth.advocates import Limits, choose_advocates
from relgraph.analysis.word_of_mouth.cascade import NORMAL_95
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, exact_spread, spread
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

RUNS = int(assumptions.CASCADES)


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
    choice = choose_advocates(diffusion, limits, epsilon, delta, settings.seed)
    judged = diffusion.uniform_quality is not None
    if judged:
        reached, error = _exact_or_sampled(diffusion, choice.seeds, choice.spread, choice.error)
    else:
        reached, error = _simulated(diffusion, choice.seeds, runs, settings.seed)
    certified = judged and limits.plain
    ratio = choice.ratio if certified else np.nan
    result = _rows(diffusion.network, choice.seeds, reached, error, ratio)
    if settings.confidence:
        chosen = _chosen_shares(diffusion, limits, choice.seeds, (epsilon, delta), settings)
        result = Result({**result.columns, "chosen": chosen}, result.notes)
    if not len(choice.seeds):
        return result.with_notes(Note("nobody_eligible"))
    if certified:
        return result.with_notes(
            Note(
                "advocates.guarantee",
                percent=100 * choice.ratio,
                confidence=1 - delta,
                delta=delta,
                sets=choice.sets,
                seed=settings.seed,
            )
        )
    return result.with_notes(Note(f"advocates.no_guarantee.{'limits' if judged else 'quality'}"))


def evaluate_advocates(
    diffusion: Diffusion, seeds: Ints, runs: int = RUNS, seed: int = 0
) -> Result:
    """Return the spread of given stakeholders, in the columns of `advocate_rows`."""
    reached, error = _simulated(diffusion, seeds, runs, seed)
    return _rows(diffusion.network, seeds, reached, error, np.nan)


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


def _exact_or_sampled(
    diffusion: Diffusion, seeds: Ints, sampled: Floats, error: Floats
) -> tuple[Floats, Floats]:
    """Return exact spreads where they can be computed, else the sampled ones."""
    if not len(seeds) or exact_spread(diffusion, seeds) is None:
        return sampled, error
    # The first few reach no more than all do, so theirs are exact too.
    return _simulated(diffusion, seeds, RUNS, 0)


def _simulated(diffusion: Diffusion, seeds: Ints, runs: int, seed: int) -> tuple[Floats, Floats]:
    spreads = [spread(diffusion, seeds[: count + 1], runs, seed) for count in range(len(seeds))]
    return (
        np.array([each.expected for each in spreads], np.float64),
        np.array([each.error for each in spreads], np.float64),
    )


def _rows(network: Network, seeds: Ints, reached: Floats, error: Floats, ratio: float) -> Result:
    columns: dict[str, npt.NDArray[Any]] = {
        "rank": np.arange(1, len(seeds) + 1),
        "id": network.ids[seeds],
        "name": network.names[seeds],
        "market": network.markets[seeds],
        "gain": np.diff(reached, prepend=0.0),
        "spread": reached,
        "spread_low": np.maximum(reached - NORMAL_95 * error, 0.0),
        "spread_high": np.minimum(reached + NORMAL_95 * error, float(network.n)),
        "guarantee": np.full(len(seeds), ratio),
    }
    return Result(columns, network.notes)
