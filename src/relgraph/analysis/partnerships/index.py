"""The partnership index: how strong a tie is, from its components.

Seven components in [0, 1] make three blocks of equal weight: exchange (two_way, cooperation,
win_win), closeness (intimacy, control) and the mediators trust and commitment (Morgan and Hunt
1994, doi 10.1177/002224299405800302). Means are arithmetic inside exchange and closeness, where
one thing can make up for another, and geometric inside the mediators and between blocks, where
it can't: trust .9 with commitment .2 gives .424, not .55.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.model import PARTNERSHIP_BLOCKS, PARTNERSHIP_COMPONENTS
from relgraph.network import Floats

MEANS = ("arithmetic", "geometric", "harmonic")
BLOCK_MEANS = {"exchange": "arithmetic", "closeness": "arithmetic", "mediators": "geometric"}

# Position of a component in every array of components.
COMPONENT = {name: position for position, name in enumerate(PARTNERSHIP_COMPONENTS)}
_BLOCKS = {
    block: np.array([COMPONENT[name] for name in names])
    for block, names in PARTNERSHIP_BLOCKS.items()
}
WEIGHTS: Floats = np.concatenate(
    [
        np.full(len(names), assumptions.BLOCK_WEIGHT / len(names))
        for names in PARTNERSHIP_BLOCKS.values()
    ]
)


class Index(NamedTuple):
    """The index of several ties, each of shape (t,).

    `strength`, `low` and `high` are NaN where `coverage`, the share of the weight that is
    known, is below 0.4.
    """

    strength: Floats
    low: Floats
    high: Floats
    coverage: Floats


@dataclass(frozen=True)
class IndexForm:
    """The weights of the seven components, and the mean between blocks."""

    weights: npt.NDArray[np.float64]
    between: str = "geometric"


USUAL = IndexForm(WEIGHTS)


def partnership_index(components: Floats) -> Index:
    """Return the index of ties, and how it would read at the ends of what is not known.

    Parameters
    ----------
    components : ndarray of float64, shape (t, 7)
        In the order of `model.PARTNERSHIP_COMPONENTS`; NaN where not known. Below 0.01 counts
        as 0.01.

    Returns
    -------
    Index
        `strength` is the index over what is known, with the weights renormalised: inside a
        block over its known components, between blocks over those with any. `low` and `high`
        put 0.1 and 0.9 for what is missing, or are the index itself where that lies beyond: what
        is known can be better than 0.9, or worse than 0.1.

    Examples
    --------
    >>> index = partnership_index(np.array([[np.nan, 0.5, np.nan, np.nan, np.nan, 0.9, 0.2]]))
    >>> [values.round(4).tolist() for values in index]
    [[0.4606], [0.2147], [0.664], [0.4444]]
    """
    known = ~np.isnan(components)
    coverage = np.where(known.all(axis=1), 1.0, known @ WEIGHTS / WEIGHTS.sum())
    enough = coverage >= assumptions.MINIMUM_COVERAGE
    strength, low, high = (
        np.where(enough, composite(values), np.nan)
        for values in (
            components,
            np.where(known, components, assumptions.MISSING_LOW),
            np.where(known, components, assumptions.MISSING_HIGH),
        )
    )
    return Index(strength, np.minimum(low, strength), np.maximum(high, strength), coverage)


def given_interval(strength: Floats) -> tuple[Floats, Floats]:
    """Return between what strengths a given one lies, as sure as every interval (95 %).

    A strength that somebody has typed in is a judgement: it is uncertain as in the networks that
    `--confidence` draws, s to the power of e^(σz) with normal z, and at the low end never surer
    than 0.99.

    Examples
    --------
    >>> low, high = given_interval(np.array([0.1, 0.6, 1.0]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.002, 0.256, 0.974], [0.421, 0.826, 1.0])
    """
    z = NormalDist().inv_cdf((1 + assumptions.CONFIDENCE) / 2)
    power = np.exp(z * assumptions.STRENGTH_NOISE)
    return np.minimum(strength, assumptions.SUREST_GIVEN) ** power, strength ** (1 / power)


def composite(components: Floats, form: IndexForm = USUAL) -> Floats:
    """Return the mean over blocks of known components, NaN where nothing is known."""
    values = np.maximum(components, assumptions.ZERO_COMPONENT)  # keeps NaN
    blocks, weights = [], []
    for block, members in _BLOCKS.items():
        inner = np.broadcast_to(form.weights[members], (len(values), len(members)))
        blocks.append(weighted_mean(values[:, members], inner, BLOCK_MEANS[block]))
        weights.append(np.full(len(values), form.weights[members].sum()))
    return weighted_mean(np.column_stack(blocks), np.column_stack(weights), form.between)


def weighted_mean(values: Floats, weights: Floats, mean: str) -> Floats:
    """Return the weighted mean of the known values of each row, NaN for a row without any.

    Examples
    --------
    >>> row = np.array([[0.2, 0.8, np.nan]])
    >>> [float(weighted_mean(row, np.ones((1, 3)), mean)[0].round(3)) for mean in MEANS]
    [0.5, 0.4, 0.32]
    """
    known = ~np.isnan(values)
    weights = np.where(known, weights, 0.0)
    share = weights / np.where(known.any(axis=1), weights.sum(axis=1), np.nan)[:, np.newaxis]
    filled = np.where(known, values, 1.0)
    if mean == "arithmetic":
        return np.asarray((share * filled).sum(axis=1))
    if mean == "geometric":
        return np.asarray(np.exp((share * np.log(filled)).sum(axis=1)))
    return np.asarray(1.0 / (share / filled).sum(axis=1))
