"""How far a sampled figure may be off: intervals that also hold with no hit, or with few."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints

NORMAL_95 = 1.959963984540054  # two-sided 95 % quantile of the standard normal distribution
TAIL = (1 - assumptions.CONFIDENCE) / 2
_MOST = 1e12  # draws beyond which more make no difference

Values = float | Floats


def share_interval(hits: Floats, draws: Values) -> tuple[Floats, Floats]:
    """Return the 95 % interval of the share of which so many draws are hits.

    That of Jeffreys, with the ends of Clopper and Pearson's where at most one draw is a hit or at
    most one isn't: without them it holds too seldom there (Brown, Cai and DasGupta 2001, doi
    10.1214/ss/1009213286). No hit in N draws is a share of up to 3.69/N.

    Examples
    --------
    >>> low, high = share_interval(np.array([0.0, 50.0]), 100)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.403], [0.036, 0.597])
    """
    from scipy.special import betaincinv

    misses = draws - hits
    half = np.where(np.minimum(hits, misses) <= 1, 0.0, 0.5)
    with np.errstate(all="ignore"):
        low = betaincinv(hits + half, misses + 1 - half, TAIL)
        high = betaincinv(hits + 1 - half, misses + half, 1 - TAIL)
    return np.where(hits > 0, low, 0.0), np.where(misses > 0, high, 1.0)


def mean_interval(
    mean: Values,
    error: Values,
    draws: int | Ints,
    batches: int | Ints,
    least: Values,
    most: Values,
) -> tuple[Floats, Floats]:
    """Return the 95 % interval of the mean of figures that lie between two bounds.

    It is the interval of a share, of as many draws of 0 or 1 as would have the same standard
    error, fewer where few batches tell it (Korn and Graubard 1998, Survey Methodology 24,
    193–201). Where all draws are the same, one in 3.69/`draws` may still be another.

    Parameters
    ----------
    mean, error : float or ndarray of float64
        What was drawn, and its standard error.
    draws, batches : int or ndarray of int64
        How many were drawn, and in how many batches the error was measured.
    least, most : float or ndarray of float64
        The bounds of each.

    Examples
    --------
    >>> low, high = mean_interval(np.array([5.0]), np.array([0.5]), 640, 10, 1, np.array([101.0]))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([3.98], [6.25])
    """
    from scipy.special import stdtrit

    width = np.maximum(most - least, 1e-300)
    share = np.clip((mean - least) / width, 0.0, 1.0)
    with np.errstate(all="ignore"):
        alike = share * (1 - share) * (width / error) ** 2
    alike = alike * (NORMAL_95 / stdtrit(batches - 1, 1 - TAIL)) ** 2
    alike = np.minimum(np.where(error > 0, alike, _MOST), _MOST)
    low, high = share_interval(share * alike, alike)
    unseen = 1 - TAIL ** (1 / draws)
    low = np.where(error > 0, low, share * (1 - unseen))
    high = np.where(error > 0, high, share + (1 - share) * unseen)
    return np.minimum(mean, least + width * low), np.maximum(mean, least + width * high)
