"""Intervals of planning figures: what 95 % of the drawn worlds hold, and the figure itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats
from relgraph.planning.basis import Basis
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

_TAILS = ((1 - assumptions.CONFIDENCE) / 2, (1 + assumptions.CONFIDENCE) / 2)


class Interval(NamedTuple):
    """Figures with the ends of their intervals, each of one shape; NaN ends without draws."""

    value: Floats
    low: Floats
    high: Floats


def intervals(
    basis: Basis, settings: PlanningSettings, *figures: Callable[[Worth], Floats]
) -> tuple[Interval, ...]:
    """Return figures at central assumptions, with their intervals over the draws.

    Parameters
    ----------
    basis : Basis
    settings : PlanningSettings
        How many draws, and their seed.
    *figures : callable
        From what accounts are worth in b worlds to an array of shape (b, k).

    Returns
    -------
    tuple of Interval
        One a figure, each of shape (k,). An interval is widened to its figure where the draws
        would leave it out: assumptions are drawn from skewed ranges.
    """
    central = basis.central()
    values = [figure(central)[0] for figure in figures]
    drawn: list[list[Floats]] = [[] for _ in figures]
    settings.progress.start("progress.drawing_worlds", settings.draws)
    for worth in basis.drawn(settings.draws, settings.seed):
        for kept, figure in zip(drawn, figures, strict=True):
            kept.append(figure(worth).astype(np.float32))
        settings.progress.advance(len(worth.worlds))
    settings.progress.finish()
    return tuple(interval_of(value, kept) for value, kept in zip(values, drawn, strict=True))


def interval_of(value: Floats, drawn: list[Floats]) -> Interval:
    """Return figures with what 95 % of their draws hold; no ends without draws.

    Parameters
    ----------
    value : ndarray of float64, shape (k,)
        At the central assumptions.
    drawn : list of ndarray of float32, shape (b, k)
        The same in blocks of drawn worlds.
    """
    if not drawn:
        unknown = np.full(value.shape, np.nan)
        return Interval(value, unknown, unknown)
    # In place, in float32: a thousand draws of 100,000 accounts are 400 MB.
    low, high = np.quantile(
        np.concatenate(drawn), _TAILS, axis=0, method="inverted_cdf", overwrite_input=True
    ).astype(np.float64)
    return Interval(value, np.minimum(low, value), np.maximum(high, value))
