"""Expected spread in large networks: cascades to a relative error, most of them given up early.

Which cascades go far is told by many that are given up once a few hundred hear; how far those go,
by some that are followed to their end (`kernels.far_cascades`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.analysis.sampled_intervals import NORMAL_95
from relgraph.kernels.far_cascades import Told, tell
from relgraph.network import Floats, Ints, Network

FAR = 256  # a cascade that reaches more has gone far
_WORD = 64
_BEGUN = 16  # words of cascades that are begun at first
_FINISHED = 16  # cascades that are followed at least, of those that went far
_MOST_BEGUN = 1 << 13  # words that are begun at most
_MORE = 4.0  # times as many at once at most


class FarChances(NamedTuple):
    """How likely each node hears, and the standard errors of the number within each hop.

    `draws` cascades were begun; the errors are worth those of `batches` independent draws.
    """

    chances: Floats
    error: Floats
    draws: int
    batches: int


def far_chances(
    network: Network,
    probability: Floats,
    source: int,
    hops: npt.NDArray[np.int32],
    *,
    error: float,
    seed: int,
    most: int,
) -> FarChances:
    """Return how likely each node hears from a source, to a relative error of the expected number.

    Parameters
    ----------
    network, probability
        Ties along which word travels, and the chance that each passes it on.
    source : int
        Who starts to tell.
    hops : ndarray of int32, shape (n,)
        Hops from the source to each node, −1 where none lead there.
    error : float
        Half the width of the 95 % interval at which it stops, relative to the expected number.
    seed : int
        The same seed gives the same cascades.
    most : int
        Words of which the cascades that went far are followed at most.
    """
    arcs = (network.indptr, network.indices, probability)
    begun = tell(source, arcs, hops, _words(0, _BEGUN), None, FAR, seed)
    far = tell(source, arcs, hops, _words(0, 0), None, network.n, seed)
    while True:
        spread = _Spread.of(begun, far)
        aim = (error * spread.expected[-1] / NORMAL_95) ** 2
        if spread.of_begun[-1] + spread.of_far[-1] <= aim:
            break
        going = np.flatnonzero(begun.given_up)
        grows_far = spread.of_far[-1] >= spread.of_begun[-1] and len(far.given_up) < len(going)
        if grows_far and len(far.given_up) < most:
            more = min(_more(len(far.given_up), spread.of_far[-1], aim), most)
            which = going[len(far.given_up) : more]
            told = tell(source, arcs, hops, which, begun.given_up[which], network.n, seed)
            far = far.joined(told)
        elif not grows_far and len(begun.given_up) < _MOST_BEGUN:
            more = min(_more(len(begun.given_up), spread.of_begun[-1], aim), _MOST_BEGUN)
            which = _words(len(begun.given_up), more)
            begun = begun.joined(tell(source, arcs, hops, which, None, FAR, seed))
        else:
            break
    return spread.chances(begun, far)


def _words(first: int, stop: int) -> Ints:
    return np.arange(first, stop)


def _more(words: int, variance: float, aim: float) -> int:
    """Return how many words bring a variance down to half of what is aimed at, a few at a time."""
    factor = min(max(2.2 * variance / aim, 1.0), _MORE) if np.isfinite(variance) else 1.0
    return max(words + 1, int(np.ceil(words * factor)))


class _Spread(NamedTuple):
    """The expected number who hear within each hop, and the variances from either sample.

    Of `draws` cascades `went_far` did.
    """

    expected: Floats
    of_begun: Floats
    of_far: Floats
    draws: int
    went_far: int

    @classmethod
    def of(cls, begun: Told, far: Told) -> _Spread:
        """Return what two samples tell: those begun, and those that were followed to their end."""
        draws = _WORD * len(begun.given_up)
        went_far = draws - begun.ended
        followed = max(far.ended, 1)
        mean = far.sums / followed
        expected = (begun.sums + went_far * mean) / draws
        # That of the mean of all, were those that went far all as large as their mean.
        of_begun = ((begun.squares + went_far * mean**2) / draws - expected**2) / (draws - 1)
        within = np.maximum(far.squares / followed - mean**2, 0.0) / max(followed - 1, 1)
        of_far = (went_far / draws) ** 2 * within
        if went_far and far.ended < min(_FINISHED, went_far):
            of_far = np.full(len(mean), np.inf)
        return cls(expected, np.maximum(of_begun, 0.0), of_far, draws, went_far)

    def chances(self, begun: Told, far: Told) -> FarChances:
        """Return how likely each node hears, and how sure that is."""
        followed = max(far.ended, 1)
        chances = (begun.hits + self.went_far * far.hits / followed) / self.draws
        last, other = self.of_begun[-1], self.of_far[-1]
        # The degrees of freedom of both together (Welch 1947, doi 10.1093/biomet/34.1-2.28).
        freedom = self.draws - 1.0
        if np.isfinite(other) and other > 0:
            parts = last**2 / (self.draws - 1) + other**2 / max(followed - 1, 1)
            freedom = (last + other) ** 2 / parts
        return FarChances(
            chances, np.sqrt(self.of_begun + self.of_far), self.draws, 1 + int(freedom)
        )
