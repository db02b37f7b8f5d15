"""Worlds: the assumptions at their central values, or drawn together from their ranges.

Each draw has a stream of random numbers of its own, by seed and number, taken in one fixed order:
all commands see the same worlds, and one account more doesn't change the others' assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.network import Floats, Ints
from relgraph.planning.facts import PlanningFacts


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


def central_world(basis: PlanningFacts) -> Worlds:
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


def draw_worlds(basis: PlanningFacts, numbers: Sequence[int], seed: int) -> Worlds:
    """Return the worlds of these numbers; the same number and seed give the same world."""
    draws = [_Draw(basis, np.random.default_rng((seed, number))) for number in numbers]
    if basis.present is not None:
        same = _Same(basis, basis.present)
        present = (_Draw(basis.present, np.random.default_rng((seed, n))) for n in numbers)
        draws = [draw.common(other, same) for draw, other in zip(draws, present, strict=True)]
    uniform = np.array([draw.uniform for draw in draws])
    assumed = {
        name: _triangular(uniform[:, [place]], basis.ranges[name])
        for place, name in enumerate(basis.ranges)
    }
    usual = assumed["churn"]
    gamma = np.array([draw.gamma for draw in draws])
    noise = np.exp(assumptions.MARGIN_NOISE * np.array([draw.margin for draw in draws]))
    factor = np.array([basis.margins.drawn(draw.ratio) for draw in draws])
    return Worlds(
        assumed,
        np.where(basis.churn.usual, usual, gamma),
        basis.margin * factor * noise,
        np.array([basis.satisfaction_drawn(draw.satisfaction) for draw in draws]),
        _noisy(basis.ties.strength, [draw.tie for draw in draws]),
        _noisy(basis.word.strength, [draw.word for draw in draws]),
        drawn=True,
    )


class _Draw:
    """The random numbers of one world, in the order that keeps all worlds comparable."""

    def __init__(self, basis: PlanningFacts, rng: np.random.Generator) -> None:
        churn = basis.churn
        self.uniform = rng.random(len(basis.ranges))
        years = np.where(churn.usual, 1.0, churn.years)
        self.gamma = rng.standard_gamma(churn.leavers + 0.5) / years
        self.margin = rng.standard_normal(basis.n, np.float32)
        self.ratio = rng.random(basis.n)
        self.satisfaction = rng.random(basis.n)
        self.tie = rng.standard_normal(len(basis.ties.strength), np.float32)
        self.word = rng.standard_normal(len(basis.word.strength), np.float32)

    def common(self, present: _Draw, same: _Same) -> _Draw:
        """Return the draw with the numbers of the present for whatever there was then."""
        self.uniform, self.gamma = present.uniform, present.gamma
        for name, places in same.places.items():
            known = places >= 0
            getattr(self, name)[known] = getattr(present, name)[places[known]]
        return self


class _Same:
    """Where the accounts, ties and arcs of a changed basis were at present, −1 for the new."""

    def __init__(self, basis: PlanningFacts, present: PlanningFacts) -> None:
        account = _places(*(each.accounts.nodes.ids.tolist() for each in (basis, present)))
        self.places = {
            **dict.fromkeys(("margin", "ratio", "satisfaction"), account),
            "tie": _places(_ties(basis), _ties(present)),
            "word": _places(_arcs(basis), _arcs(present)),
        }


def _places(wanted: list[Any], known: list[Any]) -> Ints:
    place = {key: position for position, key in enumerate(known)}
    return np.array([place.get(key, -1) for key in wanted], np.int64)


def _ties(basis: PlanningFacts) -> list[Any]:
    accounts = basis.accounts
    sides = accounts.evidence.nodes.ids[accounts.sides]
    ids = accounts.nodes.ids
    return list(zip(ids[basis.ties.account], sides[basis.ties.side], strict=True))


def _arcs(basis: PlanningFacts) -> list[Any]:
    ids, word = basis.accounts.nodes.ids, basis.word
    return list(zip(ids[word.source], ids[word.target], strict=True))


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
