"""Worlds: the assumptions at their central values, or drawn together from their ranges.

Each draw has a stream of random numbers of its own, by seed and number, taken in one fixed order:
all commands see the same worlds, and one account more doesn't change the others' assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.network import Floats

if TYPE_CHECKING:
    from relgraph.planning.basis import Basis


@dataclass(frozen=True, eq=False)
class Worlds:
    """Several worlds, b of them, one a row of each array.

    Parameters
    ----------
    assumed : mapping of str to ndarray of float64, shape (b, 1)
        Assumptions by name.
    churn : ndarray of float64, shape (b, g)
        Rate a year of each of `churn.GROUPS`.
    margin : ndarray of float64, shape (b, n)
        Of each account; NaN where missing.
    satisfaction : ndarray of float64, shape (b, n)
        Of each account.
    strength : ndarray of float64, shape (b, t)
        Of each tie to the firm's side.
    word : ndarray of float64, shape (b, w)
        Of each arc that word of mouth travels along.
    drawn : bool
        Whether these are draws; rates of leaving are then capped at 1.
    """

    assumed: Mapping[str, Floats]
    churn: Floats
    margin: Floats
    satisfaction: Floats
    strength: Floats
    word: Floats
    drawn: bool

    def __len__(self) -> int:
        return len(self.churn)


def central_world(basis: Basis) -> Worlds:
    """Return the one world in which every assumption has its central value."""
    assumed = {name: np.array([[value]]) for name, value in basis.values.items()}
    return Worlds(
        assumed,
        basis.churn.rate(basis.values["churn"])[np.newaxis],
        basis.margin[np.newaxis],
        basis.satisfaction[np.newaxis],
        basis.ties.strength[np.newaxis],
        basis.word.strength[np.newaxis],
        drawn=False,
    )


def draw_worlds(basis: Basis, numbers: Sequence[int], seed: int) -> Worlds:
    """Return the worlds of these numbers; the same number and seed give the same world."""
    draws = [_Draw(basis, np.random.default_rng((seed, number))) for number in numbers]
    uniform = np.array([draw.uniform for draw in draws])
    assumed = {
        name: _triangular(uniform[:, [place]], basis.ranges[name])
        for place, name in enumerate(basis.ranges)
    }
    usual = assumed["churn"]
    gamma = np.array([draw.gamma for draw in draws])
    noise = np.exp(assumptions.MARGIN_NOISE * np.array([draw.margin for draw in draws]))
    factor = np.array([draw.ratio for draw in draws])
    return Worlds(
        assumed,
        np.where(basis.churn.usual, usual, gamma),
        basis.margin * factor * noise,
        np.array([draw.satisfaction for draw in draws]),
        _noisy(basis.ties.strength, [draw.tie for draw in draws]),
        _noisy(basis.word.strength, [draw.word for draw in draws]),
        drawn=True,
    )


class _Draw:
    """The random numbers of one world, in the order that keeps all worlds comparable."""

    def __init__(self, basis: Basis, rng: np.random.Generator) -> None:
        churn = basis.churn
        self.uniform = rng.random(len(basis.ranges))
        years = np.where(churn.usual, 1.0, churn.years)
        self.gamma = rng.standard_gamma(churn.leavers + 0.5) / years
        self.margin = rng.standard_normal(basis.n, np.float32)
        self.ratio = basis.margins.drawn(rng.random(basis.n))
        self.satisfaction = basis.satisfaction_drawn(rng.random(basis.n))
        self.tie = rng.standard_normal(len(basis.ties.strength), np.float32)
        self.word = rng.standard_normal(len(basis.word.strength), np.float32)


def _noisy(strength: Floats, normal: Sequence[npt.NDArray[np.floating[Any]]]) -> Floats:
    """Return strengths taken to the power of e^(σz)."""
    powers = np.exp(assumptions.STRENGTH_NOISE * np.array(normal))
    # Not s ** powers, which takes five times as long.
    return np.asarray(np.exp(np.log(strength) * powers), dtype=np.float64)


def _triangular(
    uniform: Floats, ends: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
) -> Floats:
    """Return a uniform number as one of the triangle (low, peak, high)."""
    low, peak, high = (np.asarray(end, dtype=np.float64) for end in ends)
    width = high - low
    rising = np.divide(peak - low, width, out=np.ones_like(width), where=width > 0)
    up = low + np.sqrt(uniform * width * (peak - low))
    down = high - np.sqrt((1 - uniform) * width * (high - peak))
    return np.asarray(np.where(uniform < rising, up, down), dtype=np.float64)
